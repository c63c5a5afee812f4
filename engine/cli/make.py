"""`bom make`: a script becomes finished films.

Called by engine.cli.app and engine.cli.demo.
Law: everything that was given is read and looked at first, so that bad input costs nothing and changes nothing.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from automations.storyboard import LEAD_IN_MS, Storyboard, silent_words, storyboard
from engine.cli.export_result import export_result
from engine.cli.given_files import (
    check_bed,
    check_folder,
    check_sounds_and_logo,
    read_brand,
    read_script,
    slug_of_name,
)
from engine.cli.outcome import BadInput, print_result, say
from engine.cli.progress import Steps, steps
from engine.cli.sources import gather_sources
from engine.cli.timeline_paths import timeline_near
from engine.core.scripts import ScriptScene, split_script, spoken_words
from engine.core.sentences import Language
from engine.render.export import Exported, ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.formats import FormatName, Quality, slug_of
from engine.render.sidecars.beside import write_sidecars
from engine.render.sound.silence import speech_span_ms
from engine.render.timeline import (
    MOST_HEADING_CHARACTERS,
    MOST_SCENE_CHARACTERS,
    MOST_SCENES,
    Brand,
    CaptionStyle,
    Music,
    MusicBed,
    MusicFile,
    Timeline,
    Voice,
    Word,
)
from engine.render.whole_files import written_whole
from engine.settings import load_settings


@dataclass(frozen=True, slots=True)
class MakeOrder:
    """All that `bom make` was asked for."""

    script: Path
    out: Path
    images: tuple[Path, ...]
    folder: Path | None
    clips: tuple[Path, ...]
    voice: str
    language: Language | None
    music: str
    logo: Path | None
    brand: Path | None
    captions: Literal["plain", "box", "highlight", "large"] | None
    formats: tuple[FormatName, ...]
    quality: Quality
    draft: bool
    end_card: str | None
    progress_bar: bool


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The voice of a film and when each scene's words are heard in it."""

    voice: Voice | None
    words: list[list[Word]]
    end_ms: int
    warnings: tuple[str, ...]


def make_film(order: MakeOrder, as_json: bool) -> list[Exported]:
    """Make the films, write what goes with them, and print what was made."""
    began = time.perf_counter()
    settings = load_settings()
    cache = RenderCache(settings.render_cache_dir, settings.cache_limit_bytes)
    language = order.language or ("en" if order.voice == "offline:en" else "nl")
    script = read_script(order.script)
    scenes = split_script(script, language)
    brand = read_brand(order.brand, order.logo)
    music = _music(order.music)
    _check_lengths(scenes, order.end_card)
    check_folder(order.out)
    check_sounds_and_logo(_sound_files(order), brand.logo.path if brand.logo else None, cache)
    sources, warnings = gather_sources(order.images, order.folder, order.clips, cache)
    if order.voice != "none":  # a clip's own sound is heard only where nobody speaks over it
        sources = [replace(source, is_heard=False) for source in sources]
    slug = slug_of_name(order.script.stem)
    with steps() as bars:
        spoken = _spoken(order, slug, scenes, language, bars)
        texts = [scene.text for scene in scenes]
        board = storyboard(texts, spoken.words, sources, language, spoken.end_ms, order.end_card)
        timeline = _timeline(order, language, board, brand, spoken.voice, music)
        portable = timeline_near(timeline, order.out.resolve())
        order.out.mkdir(parents=True, exist_ok=True)
        with written_whole(order.out / f"{slug}.timeline.json") as unfinished:
            unfinished.write_text(portable.model_dump_json(indent=1), "utf-8")
        facts = facts_of_scenes(timeline, cache)
        exports = []
        for name in order.formats:
            out = order.out / f"{slug}-{slug_of(name)}.mp4"
            with bars.step(f"Film {name}") as on_progress:
                exports.append(
                    export(ExportOrder(timeline, name, out, order.quality, order.draft), facts, cache, on_progress)
                )
        write_sidecars(timeline, exports[0], order.out, slug)
    warnings += spoken.warnings
    if not sources:
        warnings.append("No pictures were given: every scene is a title card drawn from the brand.")
    for warning in warnings:
        say(warning, "yellow")
    seconds = time.perf_counter() - began
    for made in exports:
        say(f"{made.path}  {made.width}x{made.height}  {made.duration_s:.1f} s")
    say(f"Made in {seconds:.1f} s.")
    if as_json:
        print_result(export_result(exports, seconds) | {"warnings": warnings})
    return exports


