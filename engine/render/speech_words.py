"""Word slots: from the path of a voice to the moments at which its words start and end, and how sure that is.

Called by engine.render.speech_sync.
Law: slots follow each other: none starts before the one ahead of it ends, none lies outside the recording.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.render.speech_path import Path
from engine.render.speech_reading import Reading

_EARLIER_FRAMES = 1  # a path comes upon a change half a window late (measured: 10 ms)
# Shares of what a stranger's text costs. The right text measured 0.70 to 0.86, another one 0.92 to 1.06.
_SURE, _UNSURE = 0.7, 1.05
_SKIPPED_COST = 1.05

Frames = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Slot:
    """When a word is heard: frames of HOP_S, end exclusive; confidence 0 to 1."""

    start: int
    end: int
    confidence: float


def likeness_cost(reading: Reading, path: Path, is_voice: NDArray[np.bool_]) -> float:
    """What the path costs for each frame of voice, rows passed over included: to be compared with another path's."""
    is_word = reading.word >= 0
    used = np.unique(path.row[is_word[path.row]])
    skipped = 1 - len(used) / max(1, int(is_word.sum()))
    return float(path.cost[is_voice].mean() if is_voice.any() else path.cost.mean()) + 0.6 * skipped


def slots_on_path(words: Sequence[str], reading: Reading, path: Path, stranger_cost: float) -> list[Slot]:
    """The slot of each word. Words that the path passes over share what lies between their neighbours.

    stranger_cost: the likeness_cost of a text that is not said.
    """
    starts, ends, costs = _frames_of_words(len(words), reading, path)
    known = np.flatnonzero(starts >= 0)
    confidence = np.zeros(len(words))
    ratio = _smoothed(costs[known], (ends - starts)[known]) / max(stranger_cost, 1e-3)
    confidence[known] = np.clip((_UNSURE - ratio) / (_UNSURE - _SURE), 0, 1)
    for first, last in _runs(starts < 0):
        left = int(ends[first - 1]) if first else int(starts[last]) if last < len(words) else 0
        right = int(starts[last]) if last < len(words) else left
        edges = left + (shares(words[first:last]) * (right - left)).astype(np.int64)
        starts[first:last], ends[first:last] = edges[:-1], edges[1:]
    silent = [not any(map(str.isalnum, word)) for word in words]
    confidence[silent] = 1  # there is nothing to be wrong about
    return [Slot(int(s), int(e), float(c)) for s, e, c in zip(starts, ends, confidence, strict=True)]


def even_slots(words: Sequence[str], is_voice: NDArray[np.bool_]) -> list[Slot]:
    """The words spread over the frames in which somebody speaks, by their letters; confidence 0."""
    heard = np.flatnonzero(is_voice) if is_voice.any() else np.arange(len(is_voice))
    edges = shares(words) * len(heard)
    starts = heard[np.minimum(edges[:-1].astype(np.int64), len(heard) - 1)]
    lasts = heard[np.clip(edges[1:].astype(np.int64) - 1, 0, len(heard) - 1)]
    ends = np.where(np.diff(edges) > 0, np.maximum(lasts + 1, starts), starts)
    ends[:-1] = np.minimum(ends[:-1], starts[1:])
    return [Slot(int(start), int(end), 0.0) for start, end in zip(starts, ends, strict=True)]


def shares(words: Sequence[str]) -> NDArray[np.float64]:
    """Edges from 0 to 1 between the words' parts of the time that all of them take, by letters and digits."""
    weights = [sum(1 + 2 * character.isdigit() for character in word if character.isalnum()) for word in words]
    sums = np.cumsum([0, *((1 + weight) * (weight > 0) for weight in weights)]).astype(np.float64)
    edges: NDArray[np.float64] = sums / max(sums[-1], 1)
    return edges


def _frames_of_words(count: int, reading: Reading, path: Path) -> tuple[Frames, Frames, NDArray[np.float64]]:
    """First and last (exclusive) frame of each word, -1 where it has none, and its cost with that of rows skipped."""
    word = reading.word[path.row]
    frames = np.flatnonzero(word >= 0)
    word = word[frames]
    shown = np.maximum(frames - _EARLIER_FRAMES, 0)
    starts, ends = np.full(count, -1), np.full(count, -1)
    starts[word[::-1]] = shown[::-1]  # the last to be written is the first there is
    ends[word] = np.maximum(frames + 1 - _EARLIER_FRAMES, shown)
    heard = np.bincount(word, minlength=count)
    mean = np.bincount(word, path.cost[frames], minlength=count) / np.maximum(heard, 1)
    rows = np.bincount(reading.word[reading.word >= 0], minlength=count)
    used = np.bincount(reading.word[np.unique(path.row[frames])], minlength=count)
    skipped = 1 - used / np.maximum(rows, 1)
    return starts, ends, mean * (1 - skipped) + _SKIPPED_COST * skipped


def _smoothed(costs: NDArray[np.float64], frames: Frames) -> NDArray[np.float64]:
    """Each cost with those of two neighbours to either side, by length: "of a" alone is too short to judge."""
    weights = np.maximum(frames, 3).astype(np.float64)
    reach = min(2, len(costs) - 1)
    nearness = 1.0 / (1 + np.abs(np.arange(-reach, reach + 1)))
    total = np.convolve(costs * weights, nearness, mode="full")[reach : reach + len(costs)]
    smoothed: NDArray[np.float64] = total / np.convolve(weights, nearness, mode="full")[reach : reach + len(costs)]
    return smoothed


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each stretch that is true."""
    edges = np.flatnonzero(np.diff(flags.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]
