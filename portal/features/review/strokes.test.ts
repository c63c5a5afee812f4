import { expect, test } from "vitest";
import { extended, MOST_POINTS, pathOf, placeIn } from "./strokes";

const BOX = { left: 100, top: 50, width: 200, height: 400 };

test("a place is told in fractions of the picture, so that it stays when the picture is larger", () => {
  expect(placeIn(BOX, 150, 250)).toEqual({ x: 0.25, y: 0.5 });
  expect(placeIn({ ...BOX, left: 0, top: 0, width: 400, height: 800 }, 100, 400)).toEqual({ x: 0.25, y: 0.5 });
});

test("a finger that leaves the picture draws along its edge", () => expect(placeIn(BOX, 999, 0)).toEqual({ x: 1, y: 0 }));

test("a finger that rests adds nothing", () => {
  const one = extended([], { x: 0.5, y: 0.5 });
  expect(extended(one, { x: 0.5005, y: 0.5 })).toBe(one);
  expect(extended(one, { x: 0.51, y: 0.5 })).toHaveLength(2);
});

test("a line ends where the studio takes no more of it", () => {
  const full = Array.from({ length: MOST_POINTS }, (_, index) => ({ x: (index % 2) * 0.5, y: 0 }));
  expect(extended(full, { x: 1, y: 1 })).toBe(full);
});

test("a touch is a dot", () => expect(pathOf({ points: [{ x: 0.25, y: 1 }] })).toBe("M250 1000h0"));
