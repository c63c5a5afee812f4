"""Music beds: five quiet pieces that the engine plays itself, free of anybody's rights, made to lie under a voice.

Called by sources, and by engine.cli to list and hear them.
Law: a bed is the same every time, loops without a seam, and stays out of a voice's way: little
sounds between 1 and 4 kHz, where words are told apart, and no level jumps.
"""

import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.samples import BLOCK_FRAMES, SAMPLE_RATE, Samples, amplitude_of
from engine.render.sound.synth import (
    BASS,
    BELL,
    DARK_PAD,
    FELT,
    KEYS,
    MUTED,
    PAD,
    PLUCK,
    SOFT_BASS,
    Instrument,
    Loop,
    kick,
    shaker,
    wood,
)
from engine.render.whole_files import written_whole

BED_LUFS = -20.0
BED_PEAK_DBTP = -4.0
_EDITION = 1
"""Part of a kept bed's file name: raise it when any bed sounds different."""

Chord = tuple[int, tuple[int, ...]]
"""Bass note and upper voices as MIDI numbers. The voices of neighbours share tones or move by a step."""


def _calm(rng: np.random.Generator) -> Samples:
    """D major at 67: a slow pad, a felt piano that plays a note now and then."""
    chords: list[Chord] = [
        (38, (54, 57, 61, 64)),  # D maj9
        (35, (54, 57, 62, 64)),  # B m11
        (43, (54, 57, 59, 62)),  # G maj9
        (45, (52, 57, 62, 64)),  # A sus4
    ]
    loop = Loop(32, 43_200, rng)
    _lay_pad(loop, PAD, chords, 8, 0.5)
    for index, (bass, _) in enumerate(chords):
        loop.play(SOFT_BASS, bass, index * 8, 7.5, 0.34)
    melody = ((0, 78), (1.5, 76), (3, 81), (8, 78), (9.5, 74), (11, 76), (16, 74), (17.5, 76), (19, 83), (21, 81))
    answers = ((24, 76), (25.5, 74), (27, 71), (29, 69))
    for beat, note in (*melody, *answers):
        loop.play(FELT, note, beat, 3, 0.3 * _touch(rng), pan=0.25)
        loop.play(FELT, note - 12, beat + 0.5, 2.5, 0.16 * _touch(rng), pan=-0.3)
    return loop.in_a_room(wet=0.55, decay_s=2.6, top_hz=6500)


def _warm(rng: np.random.Generator) -> Samples:
    """F major at 80: an electric piano's chords, a round bass, a brushed shaker."""
    chords: list[Chord] = [
        (41, (57, 60, 64, 67)),  # F maj9
        (38, (53, 57, 60, 64)),  # D m9
        (46, (53, 57, 60, 62)),  # B flat maj9
        (36, (55, 58, 62, 65)),  # C 9sus4
        (41, (57, 60, 64, 67)),  # F maj9
        (45, (55, 60, 64, 67)),  # A m7
        (46, (53, 57, 62, 65)),  # B flat maj7
        (36, (55, 58, 62, 64)),  # C 9
    ]
    loop = Loop(32, 36_000, rng)
    stroke = shaker(rng)
    _lay_pad(loop, PAD, chords, 4, 0.22)
    for index, (bass, voices) in enumerate(chords):
        bar = index * 4
        for beat, beats, level in ((0, 1.4, 1.0), (1.5, 0.9, 0.55), (2.5, 1.3, 0.75)):
            for place, note in enumerate(voices):
                loop.play(
                    KEYS, note, bar + beat + place * 0.012, beats, 0.2 * level * _touch(rng), pan=-0.3 + place * 0.2
                )
        for beat, note, beats in (
            (0, bass, 1.4),
            (1.5, bass, 0.4),
            (2, bass + 7 if bass < 40 else bass - 5, 0.9),
            (3, bass, 0.9),
        ):
            loop.play(BASS, note, bar + beat, beats, 0.3 * _touch(rng))
        for eighth in range(8):
            loop.strike(stroke, bar + eighth / 2, (0.07 if eighth % 2 else 0.035) * _touch(rng), pan=0.35)
    return loop.in_a_room(wet=0.35, decay_s=1.6, top_hz=7000)


