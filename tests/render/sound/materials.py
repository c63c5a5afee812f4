"""Sounds that the tests of this room are made of. Float32, shape (frames, channels), 48 kHz."""

import wave
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from engine.render.sound.samples import SAMPLE_RATE, Samples, decibels_of


def sine(frequency_hz: float, seconds: float, level_dbfs: float = 0.0) -> Samples:
    """Mono; its peaks are at level_dbfs."""
    time_s = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * frequency_hz * time_s)
    return tone.astype(np.float32)[:, None]


def square(frequency_hz: float, seconds: float, level_dbfs: float = 0.0) -> Samples:
    """Mono, clipped hard: its true peaks lie above its samples."""
    return np.asarray(np.sign(sine(frequency_hz, seconds) + 1e-9) * 10 ** (level_dbfs / 20), np.float32)


def noise(seconds: float, level_dbfs: float, channels: int = 1, seed: int = 7) -> Samples:
    """White, rms at level_dbfs."""
    rng = np.random.default_rng(seed)
    samples: Samples = rng.standard_normal((round(seconds * SAMPLE_RATE), channels), np.float32)
    return np.asarray(samples * 10 ** (level_dbfs / 20), np.float32)


def silence(seconds: float, channels: int = 1) -> Samples:
    return np.zeros((round(seconds * SAMPLE_RATE), channels), np.float32)


def speech(seconds: float, level_dbfs: float = -20.0, seed: int = 3) -> Samples:
    """Mono, like a voice: syllables of gliding harmonics, five to a word, words to a phrase, a short breath between.

    Peaks at level_dbfs. Says something from its first sample to its last.
    """
    rng = np.random.default_rng(seed)
    frames = round(seconds * SAMPLE_RATE)
    time_s = np.arange(frames) / SAMPLE_RATE
    pitch_hz = 120 + 25 * np.sin(2 * np.pi * 0.4 * time_s) + 8 * np.sin(2 * np.pi * 3.1 * time_s)
    phase = 2 * np.pi * np.cumsum(pitch_hz) / SAMPLE_RATE
    voiced = np.zeros(frames)
    for harmonic in range(1, 24):
        formants = sum(np.exp(-(((harmonic * 120 - f) / 220) ** 2)) for f in (520, 1500, 2500)) + 0.06
        voiced += formants * np.sin(harmonic * phase) / harmonic**0.5
    syllables = np.abs(np.sin(2 * np.pi * 2.1 * time_s + 1.0)) ** 0.7
    breath = rng.standard_normal(frames) * 0.15 * (np.sin(2 * np.pi * 1.3 * time_s) > 0.8)
    said = voiced * syllables + breath
    return np.asarray(said / np.abs(said).max() * 10 ** (level_dbfs / 20), np.float32)[:, None]


def stereo(mono: Samples) -> Samples:
    return np.repeat(mono, 2, axis=1)


def blocks_of(samples: Samples, frames: int = 10_000) -> Iterator[Samples]:
    for start in range(0, len(samples), frames):
        yield samples[start : start + frames]


def write_wav(path: Path, samples: Samples) -> Path:
    """16 bits, as most recordings come."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        for block in blocks_of(samples):
            file.writeframes((np.clip(block, -1, 1) * 32767).round().astype("<i2").tobytes())
    return path


def decoded(path: Path) -> Samples:
    """All samples of a finished file's sound, cut where the stream says that it ends."""
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert stream.duration is not None
        assert stream.time_base is not None
        frames = round(stream.duration * stream.time_base * SAMPLE_RATE)
        parts = [np.asarray(frame.to_ndarray(), np.float32).T for frame in container.decode(stream)]
    return np.concatenate(parts)[:frames]


def ffmpegs_loudness(samples: Samples) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP by FFmpeg's own meter, ebur128. For 0.1 s and more."""
    layout = "stereo" if samples.shape[1] == 2 else "mono"
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=SAMPLE_RATE, format="flt", layout=layout, time_base=Fraction(1, SAMPLE_RATE))
    meter = graph.add("ebur128", "peak=true:metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    facts: dict[str, str] = {}
    for number, block in enumerate(blocks_of(samples, 4800)):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(block.reshape(1, -1)), format="flt", layout=layout)
        frame.sample_rate, frame.pts = SAMPLE_RATE, number * 4800
        graph.push(frame)
        with suppress(BlockingIOError):  # it waits for whole tenths of a second
            facts |= graph.pull().metadata
    return float(facts["lavfi.r128.I"]), decibels_of(float(facts["lavfi.r128.true_peak"]))


def clicks_in(tone: NDArray[np.floating], frequency_hz: float) -> float:
    """The greatest step that a steady tone cannot explain, as a share of its amplitude. tone: shape (frames,)."""
    middle = tone[1:-1].astype(np.float64) * 2 * np.cos(2 * np.pi * frequency_hz / SAMPLE_RATE)
    return float(np.abs(tone[2:] - middle + tone[:-2]).max() / np.abs(tone).max())


def level_dbfs(samples: NDArray[np.floating]) -> float:
    """Root mean square in decibels."""
    return decibels_of(float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))))
