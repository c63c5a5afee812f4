"""The limiter: keeps a programme's true peaks under a ceiling, without a click and without a tail cut off.

Called by master.
Law: what comes out has as many frames as went in, is the input unchanged where no peak is near, and does not
depend on how the input was cut into blocks.
"""

import math

import numpy as np

from engine.render.kernels import Double, Int, Long, Pointer, declare
from engine.render.sound.loudness import PEAK_TAPS, PeakDetector
from engine.render.sound.samples import SAMPLE_RATE, Samples, amplitude_of

_limit = declare("bom_limit", Pointer, Pointer, Pointer, Long, Int, Int, Double, Double, Pointer, Pointer, Pointer)

LOOK_FRAMES = 240
"""5 ms: a fall of the gain over a quarter period of 50 Hz is not heard as a crackle."""
RELEASE_S = 0.12
"""Short enough to leave no hole after a plosive, long enough not to follow the waves of a bass note."""


class Limiter:
    """Feed blocks, write what comes back, and `flush` at the end. Two channels."""

    def __init__(self, gain_db: float, ceiling_dbtp: float) -> None:
        """gain_db is applied first."""
        self._gain = np.float32(amplitude_of(gain_db))
        self._ceiling = amplitude_of(ceiling_dbtp)
        self._recovery = 1 - math.exp(-1 / (RELEASE_S * SAMPLE_RATE))
        self._detector = PeakDetector(2)
        # Peaks and gains run ahead of the samples that wait for them.
        # A stretch of silence goes first, and is dropped, so that the gain can fall before a loud first frame.
        self._waiting = np.zeros((LOOK_FRAMES, 2), np.float32)
        self._peaks = np.zeros(LOOK_FRAMES, np.float32)
        self._lead_frames = LOOK_FRAMES
        self._skip_frames = PEAK_TAPS // 2
        self._held = np.ones(LOOK_FRAMES, np.float32)
        self._envelope = np.ones(1)

    def feed(self, block: Samples) -> Samples:
        """The limited frames that are ready by now."""
        louder = block * self._gain
        peaks = self._detector.feed(louder, self._ceiling)
        if self._skip_frames:  # the detector's first peaks lie before the programme's first frame
            skipped = min(self._skip_frames, len(peaks))
            peaks, self._skip_frames = peaks[skipped:], self._skip_frames - skipped
        self._waiting = np.concatenate((self._waiting, louder))
        self._peaks = np.concatenate((self._peaks, peaks))
        return self._take(max(0, len(self._peaks) - LOOK_FRAMES))

    def flush(self) -> Samples:
        """The rest of the programme."""
        last_peaks = self._detector.feed(np.zeros((PEAK_TAPS // 2, 2), np.float32), self._ceiling)
        self._peaks = np.concatenate((self._peaks, last_peaks[self._skip_frames :], np.zeros(LOOK_FRAMES, np.float32)))
        return self._take(len(self._waiting))

    def _take(self, frames: int) -> Samples:
        limited = np.empty((frames, 2), np.float32)
        held = np.concatenate((self._held, np.empty(frames, np.float32)))
        scratch = np.empty(3 * (frames + LOOK_FRAMES), np.float32)
        _limit(
            self._waiting.ctypes.data,
            limited.ctypes.data,
            self._peaks.ctypes.data,
            frames,
            2,
            LOOK_FRAMES,
            self._ceiling,
            self._recovery,
            held.ctypes.data,
            self._envelope.ctypes.data,
            scratch.ctypes.data,
        )
        self._held = held[frames:]
        self._waiting = self._waiting[frames:]
        self._peaks = self._peaks[frames:]
        lead, self._lead_frames = self._lead_frames, max(0, self._lead_frames - frames)
        return limited[lead - self._lead_frames :]
