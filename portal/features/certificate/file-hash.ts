/** More than this a browser should not hold in memory at once: a film of an hour. */
export const LARGEST_BYTES = 2_000_000_000;

/** The SHA-256 of a file, computed here: it leaves this device as 64 letters. Raises where the browser cannot. */
export async function sha256Of(file: Blob): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
