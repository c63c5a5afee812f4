"""The storyboard: a script, its word times and some pictures become a timeline.

Called by engine.cli.make and automations.assembly. Pure: what it decides (how long a scene is, how it moves, how it
gives way) depends on its arguments alone, so the same material always makes the same film.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Literal

from engine.core.headlines import figure, headline, is_quotation
from engine.core.scripts import reading_time_ms, spoken_words
from engine.core.sentences import Language
from engine.render.motions import MOTIONS
from engine.render.timeline import (
    FPS,
    CardSource,
    ClipSource,
    Crop,
    ImageSource,
    Motion,
    Scene,
    Source,
    Transition,
    Word,
)

LEAD_IN_MS = 300
"""Picture before the first word."""
TAIL_MS = 900
"""Picture after the last word."""
BREATH_MS = 250
"""A scene begins at most this long before its first word."""
SHORTEST_SCENE_FRAMES = 15
TRANSITION_FRAMES = 14
END_CARD_FRAMES = 75

_MOTIONS = tuple(MOTIONS[name] for name in ("zoom_in", "zoom_out", "pan_right", "rise"))
CARD_MOTION = Motion(start=Crop(zoom=1.0), end=Crop(zoom=1.045))
_CARD_LAYOUTS: tuple[Literal["statement", "split", "outline", "quote"], ...] = (
    "statement",
    "split",
    "outline",
    "quote",
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A picture or clip for a scene, with a clip's length in frames of the film (0 for a picture).

    is_heard: whether its own sound belongs in the film.
    """

    path: Path
    kind: Literal["image", "clip"]
    frames: int = 0
    is_heard: bool = False


@dataclass(frozen=True, slots=True)
class Storyboard:
    """What a timeline needs besides brand and sound."""

    scenes: tuple[Scene, ...]
    words: tuple[Word, ...]


def silent_words(texts: Sequence[str], language: Language) -> list[list[Word]]:
    """Word times of a film without a voice: each scene as long as it takes to read, each word its share of letters."""
    timed: list[list[Word]] = []
    now = float(LEAD_IN_MS)
    for text in texts:
        tokens = spoken_words(text)
        length = max(reading_time_ms(text, language), 1200)
        weights = [len(token) + 2 for token in tokens]
        each = length / sum(weights)
        words = []
        for token, weight in zip(tokens, weights, strict=True):
            words.append(Word(text=token, start_ms=round(now), end_ms=round(now + weight * each)))
            now += weight * each
        timed.append(words)
        now += 2 * BREATH_MS
    return timed


def storyboard(
    texts: Sequence[str],
    words: Sequence[Sequence[Word]],
    sources: Sequence[SourceFile | None],
    language: Language,
    voice_end_ms: int,
    end_card: str | None = None,
    cut_shifts_ms: Sequence[int] = (),
) -> Storyboard:
    """Scenes and words of a film.

    words: each scene's, in the film's time. sources: given to scenes in order, repeated; a scene that gets None is a
    title card, and so is every scene where there are none. voice_end_ms: where the voice falls silent, 0 without one.
    cut_shifts_ms: how much later (or earlier) than its words say each scene begins; empty: none is moved. A cut that
    would leave a scene shorter than SHORTEST_SCENE_FRAMES stops there, and the film keeps its length.
    """
    flat = [word for scene_words in words for word in scene_words]
    end_ms = max(voice_end_ms, flat[-1].end_ms if flat else 0) + TAIL_MS
    lengths = _shifted(_lengths(words, end_ms), cut_shifts_ms)
    used_frames: dict[Path, int] = {}
    made: list[Scene] = []
    for index, (text, frames) in enumerate(zip(texts, lengths, strict=True)):
        source, motion = _source_of(index, text, frames, sources, used_frames, language)
        made.append(Scene(id=f"scene-{index + 1}", source=source, duration_frames=frames, text=text, motion=motion))
    if end_card is not None:
        source = CardSource(layout="end", heading=end_card)
        made.append(Scene(id="end", source=source, duration_frames=END_CARD_FRAMES, motion=CARD_MOTION))
    return Storyboard(tuple(_joined(made)), tuple(flat))


def _lengths(words: Sequence[Sequence[Word]], end_ms: int) -> list[int]:
    """Each scene's frames: a scene begins a breath before its first word, at the latest in the middle of the pause."""
    borders = [0]
    for spoken, following in pairwise(words):
        gap = max(0, following[0].start_ms - spoken[-1].end_ms)
        border_ms = following[0].start_ms - min(BREATH_MS, gap / 2)
        borders.append(max(round(border_ms * FPS / 1000), borders[-1] + SHORTEST_SCENE_FRAMES))
    borders.append(max(math.ceil(end_ms * FPS / 1000), borders[-1] + SHORTEST_SCENE_FRAMES))
    return [end - start for start, end in pairwise(borders)]


def _shifted(lengths: Sequence[int], cut_shifts_ms: Sequence[int]) -> list[int]:
    """The scenes' frames once their cuts were moved; each cut stays between the cuts around it."""
    borders = [0, *accumulate(lengths)]
    moved = [0]
    for border, following, shift_ms in zip(borders[1:-1], borders[2:], cut_shifts_ms[1:], strict=False):
        latest = following - SHORTEST_SCENE_FRAMES
        wanted = min(border + round(shift_ms * FPS / 1000), latest) if shift_ms else border
        moved.append(max(wanted, moved[-1] + SHORTEST_SCENE_FRAMES))
    moved = [*moved, *borders[len(moved) :]]
    return [end - start for start, end in pairwise(moved)]


def _source_of(
    index: int,
    text: str,
    frames: int,
    sources: Sequence[SourceFile | None],
    used_frames: dict[Path, int],
    language: Language,
) -> tuple[Source, Motion | None]:
    given = sources[index % len(sources)] if sources else None
    if given is None:
        return _card(index, text, language), CARD_MOTION
    if given.kind == "image":
        return ImageSource(path=given.path), _MOTIONS[index % len(_MOTIONS)]
    # A clip that comes back goes on where it stopped, as long as there is enough of it left.
    start = used_frames.get(given.path, 0)
    if start + frames > given.frames:
        start = 0
    used_frames[given.path] = start + frames
    return ClipSource(path=given.path, trim_start_frames=start, sound_db=0.0 if given.is_heard else None), None


def _card(index: int, text: str, language: Language) -> CardSource:
    """A card with the scene's figure or its opening words; the whole sentence is the captions' to show."""
    counted = figure(text)
    if counted is not None and counted.counted:
        return CardSource(layout="number", heading=counted.amount, subline=counted.counted)
    heading = headline(text, language) or None
    if is_quotation(text):
        return CardSource(layout="quote", heading=heading)
    return CardSource(layout=_CARD_LAYOUTS[index % len(_CARD_LAYOUTS)], heading=heading)


def _joined(scenes: list[Scene]) -> list[Scene]:
    """The same scenes with transitions: photos and clips melt, cards push; none longer than a third of a scene."""
    joined = []
    for scene, following in pairwise(scenes):
        frames = min(TRANSITION_FRAMES, scene.duration_frames // 3, following.duration_frames // 3)
        cards = isinstance(scene.source, CardSource) and isinstance(following.source, CardSource)
        transition = Transition()
        if frames >= 4:
            kind: Literal["slide", "crossfade"] = "slide" if cards else "crossfade"
            transition = Transition(kind=kind, duration_frames=frames, direction="up")
        joined.append(scene.model_copy(update={"transition": transition}))
    return [*joined, scenes[-1]]
