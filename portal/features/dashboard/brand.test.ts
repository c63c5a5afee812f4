import { expect, test } from "vitest";
import { brandColours } from "./brand";

test("a client's own colour is the line above the page", () => expect(brandColours({ accent: "#9A3412" })).toContain("--brand: #9A3412;"));

test.each([null, "red; } body { display: none", "#12", "url(//evil.example)"])("%s is no colour: ours stands there", (accent) =>
  expect(brandColours({ accent })).toContain("--brand: var(--accent);"),
);
