import { expect, test } from "vitest";
import { forwardedFor } from "./forwarded-for";

test("an address that a visitor made up stands before the one that they came from", () =>
  expect(forwardedFor("203.0.113.9", "198.51.100.7")).toBe("203.0.113.9, 198.51.100.7"));

test("without one the visitor's own is all there is", () => expect(forwardedFor(undefined, "::ffff:198.51.100.7")).toBe("198.51.100.7"));

test("a visitor whose connection is gone already leaves what they said", () => expect(forwardedFor(["a", "b"], undefined)).toBe("a, b"));
