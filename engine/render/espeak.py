"""espeak-ng: a plain synthetic voice that says words and knows when it says each of them.

Called by engine.render.speech_sync (as the reading to compare a person's with) and engine.providers.offline.
Law: one call at a time, and none hears another. The library holds one voice for the whole process and lets its noise
and flutter run on from call to call, so each call loads it afresh behind a lock (6 ms): the same words with the same
voice are the same samples, always.
"""

import _ctypes
import ctypes
import functools
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, pairwise

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

from engine.render.spoken_forms import Language, said_as

_LOCK = threading.Lock()

# espeak-ng/speak_lib.h, API revision 12.
_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_UTF8, _CHARACTER_POSITIONS = 1, 1
_RATE, _PITCH, _RANGE, _WORD_GAP = 1, 3, 4, 7
_LIST_END, _WORD = 0, 1

_SILENCE = 0.004  # of full scale; espeak's pauses are digital silence but for a closing echo
_PAUSE_S = 0.1


class EspeakFailed(RuntimeError):
    """The synthesiser did not do its work; the message says what it answered."""


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """A voice as espeak names it (language+variant) and how it reads.

    words_per_minute: 80 to 450. pitch and pitch_range: 0 to 99, 50 is the voice's own.
    """

    name: str
    words_per_minute: int = 165
    pitch: int = 50
    pitch_range: int = 50


@dataclass(frozen=True, slots=True)
class Speech:
    """What was said: mono samples of -1 to 1 and for each word its first sample and the one after its last.

    A word without sound (a dash, an emoji) starts and ends at the place where it would stand.
    """

    samples: NDArray[np.float32]
    rate_hz: int
    spans: tuple[tuple[int, int], ...]


class _Id(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    )


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@contextmanager
def _library() -> Iterator[tuple[ctypes.CDLL, int]]:
    """The library as if nothing had been said yet, and its sample rate in Hz. Raises EspeakFailed."""
    with _LOCK:
        library = ctypes.CDLL(espeakng_loader.get_library_path())
        try:
            data = espeakng_loader.get_data_path().encode()
            rate_hz: int = library.espeak_Initialize(_SYNCHRONOUS, 0, data, _DONT_EXIT)
            if rate_hz <= 0:
                raise EspeakFailed("espeak-ng found none of its voices. Run `make setup` again.")
            # Its breath is made of random numbers that it seeds with the clock: no words would sound the same twice.
            library.espeak_ng_SetRandSeed(ctypes.c_long(1))
            yield library, rate_hz
            library.espeak_Terminate()
        finally:
            _ctypes.dlclose(library._handle)


@functools.cache
def sample_rate_hz() -> int:
    """Of all that `speak` returns. Raises EspeakFailed."""
    with _library() as (_, rate_hz):
        return rate_hz


def speak(words: Sequence[str], voice: EspeakVoice, language: Language, own: Mapping[str, str] | None = None) -> Speech:
    """Say the words of a sentence or a scene, in order. own: words that are said in another way than they are written.

    Marks (quotes, brackets, emoji) are not read aloud; numbers and money are read as `language` reads them.
    A word that espeak swallows into the one before it ("of the") gets its share of their time, by letters.
    Raises EspeakFailed for a voice that espeak does not have.
    """
    said = said_as(words, language, own)
    with _library() as (library, rate_hz):
        samples, events = _synthesised(library, " ".join(said), voice)
    return Speech(samples, rate_hz, tuple(_spans(said, events, samples, rate_hz)))


def _synthesised(
    library: ctypes.CDLL, text: str, voice: EspeakVoice
) -> tuple[NDArray[np.float32], list[tuple[int, int]]]:
    """Samples, and for each word that begins: its first character's place in the text, and its sample."""
    chunks: list[NDArray[np.int16]] = []
    events: list[tuple[int, int]] = []

    def take(wave: "ctypes._Pointer[ctypes.c_short]", count: int, event: "ctypes._Pointer[_Event]") -> int:
        if wave and count > 0:
            chunks.append(np.ctypeslib.as_array(wave, (count,)).copy())
        index = 0
        while event[index].type != _LIST_END:
            if event[index].type == _WORD:
                events.append((event[index].text_position - 1, event[index].sample))
            index += 1
        return 0

    callback = _Callback(take)  # named, so that it outlives the call
    library.espeak_SetSynthCallback(callback)
    if library.espeak_SetVoiceByName(voice.name.encode()) != 0:
        raise EspeakFailed(f"espeak-ng has no voice '{voice.name}'.")
    settings = (_RATE, voice.words_per_minute), (_PITCH, voice.pitch), (_RANGE, voice.pitch_range), (_WORD_GAP, 0)
    for parameter, value in settings:
        library.espeak_SetParameter(parameter, value, 0)
    raw = text.encode()
    answer = library.espeak_Synth(raw, len(raw) + 1, 0, _CHARACTER_POSITIONS, 0, _UTF8, None, None)
    if answer != 0:
        raise EspeakFailed(f"espeak-ng could not say a text of {len(text)} characters (error {answer}).")
    samples = np.concatenate(chunks) if chunks else np.zeros(0, np.int16)
    return samples.astype(np.float32) / np.float32(32768), events


def _spans(
    said: Sequence[str], events: Sequence[tuple[int, int]], samples: NDArray[np.float32], rate_hz: int
) -> Iterator[tuple[int, int]]:
    """First and last (exclusive) sample of each word."""
    starts = _starts(said, events, len(samples))
    is_loud = np.abs(samples) > _SILENCE
    weights = [sum(map(str.isalnum, word)) for word in said]
    first = 0
    while first < len(said):
        last = first + 1
        while last < len(said) and starts[last] is None:
            last += 1
        start = starts[first] if first else 0
        end = starts[last] if last < len(said) else len(samples)
        assert start is not None and end is not None  # noqa: PT018  # a group ends before a word that has a start
        loud = np.flatnonzero(is_loud[start:end])
        if len(loud):
            end = start + int(loud[-1]) + 1
            if loud[0] > rate_hz * _PAUSE_S:  # else it is the closed mouth before a p or a t, part of the word
                start += int(loud[0])
        # A dash at the head of the group has no letters and so no share; one at its tail stands at its end.
        shares = np.cumsum([0, *weights[first:last]]) / max(1, sum(weights[first:last]))
        yield from ((start + int(a * (end - start)), start + int(b * (end - start))) for a, b in pairwise(shares))
        first = last


def _starts(said: Sequence[str], events: Sequence[tuple[int, int]], end: int) -> list[int | None]:
    """The sample at which each word begins, None where espeak does not say so: no sound, or swallowed."""
    places = list(accumulate((len(word) + 1 for word in said), initial=0))
    starts: list[int | None] = [None] * len(said)
    latest, sample_before = -1, 0
    for place, sample in events:
        number = min(bisect_right(places, place) - 1, len(said) - 1)
        if number > latest and has_sound(said[number]):
            starts[number] = sample_before = min(max(sample, sample_before), end)
            latest = number
    return starts


def has_sound(word: str) -> bool:
    """Whether any of the word is heard."""
    return any(map(str.isalnum, word))
