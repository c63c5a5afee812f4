import { expect, test } from "vitest";
import { correction } from "./sync";

test("films that stand still show the same moment", () => {
  expect(correction(2, 1.99, false, 1)).toEqual({ seekTo: 2 });
  expect(correction(2, 2, false, 1)).toEqual({ rate: 1 });
});

test("a follower that is a little behind walks faster, and does not jump", () => {
  expect(correction(2, 1.9, true, 1)).toEqual({ rate: 1.1 });
  expect(correction(2, 2.1, true, 1)).toEqual({ rate: 0.9 });
});

test("one that is far away jumps", () => expect(correction(10, 2, true, 1)).toEqual({ seekTo: 10 }));

test("one that is there goes as fast as the leader", () => expect(correction(2, 2.02, true, 0.5)).toEqual({ rate: 0.5 }));
