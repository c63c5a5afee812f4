"""A reading: the script said by espeak-ng, as the features of its words, to lay a person's voice along.

Called by engine.render.speech_sync.
Law: only words are in it. The synthesiser's own pauses are left out, and between any two words stands one row for a
pause that the speaker may make or not.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.render.espeak import EspeakVoice, Speech, speak
from engine.render.speech_features import HOP_S, Floats, Mel, mel_frames, unit, vectors
from engine.render.spoken_forms import Language

# A low and a high voice: the mean of both is nearer to a stranger's than either is (bench/speech_sync.py).
_READERS: dict[Language, tuple[EspeakVoice, EspeakVoice]] = {
    "nl": (EspeakVoice("nl"), EspeakVoice("nl+f3")),
    "en": (EspeakVoice("en-us"), EspeakVoice("en-us+f3")),
}
PAUSE, BREAK = -1, -2
_BREATH_WORDS = 60  # nobody says more in one breath; espeak is given no longer a text at once
_CLAUSE_END = re.compile(r"[.!?…:;][\"'’”»)\]]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the aligner walks along: rows in order, beginning and ending with a pause.

    word: the number of the word that each row is part of; PAUSE or, where a sentence ends, BREAK between words.
    vectors: shape (rows, VECTOR_SIZE).
    """

    word: NDArray[np.int32]
    vectors: Floats

    @property
    def is_pause(self) -> NDArray[np.bool_]:
        """Which rows stand for a pause."""
        return self.word < 0


@dataclass(frozen=True, slots=True)
class Recital:
    """The script as both readers said it, HOP_S a frame on the first one's time.

    mels: of each reader, shape (frames, BANDS). word: which word is heard in a frame, PAUSE for none.
    closes: for each word whether a sentence or clause ends with it.
    """

    mels: tuple[Mel, Mel]
    word: NDArray[np.int32]
    closes: NDArray[np.bool_]

    @property
    def spoken_frames(self) -> int:
        """How many frames there is a word in."""
        return int((self.word >= 0).sum())

    def at_pace(self, pace: float) -> Reading:
        """The reading with `pace` times as many rows as there are spoken frames: above 1 for a slower speaker."""
        places = np.arange(int(len(self.word) * pace)) / pace
        word = self.word[places.astype(np.int64)]
        is_word = word >= 0
        mean = sum(vectors(_between(mel, places), is_word) for mel in self.mels)
        begins = is_word & (word != np.concatenate([[-1], word[:-1]]))
        # Before each word's first row goes a pause; one more closes the reading.
        rows = np.flatnonzero(is_word)
        pauses = np.concatenate([np.flatnonzero(begins[rows]), [len(rows)]])
        kinds = np.full(len(pauses), BREAK, np.int32)
        kinds[1:-1] = np.where(self.closes[word[rows][pauses[1:-1] - 1]], BREAK, PAUSE)
        return Reading(
            word=np.insert(word[rows], pauses, kinds),
            vectors=np.insert(unit(np.asarray(mean, np.float32)[rows]), pauses, np.float32(0), axis=0),
        )


def recite(words: Sequence[str], language: Language, on_words: Callable[[int], None]) -> Recital:
    """Have the words read. on_words is called with how many have been, as it goes on."""
    low_parts: list[Mel] = []
    high_parts: list[Mel] = []
    word_parts = [np.zeros(0, np.int32)]
    for start, end in _breaths(words):
        low, high = (speak(words[start:end], reader, language) for reader in _READERS[language])
        low_mel, high_mel = (mel_frames([said.samples], said.rate_hz) for said in (low, high))
        low_parts.append(low_mel)
        high_parts.append(_in_time_with(low, high, high_mel, len(low_mel)))
        word_parts.append(_word_of_frames(low, start, len(low_mel)))
        on_words(end)
    empty = mel_frames([], 16_000)
    return Recital(
        (np.concatenate([empty, *low_parts]), np.concatenate([empty, *high_parts])),
        np.concatenate(word_parts),
        np.array([_CLAUSE_END.search(word) is not None for word in words], np.bool_),
    )


def _breaths(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Spans of words to be said at once: up to a sentence's end, or as far as a breath goes."""
    start = 0
    for end, word in enumerate(words, 1):
        if _CLAUSE_END.search(word) or end - start == _BREATH_WORDS or end == len(words):
            yield start, end
            start = end


def _word_of_frames(said: Speech, first_word: int, frames: int) -> NDArray[np.int32]:
    word = np.full(frames, PAUSE, np.int32)
    for number, (start, end) in enumerate(said.spans, first_word):
        first, last = (round(sample / said.rate_hz / HOP_S) for sample in (start, end))
        word[first : max(last, first + 1) if end > start else first] = number
    return word


def _in_time_with(low: Speech, high: Speech, high_mel: Mel, frames: int) -> Mel:
    """The second reader's frames at the moments when the first one says the same: word by word."""
    centres = (np.arange(frames) + 0.5) * HOP_S * low.rate_hz
    knots = np.ravel(low.spans) + np.arange(2 * len(low.spans)) * 1e-3  # strictly rising, as interpolation needs
    moments_s = np.interp(centres, knots, np.ravel(high.spans)) / high.rate_hz
    heard: Mel = high_mel[np.clip(np.rint(moments_s / HOP_S - 0.5).astype(np.int64), 0, len(high_mel) - 1)]
    return heard


def _between(mel: Mel, places: NDArray[np.float64]) -> Mel:
    """Frames at places that are not whole, straight between their neighbours."""
    whole = np.minimum(places.astype(np.int64), len(mel) - 1)
    share = (places - whole)[:, None].astype(np.float32)
    mixed: Mel = mel[whole] * (1 - share) + mel[np.minimum(whole + 1, len(mel) - 1)] * share
    return mixed
