"use client";

import { useCallback, useEffect, useState } from "react";
import { api } from "@/lib/api/browser";
import type { NewNote, Note } from "@/lib/api/types";
import { outcomeOf, type Outcome, type ProblemCode } from "@/lib/problems";
import { useContactId } from "@/lib/use-draft";
import { forgetUnsent, keepUnsent, newId, unsentNotes, type UnsentNote } from "./unsent-notes";

/** A note that is on its way. `problem`: why the studio has not taken it; null while it has not been asked. */
export type WaitingNote = UnsentNote & { problem: ProblemCode | null };

/**
 * A version's notes, and those that are not there yet.
 *
 * A note lies in this browser before it is sent and is forgotten once the studio has it. Without a connection it waits
 * and is sent when there is one, also after the page was closed.
 */
export function useNotes(versionId: string, initial: Note[]) {
  const [notes, setNotes] = useState(initial);
  const [waiting, setWaiting] = useState<WaitingNote[]>([]);
  const path = { version_id: versionId };
  const contactId = useContactId();

  const put = useCallback((note: Note) => setNotes((all) => inOrder([...all.filter((one) => one.id !== note.id), note])), []);

  const send = useCallback(
    async (note: UnsentNote): Promise<Outcome<Note>> => {
      keepUnsent(localStorage, { contactId, versionId }, note);
      setWaiting((all) => [...all.filter((one) => one.id !== note.id), { ...note, problem: null }]);
      const sent = await outcomeOf(
        api.POST("/api/portal/versions/{version_id}/notes", { params: { path: { version_id: versionId } }, body: note }),
      );
      if (sent.ok) {
        forgetUnsent(localStorage, { contactId, versionId }, note.id);
        put(sent.data);
        setWaiting((all) => all.filter((one) => one.id !== note.id));
      } else setWaiting((all) => all.map((one) => (one.id === note.id ? { ...one, problem: sent.problem } : one)));
      return sent;
    },
    [contactId, versionId, put],
  );

  useEffect(() => {
    const sendAll = () => unsentNotes(localStorage, { contactId, versionId }).forEach((note) => void send(note));
    sendAll();
    window.addEventListener("online", sendAll);
    return () => window.removeEventListener("online", sendAll);
  }, [contactId, versionId, send]);

  const kept = (outcome: Outcome<Note>) => {
    if (outcome.ok) put(outcome.data);
    return outcome;
  };
  const byId = (note: Note) => ({ path: { ...path, note_id: note.id } });

  return {
    notes,
    waiting,
    add: (note: Omit<NewNote, "id"> & { text: string }) => send({ ...note, id: newId(Date.now()) }),
    again: (waits: WaitingNote) => {
      const note: Partial<WaitingNote> & UnsentNote = { ...waits };
      delete note.problem;
      return send(note);
    },
    drop: (id: string) => {
      forgetUnsent(localStorage, { contactId, versionId }, id);
      setWaiting((all) => all.filter((one) => one.id !== id));
    },
    change: async (note: Note, text: string) =>
      kept(
        await outcomeOf(
          api.PATCH("/api/portal/versions/{version_id}/notes/{note_id}", {
            params: { ...byId(note), header: { "If-Match": `"${note.revision}"` } },
            body: { text },
          }),
        ),
      ),
    settle: async (note: Note, isSettled: boolean) =>
      kept(
        await outcomeOf(
          api.POST("/api/portal/versions/{version_id}/notes/{note_id}/settle", { params: byId(note), body: { is_settled: isSettled } }),
        ),
      ),
    answerCarried: async (note: Note, wasAddressed: boolean) =>
      kept(
        await outcomeOf(
          api.POST("/api/portal/versions/{version_id}/notes/{note_id}/addressed", {
            params: byId(note),
            body: { was_addressed: wasAddressed },
          }),
        ),
      ),
    remove: async (note: Note) => {
      const gone = await outcomeOf(api.DELETE("/api/portal/versions/{version_id}/notes/{note_id}", { params: byId(note) }));
      if (gone.ok) setNotes((all) => all.filter((one) => one.id !== note.id));
      return gone;
    },
  };
}

export type Notes = ReturnType<typeof useNotes>;

/** By their moment, those on the whole film first, as the studio orders them. */
const inOrder = (notes: Note[]): Note[] =>
  notes.toSorted((a, b) => (a.start_ms ?? -1) - (b.start_ms ?? -1) || a.created_at.localeCompare(b.created_at) || a.id.localeCompare(b.id));
