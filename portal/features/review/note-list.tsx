"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import type { Note } from "@/lib/api/types";
import { frameOfMs, timecode } from "./frames";
import { NoteCard } from "./note-card";
import type { Notes, WaitingNote } from "./use-notes";

type Props = { notes: Notes; fps: number; isOpen: boolean; onShow: (note: Note) => void };

/** What was said, by its moment. Settled notes are put away until somebody wants to see them. */
export function NoteList({ notes, fps, isOpen, onShow }: Props) {
  const t = useTranslations("review");
  const [hasSettled, setHasSettled] = useState(false);
  const questions = notes.notes.filter((note) => note.answers_note_id === null && note.carried_from_note_id === null);
  const settled = questions.filter((note) => note.settled_at);
  const shown = hasSettled ? questions : questions.filter((note) => !note.settled_at);

  return (
    <section aria-labelledby="notes" className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h2 id="notes" className="text-20">
          {t("notes")}
        </h2>
        {settled.length > 0 && (
          <Button look="plain" className="text-14" aria-pressed={hasSettled} onClick={() => setHasSettled(!hasSettled)}>
            {hasSettled ? t("hideSettled") : t("showSettled", { count: settled.length })}
          </Button>
        )}
      </div>
      {questions.length === 0 && notes.waiting.length === 0 && <p className="text-muted">{isOpen ? t("noNotes") : t("noNotesHere")}</p>}
      <ul className="flex flex-col gap-2">
        {notes.waiting.map((note) => (
          <Waiting key={note.id} note={note} notes={notes} fps={fps} />
        ))}
        {shown.map((note) => (
          <NoteCard
            key={note.id}
            note={note}
            answers={notes.notes.filter((answer) => answer.answers_note_id === note.id)}
            notes={notes}
            fps={fps}
            isOpen={isOpen}
            onShow={onShow}
          />
        ))}
      </ul>
    </section>
  );
}

/** A note that is still on its way, with why. */
function Waiting({ note, notes, fps }: { note: WaitingNote; notes: Notes; fps: number }) {
  const t = useTranslations("review");
  const problems = useTranslations("problems");
  return (
    <li className="rounded-10 border border-dashed border-caution bg-surface p-3">
      {note.start_ms != null && <p className="text-14 tabular-nums">{timecode(frameOfMs(note.start_ms, fps), fps)}</p>}
      <p className="break-words whitespace-pre-wrap">{note.text}</p>
      {note.problem === null ? (
        <p role="status" className="text-14 text-muted">
          {t("sending")}
        </p>
      ) : note.problem === "offline" ? (
        <Notice kind="tell" className="mt-2">
          {t("keptForLater")}
        </Notice>
      ) : (
        <Notice kind="trouble" className="mt-2">
          {problems(note.problem)}
        </Notice>
      )}
      {note.problem !== null && (
        <div className="mt-2 flex gap-2">
          <Button look="quiet" onClick={() => void notes.again(note)}>
            {t("sendAgain")}
          </Button>
          <Button look="plain" onClick={() => notes.drop(note.id)}>
            {t("throwAway")}
          </Button>
        </div>
      )}
    </li>
  );
}
