"""Ducking: how the music makes room for a voice.

Called by mix.
Law: the music moves rarely and slowly. It is down before a word begins, stays down through the pauses of a sentence
and comes back only where there is time to be heard.
"""

import numpy as np
from numpy.typing import NDArray

from engine.render.sound.samples import Samples
from engine.render.sound.speech import HOP, HOP_MS, runs

FALL_HOPS = 250 // HOP_MS
HOLD_HOPS = 350 // HOP_MS
RISE_HOPS = 700 // HOP_MS
"""A fall of 12 dB in 0.25 s reads as a hand on the fader; a rise as quick as that would pull attention."""


class Ducking:
    """The music's gain over the time of a film."""

    def __init__(self, speech: NDArray[np.bool_], duck_db: float) -> None:
        """speech: for every 10 ms of the film, whether somebody speaks. duck_db: how much quieter, 0 or more."""
        self._gains = 10.0 ** (_curve_db(speech, duck_db) / 20)

    def gains(self, start_frame: int, frames: int) -> Samples:
        """Factors for the music from start_frame on, shape (frames, 1), 0 to 1."""
        places = np.arange(start_frame, start_frame + frames) / HOP
        first, last = start_frame // HOP, (start_frame + frames) // HOP + 2
        hops = np.arange(first, min(last, len(self._gains)))
        if not len(hops):
            return np.full((frames, 1), self._gains[-1] if len(self._gains) else 1.0, np.float32)
        return np.interp(places, hops, self._gains[first:last]).astype(np.float32)[:, None]


def _curve_db(speech: NDArray[np.bool_], duck_db: float) -> NDArray[np.float64]:
    """Gain at the start of every hop: straight falls and rises in decibels, which the ear hears as even."""
    places, levels = [0.0], [0.0]
    for start, end in _joined(runs(speech)):
        corners = (
            (start - FALL_HOPS, 0.0),
            (start, -duck_db),
            (end + HOLD_HOPS, -duck_db),
            (end + HOLD_HOPS + RISE_HOPS, 0.0),
        )
        places += [place for place, _ in corners]
        levels += [level for _, level in corners]
    return np.interp(np.arange(len(speech)), places[1:], levels[1:]) if len(places) > 1 else np.zeros(len(speech))


def _joined(spoken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spoken stretches, with those joined between which the music could not come all the way back."""
    joined: list[tuple[int, int]] = []
    for start, end in spoken:
        if joined and start - joined[-1][1] < HOLD_HOPS + RISE_HOPS + FALL_HOPS:
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return joined
