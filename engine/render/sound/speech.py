"""Speech: in which hundredths of a second somebody speaks.

Called by ducking (through mix) and by silence.
Law: a voice is measured against itself, never against a fixed level, so that a quiet recording with hiss is heard
as well as a loud clean one.
"""

import math
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from engine.render.sound.energy import Biquad, HopEnergies
from engine.render.sound.samples import SAMPLE_RATE, Samples

HOP_MS = 10
HOP = SAMPLE_RATE * HOP_MS // 1000

SILENT_DBFS = -80.0
"""Below this a hop is digital silence or dither, which says nothing about the room's own noise."""
STEADY_SPREAD_DB = 6.0
"""Hiss, hum and tones vary less than this from hop to hop; any spoken word varies more."""
STEADY_AND_LOUD_DBFS = -45.0
"""A steady sound is a room's noise below this level, and something meant to be heard above it."""
BELOW_VOICE_DB = 30.0
"""Clean recordings: what is this far under the voice is breath and room."""
ABOVE_NOISE_SHARE = 0.3
"""Noisy recordings: how far up from the noise to the voice speech is taken to begin."""
SHORTEST_WORD_HOPS = 6
"""Less than 60 ms is a click or a smack of the lips."""
SHORTEST_GAP_HOPS = 12
"""Up to 120 ms is the closed mouth of a p or a t inside a word."""


def _second_order(kind: str, corner_hz: float) -> Biquad:
    """A Butterworth low-pass or high-pass (R. Bristow-Johnson, Audio EQ Cookbook)."""
    turn = 2 * math.pi * corner_hz / SAMPLE_RATE
    cos, alpha = math.cos(turn), math.sin(turn) / math.sqrt(2)
    side = (1 - cos) / 2 if kind == "low" else (1 + cos) / 2
    middle = 1 - cos if kind == "low" else -(1 + cos)
    scale = 1 / (1 + alpha)
    return side * scale, middle * scale, side * scale, -2 * cos * scale, (1 - alpha) * scale


_BAND = (_second_order("high", 120.0), _second_order("low", 5000.0))
"""Where a voice is stronger than hum, traffic and hiss."""


class SpeechEnvelope:
    """Collects a voice's level in its own band for every 10 ms; 400 bytes for a second."""

    def __init__(self, channels: int = 1) -> None:
        self._energies = HopEnergies(_BAND, HOP, channels)
        self._hops: list[NDArray[np.float32]] = [np.empty(0, np.float32)]

    def feed(self, block: Samples) -> None:
        """block: shape (frames, channels), of any length."""
        powers = np.maximum(self._energies.feed(block), 1e-12)
        self._hops.append((10 * np.log10(powers)).astype(np.float32))

    @property
    def levels_dbfs(self) -> NDArray[np.float32]:
        """One level for each whole hop so far."""
        return np.concatenate(self._hops)


def speaking(levels_dbfs: NDArray[np.float32]) -> NDArray[np.bool_]:
    """For each hop of an envelope, whether somebody speaks. All False where there is only silence or a room's noise."""
    threshold_dbfs = _threshold(levels_dbfs)
    if threshold_dbfs is None:
        return np.zeros(len(levels_dbfs), np.bool_)
    active = levels_dbfs >= threshold_dbfs
    for start, end in runs(~active):
        if end - start <= SHORTEST_GAP_HOPS and start > 0 and end < len(active):
            active[start:end] = True
    for start, end in runs(active):
        if end - start < SHORTEST_WORD_HOPS:
            active[start:end] = False
    return active


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Where flags are True: (start, end) with end exclusive, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(start), int(end)) for start, end in pairwise(edges)][::2]


def _threshold(levels_dbfs: NDArray[np.float32]) -> float | None:
    heard = levels_dbfs[levels_dbfs > SILENT_DBFS]
    if not len(heard):
        return None
    floor_dbfs = float(np.percentile(heard, 10))
    lively = heard[heard > floor_dbfs + STEADY_SPREAD_DB]
    if len(lively) < SHORTEST_WORD_HOPS:
        return SILENT_DBFS if floor_dbfs > STEADY_AND_LOUD_DBFS else None
    voice_dbfs = float(np.percentile(lively, 90))
    return max(voice_dbfs - BELOW_VOICE_DB, floor_dbfs + ABOVE_NOISE_SHARE * (voice_dbfs - floor_dbfs))
