"""Voice surveys: what a voice file is like from end to end, heard once: how long, where somebody speaks, how loud.

Called by automations.voices, for a waveform that words are dragged on.
Law: a file is read once, block by block; what is kept is a level and a peak for each 10 ms.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.render.sound.reading import sound_blocks
from engine.render.sound.samples import Samples
from engine.render.sound.silence import AFTER_MS, BEFORE_MS, SHORTEST_PAUSE_MS
from engine.render.sound.speech import HOP, HOP_MS, SpeechEnvelope, runs, speaking

MOST_PEAKS = 2000
"""As many as the widest screens have pixels for."""
SILENT_PEAK = 1e-3
"""Of full scale, -60 dB: where nothing is louder, the waveform is a line."""


@dataclass(frozen=True, slots=True)
class VoiceSurvey:
    """A voice file, in ms from its start. Where nobody speaks the speech is the whole file.

    silences: of SHORTEST_PAUSE_MS and more, those at both ends too. peaks: MOST_PEAKS at most, 0 to 100, 100 being the
    loudest. is_speech: for every 10 ms.
    """

    duration_ms: int
    speech_start_ms: int
    speech_end_ms: int
    silences: tuple[tuple[int, int], ...]
    peaks: tuple[int, ...]
    is_speech: NDArray[np.bool_]


def survey_voice(path: Path) -> VoiceSurvey:
    """Hear a file through. Raises MediaRefused where it cannot be read or has no sound."""
    envelope, peaks = SpeechEnvelope(1), _Peaks()
    for block in sound_blocks(path, 1):
        envelope.feed(block)
        peaks.feed(block)
    is_speech = speaking(envelope.levels_dbfs)
    duration_ms = peaks.samples * HOP_MS // HOP
    spoken = [(start * HOP_MS, end * HOP_MS) for start, end in runs(is_speech)]
    first_ms, last_ms = (spoken[0][0], spoken[-1][1]) if spoken else (0, duration_ms)
    return VoiceSurvey(
        duration_ms=duration_ms,
        speech_start_ms=max(0, first_ms - BEFORE_MS),
        speech_end_ms=min(duration_ms, last_ms + AFTER_MS),
        silences=tuple(_silences(spoken, duration_ms)),
        peaks=peaks.reduced(),
        is_speech=is_speech,
    )


def _silences(spoken: list[tuple[int, int]], duration_ms: int) -> list[tuple[int, int]]:
    starts = [0, *(end for _, end in spoken)]
    ends = [*(start for start, _ in spoken), duration_ms]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end - start >= SHORTEST_PAUSE_MS]


class _Peaks:
    """The loudest sample of every 10 ms, of sound that comes in blocks."""

    def __init__(self) -> None:
        self.samples = 0
        self._hops: list[NDArray[np.float32]] = [np.zeros(0, np.float32)]
        self._rest = np.zeros(0, np.float32)

    def feed(self, block: Samples) -> None:
        loud = np.concatenate([self._rest, np.abs(block[:, 0])])
        whole = len(loud) // HOP * HOP
        self._hops.append(loud[:whole].reshape(-1, HOP).max(axis=1))
        self._rest = loud[whole:]
        self.samples += len(block)

    def reduced(self) -> tuple[int, ...]:
        """At most MOST_PEAKS, 0 to 100."""
        hops = np.concatenate(self._hops)
        if not len(hops):
            return ()
        edges = np.linspace(0, len(hops), min(MOST_PEAKS, len(hops)) + 1).astype(np.int64)
        peaks = np.maximum.reduceat(hops, edges[:-1])
        loudest = float(peaks.max())
        if loudest < SILENT_PEAK:
            return (0,) * len(peaks)
        return tuple(int(peak) for peak in np.round(peaks / loudest * 100))