def _bright(rng: np.random.Generator) -> Samples:
    """G major at 104: plucked strings in eighths, a light kick, the sun out."""
    verse: list[Chord] = [
        (43, (59, 62, 67, 69)),  # G add9
        (42, (57, 62, 66, 69)),  # D over F sharp
        (40, (59, 62, 64, 67)),  # E m7
        (36, (60, 62, 64, 67)),  # C add9
    ]
    turn: list[Chord] = [
        (45, (60, 64, 67, 69)),  # A m7
        (40, (59, 62, 64, 67)),  # E m7
        (36, (60, 62, 64, 67)),  # C add9
        (38, (57, 62, 67, 69)),  # D sus4
    ]
    loop = Loop(64, 27_648, rng)
    drum, stroke = kick(), shaker(rng)
    chords = verse + verse + turn + verse
    _lay_pad(loop, PAD, chords, 4, 0.2)
    for index, (bass, voices) in enumerate(chords):
        bar = index * 4
        pattern = (voices[0], voices[2], voices[1], voices[3], voices[2], voices[1], voices[3], voices[2])
        for eighth, note in enumerate(pattern):
            accent = 1.0 if eighth in {0, 3, 6} else 0.7
            loop.play(
                PLUCK, note + 12, bar + eighth / 2, 0.5, 0.2 * accent * _touch(rng), pan=0.45 if eighth % 2 else -0.45
            )
        loop.play(BASS, bass, bar, 1.4, 0.32)
        loop.play(BASS, bass, bar + 1.5, 0.9, 0.22)
        loop.play(BASS, bass + 12, bar + 3, 0.8, 0.16)
        for beat in (0, 2, 2.5) if index % 4 == 3 else (0, 2):
            loop.strike(drum, bar + beat, 0.4)
        for eighth in range(8):
            loop.strike(stroke, bar + eighth / 2, (0.08 if eighth % 2 else 0.04) * _touch(rng), pan=-0.3)
    return loop.in_a_room(wet=0.3, decay_s=1.4, top_hz=7500)


