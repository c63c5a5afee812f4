"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/notice";
import { classNames } from "@/lib/class-names";
import type { Film, Note, Stroke } from "@/lib/api/types";
import { DrawingLayer } from "./drawing-layer";
import { COVERED, SHAPES } from "./film-shapes";
import { frameOfMs } from "./frames";
import { useFrame, type FilmPlayer } from "./use-film";

type Props = {
  film: Film;
  title: string;
  player: FilmPlayer;
  notes: Note[];
  hasCaptions: boolean;
  hasSafeZone: boolean;
  /** What is being drawn; null while nobody draws. */
  ink: Stroke[] | null;
  onInk: (strokes: Stroke[]) => void;
};

/** The film, and on it what was drawn at the frame that is shown. */
export function Stage({ film, title, player, notes, hasCaptions, hasSafeZone, ink, onInk }: Props) {
  const t = useTranslations("review");
  const { attach, clock, events, fps, isPlaying, isLoopingWhole, hasFailed, toggle } = player;
  const frame = useFrame(clock);
  const track = useRef<HTMLTrackElement>(null);
  const drawn = isPlaying
    ? []
    : notes.filter((note) => note.drawing && note.start_ms !== null && frameOfMs(note.start_ms, fps) === frame);

  useEffect(() => {
    if (track.current) track.current.track.mode = hasCaptions ? "showing" : "hidden";
  }, [hasCaptions, film.captions_url]);

  return (
    <div className="film-room flex justify-center rounded-10 bg-stage low:rounded-none">
      <div className={classNames("relative max-w-full overflow-hidden", SHAPES[film.format])}>
        <video
          ref={attach}
          {...events}
          src={film.play_url}
          poster={film.poster_url ?? undefined}
          loop={isLoopingWhole}
          crossOrigin="anonymous"
          playsInline
          preload="auto"
          tabIndex={0}
          aria-label={title}
          className="size-full cursor-pointer"
          onClick={toggle}
        >
          {film.captions_url && <track ref={track} kind="captions" src={film.captions_url} label={t("captions")} />}
        </video>
        {hasSafeZone && <SafeZone format={film.format} label={t("safeZone")} />}
        <DrawingLayer strokes={ink ?? drawn.flatMap((note) => note.drawing!.strokes)} label={t("drawing")} onChange={ink ? onInk : undefined} />
        {hasFailed && (
          <div className="absolute inset-x-3 bottom-3">
            <Notice kind="trouble">{t("filmFailed")}</Notice>
          </div>
        )}
      </div>
    </div>
  );
}

/** Shades what apps cover. SVG attributes, since the CSP refuses style attributes. */
function SafeZone({ format, label }: { format: Film["format"]; label: string }) {
  const [left, top, right, bottom] = COVERED[format];
  const hole = `M${left} ${top}H${1000 - right}V${1000 - bottom}H${left}Z`;
  return (
    <svg role="img" aria-label={label} viewBox="0 0 1000 1000" preserveAspectRatio="none" className="pointer-events-none absolute inset-0 size-full">
      <path d={`M0 0H1000V1000H0Z${hole}`} fillRule="evenodd" className="fill-stage" fillOpacity={0.55} />
      <path d={hole} fill="none" className="stroke-mark" strokeWidth={2} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
