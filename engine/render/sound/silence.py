"""Silence: where the speech in a voice file starts, ends and pauses.

Called by engine.cli (to trim a voice-over) and by speech_sync (to split a long one at its pauses).
Law: a file is read once, block by block; only one level per 10 ms is kept.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import MediaRefused
from engine.render.sound.reading import sound_blocks
from engine.render.sound.speech import HOP_MS, SpeechEnvelope, runs, speaking

BEFORE_MS = 60
AFTER_MS = 150
"""Kept around the speech: an h begins softly, and a last syllable rings on below the threshold."""
SHORTEST_PAUSE_MS = 200
"""Shorter silences lie inside words and between them in fluent speech."""


def voice_levels(path: Path) -> NDArray[np.float32]:
    """A voice file's level in dBFS for every 10 ms, in the band of speech. Raises MediaRefused."""
    envelope = SpeechEnvelope(1)
    for block in sound_blocks(path, 1):
        envelope.feed(block)
    return envelope.levels_dbfs


def speech_span_ms(path: Path) -> tuple[int, int]:
    """From where to where somebody speaks, with a little air around it, within the file.

    Raises MediaRefused, also for a file in which nobody does.
    """
    levels = voice_levels(path)
    spoken = runs(speaking(levels))
    if not spoken:
        raise MediaRefused(
            Flaw.SILENT,
            f"'{path.name}' holds no speech: it is silent from start to end. Record it again or pick another file.",
        )
    start_ms, end_ms = spoken[0][0] * HOP_MS, spoken[-1][1] * HOP_MS
    return max(0, start_ms - BEFORE_MS), min(len(levels) * HOP_MS, end_ms + AFTER_MS)


def pauses(levels_dbfs: NDArray[np.float32]) -> list[tuple[int, int]]:
    """The silences between words of a voice with these levels (see voice_levels): (start, end) in ms, in order.

    The silence before the first word and the one after the last are not among them.
    """
    spoken = runs(speaking(levels_dbfs))
    gaps = ((end * HOP_MS, start * HOP_MS) for (_, end), (start, _) in pairwise(spoken))
    return [(start_ms, end_ms) for start_ms, end_ms in gaps if end_ms - start_ms >= SHORTEST_PAUSE_MS]
