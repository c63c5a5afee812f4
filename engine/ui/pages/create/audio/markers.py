"""Markers: when each word of a voice is heard, and where the film begins and ends in it, moved by hand.

Called by the Audio step. Pure: whoever moves a marker gets new ones.
Law: words keep their order and never overlap; nothing lies outside the file. A marker that is pushed against its
neighbour's word takes room from it, down to the least, and then stops.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from api.schemas.voices import SilenceOut, VoiceOut

LEAST_WORD_MS: Final = 20
"""Shorter than any sound of speech."""
SNAP_PX: Final = 8
"""A marker that is let go so near to a silence or the playhead meant that place."""

Side = Literal["start", "end"]


@dataclass(frozen=True)
class Mark:
    """A word at its place, and the scene whose it is."""

    text: str
    start_ms: int
    end_ms: int
    scene_id: str | None = None
    is_guess: bool = False


@dataclass(frozen=True)
class WordEdge:
    """The marker at one side of a word. index: of the word, 0 is the first."""

    index: int
    side: Side = "start"


@dataclass(frozen=True)
class SpeechEdge:
    """The marker from which, or to which, the film has the file."""

    side: Side


Handle = WordEdge | SpeechEdge


@dataclass(frozen=True)
class Markers:
    """All markers of one voice."""

    words: tuple[Mark, ...]
    speech_start_ms: int
    speech_end_ms: int
    duration_ms: int

    def place(self, handle: Handle) -> int:
        """Where a marker stands."""
        if isinstance(handle, SpeechEdge):
            return self.speech_start_ms if handle.side == "start" else self.speech_end_ms
        word = self.words[handle.index]
        return word.start_ms if handle.side == "start" else word.end_ms

    def bounds(self, handle: Handle) -> tuple[int, int]:
        """The earliest and the latest place that a marker can be moved to."""
        if isinstance(handle, SpeechEdge):
            first = self.words[0].start_ms if self.words else self.duration_ms
            last = self.words[-1].end_ms if self.words else 0
            return (0, first) if handle.side == "start" else (last, self.duration_ms)
        index, words = handle.index, self.words
        if handle.side == "start":
            earliest = words[index - 1].start_ms + LEAST_WORD_MS if index else self.speech_start_ms
            return earliest, max(earliest, words[index].end_ms - LEAST_WORD_MS)
        has_next = index + 1 < len(words)
        latest = words[index + 1].end_ms - LEAST_WORD_MS if has_next else self.speech_end_ms
        earliest = words[index].start_ms + LEAST_WORD_MS
        return min(earliest, latest), latest

    def moved(self, handle: Handle, to_ms: int) -> "Markers":
        """With one marker as near to a place as it can go."""
        earliest, latest = self.bounds(handle)
        at_ms = min(max(to_ms, earliest), latest)
        if isinstance(handle, SpeechEdge):
            return (
                replace(self, speech_start_ms=at_ms) if handle.side == "start" else replace(self, speech_end_ms=at_ms)
            )
        words, index = list(self.words), handle.index
        if handle.side == "start":
            words[index] = replace(words[index], start_ms=at_ms)
            if index and words[index - 1].end_ms > at_ms:
                words[index - 1] = replace(words[index - 1], end_ms=at_ms)
        else:
            words[index] = replace(words[index], end_ms=at_ms)
            if index + 1 < len(words) and words[index + 1].start_ms < at_ms:
                words[index + 1] = replace(words[index + 1], start_ms=at_ms)
        return replace(self, words=tuple(words))

    def near(self, at_ms: int, within_ms: float, chosen: Handle | None) -> Handle | None:
        """The marker that somebody took hold of at a place: the chosen word's edges first, then where words begin."""
        handles: list[Handle] = [SpeechEdge("start"), SpeechEdge("end")]
        handles += [WordEdge(index) for index in range(len(self.words))]
        if isinstance(chosen, WordEdge):
            own: list[Handle] = [WordEdge(chosen.index), WordEdge(chosen.index, "end")]
            handles = [*own, *handles]
        nearest = min(handles, key=lambda handle: abs(self.place(handle) - at_ms))
        return nearest if abs(self.place(nearest) - at_ms) <= within_ms else None

    def word_after(self, handle: Handle, words_on: int) -> Handle:
        """The beginning of the word that comes so many after that of a marker; the first or last at the ends."""
        index = handle.index if isinstance(handle, WordEdge) else 0
        return WordEdge(min(max(0, index + words_on), max(0, len(self.words) - 1)))

    def word_at(self, at_ms: int) -> int | None:
        """The word that is heard at a place, else the next one; None after the last."""
        return next((index for index, word in enumerate(self.words) if at_ms < word.end_ms), None)

    def scene_spans(self) -> list["SceneSpan"]:
        """From where to where each scene is said, in the order of the words."""
        spans: list[SceneSpan] = []
        for index, word in enumerate(self.words):
            if spans and spans[-1].scene_id == word.scene_id:
                spans[-1] = replace(spans[-1], end_ms=word.end_ms)
            else:
                spans.append(SceneSpan(word.scene_id, index, word.start_ms, word.end_ms))
        return spans


@dataclass(frozen=True)
class SceneSpan:
    """A scene in the voice. first_word: its index."""

    scene_id: str | None
    first_word: int
    start_ms: int
    end_ms: int


GUESS_BELOW: Final = 0.3
"""As api.schemas.voices says of a word's confidence."""


def markers_of(voice: VoiceOut) -> Markers:
    """The markers as the studio has them."""
    words = tuple(
        Mark(word.text, word.start_ms, word.end_ms, word.scene_id, word.confidence < GUESS_BELOW)
        for word in voice.words
    )
    return Markers(words, voice.speech_start_ms, voice.speech_end_ms, voice.duration_ms)


def snapped(to_ms: int, near_ms: float, silences: Sequence[SilenceOut], playhead_ms: int | None) -> int:
    """The edge of a silence, or the playhead, that is nearest and no further than near_ms; else the place itself."""
    places: Iterable[int] = (edge for silence in silences for edge in (silence.start_ms, silence.end_ms))
    if playhead_ms is not None:
        places = (playhead_ms, *places)
    nearest = min(places, key=lambda place: abs(place - to_ms), default=to_ms)
    return nearest if abs(nearest - to_ms) <= near_ms else to_ms
