"""Speech sync: when each word of a script is heard in an uploaded voice-over, without a downloaded model.

Called by engine.cli (bom make) and automations.workflows for an uploaded voice.
Law: it always answers with a time for every word, in order and within the file, and says in sentences which of those
times it does not trust. A file with nothing to hear is refused.

espeak-ng reads the script; the voice is laid along that reading (speech_path) and so finds the words. The same is done
with the script read backwards: a voice that fits that as well does not say this script.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import MediaRefused
from engine.render.media.sounds import RATE_HZ, SoundReader
from engine.render.speech_features import HOP_S, Floats, mel_frames, presence, vectors
from engine.render.speech_path import Path as SpeechPath
from engine.render.speech_path import find_path
from engine.render.speech_reading import Reading, recite
from engine.render.speech_words import Slot, even_slots, likeness_cost, slots_on_path
from engine.render.spoken_forms import Language
from engine.render.timeline import Word

_VOICE = 0.35  # presence above which somebody speaks
_SILENT = 1e-3  # of full scale, -60 dB: nothing in the whole file is louder
# Of the cost of the script backwards. Right texts measured up to 0.85 (0.95 at four words), others from 0.95 (0.91) on.
_NO_MATCH, _NO_MATCH_ONE_WORD = 0.94, 0.12
_UNSURE = 0.3
_UNSURE_WORDS = 3
_EXTRA_S = 1.0
_MOST_WARNINGS = 6
_HOP_MS = round(HOP_S * 1000)


@dataclass(frozen=True, slots=True)
class SpeechSync:
    """The words with their times in the file, and sentences about what could not be found."""

    words: tuple[Word, ...]
    warnings: tuple[str, ...]


def sync_speech(
    voice: Path, words: Sequence[str], language: Language, *, on_progress: Callable[[float], None] | None = None
) -> SpeechSync:
    """Find the words of a script in a voice-over.

    words: as captions show them (engine.core.scripts.spoken_words), of up to 200 characters each; a word without a
    letter or digit gets no time of its own. on_progress is called with 0 to 1.
    About 1 processor second for each minute of sound, and 10 MB. Raises MediaRefused for a file that cannot be read
    or in which nothing is heard.
    """
    report = on_progress or (lambda _: None)
    peak = _Peak()
    with SoundReader(voice, channels=1) as reader:
        mel = mel_frames(peak.watched(block[:, 0] for block in reader), RATE_HZ)
    if peak.value < _SILENT or not len(mel):
        raise MediaRefused(
            Flaw.SILENT, f"'{voice.name}' is silent. Record the voice-over again or choose another file."
        )
    report(0.3)
    here = presence(mel)
    is_voice = here > _VOICE
    recital = recite(words, language, lambda done: report(0.3 + 0.4 * done / len(words)))
    if recital.spoken_frames == 0:
        return SpeechSync(_timed(words, even_slots(words, is_voice)), ())
    pace = float(np.clip(1.08 * is_voice.sum() / recital.spoken_frames, 0.4, 2.5))  # 8%: weak ends of words
    reading = recital.at_pace(pace)
    sounds = vectors(mel, is_voice)
    pause_cost = np.clip(0.2 + 2.2 * (here - 0.15), 0.2, 1.3).astype(np.float32)
    path = find_path(reading, sounds, pause_cost)
    report(0.85)
    backwards = _backwards(reading)
    stranger_cost = likeness_cost(backwards, find_path(backwards, sounds, pause_cost), is_voice)
    report(1.0)
    limit = _NO_MATCH + _NO_MATCH_ONE_WORD / len(words)
    if likeness_cost(reading, path, is_voice) > limit * stranger_cost:
        return SpeechSync(
            _timed(words, even_slots(words, is_voice)),
            (
                f"'{voice.name}' does not seem to say this script, so the words are spread evenly over it. "
                "Check that the file, the script and its language belong together.",
            ),
        )
    slots = slots_on_path(words, reading, path, stranger_cost)
    return SpeechSync(_timed(words, slots), tuple(_warnings(words, slots, _extra(reading, path, is_voice))))


class _Peak:
    """The largest sample of the blocks that went by."""

    value = 0.0

    def watched(self, blocks: Iterable[Floats]) -> Iterator[Floats]:
        for block in blocks:
            self.value = max(self.value, float(np.abs(block).max(initial=0)))
            yield block


def _backwards(reading: Reading) -> Reading:
    """The same words, the last one first: as much sound, in another order."""
    begins = np.flatnonzero(reading.is_pause)
    parts = [np.arange(start, end) for start, end in pairwise(begins)]
    order = np.concatenate([*reversed(parts), begins[-1:]])
    return Reading(reading.word[order], reading.vectors[order])


def _timed(words: Sequence[str], slots: Sequence[Slot]) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start_ms=slot.start * _HOP_MS, end_ms=slot.end * _HOP_MS, confidence=round(slot.confidence, 3))
        for word, slot in zip(words, slots, strict=True)
    )


def _extra(reading: Reading, path: SpeechPath, is_voice: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of voice, in frames, that go with a pause of the script."""
    return _stretches(is_voice & reading.is_pause[path.row], gap=15, least=round(_EXTRA_S / HOP_S))


def _warnings(words: Sequence[str], slots: Sequence[Slot], extra: Sequence[tuple[int, int]]) -> Iterator[str]:
    found = [
        (start, f"From {_clock(start)} on, {(end - start) * HOP_S:.0f} s is said that the script does not have.")
        for start, end in extra
    ]
    unsure = np.array([slot.confidence < _UNSURE for slot in slots])
    for first, last in _stretches(unsure, gap=2, least=_UNSURE_WORDS):
        text = " ".join(words[first:last])
        named = text if len(text) <= 60 else f"{text[:40].rstrip()} … {text[-15:].lstrip()}"
        start = slots[first].start
        found.append((start, f"“{named}” could not be found around {_clock(start)}; check when it is said."))
    found.sort()
    yield from (sentence for _, sentence in found[:_MOST_WARNINGS])
    if len(found) > _MOST_WARNINGS:
        yield f"There are {len(found) - _MOST_WARNINGS} more such places; compare the recording with the script."


def _stretches(flags: NDArray[np.bool_], *, gap: int, least: int) -> list[tuple[int, int]]:
    """Start and end (exclusive) of stretches that are true but for gaps shorter than `gap`, at least `least` long."""
    places = np.flatnonzero(flags)
    if not len(places):
        return []
    groups = np.split(places, np.flatnonzero(np.diff(places) > gap) + 1)
    return [(int(g[0]), int(g[-1]) + 1) for g in groups if g[-1] + 1 - g[0] >= least]


def _clock(frame: int) -> str:
    seconds = int(frame * HOP_S)
    return f"{seconds // 60}:{seconds % 60:02d}"
