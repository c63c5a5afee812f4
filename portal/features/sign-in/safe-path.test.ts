import { expect, test } from "vitest";
import { safePath } from "./safe-path";

test("who was on the way to a video comes back to it", () => expect(safePath("/videos/01a2-b3")).toBe("/videos/01a2-b3"));

test.each(["//evil.example", "https://evil.example", "/\\evil.example", "/a?b", "javascript:alert(1)", "", undefined, ["/a", "/b"]])(
  "%s leads nowhere but to the dashboard",
  (asked) => expect(safePath(asked)).toBe("/dashboard"),
);
