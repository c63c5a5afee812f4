import type { NewNote } from "@/lib/api/types";
import type { Shelf } from "@/lib/drafts";

/**
 * Notes that were written and that the studio has not confirmed yet. They lie in this browser until it has, so that
 * neither a tunnel nor a closed tab loses one. Each carries an id of its own: sent twice, it is kept once.
 */
export type UnsentNote = NewNote & { id: string; text: string };

/** Whose they are: at one browser nobody sends what somebody else wrote. */
export type Writer = { contactId: string; versionId: string };

const key = ({ contactId, versionId }: Writer) => `bom-unsent-notes:${contactId}:${versionId}`;

export function unsentNotes(shelf: Shelf, of: Writer): UnsentNote[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(key(of)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isNote) : [];
  } catch {
    return []; // written by something else, or storage is off: nothing of ours is in it
  }
}

export function keepUnsent(shelf: Shelf, of: Writer, note: UnsentNote): void {
  put(shelf, of, [...unsentNotes(shelf, of).filter((kept) => kept.id !== note.id), note]);
}

export function forgetUnsent(shelf: Shelf, of: Writer, id: string): void {
  put(shelf, of, unsentNotes(shelf, of).filter((kept) => kept.id !== id));
}

/** An id by time, as the studio makes them, so that notes of one moment stay in their order. `now` in milliseconds. */
export function newId(now: number, random: Uint8Array = crypto.getRandomValues(new Uint8Array(10))): string {
  const time = now.toString(16).padStart(12, "0");
  const hex = [...random].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const variant = ((random[2]! & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(1, 4)}-${variant}${hex.slice(6, 8)}-${hex.slice(8, 20)}`;
}

function put(shelf: Shelf, of: Writer, notes: UnsentNote[]): void {
  try {
    if (notes.length) shelf.setItem(key(of), JSON.stringify(notes));
    else shelf.removeItem(key(of));
  } catch {
    // Storage is full or off: the note is still sent, and still shown until it is.
  }
}

const isNote = (value: unknown): value is UnsentNote =>
  typeof value === "object" && value !== null && "id" in value && typeof value.id === "string" && "text" in value && typeof value.text === "string";
