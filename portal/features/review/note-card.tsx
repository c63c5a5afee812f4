"use client";

import { Check, CornerDownRight, Pencil, RotateCcw, Trash2 } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { Button } from "@/components/button";
import { DraftKept } from "@/components/draft-kept";
import { TextArea } from "@/components/field";
import { Notice } from "@/components/notice";
import { classNames } from "@/lib/class-names";
import type { Note } from "@/lib/api/types";
import type { Outcome, ProblemCode } from "@/lib/problems";
import { isText, useDraft } from "@/lib/use-draft";
import { frameOfMs, timecode } from "./frames";
import type { Notes } from "./use-notes";

type Props = { note: Note; answers: Note[]; notes: Notes; fps: number; isOpen: boolean; onShow: (note: Note) => void };

/** A note with its answers: go to its frame, answer, settle; change or take back what is one's own. */
export function NoteCard({ note, answers, notes, fps, isOpen, onShow }: Props) {
  const t = useTranslations("review");
  const problems = useTranslations("problems");
  const [task, setTask] = useState<"answer" | "change" | null>(null);
  const [problem, setProblem] = useState<ProblemCode | null>(null);

  async function run(act: Promise<Outcome<unknown>>) {
    const done = await act;
    setProblem(done.ok ? null : done.problem);
    if (done.ok) setTask(null);
    return done.ok;
  }

  return (
    <li id={`note-${note.id}`} className={classNames("rounded-10 border border-line bg-surface p-3", note.settled_at && "border-dashed")}>
      <div className="flex flex-wrap items-center gap-x-2 text-14">
        {note.start_ms !== null && (
          <Button look="plain" className="-ml-2 px-2 text-14 text-accent tabular-nums underline" onClick={() => onShow(note)}>
            {timecode(frameOfMs(note.start_ms, fps), fps)}
            {note.end_ms !== null && ` – ${timecode(frameOfMs(note.end_ms, fps), fps)}`}
          </Button>
        )}
        <Author note={note} />
        {note.drawing && <span className="text-muted">{t("hasDrawing")}</span>}
      </div>
      {task === "change" ? (
        <Words
          label={t("change")}
          initial={note.text}
          save={(text) => run(notes.change(note, text))}
          stop={() => setTask(null)}
          about={`change:${note.id}`}
        />
      ) : (
        note.text && <p className="text-16 break-words whitespace-pre-wrap">{note.text}</p>
      )}
      {answers.length > 0 && (
        <ul className="mt-2 flex flex-col gap-2 border-l-2 border-line pl-3">
          {answers.map((answer) => (
            <li key={answer.id} id={`note-${answer.id}`}>
              <div className="text-14">
                <Author note={answer} />
              </div>
              <p className="break-words whitespace-pre-wrap">{answer.text}</p>
            </li>
          ))}
        </ul>
      )}
      {note.settled_at && <p className="mt-1 text-14 text-positive">{t("settledBy", { name: note.settled_by_name || t("somebody") })}</p>}
      {task === "answer" && (
        <Words
          label={t("answer")}
          initial=""
          save={(text) => run(notes.add({ text, answers_note_id: note.id }))}
          about={`answer:${note.id}`}
          stop={() => setTask(null)}
        />
      )}
      {problem && (
        <Notice kind="trouble" className="mt-2">
          {problems(problem)}
        </Notice>
      )}
      {isOpen && task === null && (
        <div className="-mb-2 -ml-3 flex flex-wrap">
          <Button look="plain" className="text-14" onClick={() => setTask("answer")}>
            <CornerDownRight aria-hidden className="size-4" />
            {t("answer")}
          </Button>
          <Button look="plain" className="text-14" onClick={() => void run(notes.settle(note, !note.settled_at))}>
            {note.settled_at ? <RotateCcw aria-hidden className="size-4" /> : <Check aria-hidden className="size-4" />}
            {note.settled_at ? t("reopen") : t("settle")}
          </Button>
          {note.is_mine && (
            <>
              <Button look="icon" aria-label={t("change")} onClick={() => setTask("change")}>
                <Pencil aria-hidden className="size-4" />
              </Button>
              {answers.length === 0 && (
                <Button look="icon" aria-label={t("takeBack")} onClick={() => void run(notes.remove(note))}>
                  <Trash2 aria-hidden className="size-4" />
                </Button>
              )}
            </>
          )}
        </div>
      )}
    </li>
  );
}

function Author({ note }: { note: Note }) {
  const t = useTranslations("review");
  const format = useFormatter();
  return (
    <>
      <span className="font-medium">{note.is_mine ? t("you") : note.author_name || t("somebody")}</span>{" "}
      <time dateTime={note.created_at} className="text-muted">
        {format.dateTime(new Date(note.created_at), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" })}
      </time>
    </>
  );
}

type WordsProps = { label: string; initial: string; about: string; save: (text: string) => Promise<boolean>; stop: () => void };

function Words({ label, initial, about, save, stop }: WordsProps) {
  const t = useTranslations("review");
  const { draft, isKept, put } = useDraft(about, isText);
  const text = draft ?? initial;
  const [isBusy, setBusy] = useState(false);
  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    if (await save(text.trim())) put(null);
    setBusy(false);
  }
  return (
    <form onSubmit={submit} className="mt-2 flex flex-col gap-2">
      <TextArea aria-label={label} value={text} rows={2} maxLength={10_000} autoFocus onChange={(event) => put(event.target.value)} />
      {isKept && <DraftKept />}
      <div className="flex gap-2">
        <Button type="submit" disabled={!text.trim() || isBusy}>
          {t("save")}
        </Button>
        <Button
          look="plain"
          onClick={() => {
            put(null);
            stop();
          }}
        >
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
