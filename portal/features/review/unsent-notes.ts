import type { NewNote } from "@/lib/api/types";

/**
 * Notes that were written and that the studio has not confirmed yet. They lie in this browser until it has, so that
 * neither a tunnel nor a closed tab loses one. Each carries an id of its own: sent twice, it is kept once.
 */
export type UnsentNote = NewNote & { id: string; text: string };

/** As much of a browser's storage as is needed here. */
export type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const key = (versionId: string) => `bom-unsent-notes:${versionId}`;
const draftKey = (versionId: string) => `bom-note-draft:${versionId}`;

export function unsentNotes(shelf: Shelf, versionId: string): UnsentNote[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(key(versionId)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isNote) : [];
  } catch {
    return []; // written by something else, or storage is off: nothing of ours is in it
  }
}

export function keepUnsent(shelf: Shelf, versionId: string, note: UnsentNote): void {
  put(shelf, versionId, [...unsentNotes(shelf, versionId).filter((kept) => kept.id !== note.id), note]);
}

export function forgetUnsent(shelf: Shelf, versionId: string, id: string): void {
  put(shelf, versionId, unsentNotes(shelf, versionId).filter((kept) => kept.id !== id));
}

/** What is being typed, for who comes back. */
export function draftOf(shelf: Shelf, versionId: string): string {
  try {
    return shelf.getItem(draftKey(versionId)) ?? "";
  } catch {
    return "";
  }
}

export function keepDraft(shelf: Shelf, versionId: string, text: string): void {
  try {
    if (text) shelf.setItem(draftKey(versionId), text);
    else shelf.removeItem(draftKey(versionId));
  } catch {
    // Storage is full or off: the text still stands in its field.
  }
}

/** An id by time, as the studio makes them, so that notes of one moment stay in their order. `now` in milliseconds. */
export function newId(now: number, random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const time = now.toString(16).padStart(12, "0");
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = ((random[2]! & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(6, 8)}-${hex.slice(8, 20)}`;
}

function put(shelf: Shelf, versionId: string, notes: UnsentNote[]): void {
  try {
    if (notes.length) shelf.setItem(key(versionId), JSON.stringify(notes));
    else shelf.removeItem(key(versionId));
  } catch {
    // Storage is full or off: the note is still sent, and still shown until it is.
  }
}

const isNote = (value: unknown): value is UnsentNote =>
  typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" && "text" in value && typeof value.text === "string";
