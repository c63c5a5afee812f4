import { addressOf } from "@/lib/base-path";
import { safePath } from "./safe-path";

/** Go in with the new session. A whole page load, so that nothing that was drawn for nobody is kept. */
export function enter(next: string): void {
  window.location.replace(addressOf(safePath(next)));
}
