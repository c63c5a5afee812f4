"""Facts: what the files of a timeline are, probed once and remembered by content.

Called by engine.cli and later by automations.
"""

import math
from collections.abc import Iterable
from pathlib import Path

from engine.render.film.cache import RenderCache
from engine.render.film.fingerprints import fingerprint
from engine.render.media.flaws import Flaw
from engine.render.media.probe import MediaFacts, probe, probe_all
from engine.render.media.sandbox import MediaRefused
from engine.render.timeline import FPS, CardSource, ClipSource, MusicFile, Timeline


def facts_of(paths: Iterable[Path], cache: RenderCache) -> dict[Path, MediaFacts]:
    """The facts of each file. Raises MediaRefused or FileNotFoundError for the first that cannot be used."""
    facts: dict[Path, MediaFacts] = {}
    names: dict[Path, str] = {}
    for path in paths:
        if path in facts or path in names:
            continue
        if not path.is_file():
            probe(path)  # which says what is wrong with it
        name = f"facts-{fingerprint(path, cache)}.json"
        if known := cache.find(name):
            facts[path] = MediaFacts.model_validate_json(known.read_text())
        else:
            names[path] = name
    if names:
        for (path, name), found in zip(names.items(), probe_all(list(names)), strict=True):
            with cache.writing(name) as unfinished:
                unfinished.write_text(found.model_dump_json())
            facts[path] = found
    return facts


def files_of(timeline: Timeline) -> list[Path]:
    """Every file that a timeline names, in the order in which people would look for it."""
    files = [scene.source.path for scene in timeline.scenes if not isinstance(scene.source, CardSource)]
    if timeline.voice is not None:
        files.append(timeline.voice.path)
    if timeline.music is not None and isinstance(timeline.music.source, MusicFile):
        files.append(timeline.music.source.path)
    if timeline.brand.logo is not None:
        files.append(timeline.brand.logo.path)
    return files


def facts_of_scenes(timeline: Timeline, cache: RenderCache) -> dict[Path, MediaFacts]:
    """The facts of every image and clip that a timeline shows.

    Raises MediaRefused where one is not what its scene says, or a clip ends before the scene's part of it begins.
    """
    named = {
        scene.source.path: (scene.source.kind, f"Scene {number} ({scene.id})")
        for number, scene in enumerate(timeline.scenes, 1)
        if not isinstance(scene.source, CardSource)
    }
    facts = facts_of(named, cache)
    for path, (kind, scene) in named.items():
        if facts[path].kind != kind:
            raise MediaRefused(
                Flaw.OTHER_KIND, f"{scene}: '{path.name}' is named as {_a(kind)} but is {_a(facts[path].kind)}."
            )
    _refuse_trims_past_the_end(timeline, facts)
    return facts


def _refuse_trims_past_the_end(timeline: Timeline, facts: dict[Path, MediaFacts]) -> None:
    for number, scene in enumerate(timeline.scenes, 1):
        if isinstance(scene.source, ClipSource):
            frames = math.ceil((facts[scene.source.path].duration_s or 0) * FPS)
            if scene.source.trim_start_frames >= max(frames, 1):
                raise MediaRefused(
                    Flaw.TRIMMED_PAST_END,
                    f"Scene {number} ({scene.id}): '{scene.source.path.name}' has {frames} frames at {FPS} a second; "
                    f"trim_start_frames is {scene.source.trim_start_frames}. Begin earlier.",
                )


def _a(kind: str) -> str:
    return {"image": "a picture", "clip": "a clip", "audio": "a sound"}[kind]
