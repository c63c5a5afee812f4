import { expect, test } from "vitest";
import type { Decision, Film } from "@/lib/api/types";
import { decisionBlocker, secondsLeft } from "./decision";

const FILMS = [{ format: "9:16" } as Film];
const DECISION = { verdict: "approved" } as Decision;

test("the newest version that nobody decided on can be decided on", () =>
  expect(decisionBlocker({ replaced_at: null, decision: null, films: FILMS })).toBeNull());

test("a version that was replaced says so, also where it was decided on", () =>
  expect(decisionBlocker({ replaced_at: "2026-11-22T09:00:00Z", decision: DECISION, films: FILMS })).toBe("replaced"));

test("nobody decides twice, nor on nothing", () => {
  expect(decisionBlocker({ replaced_at: null, decision: DECISION, films: FILMS })).toBe("decided");
  expect(decisionBlocker({ replaced_at: null, decision: null, films: [] })).toBe("empty");
});

test("ten seconds are told as ten, the last part of one as one, and over as none", () => {
  expect(secondsLeft(10_000, 0)).toBe(10);
  expect(secondsLeft(10_000, 9_700)).toBe(1);
  expect(secondsLeft(10_000, 10_001)).toBe(0);
});
