"""Samples: what a block of sound is in this room, and its decibels.

Called by every module of engine.render.sound.
Law: sound is float32 of shape (frames, channels) at 48 kHz, full scale at 1.0, and is held one block at a time.
"""

import math
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.render.timeline import FPS

SAMPLE_RATE = 48_000
SAMPLES_PER_FRAME = SAMPLE_RATE // FPS
"""1600: a film's frame is a whole number of samples."""

BLOCK_FRAMES = 30 * 1024
"""0.64 s: a multiple of AAC's 1024 and of 10 ms; 240 KiB in stereo, so that a block stays in the processor's cache."""

Samples: TypeAlias = NDArray[np.float32]
"""Shape (frames, channels)."""


def amplitude_of(level_db: float) -> float:
    """Decibels as a factor for samples."""
    return float(10.0 ** (level_db / 20))


def decibels_of(amplitude: float) -> float:
    """A factor for samples as decibels; -inf for 0."""
    return 20 * math.log10(amplitude) if amplitude > 0 else -math.inf


def samples_of_ms(time_ms: float) -> int:
    """Milliseconds as a whole number of samples."""
    return round(time_ms * SAMPLE_RATE / 1000)
