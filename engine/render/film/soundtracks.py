"""Soundtracks: a film's sound, found in the cache or made, whole or cut to a part.

Called by engine.render.export. The sound itself is made by engine.render.sound.
Law: one soundtrack serves every format of a film, and a change of pictures never makes it anew.
"""

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.render.film.cache import RenderCache
from engine.render.film.code_version import sound_code_version
from engine.render.film.fingerprints import fingerprint
from engine.render.picture.spans import Span, shown_spans
from engine.render.timeline import FPS, ClipSource, MusicBed, MusicFile, Timeline

if TYPE_CHECKING:
    from engine.render.sound.master import Soundtrack


@dataclass(frozen=True, slots=True)
class SoundtrackPiece:
    """A finished soundtrack, what was measured in it, and how long it took (0 where it was found)."""

    path: Path
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    seconds: float


def find_or_make_soundtrack(
    timeline: Timeline, cache: RenderCache, *, draft: bool, on_progress: Callable[[float], None]
) -> SoundtrackPiece:
    """The film's whole soundtrack. Raises MediaRefused, OSError, and whatever on_progress raises."""
    name = _name(timeline, cache, draft)
    if known := _find(name, cache):
        return known
    from engine.render.sound.master import make_soundtrack  # a film whose sound is known starts without it

    # The cache's own folder is where it works: beds are kept there, and what a kill leaves is swept there.
    return _make(
        name,
        cache,
        lambda out: make_soundtrack(timeline, out, cache.folder, on_progress=on_progress, draft=draft),
    )


def find_or_make_part(
    timeline: Timeline, span: Span, cache: RenderCache, *, draft: bool, on_progress: Callable[[float], None]
) -> SoundtrackPiece:
    """The sound of some frames, as loud as in the whole: cut from it, or in a draft without it made alone.

    Raises as find_or_make_soundtrack does.
    """
    whole_name = _name(timeline, cache, draft)
    if draft and _find(whole_name, cache) is None:
        name = _part_name(f"draft of {whole_name}", span)
        if known := _find(name, cache):
            return known
        from engine.render.sound.master import make_draft_part

        return _make(
            name, cache, lambda out: make_draft_part(timeline, span, out, cache.folder, on_progress=on_progress)
        )
    whole = find_or_make_soundtrack(timeline, cache, draft=draft, on_progress=on_progress)
    return _cut(whole, span, cache)


def _cut(whole: SoundtrackPiece, span: Span, cache: RenderCache) -> SoundtrackPiece:
    name = _part_name(whole.path.name, span)
    path = cache.find(name)
    if path is None:
        from engine.render.sound.cut import cut_sound

        with cache.writing(name) as unfinished:
            cut_sound(whole.path, span.start, span.count, unfinished)
        path = cache.folder / name
    return SoundtrackPiece(path, whole.loudness_lufs, whole.true_peak_dbtp, whole.seconds)


def _find(name: str, cache: RenderCache) -> SoundtrackPiece | None:
    found, facts = cache.find(name), cache.find(f"{name}.json")
    if not (found and facts):
        return None
    known = json.loads(facts.read_text())
    return SoundtrackPiece(found, known["loudness_lufs"], known["true_peak_dbtp"], 0.0)


def _make(name: str, cache: RenderCache, make: Callable[[Path], "Soundtrack"]) -> SoundtrackPiece:
    """make: writes to the path that it is given."""
    began = time.perf_counter()
    with cache.writing(name) as unfinished:
        made = make(unfinished)
    with cache.writing(f"{name}.json") as unfinished:
        unfinished.write_text(json.dumps(_facts(made)))
    path = cache.folder / name
    return SoundtrackPiece(path, made.loudness_lufs, made.true_peak_dbtp, time.perf_counter() - began)


def _part_name(whole_name: str, span: Span) -> str:
    return f"sound-{hashlib.sha256(f'{whole_name} {span.start} {span.end}'.encode()).hexdigest()}.m4a"


def _facts(made: "Soundtrack") -> dict[str, float | None]:
    facts = asdict(made)
    return {key: facts[key] for key in ("loudness_lufs", "true_peak_dbtp")}


def _name(timeline: Timeline, cache: RenderCache, draft: bool) -> str:
    """The name that a whole soundtrack is kept under, from a hash of all that is heard."""
    voice, music = timeline.voice, timeline.music
    described: dict[str, object] = {
        "code": sound_code_version(),
        "draft": draft,
        "frames": timeline.duration_frames,
        "fps": FPS,
        "levels": timeline.levels.model_dump(),
    }
    if voice is not None:
        described["voice"] = [voice.model_dump(exclude={"path"}), fingerprint(voice.path, cache)]
    if music is not None:
        match music.source:
            case MusicFile(path=path):
                content = fingerprint(path, cache)
            case MusicBed(name=bed):
                content = f"bed:{bed}"
        described["music"] = [music.model_dump(exclude={"source"}), content]
    described["clips"] = [
        [start, shown.start, shown.end, source.trim_start_frames, source.sound_db, fingerprint(source.path, cache)]
        for scene, start, shown in zip(timeline.scenes, timeline.scene_starts, shown_spans(timeline), strict=True)
        if isinstance(source := scene.source, ClipSource) and source.sound_db is not None
    ]
    return f"sound-{hashlib.sha256(json.dumps(described).encode()).hexdigest()}.m4a"
