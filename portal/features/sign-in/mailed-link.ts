import { safePath } from "./safe-path";

/** What a mail's link carries behind its #: the token, and where its reader was going. */
export function mailedLink(hash: string): { token: string; next: string } {
  const [token = "", ...rest] = hash.replace(/^#/, "").split("&");
  return { token, next: safePath(new URLSearchParams(rest.join("&")).get("next") ?? undefined) };
}
