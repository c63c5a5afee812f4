"use client";

import { Columns2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/button";
import { DecisionBar } from "@/features/decision/decision-bar";
import { api } from "@/lib/api/browser";
import type { Film, Note, Version } from "@/lib/api/types";
import { outcomeOf } from "@/lib/problems";
import { useDraft } from "@/lib/use-draft";
import { CarriedNotes } from "./carried-notes";
import { Composer } from "./composer";
import { exactFps, frameCount, frameOfMs } from "./frames";
import { actionOf, type FilmAction } from "./keys";
import { isEmptyNote, isNoteDraft, noteIn, type NoteDraft } from "./note-draft";
import { NoteList } from "./note-list";
import { Scrubber } from "./scrubber";
import { Stage } from "./stage";
import { Transport } from "./transport";
import { useFilm } from "./use-film";
import { useNotes } from "./use-notes";
import { VersionSelect } from "./version-select";

/** A version to watch, note on, and decide about. */
export function Review({ version }: { version: Version }) {
  const [film, setFilm] = useState(firstFilm(version.films));
  const t = useTranslations("review");
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 low:order-1">
        <div className="mr-auto min-w-0 max-sm:basis-full">
          <h1 className="truncate text-25">{version.title}</h1>
          <p className="truncate text-14 text-muted">{version.project_name}</p>
        </div>
        {version.films.length > 1 && (
          <div role="group" aria-label={t("format")} className="flex max-sm:-ml-2">
            {version.films.map((one) => (
              <Button key={one.export_id} look="icon" className="w-14 text-14" aria-pressed={one === film} onClick={() => setFilm(one)}>
                {one.format}
              </Button>
            ))}
          </div>
        )}
        <VersionSelect videoId={version.video_id} versions={version.versions} number={version.number} />
        {version.versions.length > 1 && (
          <Button look="quiet" className="max-sm:px-3" asChild>
            <Link href={`/videos/${version.video_id}/compare`}>
              <Columns2 aria-hidden className="size-4" />
              <span className="max-sm:sr-only">{t("compare")}</span>
            </Link>
          </Button>
        )}
      </header>
      {version.message && (
        <p className="max-w-prose rounded-10 border border-line bg-surface p-3 break-words whitespace-pre-wrap low:order-1">
          <span className="font-medium">{version.sent_by_name || t("studio")}:</span> {version.message}
        </p>
      )}
      {film ? <Reviewed key={version.id} version={version} film={film} /> : <p>{t("noFilm")}</p>}
    </div>
  );
}

/** Upright where there is one: most clients look on a phone, and most films are made for one. */
const firstFilm = (films: Film[]): Film | undefined => films.find((film) => film.format === "9:16") ?? films[0];

