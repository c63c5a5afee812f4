import { NextResponse, type NextRequest } from "next/server";
import { contentSecurityPolicy } from "@/lib/content-security-policy";
import { API_URL, MEDIA_ORIGIN, PORTAL_KEY } from "@/lib/places";

/**
 * Before every page: the browser sees one origin, and runs only scripts of this very answer.
 *
 * `/api/portal` goes on to the api, and so does `/media/reviews`, by which captions come (a browser takes those from the
 * page's own origin only). Films themselves come from the api by signed address: Next would cut a paused one off.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const headers = new Headers(request.headers);
  if (pathname.startsWith("/api/portal/") || pathname.startsWith("/media/reviews/")) {
    headers.set("X-Bom-Portal", PORTAL_KEY); // over whatever a visitor sent by that name
    return NextResponse.rewrite(new URL(pathname + search, API_URL), { request: { headers } });
  }

  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({ nonce, mediaOrigin: MEDIA_ORIGIN, isDevelopment: process.env.NODE_ENV === "development" });
  headers.set("Content-Security-Policy", policy); // where Next finds the nonce for its own scripts
  headers.set("X-Nonce", nonce);
  headers.set("X-Path", pathname);
  const answer = NextResponse.next({ request: { headers } });
  answer.headers.set("Content-Security-Policy", policy);
  answer.headers.set("Cache-Control", "no-store");
  return answer;
}

export const config = { matcher: ["/((?!_next/static|icon.svg).*)"] };
