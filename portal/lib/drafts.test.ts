import { expect, test, vi } from "vitest";
import { Draft, draftKey, forgetDrafts } from "./drafts";

const isText = (value: unknown): value is string => typeof value === "string";

function aShelf(begun: Record<string, string> = {}): Storage {
  const kept: Record<string, string> = { ...begun };
  const methods = {
    getItem: (key: string) => kept[key] ?? null,
    setItem: (key: string, text: string) => void (kept[key] = text),
    removeItem: (key: string) => void delete kept[key],
  };
  return new Proxy(methods as unknown as Storage, { ownKeys: () => Object.keys(kept), getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) });
}

const aDraft = (shelf: Storage, contactId = "anna", about = "message") => new Draft(() => shelf, draftKey(contactId, about), isText);

test("what was typed is there again in the next visit, and is said to be", () => {
  const shelf = aShelf();
  const first = aDraft(shelf);
  first.put("Wanneer komt");
  first.keep();

  const next = aDraft(shelf);
  expect(next.value()).toBe("Wanneer komt");
  expect(next.isKept()).toBe(true);
});

test("it is kept a moment after the last letter, and at once when the page goes away", () => {
  vi.useFakeTimers();
  const shelf = aShelf();
  const draft = aDraft(shelf);
  draft.put("Dag");
  expect(draft.isKept()).toBe(false);
  vi.advanceTimersByTime(250);
  expect(draft.isKept()).toBe(true);
  vi.useRealTimers();
});

test("another contact at the same browser sees nothing of it, and neither does another video", () => {
  const shelf = aShelf();
  const draft = aDraft(shelf);
  draft.put("Geheim");
  draft.keep();
  expect(aDraft(shelf, "bas").value()).toBeNull();
  expect(aDraft(shelf, "anna", "decision").value()).toBeNull();
});

test("what was sent is forgotten", () => {
  const shelf = aShelf();
  const draft = aDraft(shelf);
  draft.put("Dag");
  draft.keep();
  draft.put(null);
  expect(aDraft(shelf).value()).toBeNull();
  expect(draft.isKept()).toBe(false);
});

test("who signs out leaves no draft behind, and what is still to be sent stays", () => {
  const shelf = aShelf({ "bom-unsent-notes:anna:1": "[]" });
  aDraft(shelf).put("Dag");
  const other = aDraft(shelf, "bas");
  other.put("Hoi");
  other.keep();
  forgetDrafts(shelf);
  expect(Object.keys(shelf)).toEqual(["bom-unsent-notes:anna:1"]);
});

test("where storage is off or holds something else, typing goes on and nothing is promised", () => {
  const off = new Draft(
    () => {
      throw new DOMException("denied", "SecurityError");
    },
    draftKey("anna", "message"),
    isText,
  );
  off.put("Dag");
  off.keep();
  expect(off.value()).toBe("Dag");
  expect(off.isKept()).toBe(false);
  expect(aDraft(aShelf({ [draftKey("anna", "message")]: '{"not": "text"}' })).value()).toBeNull();
});

test("who listens hears of each letter and of the moment that it is kept", () => {
  const draft = aDraft(aShelf());
  let heard = 0;
  draft.subscribe(() => (heard += 1));
  draft.put("a");
  draft.keep();
  expect(heard).toBe(2);
});
