"use client";

import { Captions, ChevronLeft, ChevronRight, Frame, Pause, Pencil, Play, Repeat, Volume2, VolumeX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/button";
import { timecode } from "./frames";
import { useFrame, type FilmPlayer } from "./use-film";

const SPEEDS = [0.25, 0.5, 1, 1.5, 2];

type Switch = { isOn: boolean; set: (isOn: boolean) => void };
type Props = { player: FilmPlayer; captions: Switch | null; safeZone: Switch; drawing: Switch | null };

/** Play, one frame back and on, and what is seen and heard. */
export function Transport({ player, captions, safeZone, drawing }: Props) {
  const t = useTranslations("review");
  return (
    <div role="group" aria-label={t("controls")} className="flex flex-wrap items-center justify-between">
      <Button look="icon" aria-label={player.isPlaying ? t("pause") : t("play")} onClick={player.toggle}>
        {player.isPlaying ? <Pause aria-hidden className="size-5" /> : <Play aria-hidden className="size-5" />}
      </Button>
      <Button look="icon" aria-label={t("frameBack")} onClick={() => player.seek(player.clock.frame() - 1)}>
        <ChevronLeft aria-hidden className="size-5" />
      </Button>
      <Timecode player={player} />
      <Button look="icon" aria-label={t("frameOn")} onClick={() => player.seek(player.clock.frame() + 1)}>
        <ChevronRight aria-hidden className="size-5" />
      </Button>
      {drawing && (
        <Button look="icon" aria-label={t("draw")} aria-pressed={drawing.isOn} onClick={() => drawing.set(!drawing.isOn)}>
          <Pencil aria-hidden className="size-5" />
        </Button>
      )}
      <div className="ml-auto flex items-center">
        <Button look="icon" aria-label={player.isMuted ? t("unmute") : t("mute")} onClick={player.mute}>
          {player.isMuted ? <VolumeX aria-hidden className="size-5" /> : <Volume2 aria-hidden className="size-5" />}
        </Button>
        {captions && (
          <Button look="icon" aria-label={t("captions")} aria-pressed={captions.isOn} onClick={() => captions.set(!captions.isOn)}>
            <Captions aria-hidden className="size-5" />
          </Button>
        )}
        <Button look="icon" aria-label={t("safeZone")} aria-pressed={safeZone.isOn} onClick={() => safeZone.set(!safeZone.isOn)}>
          <Frame aria-hidden className="size-5" />
        </Button>
        <Button look="icon" aria-label={t("loop")} aria-pressed={player.isLooping} onClick={() => player.setLooping(!player.isLooping)}>
          <Repeat aria-hidden className="size-5" />
        </Button>
        <select
          aria-label={t("speed")}
          value={player.speed}
          onChange={(event) => player.setRate(Number(event.target.value))}
          className="min-h-11 w-15 rounded-10 bg-transparent px-1 text-14 tabular-nums"
        >
          {[...new Set([...SPEEDS, player.speed])].map((speed) => (
            <option key={speed} value={speed}>
              {t("times", { speed })}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}

function Timecode({ player }: { player: FilmPlayer }) {
  return (
    <span data-testid="timecode" className="min-w-18 text-center text-14 tabular-nums">
      {timecode(useFrame(player.clock), player.fps)}
    </span>
  );
}
