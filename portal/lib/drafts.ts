/**
 * What is being typed and was not sent yet. It lies in this browser, by who types it and what it is about, so that a
 * closed tab, a reload or a lost connection costs nothing; it is gone once it is sent, and when they sign out.
 */

/** As much of a browser's storage as is needed here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const PREFIX = "bom-draft:";
/** A stroke moves sixty times a second, and one more letter waits no longer than this to be kept. */
const KEEPS_AFTER_MS = 200;

export const draftKey = (contactId: string, about: string): string => `${PREFIX}${contactId}:${about}`;

/** One draft: React may subscribe to it (useSyncExternalStore). */
export class Draft<T> {
  #value: T | null = null;
  #isRead = false;
  #isKept = false;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  readonly #listeners = new Set<() => void>();

  constructor(
    private readonly shelf: () => Shelf,
    private readonly key: string,
    private readonly isDraft: (value: unknown) => value is T,
  ) {}

  /** What was typed last, in this visit or an earlier one; null where there is nothing. */
  readonly value = (): T | null => {
    if (!this.#isRead) {
      this.#value = readDraft(this.shelf, this.key, this.isDraft);
      this.#isRead = true;
      this.#isKept = this.#value !== null;
    }
    return this.#value;
  };

  /** Whether what `value` tells would be there again after a reload. */
  readonly isKept = (): boolean => this.#isKept;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Type on. Null: there is nothing any more. */
  put(value: T | null): void {
    this.#isRead = true;
    this.#value = value;
    clearTimeout(this.#waiting);
    if (value === null) this.keep();
    else this.#waiting = setTimeout(() => this.keep(), KEEPS_AFTER_MS);
    this.#tell();
  }

  /** Keep it now, as where the page is about to go away. */
  readonly keep = (): void => {
    if (!this.#isRead) return;
    clearTimeout(this.#waiting);
    const wasKept = this.#isKept;
    this.#isKept = writeDraft(this.shelf, this.key, this.#value) && this.#value !== null;
    if (this.#isKept !== wasKept) this.#tell();
  };

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Forget all that was being typed here, whoever did: who signs out leaves nothing behind. */
export function forgetDrafts(shelf: Storage): void {
  for (const key of Object.keys(shelf)) if (key.startsWith(PREFIX)) shelf.removeItem(key);
}

function readDraft<T>(shelf: () => Shelf, key: string, isDraft: (value: unknown) => value is T): T | null {
  try {
    const kept: unknown = JSON.parse(shelf().getItem(key) ?? "null");
    return isDraft(kept) ? kept : null;
  } catch {
    return null; // written by something else, or storage is off: nothing of ours is in it
  }
}

/** Whether it was written: storage may be full or off, and then it stands in its field only. */
function writeDraft(shelf: () => Shelf, key: string, value: unknown): boolean {
  try {
    if (value === null) shelf().removeItem(key);
    else shelf().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}
