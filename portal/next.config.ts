import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

/** Headers that never differ between answers; those that do (Content-Security-Policy) are set in proxy.ts. */
const SAFETY = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Strict-Transport-Security": "max-age=31536000",
};

/** The path of BOM_PORTAL_URL; setup/portal_path.py hands it to the build. */
const basePath = process.env.BOM_PORTAL_PATH ?? "";

const config: NextConfig = {
  basePath,
  env: { BOM_PORTAL_PATH: basePath },
  output: "standalone",
  outputFileTracingRoot: import.meta.dirname,
  poweredByHeader: false,
  devIndicators: false,
  images: { unoptimized: true },
  // Where no reverse proxy stands before portal and api, films pass through here: 30 s would cut a paused one off.
  experimental: { proxyTimeout: 24 * 3_600_000 },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SAFETY).map(([key, value]) => ({ key, value })) },
  ],
};

export default createNextIntlPlugin("./i18n/request.ts")(config);
