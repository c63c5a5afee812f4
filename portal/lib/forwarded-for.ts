import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

/** What a visitor may have sent as X-Forwarded-For, and behind it who really brought it here: nobody can write over the end. */
export function forwardedFor(given: string | string[] | undefined, peer: string | undefined): string {
  const said = Array.isArray(given) ? given.join(", ") : given;
  const address = (peer ?? "").replace(/^::ffff:(?=\d+\.)/, "");
  return [said, address].filter(Boolean).join(", ");
}

/**
 * Each request says at the end of its X-Forwarded-For from which address it came, before any of our code sees it. Next
 * itself leaves alone what a visitor made up, and its proxy.ts knows no connection.
 */
export function sayWhereRequestsComeFrom(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = message as { request: IncomingMessage };
    request.headers["x-forwarded-for"] = forwardedFor(request.headers["x-forwarded-for"], request.socket.remoteAddress);
  });
}
