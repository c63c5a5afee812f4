"""Loudness: how loud a programme is, as broadcasters and platforms measure it.

Called by mix (to balance voice and music) and master (to reach the target).
After ITU-R BS.1770-5: K-weighting (annex 1), 400 ms blocks every 100 ms, gates at -70 LUFS and 10 LU under the mean
of what passed, and true peak by fourfold oversampling (annex 2).
Law: a meter keeps one number per 100 ms of programme and never the programme.
"""

import math

import numpy as np
from numpy.typing import NDArray

from engine.render.kernels import Double, Int, Long, Pointer, declare
from engine.render.sound.energy import Biquad, HopEnergies
from engine.render.sound.samples import SAMPLE_RATE, Samples, decibels_of

_frame_peaks = declare("bom_frame_peaks", Pointer, Long, Int, Pointer, Int, Double, Pointer)

# BS.1770-5, annex 1, tables 1 and 2: the head's shelf and the high-pass, at 48 kHz.
K_WEIGHTING: tuple[Biquad, Biquad] = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585),
    (1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621),
)
HOP = SAMPLE_RATE // 10
HOPS_PER_BLOCK = 4

PEAK_TAPS = 24
"""Per quarter; with 24 a tone is read within 0.05 dB up to 18 kHz, where annex 2's 12 miss 0.3 dB."""
PEAK_LEAD = PEAK_TAPS // 2 - 1
"""Frames before the first one measured that the filter looks at; it looks at PEAK_TAPS // 2 after the last."""


def peak_filter() -> NDArray[np.float32]:
    """Kaiser-windowed sincs for the points at 1/4, 2/4 and 3/4 between two samples, shape (3, PEAK_TAPS)."""
    rows = []
    for quarter in (0.25, 0.5, 0.75):
        distance = np.arange(PEAK_TAPS) - PEAK_LEAD - quarter
        window = np.i0(6.0 * np.sqrt(1 - (distance / (PEAK_TAPS / 2)) ** 2))
        row = np.sinc(distance) * window
        rows.append(row / row.sum())
    return np.array(rows, np.float32)


class PeakDetector:
    """For each frame, the highest level at it or on the way to the next one; PEAK_TAPS // 2 frames behind its input."""

    def __init__(self, channels: int) -> None:
        self._filter = peak_filter()
        self._recent = np.zeros((PEAK_TAPS - 1, channels), np.float32)

    def feed(self, block: Samples, ignored: float) -> NDArray[np.float32]:
        """As many peaks as the block has frames, the first of them for the frame PEAK_TAPS // 2 before its first.

        ignored: an amplitude; peaks below it may be told too low, which saves most of the work.
        """
        stretch = np.concatenate((self._recent, block), dtype=np.float32)
        self._recent = stretch[len(block) :].copy()
        peaks = np.empty(len(block), np.float32)
        _frame_peaks(
            stretch.ctypes.data,
            len(block),
            stretch.shape[1],
            self._filter.ctypes.data,
            PEAK_TAPS,
            ignored,
            peaks.ctypes.data,
        )
        return peaks


class LoudnessMeter:
    """Feed a programme block by block, then ask.

    A programme shorter than one block of 400 ms is measured as if silence filled it up.
    """

    def __init__(self, channels: int = 2, *, with_peak: bool = True) -> None:
        self._channels = channels
        self._energies = HopEnergies(K_WEIGHTING, HOP, channels)
        self._hops: list[NDArray[np.float64]] = []
        self._detector = PeakDetector(channels) if with_peak else None
        self._peak = 0.0
        self._fed_frames = 0

    def feed(self, block: Samples) -> None:
        """block: shape (frames, channels), of any length."""
        if not len(block):
            return
        self._fed_frames += len(block)
        self._hops.append(self._energies.feed(block))
        if self._detector:
            self._peak = max(self._peak, float(self._detector.feed(block, self._peak).max()))

    @property
    def integrated_lufs(self) -> float | None:
        """Gated loudness of all that was fed; None where nothing was louder than -70 LUFS. Ends the programme."""
        missing = HOP * HOPS_PER_BLOCK - self._fed_frames
        if missing > 0:
            self.feed(np.zeros((missing, self._channels), np.float32))
        return gated_loudness(np.concatenate(self._hops))

    @property
    def true_peak_dbtp(self) -> float | None:
        """Highest level at or between the samples; None where all of them are 0. Ends the programme."""
        assert self._detector is not None, "this meter was made without a peak detector"
        silence = np.zeros((PEAK_TAPS // 2, self._channels), np.float32)
        self._peak = max(self._peak, float(self._detector.feed(silence, self._peak).max()))
        return decibels_of(self._peak) if self._peak > 0 else None


def gated_loudness(hop_energies: NDArray[np.float64]) -> float | None:
    """Integrated loudness in LUFS from K-weighted mean squares per 100 ms; None where nothing passes the gates."""
    if len(hop_energies) < HOPS_PER_BLOCK:
        return None
    running = np.concatenate(([0.0], np.cumsum(hop_energies)))
    blocks = (running[HOPS_PER_BLOCK:] - running[:-HOPS_PER_BLOCK]) / HOPS_PER_BLOCK
    blocks = blocks[blocks > _power_of(-70.0)]
    if not len(blocks):
        return None
    blocks = blocks[blocks > blocks.mean() / 10]
    return _loudness_of(float(blocks.mean()))


def _loudness_of(power: float) -> float:
    return -0.691 + 10 * math.log10(power)


def _power_of(loudness_lufs: float) -> float:
    return float(10.0 ** ((loudness_lufs + 0.691) / 10))
