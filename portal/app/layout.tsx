import type { Metadata, Viewport } from "next";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getTranslations } from "next-intl/server";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { StyleNonce } from "@/components/style-nonce";
import "./globals.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("app");
  return {
    title: { default: t("title"), template: `%s · ${t("title")}` },
    description: t("description"),
    robots: { index: false, follow: false },
  };
}

export const viewport: Viewport = { viewportFit: "cover" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const t = await getTranslations("app");
  const nonce = (await headers()).get("x-nonce") ?? "";
  return (
    <html lang={await getLocale()}>
      <body className="min-h-dvh">
        <a href="#main" className="sr-only rounded-10 bg-surface p-3 focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-40">
          {t("skip")}
        </a>
        <NextIntlClientProvider>
          <StyleNonce nonce={nonce}>{children}</StyleNonce>
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
