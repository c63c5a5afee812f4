"""The synthesiser: instruments, a room and a loop of sound that has no seam.

Called by beds.
Law: time in a loop is a circle. A note that runs over the end is heard at the start, and so is its echo, so the last
sample leads into the first as any sample leads into the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.render.kernels import Double, Int, Long, Pointer, declare
from engine.render.sound.samples import SAMPLE_RATE, Samples

_play_note = declare(
    "bom_play_note",
    *(Pointer, Long, Long, Long, Double, Double, Pointer, Pointer, Int, Pointer, Double, Double),
)
_TABLE = 2048


@dataclass(frozen=True)
class Instrument:
    """A timbre that begins bright and turns dull, and the shape of its notes."""

    bright: Sequence[float]
    """Levels of the harmonics, the ground tone first."""
    dull: Sequence[float]
    attack_s: float
    decay_s: float
    release_s: float
    brightness_s: float
    detune_cents: float = 0.0
    """More than 0 plays three copies, one to each side: wide and slowly moving."""
    tables: tuple[Samples, Samples] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tables", (_period(self.bright), _period(self.dull)))


def _period(harmonics: Sequence[float]) -> Samples:
    turn = np.arange(_TABLE + 1) * (2 * np.pi / _TABLE)
    wave = sum((level * np.sin(n * turn) for n, level in enumerate(harmonics, 1)), np.zeros(_TABLE + 1))
    return np.asarray(wave / np.sqrt(np.sum(np.square(harmonics))), np.float32)


def falling_harmonics(count: int, slope: float) -> list[float]:
    """Harmonics that fall as 1 / n ** slope: 1 is a bright saw, 2 and more is soft."""
    return [n**-slope for n in range(1, count + 1)]


PAD = Instrument(falling_harmonics(14, 1.5), falling_harmonics(8, 2.0), 1.3, 60.0, 2.2, 3.0, detune_cents=5)
DARK_PAD = Instrument(falling_harmonics(8, 2.0), falling_harmonics(5, 2.6), 2.0, 60.0, 3.0, 4.0, detune_cents=6)
FELT = Instrument([1, 0.5, 0.3, 0.2, 0.12, 0.08, 0.05, 0.03], [1, 0.28, 0.1, 0.04], 0.012, 1.1, 0.25, 0.35)
KEYS = Instrument(
    [1, 0.55, 0.15, 0.25, 0.1, 0.12, 0.06, 0.05], [1, 0.22, 0.08, 0.04], 0.008, 1.4, 0.3, 0.5, detune_cents=2
)
PLUCK = Instrument(falling_harmonics(16, 1.1), falling_harmonics(6, 1.8), 0.004, 0.42, 0.12, 0.12)
MUTED = Instrument(falling_harmonics(14, 1.1), falling_harmonics(5, 1.9), 0.005, 0.16, 0.06, 0.08)
BELL = Instrument([1, 0.12, 0, 0.35, 0, 0.1, 0.15, 0, 0, 0.04], [1, 0.04], 0.004, 1.7, 0.5, 0.5)
BASS = Instrument([1, 0.45, 0.25, 0.14, 0.08, 0.05], [1, 0.26, 0.08], 0.015, 2.4, 0.12, 0.4)
SOFT_BASS = Instrument([1, 0.4, 0.2, 0.08], [1, 0.3, 0.1], 0.18, 6.0, 0.9, 1.0)


def kick() -> Samples:
    """A soft bass drum, mono: a tone that falls from 105 to 46 Hz, without the beater's click."""
    time_s = np.arange(int(0.3 * SAMPLE_RATE)) / SAMPLE_RATE
    pitch_hz = 46 + 59 * np.exp(-time_s / 0.03)
    body = np.sin(2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE) * np.exp(-time_s / 0.085)
    return np.asarray(body * np.minimum(time_s / 0.004, 1) * np.minimum((0.3 - time_s) / 0.03, 1), np.float32)


def shaker(rng: np.random.Generator) -> Samples:
    """One stroke of a shaker, mono: noise around 5 kHz that swells and fades within 90 ms."""
    frames = int(0.09 * SAMPLE_RATE)
    spectrum = np.fft.rfft(rng.standard_normal(frames))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(frames, 1 / SAMPLE_RATE), 1) / 5000)
    stroke = np.fft.irfft(spectrum * np.exp(-((octaves / 0.45) ** 2)), frames)
    time_s = np.arange(frames) / SAMPLE_RATE
    swell = np.sin(np.pi * np.minimum(time_s / 0.09, 1)) * np.exp(-time_s / 0.03)
    return np.asarray(stroke / np.abs(stroke).max() * swell, np.float32)


