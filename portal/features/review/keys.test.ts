import { expect, test } from "vitest";
import { actionOf, faster } from "./keys";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test("comma and period go one frame", () => {
  expect(actionOf(press(","), "SECTION")).toEqual({ kind: "step", frames: -1 });
  expect(actionOf(press("."), "SECTION")).toEqual({ kind: "step", frames: 1 });
});

test("who writes a note writes it: no key moves the film", () => {
  for (const key of [" ", "j", "k", "l", ",", ".", "ArrowLeft"]) expect(actionOf(press(key), "TEXTAREA")).toBeNull();
});

test("space presses the button that has the focus", () => {
  expect(actionOf(press(" "), "BUTTON")).toBeNull();
  expect(actionOf(press(" "), "VIDEO")).toEqual({ kind: "toggle" });
});

test("the browser keeps its own shortcuts", () => expect(actionOf(press("l", { ctrlKey: true }), "BODY")).toBeNull());

test("capital letters do the same", () => expect(actionOf(press("L"), "VIDEO")).toEqual({ kind: "forward" }));

test("pressed again it goes faster, to four times", () => {
  expect([1, 1.5, 2, 4].map(faster)).toEqual([1.5, 2, 4, 4]);
});
