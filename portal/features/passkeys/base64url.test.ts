import { expect, test } from "vitest";
import { decoded, encoded } from "./base64url";

test("every byte comes back as it went, in letters that an address may hold", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  expect(encoded(bytes.buffer)).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(decoded(encoded(bytes.buffer))).toEqual(bytes);
});

test.each([
  ["", ""],
  ["f", "Zg"],
  ["fo", "Zm8"],
  ["foo", "Zm9v"],
])("%j is written as %j, without padding", (text, written) => expect(encoded(new TextEncoder().encode(text).buffer)).toBe(written));