def wood(frequency_hz: float) -> Samples:
    """A tap on wood, mono."""
    time_s = np.arange(int(0.12 * SAMPLE_RATE)) / SAMPLE_RATE
    tap = np.sin(2 * np.pi * frequency_hz * time_s) + 0.4 * np.sin(2 * np.pi * 2.71 * frequency_hz * time_s)
    return np.asarray(tap * np.exp(-time_s / 0.018) * np.minimum(time_s / 0.001, 1) * 0.7, np.float32)


class Loop:
    """Stereo sound that goes round. Places are in beats, which may lie beyond the end."""

    def __init__(self, beats: int, beat_frames: int, rng: np.random.Generator) -> None:
        self.beats = beats
        self._beat_frames = beat_frames
        self._rng = rng
        self._sound = np.zeros((beats * beat_frames, 2), np.float32)

    def play(
        self, instrument: Instrument, note: float, beat: float, beats: float, level: float, pan: float = 0.0
    ) -> None:
        """note: MIDI number, 69 is 440 Hz. pan: -1 left to 1 right. level: about the note's rms before its decay."""
        start = self._frame_of(beat)
        frames = int(beats * self._beat_frames + instrument.release_s * SAMPLE_RATE)
        shape = np.array(
            [instrument.attack_s, instrument.decay_s, instrument.release_s, instrument.brightness_s], np.float64
        )
        shape *= SAMPLE_RATE
        copies = [(0.0, 0.0)]
        if instrument.detune_cents:
            copies = [(0.0, 0.0), (-instrument.detune_cents, -0.55), (instrument.detune_cents, 0.55)]
        for cents, aside in copies:
            frequency_hz = 440 * 2 ** ((note - 69 + cents / 100) / 12)
            left, right = _pan(pan + aside)
            share = level / len(copies) ** 0.5
            bright, dull = instrument.tables
            _play_note(
                self._sound.ctypes.data,
                len(self._sound),
                start,
                frames,
                frequency_hz / SAMPLE_RATE,
                float(self._rng.random()) if len(copies) > 1 else 0.0,
                bright.ctypes.data,
                dull.ctypes.data,
                _TABLE,
                shape.ctypes.data,
                left * share,
                right * share,
            )

    def strike(self, hit: Samples, beat: float, level: float, pan: float = 0.0) -> None:
        """Add a drum's sound, mono."""
        left, right = _pan(pan)
        places = (self._frame_of(beat) + np.arange(len(hit))) % len(self._sound)
        self._sound[places, 0] += hit * np.float32(level * left)
        self._sound[places, 1] += hit * np.float32(level * right)

    def _frame_of(self, beat: float) -> int:
        """Where a beat lies, give or take the 4 ms by which a hand is never exact."""
        frame = round(beat * self._beat_frames + self._rng.normal(0, 0.0025) * SAMPLE_RATE)
        return frame % len(self._sound)

    def in_a_room(self, wet: float, decay_s: float, top_hz: float) -> Samples:
        """The finished loop in its room: echoes of `decay_s` (to -60 dB) mixed in by `wet`, softer above top_hz."""
        frames = len(self._sound)
        # All of it in single precision and in place: a whole loop is held, which nothing else in this room does.
        frequencies = np.arange(frames // 2 + 1, dtype=np.float32) * np.float32(SAMPLE_RATE / frames)
        tone = 1 / (1 + (frequencies / np.float32(top_hz)) ** 4)
        tone *= 1 - 1 / (1 + (frequencies / np.float32(28)) ** 4)
        # Echoes without their lowest octaves: a room that booms blurs the bass and any voice above it.
        share = np.float32(wet) / (1 + (np.float32(250) / np.maximum(frequencies, 1)) ** 2)
        for channel in (0, 1):
            spectrum = np.fft.rfft(self._echoes(decay_s), frames)
            spectrum *= share
            spectrum += 1
            spectrum *= tone
            spectrum *= np.fft.rfft(self._sound[:, channel])
            self._sound[:, channel] = np.fft.irfft(spectrum, frames)
        return self._sound

    def _echoes(self, decay_s: float) -> NDArray[np.float32]:
        """A room's answer to a clap: noise that dies away, highs first, after 18 ms of nothing. Energy 1."""
        frames = int(decay_s * SAMPLE_RATE)
        time_s = np.arange(frames) / SAMPLE_RATE
        noise = self._rng.standard_normal(frames)
        dull = np.convolve(noise, np.ones(12) / 12, "same")
        mixed = noise * np.exp(-time_s * 13.8 / decay_s) * 0.5 + dull * np.exp(-time_s * 6.9 / decay_s)
        mixed *= np.minimum(np.maximum(time_s - 0.018, 0) / 0.02, 1)
        return np.asarray(mixed / np.sqrt(np.sum(mixed**2)), np.float32)


def _pan(pan: float) -> tuple[float, float]:
    """Left and right factors of equal power."""
    angle = (min(1.0, max(-1.0, pan)) + 1) * np.pi / 4
    return float(np.cos(angle)), float(np.sin(angle))
