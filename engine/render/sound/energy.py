"""Energies: how much sound there is in each short stretch, after two filters.

Called by loudness (K-weighting, 100 ms) and speech (the band of speech, 10 ms).
Law: blocks of any length give the same answer as the whole at once.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.render.kernels import Int, Long, Pointer, declare
from engine.render.sound.samples import Samples

_hop_energies = declare("bom_hop_energies", Pointer, Long, Int, Pointer, Pointer, Int, Pointer)

Biquad = tuple[float, float, float, float, float]
"""b0, b1, b2, a1, a2; a0 is 1."""


class HopEnergies:
    """Mean squares of a filtered signal, one for each `hop` frames, summed over the channels."""

    def __init__(self, filters: Sequence[Biquad], hop: int, channels: int) -> None:
        """filters: two biquads, run one after the other. channels: 1 or 2."""
        self._filters = np.array(filters, np.float64)
        self._hop, self._channels = hop, channels
        self._state = np.zeros(2 + 4 * channels)

    def feed(self, block: Samples) -> NDArray[np.float64]:
        """The mean squares of the hops that this block completes."""
        block = np.ascontiguousarray(block, np.float32)
        count = (int(self._state[0]) + len(block)) // self._hop
        sums = np.empty(count + 1)
        _hop_energies(
            block.ctypes.data,
            len(block),
            self._channels,
            self._filters.ctypes.data,
            self._state.ctypes.data,
            self._hop,
            sums.ctypes.data,
        )
        return sums[:count] / self._hop
