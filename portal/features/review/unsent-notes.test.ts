import { expect, test } from "vitest";
import { draftOf, forgetUnsent, keepDraft, keepUnsent, newId, unsentNotes, type Shelf } from "./unsent-notes";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const NOTE = { id: "1", text: "Logo groter", start_ms: 4000 };

test("a note that was written without a connection is there when the page is opened again", () => {
  const browser = shelf();
  keepUnsent(browser, "v1", NOTE);
  expect(unsentNotes(browser, "v1")).toEqual([NOTE]);
  expect(unsentNotes(browser, "v2")).toEqual([]);
});

test("a note that arrived is forgotten, the others stay", () => {
  const browser = shelf();
  keepUnsent(browser, "v1", NOTE);
  keepUnsent(browser, "v1", { ...NOTE, id: "2" });
  forgetUnsent(browser, "v1", "1");
  expect(unsentNotes(browser, "v1").map((note) => note.id)).toEqual(["2"]);
});

test("kept twice, it is there once", () => {
  const browser = shelf();
  keepUnsent(browser, "v1", NOTE);
  keepUnsent(browser, "v1", NOTE);
  expect(unsentNotes(browser, "v1")).toHaveLength(1);
});

test("what is being typed survives a closed tab", () => {
  const browser = shelf();
  keepDraft(browser, "v1", "De muz");
  expect(draftOf(browser, "v1")).toBe("De muz");
  keepDraft(browser, "v1", "");
  expect(draftOf(browser, "v1")).toBe("");
});

test("a browser that keeps nothing, or whose storage somebody else wrote to, is no trouble", () => {
  const broken: Shelf = {
    getItem: () => "{not json",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  };
  expect(unsentNotes(broken, "v1")).toEqual([]);
  expect(() => keepUnsent(broken, "v1", NOTE)).not.toThrow();
});

test("ids are UUIDs that sort by time", () => {
  const [early, late] = [newId(1_700_000_000_000), newId(1_700_000_000_001)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
});
