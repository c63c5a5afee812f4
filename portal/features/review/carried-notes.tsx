"use client";

import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/button";
import { Notice } from "@/components/notice";
import type { Note } from "@/lib/api/types";
import type { ProblemCode } from "@/lib/problems";
import { frameOfMs, timecode } from "./frames";
import type { Notes } from "./use-notes";

type Props = { notes: Notes; fps: number; number: number; isOpen: boolean; onShow: (note: Note) => void };

/** What was open in the version before, as a list to tick: is it right now? */
export function CarriedNotes({ notes, fps, number, isOpen, onShow }: Props) {
  const t = useTranslations("review");
  const problems = useTranslations("problems");
  const [problem, setProblem] = useState<ProblemCode | null>(null);
  const carried = notes.notes.filter((note) => note.carried_from_note_id !== null);
  if (carried.length === 0) return null;

  async function answer(note: Note, wasAddressed: boolean) {
    const done = await notes.answerCarried(note, wasAddressed);
    setProblem(done.ok ? null : done.problem);
  }

  return (
    <section aria-labelledby="carried" className="flex flex-col gap-2">
      <h2 id="carried" className="text-20">
        {t("carried", { number: number - 1 })}
      </h2>
      <p className="text-14 text-muted">
        {t("carriedCount", { done: carried.filter((note) => note.was_addressed !== null).length, count: carried.length })}
      </p>
      {problem && <Notice kind="trouble">{problems(problem)}</Notice>}
      <ul className="flex flex-col gap-2">
        {carried.map((note) => (
          <li key={note.id} id={`note-${note.id}`} className="flex flex-col gap-2 rounded-10 border border-line bg-surface p-3">
            <div className="flex flex-wrap items-center gap-x-2 text-14">
              {note.start_ms !== null && (
                <Button look="plain" className="-ml-2 px-2 text-14 text-accent tabular-nums underline" onClick={() => onShow(note)}>
                  {timecode(frameOfMs(note.start_ms, fps), fps)}
                </Button>
              )}
              <span className="font-medium">{note.is_mine ? t("you") : note.author_name || t("somebody")}</span>
            </div>
            <p className="break-words whitespace-pre-wrap">{note.text || t("hasDrawing")}</p>
            <div role="group" aria-label={t("addressed")} className="flex flex-wrap items-center gap-2">
              <span className="text-14 text-muted">{t("addressed")}</span>
              {([true, false] as const).map((isYes) => (
                <Button
                  key={String(isYes)}
                  look="quiet"
                  disabled={!isOpen}
                  aria-pressed={note.was_addressed === isYes}
                  className="aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-ground"
                  onClick={() => void answer(note, isYes)}
                >
                  {isYes ? <Check aria-hidden className="size-4" /> : <X aria-hidden className="size-4" />}
                  {isYes ? t("yes") : t("no")}
                </Button>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