function Reviewed({ version, film }: { version: Version; film: Film }) {
  const fps = exactFps(film.fps);
  const { draft, isKept, put } = useDraft(`note:${version.video_id}`, isNoteDraft);
  const note = noteIn(draft, version.id);
  const { span, strokes } = note;
  const [hasPen, setPen] = useState(false);
  const isDrawing = hasPen || strokes.length > 0;
  const [hasCaptions, setCaptions] = useState(false);
  const [hasSafeZone, setSafeZone] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const player = useFilm(fps, frameCount(film.duration_ms ?? 0, fps), span);
  const notes = useNotes(version.id, version.notes);
  const isOpen = version.replaced_at === null;
  const openNoteCount = notes.notes.filter((note) => note.answers_note_id === null && note.settled_at === null && !note.is_studio).length;
  const { video, seek } = player;

  useEffect(() => {
    // A link to a moment ends in #t=<milliseconds>; a film in another format begins where the last one stood.
    const follow = () => {
      const linked = /^#t=(\d{1,8})$/.exec(window.location.hash);
      if (video && linked) seek(frameOfMs(Number(linked[1]), fps));
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [video, seek, fps]);

  const goOn = useEffectEvent(() => {
    // A note that was being written goes on at its frame, and a drawing at no other.
    if (!isEmptyNote(note) && (strokes.length > 0 || !window.location.hash)) seek(note.frame);
  });
  useEffect(() => {
    if (video) goOn();
  }, [video]);

  useEffect(() => {
    // Only who has the page before them has seen the version: neither a mail's scanner nor a link that was fetched ahead.
    // Each of a client's people, and each time: a digest tells nobody of what they had before them.
    void outcomeOf(api.POST("/api/portal/versions/{version_id}/seen", { params: { path: { version_id: version.id } } }));
  }, [version.id]);

  function change(changes: Partial<NoteDraft>) {
    const next = { ...note, frame: player.clock.frame(), ...changes };
    put(isEmptyNote(next) ? null : next);
  }

  function show(note: Note) {
    if (note.start_ms === null) return;
    seek(frameOfMs(note.start_ms, fps));
    window.history.replaceState(null, "", `#t=${note.start_ms}`);
    video?.scrollIntoView({ block: "nearest" });
  }

  function draw(isOn: boolean) {
    if (isOn) player.hold();
    setPen(isOn);
    if (!isOn) change({ strokes: [] });
  }

  function act(action: FilmAction) {
    const frame = player.clock.frame();
    if (action.kind === "step") seek(frame + action.frames);
    else if (action.kind === "jump") seek(frame + Math.round(action.seconds * fps));
    else if (action.kind === "edge") seek(action.edge === "begin" ? 0 : player.frames - 1);
    else if (action.kind === "toggle") player.toggle();
    else if (action.kind === "pause") player.pause();
    else if (action.kind === "forward") player.forward();
    else if (action.kind === "reverse") player.reverse();
    else if (action.kind === "mute") player.mute();
    else if (action.kind === "loop") player.setLooping(!player.isLooping);
    else if (action.kind === "captions") setCaptions(!hasCaptions);
    else if (!isOpen) return;
    else if (action.kind === "draw") draw(!isDrawing);
    else field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    const on = event.target instanceof HTMLElement ? event.target.tagName : "";
    const action = actionOf(event, on);
    if (!action) return;
    event.preventDefault();
    act(action);
  }

  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] low:grid-cols-[minmax(0,1fr)_20rem]">
      <section aria-label={version.title} onKeyDown={onKeyDown} className="flex min-w-0 flex-col gap-1 self-start lg:sticky lg:top-18 low:sticky low:top-0">
        <Stage
          film={film}
          title={version.title}
          player={player}
          notes={notes.notes}
          hasCaptions={hasCaptions}
          hasSafeZone={hasSafeZone}
          ink={isDrawing ? strokes : null}
          onInk={(drawn) => change({ strokes: drawn })}
        />
        <Scrubber film={film} player={player} notes={notes.notes} span={span} />
        <Transport
          player={player}
          captions={film.captions_url ? { isOn: hasCaptions, set: setCaptions } : null}
          safeZone={{ isOn: hasSafeZone, set: setSafeZone }}
          drawing={isOpen ? { isOn: isDrawing, set: draw } : null}
        />
      </section>
      <div className="flex min-w-0 flex-col gap-5 pb-24 lg:pb-0 low:max-h-dvh low:overflow-y-auto low:pb-0">
        {isOpen && (
          <Composer
            player={player}
            field={field}
            note={note}
            isKept={isKept}
            isDrawing={isDrawing}
            onChange={change}
            onSend={(written) => {
              void notes.add(written);
              setPen(false);
              put(null);
            }}
          />
        )}
        <CarriedNotes notes={notes} fps={fps} number={version.number} isOpen={isOpen} onShow={show} />
        <NoteList notes={notes} fps={fps} isOpen={isOpen} onShow={show} />
        <DecisionBar key={version.state} version={version} openNoteCount={openNoteCount} />
      </div>
    </div>
  );
}
