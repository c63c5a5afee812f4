import { expect, test } from "vitest";
import type { Shelf } from "@/lib/drafts";
import { forgetUnsent, keepUnsent, newId, unsentNotes } from "./unsent-notes";

function shelf(): Shelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const ANNA = { contactId: "anna", versionId: "v1" };
const NOTE = { id: "1", text: "Logo groter", start_ms: 4000 };

test("a note that was written without a connection is there when the page is opened again", () => {
  const browser = shelf();
  keepUnsent(browser, ANNA, NOTE);
  expect(unsentNotes(browser, ANNA)).toEqual([NOTE]);
  expect(unsentNotes(browser, { ...ANNA, versionId: "v2" })).toEqual([]);
  expect(unsentNotes(browser, { ...ANNA, contactId: "bas" })).toEqual([]);
});

test("a note that arrived is forgotten, the others stay", () => {
  const browser = shelf();
  keepUnsent(browser, ANNA, NOTE);
  keepUnsent(browser, ANNA, { ...NOTE, id: "2" });
  forgetUnsent(browser, ANNA, "1");
  expect(unsentNotes(browser, ANNA).map((note) => note.id)).toEqual(["2"]);
});

test("kept twice, it is there once", () => {
  const browser = shelf();
  keepUnsent(browser, ANNA, NOTE);
  keepUnsent(browser, ANNA, NOTE);
  expect(unsentNotes(browser, ANNA)).toHaveLength(1);
});

test("a browser that keeps nothing, or whose storage somebody else wrote to, is no trouble", () => {
  const broken: Shelf = {
    getItem: () => "{not json",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  };
  expect(unsentNotes(broken, ANNA)).toEqual([]);
  expect(() => keepUnsent(broken, ANNA, NOTE)).not.toThrow();
});

test("ids are UUIDs that sort by time", () => {
  const [early, late] = [newId(1_700_000_000_000), newId(1_700_000_000_001)];
  expect(early).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(early < late).toBe(true);
});