def _pulse(rng: np.random.Generator) -> Samples:
    """A minor at 112: muted sixteenths over a steady heart, for things that are being made."""
    chords: list[Chord] = [
        (45, (57, 60, 64, 71)),  # A m9
        (41, (57, 60, 64, 67)),  # F maj9
        (36, (55, 60, 62, 64)),  # C add9
        (43, (55, 59, 62, 64)),  # G 6
        (45, (57, 60, 64, 71)),  # A m9
        (41, (57, 60, 64, 67)),  # F maj9
        (38, (53, 57, 60, 64)),  # D m9
        (40, (55, 59, 62, 64)),  # E m7
    ]
    loop = Loop(64, 25_600, rng)
    drum, tap = kick(), wood(1150)
    _lay_pad(loop, DARK_PAD, chords, 8, 0.34)
    accents = (1.0, 0.45, 0.6, 0.8, 0.5, 0.45, 0.9, 0.5, 0.7, 0.45, 0.85, 0.5, 0.6, 0.8, 0.5, 0.65)
    for index, (bass, voices) in enumerate(chords):
        for half in (0, 4):
            bar = index * 8 + half
            for step, accent in enumerate(accents):
                note = voices[(step * 3 + half // 4) % 4] + (12 if step % 8 == 3 else 0)
                loop.play(MUTED, note, bar + step / 4, 0.22, 0.26 * accent * _touch(rng), pan=0.5 * np.sin(step * 1.9))
            for eighth in range(8):
                loop.play(BASS, bass - 12 if bass > 40 else bass, bar + eighth / 2, 0.4, 0.2 if eighth % 2 else 0.27)
            for beat in range(4):
                loop.strike(drum, bar + beat, 0.42 if beat % 2 == 0 else 0.3)
            loop.strike(tap, bar + 1.75, 0.06 * _touch(rng), pan=0.4)
            loop.strike(tap, bar + 3.25, 0.05 * _touch(rng), pan=-0.4)
    return loop.in_a_room(wet=0.3, decay_s=1.5, top_hz=6500)


def _night(rng: np.random.Generator) -> Samples:
    """E minor at 60: a dark, wide pad over a low drone, bells far apart."""
    chords: list[Chord] = [
        (40, (55, 59, 62, 66)),  # E m9
        (36, (55, 59, 64, 66)),  # C maj7 sharp 11
        (45, (55, 59, 60, 64)),  # A m9
        (47, (54, 57, 62, 64)),  # B m7 add11
    ]
    loop = Loop(32, 48_000, rng)
    _lay_pad(loop, DARK_PAD, chords, 8, 0.55)
    for index, (bass, _) in enumerate(chords):
        loop.play(SOFT_BASS, bass, index * 8, 3.8, 0.32)
        loop.play(SOFT_BASS, bass, index * 8 + 4, 3.6, 0.22)
        loop.play(DARK_PAD, bass, index * 8, 8, 0.16)
    bells = (
        (1, 78, -0.4),
        (4.5, 74, 0.4),
        (9, 79, -0.3),
        (13, 78, 0.5),
        (14, 71, 0.1),
        (17, 76, -0.5),
        (20.5, 71, 0.3),
    )
    for beat, note, pan in (*bells, (25, 74, -0.2), (28, 69, 0.45), (29.5, 71, -0.45)):
        loop.play(BELL, note, beat, 3, 0.17 * _touch(rng), pan)
    return loop.in_a_room(wet=0.75, decay_s=3.4, top_hz=5000)


_BEDS: dict[str, Callable[[np.random.Generator], Samples]] = {
    "calm": _calm,
    "warm": _warm,
    "bright": _bright,
    "pulse": _pulse,
    "night": _night,
}
BED_NAMES = tuple(_BEDS)


def write_bed(name: str, out: Path) -> None:
    """Play a bed into a 16-bit stereo WAV of 48 kHz; the file appears whole or not at all.

    Raises ValueError for a name that is not in BED_NAMES, OSError.
    """
    if name not in _BEDS:
        raise ValueError(f"There is no music bed called '{name}'. Choose one of: {', '.join(BED_NAMES)}.")
    rng = np.random.default_rng([_EDITION, BED_NAMES.index(name)])
    sound = _BEDS[name](rng)
    steps = np.float32(_level(sound) * 32767)
    with written_whole(out) as unfinished, unfinished.open("wb") as file, wave.open(file, "wb") as wav:
        wav.setnchannels(2)
        wav.setsampwidth(2)
        wav.setframerate(SAMPLE_RATE)
        for start in range(0, len(sound), BLOCK_FRAMES):
            block = sound[start : start + BLOCK_FRAMES] * steps
            # Noise of one step hides the steps of 16 bits in the softest tails.
            block += rng.random(block.shape, np.float32) - rng.random(block.shape, np.float32)
            wav.writeframesraw(np.round(block).astype("<i2").tobytes())


def bed_blocks(name: str, keep_dir: Path) -> Iterator[Samples]:
    """A bed's sound, once round; played on first use and kept in keep_dir. Raises ValueError, OSError."""
    path = keep_dir / f"bed-{name}-{_EDITION}.wav"
    if name not in _BEDS or not path.exists():
        write_bed(name, path)
    with wave.open(str(path), "rb") as wav:
        while data := wav.readframes(BLOCK_FRAMES):
            yield np.asarray(np.frombuffer(data, "<i2").reshape(-1, 2) / 32768, np.float32)


def _lay_pad(loop: Loop, instrument: Instrument, chords: list[Chord], beats: int, level: float) -> None:
    """Each chord held for `beats`, its voices spread from left to right, swelling into the next one."""
    for index, (_, voices) in enumerate(chords):
        for place, note in enumerate(voices):
            share = level / len(voices) ** 0.5
            loop.play(instrument, note, index * beats - 0.5, beats, share, pan=-0.45 + 0.3 * place)


def _touch(rng: np.random.Generator) -> float:
    """How hard a finger falls: about 1."""
    return float(np.clip(rng.normal(1, 0.1), 0.7, 1.3))


def _level(sound: Samples) -> float:
    """The factor that brings a bed to BED_LUFS, or as near as its peaks allow."""
    meter = LoudnessMeter(2)
    for start in range(0, len(sound), BLOCK_FRAMES):
        meter.feed(sound[start : start + BLOCK_FRAMES])
    loudness_lufs, peak_dbtp = meter.integrated_lufs, meter.true_peak_dbtp
    assert loudness_lufs is not None
    assert peak_dbtp is not None
    return amplitude_of(min(BED_LUFS - loudness_lufs, BED_PEAK_DBTP - peak_dbtp))
