"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Film, Note } from "@/lib/api/types";
import { useIsAwake } from "@/lib/use-is-awake";
import { frameOfMs, timecode } from "./frames";
import { useFrame, type FilmPlayer, type Span } from "./use-film";

/** The width of a picture above the strip, in thousandths of the strip. */
const PEEK = 180;

type Props = { film: Film; player: FilmPlayer; notes: Note[]; span: Span | null };

/** Where the film is: its own pictures as a strip, marks where something was noted, and one handle to drag. */
export function Scrubber({ film, player, notes, span }: Props) {
  const t = useTranslations("review");
  const { frames, fps, clock } = player;
  const frame = useFrame(clock);
  const isAwake = useIsAwake();
  const [hovered, setHovered] = useState<number | null>(null);
  const last = frames - 1;
  const atNotes = notes.filter((note) => note.start_ms !== null && note.answers_note_id === null);

  return (
    <div className="relative">
      {hovered !== null && film.filmstrip_url && <Peek film={film} frame={hovered} frames={frames} />}
      <div className="relative h-11 overflow-hidden rounded-6 bg-stage">
        {film.filmstrip_url && (
          <img src={film.filmstrip_url} alt="" crossOrigin="anonymous" className="absolute inset-0 size-full object-fill opacity-60" />
        )}
        <svg aria-hidden viewBox={`0 0 ${frames} 44`} preserveAspectRatio="none" className="absolute inset-0 size-full">
          {span && <rect x={span.start} width={Math.max(1, span.end - span.start)} height={44} className="fill-mark" fillOpacity={0.45} />}
          {atNotes.map((note) => {
            const start = frameOfMs(note.start_ms!, fps);
            const length = note.end_ms === null ? 0 : frameOfMs(note.end_ms, fps) - start;
            return (
              <g key={note.id} className={note.settled_at ? "fill-on-stage" : "fill-mark"} fillOpacity={note.settled_at ? 0.6 : 1}>
                {length > 0 && <rect x={start} y={38} width={length} height={6} />}
                <rect x={start} y={30} width={Math.max(1, frames / 120)} height={14} data-mark />
              </g>
            );
          })}
          <rect x={Math.min(frame, last)} width={Math.max(1, frames / 200)} height={44} className="fill-on-stage" />
        </svg>
        <input
          type="range"
          disabled={!isAwake}
          min={0}
          max={last}
          value={Math.min(frame, last)}
          aria-label={t("seek")}
          aria-valuetext={timecode(frame, fps)}
          onChange={(event) => player.seek(event.target.valueAsNumber)}
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            setHovered(Math.round(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * last));
          }}
          onPointerLeave={() => setHovered(null)}
          onPointerUp={() => setHovered(null)}
          className="absolute inset-0 size-full cursor-pointer touch-pan-y appearance-none bg-transparent opacity-0 focus-visible:opacity-100 [&::-moz-range-thumb]:opacity-0 [&::-webkit-slider-thumb]:opacity-0"
        />
      </div>
    </div>
  );
}

/** The strip's picture nearest to a frame, above the place that is pointed at. */
function Peek({ film, frame, frames }: { film: Film; frame: number; frames: number }) {
  const count = film.filmstrip_frames;
  const [width, height] = [film.width ?? 9, film.height ?? 16];
  const index = Math.min(count - 1, Math.floor((frame / frames) * count));
  return (
    <svg aria-hidden viewBox="0 0 1000 1" className="pointer-events-none absolute bottom-full z-10 mb-1 w-full overflow-visible">
      <svg
        x={Math.min(1000 - PEEK, Math.max(0, (frame / frames) * 1000 - PEEK / 2))}
        y={(-PEEK * height) / width}
        width={PEEK}
        height={(PEEK * height) / width}
        viewBox={`${index * width} 0 ${width} ${height}`}
      >
        <image href={film.filmstrip_url!} width={width * count} height={height} preserveAspectRatio="none" />
      </svg>
    </svg>
  );
}
