"""Offline: free stand-ins for every paid vendor, on this machine, without an account.

Called by engine.cli (bom make) and automations.workflows where no vendor is chosen.
Law: what it makes is a draft. It costs nothing, needs no network and says the same for the same script every time.
"""

import wave
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.core.scripts import ScriptEmpty, spoken_words
from engine.render.espeak import EspeakVoice, sample_rate_hz, speak
from engine.render.spoken_forms import Language
from engine.render.timeline import Word
from engine.render.whole_files import written_whole

SCENE_PAUSE_MS = 350

# The second female variant is the least metallic of espeak's; a little slow and lively, as a voice-over is read.
_VOICES: dict[Language, EspeakVoice] = {
    "nl": EspeakVoice("nl+f2", words_per_minute=158, pitch=46, pitch_range=58),
    "en": EspeakVoice("en-us+f2", words_per_minute=160, pitch=46, pitch_range=58),
}
_PEAK = 0.7  # -3 dB; espeak itself comes near full scale
_SOFTENING = np.array([1, 4, 6, 4, 1], np.float32) / 16  # -3 dB at 3.6 kHz, -12 dB at 7: takes the buzz off


@dataclass(frozen=True, slots=True)
class SpokenScene:
    """When a scene is spoken in the file, in ms, and its words with their times in the file."""

    start_ms: int
    end_ms: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class SpokenDraft:
    """A draft voice-over: a mono WAV file, how long it is, and what is said when."""

    path: Path
    duration_ms: int
    scenes: tuple[SpokenScene, ...]

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in order."""
        return tuple(word for scene in self.scenes for word in scene.words)


class OfflineVoice:
    """The draft voice: espeak-ng, Dutch or English."""

    def speak(
        self, scenes: Sequence[str], language: Language, out: Path, own: Mapping[str, str] | None = None
    ) -> SpokenDraft:
        """Say the scenes' texts into a WAV file, SCENE_PAUSE_MS apart; each scene is written before the next is said.

        own: words that are said in another way than they are written; they keep their places and their spelling.

        Words are those of engine.core.scripts.spoken_words; a dash or an emoji has a place but no length. `out` appears
        when it is complete and replaces what stood there. Raises ScriptEmpty where no scene has a word.
        """
        words_of_scenes = [spoken_words(scene) for scene in scenes]
        if not any(words_of_scenes):
            raise ScriptEmpty
        spoken: list[SpokenScene] = []
        rate_hz = sample_rate_hz()
        with _wav_appearing_at(out, rate_hz) as file:
            for words in words_of_scenes:
                said = speak(words, _VOICES[language], language, own)
                if spoken:
                    file.writeframes(bytes(2 * round(rate_hz * SCENE_PAUSE_MS / 1000)))
                per_ms = rate_hz / 1000
                start = file.getnframes()
                file.writeframes(_softened(said.samples).tobytes())
                timed = (
                    Word(text=word, start_ms=round((start + first) / per_ms), end_ms=round((start + last) / per_ms))
                    for word, (first, last) in zip(words, said.spans, strict=True)
                )
                spoken.append(SpokenScene(round(start / per_ms), round(file.getnframes() / per_ms), tuple(timed)))
        return SpokenDraft(out, spoken[-1].end_ms, tuple(spoken))


def _softened(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    if not len(samples):
        return np.zeros(0, np.int16)
    heard = np.convolve(samples, _SOFTENING, "same")[: len(samples)]
    return (np.clip(heard * _PEAK, -1, 1) * 32767).astype("<i2")


@contextmanager
def _wav_appearing_at(path: Path, rate_hz: int) -> Iterator[wave.Wave_write]:
    """A mono 16-bit file that takes its name only once it is whole."""
    with written_whole(path) as unfinished, wave.open(str(unfinished), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        yield file
