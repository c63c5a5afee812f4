import { expect, test } from "vitest";
import { emptyNote, isEmptyNote, isNoteDraft, noteIn } from "./note-draft";

const DRAFT = {
  versionId: "v1",
  text: "Logo groter",
  isWhole: false,
  frame: 45,
  span: { start: 45, end: 75 },
  strokes: [{ points: [{ x: 0.25, y: 0.5 }] }],
};

test("a note that was being written goes on where it was, with its stretch and its drawing", () =>
  expect(noteIn(JSON.parse(JSON.stringify(DRAFT)), "v1")).toEqual(DRAFT));

test("in a newer version its words stay, and no place that belongs to another film", () =>
  expect(noteIn(DRAFT, "v2")).toEqual({ ...emptyNote("v2"), text: "Logo groter" }));

test("nothing written and nothing drawn is nothing to keep", () => {
  expect(isEmptyNote(emptyNote("v1"))).toBe(true);
  expect(isEmptyNote(DRAFT)).toBe(false);
});

test("what something else left in the browser is no draft", () => {
  expect(isNoteDraft(DRAFT)).toBe(true);
  for (const strange of [null, "text", {}, { ...DRAFT, span: {} }, { ...DRAFT, strokes: [{}] }, { ...DRAFT, strokes: [{ points: [{}] }] }])
    expect(isNoteDraft(strange)).toBe(false);
});
