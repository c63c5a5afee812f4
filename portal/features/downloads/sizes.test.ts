import { expect, test } from "vitest";
import { sizeIn } from "./sizes";

test.each([
  [0, 0, "byte"],
  [999, 999, "byte"],
  [1000, 1, "kilobyte"],
  [38_400_000, 38.4, "megabyte"],
  [5e12, 5000, "gigabyte"],
])("%d bytes are told in their own unit", (bytes, amount, unit) => expect(sizeIn(bytes)).toEqual({ amount, unit }));