def _timeline(
    order: MakeOrder, language: Language, board: Storyboard, brand: Brand, voice: Voice | None, music: Music | None
) -> Timeline:
    return Timeline(
        title=os.fsencode(order.script.stem).decode("utf-8", "replace")[:300] or "Film",
        language=language,
        scenes=board.scenes,
        words=board.words,
        captions=CaptionStyle(name=order.captions) if order.captions else None,
        brand=brand,
        voice=voice,
        music=music,
        progress_bar=order.progress_bar,
    )


def _music(given: str) -> Music | None:
    """The music that was asked for; its file is looked at later."""
    if given == "none":
        return None
    if not given.startswith("bed:"):
        return Music(source=MusicFile(path=Path(given).resolve()))
    name = given.removeprefix("bed:")
    check_bed(name)
    return Music(source=MusicBed(name=name))


def _check_lengths(scenes: Sequence[ScriptScene], end_card: str | None) -> None:
    """Refuse what a timeline has no room for."""
    count = len(scenes) + (end_card is not None)
    if count > MOST_SCENES:
        raise BadInput(f"The script makes {count:,} scenes; {MOST_SCENES:,} is the most. Part it into several films.")
    for number, scene in enumerate(scenes, 1):
        if len(scene.text) > MOST_SCENE_CHARACTERS:
            raise BadInput(
                f"Scene {number} has {len(scene.text):,} characters; {MOST_SCENE_CHARACTERS:,} is the most. "
                "Part it with a line of ---."
            )
    if end_card is not None and len(end_card) > MOST_HEADING_CHARACTERS:
        raise BadInput(f"The end card has {len(end_card)} characters; {MOST_HEADING_CHARACTERS} is the most.")


def _sound_files(order: MakeOrder) -> list[Path]:
    """The files that were named as voice and music."""
    if order.voice.startswith("offline:") and order.voice not in {"offline:nl", "offline:en"}:
        raise BadInput(f"There is no voice '{order.voice}'. Choose offline:nl, offline:en, none or a file.")
    files = [Path(given) for given in (order.music,) if given != "none" and not given.startswith("bed:")]
    if order.voice and order.voice != "none" and not order.voice.startswith("offline:"):
        files.append(Path(order.voice))
    return files


def _spoken(order: MakeOrder, slug: str, scenes: Sequence[ScriptScene], language: Language, bars: Steps) -> _Spoken:
    """Words with their times: from a recording, from the offline voice, or from how long reading takes."""
    if order.voice == "none":
        return _Spoken(None, silent_words([scene.text for scene in scenes], language), 0, ())
    if order.voice and not order.voice.startswith("offline:"):
        return _recorded(Path(order.voice).resolve(), scenes, language, bars)
    with bars.step("Draft voice") as on_progress:
        from engine.providers.offline import OfflineVoice

        order.out.mkdir(parents=True, exist_ok=True)
        path = (order.out / f"{slug}.voice.wav").resolve()
        spoken = OfflineVoice().speak([scene.text for scene in scenes], language, path)
        on_progress(1.0)
    words = [[_later(word, LEAD_IN_MS) for word in scene.words] for scene in spoken.scenes]
    voice = Voice(path=path, start_ms=LEAD_IN_MS)
    return _Spoken(voice, words, spoken.duration_ms + LEAD_IN_MS, ())


def _recorded(path: Path, scenes: Sequence[ScriptScene], language: Language, bars: Steps) -> _Spoken:
    from engine.render.speech_sync import sync_speech

    start_ms, end_ms = speech_span_ms(path)
    tokens = [spoken_words(scene.text) for scene in scenes]
    with bars.step("Finding the words in the voice-over") as on_progress:
        found = sync_speech(path, [token for part in tokens for token in part], language, on_progress=on_progress)
    shift = LEAD_IN_MS - start_ms
    moved = [_later(word, shift) for word in found.words]
    words: list[list[Word]] = []
    for part in tokens:
        words.append(moved[: len(part)])
        moved = moved[len(part) :]
    voice = Voice(path=path, start_ms=LEAD_IN_MS, trim_start_ms=start_ms, trim_end_ms=end_ms)
    return _Spoken(voice, words, end_ms + shift, tuple(found.warnings))


def _later(word: Word, by_ms: int) -> Word:
    """The word at its place in the film, where the voice begins later than in its file (or earlier, if trimmed)."""
    return word.model_copy(update={"start_ms": max(0, word.start_ms + by_ms), "end_ms": max(0, word.end_ms + by_ms)})
