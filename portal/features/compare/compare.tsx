"use client";

import { ChevronLeft, ChevronRight, Pause, Play } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/button";
import { SHAPES } from "@/features/review/film-shapes";
import { exactFps, frameCount, timecode } from "@/features/review/frames";
import { actionOf } from "@/features/review/keys";
import { useFilm, useFrame } from "@/features/review/use-film";
import { classNames } from "@/lib/class-names";
import type { Film, Version } from "@/lib/api/types";
import { useIsAwake } from "@/lib/use-is-awake";
import { correction } from "./sync";

type Compared = Pick<Version, "id" | "number" | "films">;
type Props = { videoId: string; title: string; versions: Compared[] };

/** Two versions side by side, on the same moment. The left one has the sound. */
export function Compare({ videoId, title, versions }: Props) {
  const t = useTranslations("compare");
  const [left, setLeft] = useState(versions[1]!);
  const [right, setRight] = useState(versions[0]!);
  const formats = left.films.map((film) => film.format).filter((format) => right.films.some((film) => film.format === format));
  const [wanted, setWanted] = useState<Film["format"] | null>(null);
  const format = formats.find((one) => one === wanted) ?? formats[0];
  const films = [left, right].map((version) => version.films.find((film) => film.format === format));
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto min-w-0 truncate text-25">{title}</h1>
        {formats.length > 1 && (
          <div role="group" aria-label={t("format")} className="flex">
            {formats.map((one) => (
              <Button key={one} look="icon" className="w-14 text-14" aria-pressed={one === format} onClick={() => setWanted(one)}>
                {one}
              </Button>
            ))}
          </div>
        )}
        <Button look="quiet" asChild>
          <Link href={`/videos/${videoId}`}>{t("toReview")}</Link>
        </Button>
      </header>
      <div className="grid grid-cols-2 gap-2">
        {([
          [left, setLeft, "left"],
          [right, setRight, "right"],
        ] as const).map(([version, choose, side]) => (
          <select
            key={side}
            aria-label={t(side)}
            value={version.id}
            onChange={(event) => choose(versions.find((one) => one.id === event.target.value)!)}
            className="min-h-11 rounded-10 border border-line bg-surface px-2 text-14"
          >
            {versions.map((one) => (
              <option key={one.id} value={one.id}>
                {t("version", { number: one.number })}
              </option>
            ))}
          </select>
        ))}
      </div>
      {films[0] && films[1] ? (
        <Pair key={`${left.id}${right.id}${format}`} leader={films[0]} follower={films[1]} />
      ) : (
        <p className="text-muted">{t("noFormat")}</p>
      )}
    </div>
  );
}

function Pair({ leader, follower }: { leader: Film; follower: Film }) {
  const t = useTranslations("compare");
  const review = useTranslations("review");
  const fps = exactFps(leader.fps);
  const player = useFilm(fps, frameCount(leader.duration_ms ?? 0, fps), null);
  const { attach, video, events, clock, isPlaying, seek, toggle } = player;
  const [second, attachSecond] = useState<HTMLVideoElement | null>(null);
  const frame = useFrame(clock);
  const isAwake = useIsAwake();

  useEffect(() => {
    if (!video || !second) return;
    if (!isPlaying) second.pause();
    const follow = () => bring(second, video);
    follow();
    video.addEventListener("seeked", follow);
    const ticking = isPlaying ? setInterval(follow, 200) : undefined;
    return () => {
      video.removeEventListener("seeked", follow);
      clearInterval(ticking);
    };
  }, [video, second, isPlaying]);

  function onKeyDown(event: KeyboardEvent) {
    const action = actionOf(event, event.target instanceof HTMLElement ? event.target.tagName : "");
    if (action?.kind === "toggle") toggle();
    else if (action?.kind === "step") seek(clock.frame() + action.frames);
    else if (action?.kind === "jump") seek(clock.frame() + Math.round(action.seconds * fps));
    else return;
    event.preventDefault();
  }

  return (
    <section aria-label={t("title")} onKeyDown={onKeyDown} className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2">
        {[leader, follower].map((film, index) => (
          <div key={index} className="film-room flex items-center justify-center rounded-10 bg-stage">
            <video
              ref={index === 0 ? attach : attachSecond}
              {...(index === 0 ? events : {})}
              src={film.play_url}
              poster={film.poster_url ?? undefined}
              crossOrigin="anonymous"
              playsInline
              muted={index === 1}
              preload="auto"
              tabIndex={index === 0 ? 0 : -1}
              aria-label={t(index === 0 ? "left" : "right")}
              onClick={toggle}
              className={classNames("max-w-full", SHAPES[film.format])}
            />
          </div>
        ))}
      </div>
      <div className="flex items-center gap-1">
        <Button look="icon" aria-label={isPlaying ? review("pause") : review("play")} onClick={toggle}>
          {isPlaying ? <Pause aria-hidden className="size-5" /> : <Play aria-hidden className="size-5" />}
        </Button>
        <Button look="icon" aria-label={review("frameBack")} onClick={() => seek(clock.frame() - 1)}>
          <ChevronLeft aria-hidden className="size-5" />
        </Button>
        <Button look="icon" aria-label={review("frameOn")} onClick={() => seek(clock.frame() + 1)}>
          <ChevronRight aria-hidden className="size-5" />
        </Button>
        <input
          type="range"
          disabled={!isAwake}
          min={0}
          max={player.frames - 1}
          value={Math.min(frame, player.frames - 1)}
          aria-label={review("seek")}
          aria-valuetext={timecode(frame, fps)}
          onChange={(event) => seek(event.target.valueAsNumber)}
          className="h-11 min-w-0 flex-1 accent-accent"
        />
        <span data-testid="timecode" className="text-14 tabular-nums">
          {timecode(frame, fps)}
        </span>
      </div>
    </section>
  );
}

/** Bring the follower to where the leader is. */
function bring(follower: HTMLVideoElement, leader: HTMLVideoElement): void {
  const todo = correction(leader.currentTime, follower.currentTime, !leader.paused, leader.playbackRate);
  if ("seekTo" in todo) follower.currentTime = Math.min(todo.seekTo, follower.duration || todo.seekTo);
  else follower.playbackRate = todo.rate;
  if (!leader.paused && follower.paused && !follower.ended) follower.play().catch(() => undefined);
}
