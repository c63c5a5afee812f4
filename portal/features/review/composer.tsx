"use client";

import { ArrowRightToLine, Eraser, Send, Undo2, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormEvent, KeyboardEvent, RefObject } from "react";
import { Button } from "@/components/button";
import { DraftKept } from "@/components/draft-kept";
import { TextArea } from "@/components/field";
import type { NewNote } from "@/lib/api/types";
import { msOfFrame, timecode } from "./frames";
import type { NoteDraft } from "./note-draft";
import { useFrame, type FilmPlayer } from "./use-film";

type Props = {
  player: FilmPlayer;
  field: RefObject<HTMLTextAreaElement | null>;
  note: NoteDraft;
  isKept: boolean;
  isDrawing: boolean;
  onChange: (changes: Partial<NoteDraft>) => void;
  onSend: (note: Omit<NewNote, "id"> & { text: string }) => void;
};

/**
 * A note on the frame that is shown, or on a span of frames, or on the whole film.
 *
 * Typing stops the film and sending lets it go on. What is typed is kept in this browser, for who comes back.
 */
export function Composer({ player, field, note, isKept, isDrawing, onChange, onSend }: Props) {
  const t = useTranslations("review");
  const { clock, fps } = player;
  const frame = useFrame(clock);
  const { text, isWhole, span, strokes } = note;

  function type(typed: string) {
    player.hold();
    onChange({ text: typed });
  }

  function send(event?: FormEvent) {
    event?.preventDefault();
    const words = text.trim();
    if (!words && !strokes.length) return;
    const begin = span?.start ?? frame;
    onSend({
      text: words,
      start_ms: isWhole ? null : msOfFrame(begin, fps),
      end_ms: isWhole || !span ? null : msOfFrame(span.end, fps),
      drawing: strokes.length && !isWhole ? { strokes } : null,
    });
    player.release();
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send(event);
  }

  return (
    <form onSubmit={send} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-1 gap-y-0">
        <label htmlFor="note" className="mr-auto text-14 font-medium tabular-nums">
          {isWhole
            ? t("noteWhole")
            : span
              ? t("noteSpan", { begin: timecode(span.start, fps), end: timecode(span.end, fps) })
              : t("noteAt", { time: timecode(frame, fps) })}
        </label>
        {!isWhole && !span && (
          <Button look="plain" className="text-14" onClick={() => onChange({ span: { start: frame, end: Math.min(frame + Math.round(fps), player.frames - 1) } })}>
            <ArrowRightToLine aria-hidden className="size-4" />
            {t("spanBegin")}
          </Button>
        )}
        {span && (
          <>
            <Button look="plain" className="text-14" disabled={frame <= span.start} onClick={() => onChange({ span: { ...span, end: frame } })}>
              {t("spanEnd")}
            </Button>
            <Button look="icon" aria-label={t("spanNone")} onClick={() => onChange({ span: null })}>
              <X aria-hidden className="size-4" />
            </Button>
          </>
        )}
        {!span && !isDrawing && (
          <label className="flex min-h-11 items-center gap-2 px-2 text-14">
            <input type="checkbox" checked={isWhole} onChange={(event) => onChange({ isWhole: event.target.checked })} className="size-5 accent-accent" />
            {t("whole")}
          </label>
        )}
      </div>
      {isDrawing && (
        <div className="flex items-center gap-1 rounded-10 border border-line bg-surface pl-3">
          <p role="status" className="mr-auto text-14 text-muted">
            {t("drawHint")}
          </p>
          <Button look="icon" aria-label={t("undoStroke")} disabled={!strokes.length} onClick={() => onChange({ strokes: strokes.slice(0, -1) })}>
            <Undo2 aria-hidden className="size-5" />
          </Button>
          <Button look="icon" aria-label={t("clearDrawing")} disabled={!strokes.length} onClick={() => onChange({ strokes: [] })}>
            <Eraser aria-hidden className="size-5" />
          </Button>
        </div>
      )}
      <div className="flex items-end gap-2">
        <TextArea
          id="note"
          ref={field}
          value={text}
          rows={2}
          maxLength={10_000}
          placeholder={t("placeholder")}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <Button type="submit" className="size-11 shrink-0 px-0" aria-label={t("send")} disabled={!text.trim() && !strokes.length}>
          <Send aria-hidden className="size-5" />
        </Button>
      </div>
      {isKept && (text || strokes.length > 0) && <DraftKept />}
    </form>
  );
}
