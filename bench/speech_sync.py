"""Voice-over sync, measured: how far the words that were found lie from where they are said.

Called by bench.__main__ and, for its recordings, by tests.render.test_speech_sync.
Law: the same numbers on every machine. Speakers are espeak-ng voices that the aligner does not read with, made
less alike by pace, pauses, room, hiss and a dull microphone, all from a seed.
"""

import tempfile
import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.render.espeak import EspeakVoice, sample_rate_hz, speak
from engine.render.speech_sync import sync_speech

SCRIPTS: dict[Literal["nl", "en"], str] = {
    "nl": (
        "Elke ochtend om vier uur gaat bij bakker Anna het licht aan. Ze kneedt het deeg met de hand, dat proef je, "
        "zegt ze. Om half zeven ligt het eerste brood klaar, en een uur later staat er een rij tot op de stoep. Wil je "
        "weten wat haar geheim is? Tijd. Goed brood heeft rust nodig, net als de mensen die het maken. In 2026 bestaat "
        "de zaak 40 jaar; kom langs, neem je buren mee en vier het met ons!"
    ),
    "en": (
        "Every morning at four the lights go on at Anna's bakery. She kneads the dough by hand, as you can taste it, "
        "she says. By half past six the first loaves are done, and an hour later the queue is out of the door. Would "
        "you like to know her secret? Time. Good bread needs rest, just like the people who make it. In 2026 the shop "
        "will be 40 years old; come along, bring your neighbours and celebrate with us!"
    ),
}
_SPEAKERS: dict[Literal["nl", "en"], tuple[EspeakVoice, ...]] = {
    "nl": (
        EspeakVoice("nl+m7", 130, 40),
        EspeakVoice("nl+f4", 190, 60),
        EspeakVoice("nl+klatt2", 165, 45),
        EspeakVoice("af+f2", 160, 55),
        EspeakVoice("nl+whisper", 150),
    ),
    "en": (
        EspeakVoice("en-gb-scotland", 140, 45),
        EspeakVoice("en-029+f4", 185, 60),
        EspeakVoice("en-gb-x-rp+klatt3", 165, 40),
        EspeakVoice("en-us+m8", 200, 35),
        EspeakVoice("en-gb-x-rp+whisper", 150),
    ),
}


@dataclass(frozen=True, slots=True)
class Recording:
    """Somebody saying words: mono samples, and for each word when it starts, in seconds."""

    samples: NDArray[np.float32]
    rate_hz: int
    starts_s: tuple[float, ...]

    def written_to(self, path: Path) -> Path:
        """The same as a 16-bit WAV file at about -3 dB."""
        loudest = max(float(np.abs(self.samples).max(initial=0)), 1e-6)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self.rate_hz)
            file.writeframes((self.samples * (0.7 * 32767 / loudest)).astype("<i2").tobytes())
        return path


def recording(words: Sequence[str], voice: EspeakVoice, language: Literal["nl", "en"], seed: int) -> Recording:
    """The words as a person might record them: silence around, a pause here and there, a room and a microphone."""
    chance = np.random.default_rng(seed)
    rate_hz = sample_rate_hz()
    said = speak(words, voice, language)
    parts = [np.zeros(int(chance.uniform(0.1, 1.5) * rate_hz), np.float32)]
    length = len(parts[0])
    starts: list[float] = []
    edges = [start for start, _ in said.spans[1:]] + [len(said.samples)]
    first = 0
    for (start, _), edge in zip(said.spans, edges, strict=True):
        starts.append((length + start - first) / rate_hz)
        pause = int(chance.uniform(0.1, 0.7) * rate_hz) if chance.random() < 0.07 else 0
        parts += [said.samples[first:edge], np.zeros(pause, np.float32)]
        length += edge - first + pause
        first = edge
    parts.append(np.zeros(int(chance.uniform(0.1, 2) * rate_hz), np.float32))
    return Recording(_in_a_room(np.concatenate(parts), rate_hz, chance), rate_hz, tuple(starts))


def _in_a_room(dry: NDArray[np.float32], rate_hz: int, chance: np.random.Generator) -> NDArray[np.float32]:
    """With 0.4 s of reverberation, a tilt of up to 6 dB in three octaves, hum, and hiss 25 dB below the voice."""
    size = 1 << (2 * len(dry)).bit_length()  # a power of two, which any FFT is quick at
    tail = np.arange(int(0.4 * rate_hz)) / rate_hz
    response = chance.normal(0, 0.06, len(tail)) * np.exp(-tail / 0.06)
    response[0] = 1
    hz = np.fft.rfftfreq(size, 1 / rate_hz)
    tilt = 10 ** (chance.uniform(-2, 2) * np.log2(np.maximum(hz, 60) / 1000) / 20)
    wet = np.fft.irfft(np.fft.rfft(dry, size) * np.fft.rfft(response, size) * tilt)[: len(dry)]
    level = np.sqrt(np.mean(wet**2))
    hum = 0.03 * level * np.sin(2 * np.pi * 50 * np.arange(len(dry)) / rate_hz)
    noisy: NDArray[np.float32] = (wet + hum + chance.normal(0, level * 10 ** (-25 / 20), len(dry))).astype(np.float32)
    return noisy


def measure() -> dict[str, float]:
    """Median and 95th percentile of how far word starts are off, in ms, over all speakers and both languages."""
    errors = np.concatenate(list(_errors_ms()))
    return {"median_ms": float(np.median(errors)), "p95_ms": float(np.percentile(errors, 95))}


def _errors_ms() -> Iterator[NDArray[np.float64]]:
    with tempfile.TemporaryDirectory() as folder:
        for language, speakers in _SPEAKERS.items():
            words = SCRIPTS[language].split()
            for seed, voice in enumerate(speakers):
                made = recording(words, voice, language, seed)
                found = sync_speech(made.written_to(Path(folder) / "voice.wav"), words, language)
                yield np.abs([word.start_ms - 1000 * s for word, s in zip(found.words, made.starts_s, strict=True)])


if __name__ == "__main__":
    print(measure())
