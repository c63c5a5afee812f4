"""The path: which moment of a voice goes with which moment of a reading of the same text.

Called by engine.render.speech_sync.
Law: time and memory grow with the length, not with its square. A coarse walk over the whole finds the way, a fine one
within a second and a half of it finds the moment.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.render.kernels import Double, Int, Pointer, declare
from engine.render.speech_features import Floats, unit
from engine.render.speech_reading import Reading

_align = declare("bom_align", *[Pointer] * 2, *[Int] * 3, *[Pointer] * 5, *[Double] * 3, *[Pointer] * 5)

_STAY, _SKIP = 0.15, 0.6  # of a cost that is 0.4 for a right pair and 1 for a wrong one (bench/speech_sync.py)
_STRAY = 0.8
_WHOLE_FRAMES = 1_500  # up to 15 s the fine walk is quick enough by itself
_COARSE_CELLS = 100_000_000  # a byte each: with 120 ms a frame, all of a 20-minute text and a quarter of a longer one
_COARSE_STEPS = ((12, 1500), (5, 200))
"""Frames to a block, and how many frames to each side of its path the next walk may go."""


class Path(NamedTuple):
    """For each frame of the voice the row of the reading that it goes with, never falling, and how ill it fits.

    cost: 0 for the same sound to 1 and more for another; of a pause's frames, how much sound is in them.
    """

    row: NDArray[np.int32]
    cost: Floats


def find_path(reading: Reading, voice: Floats, pause_cost: Floats) -> Path:
    """The cheapest path from the first of the reading and the voice to the last of both.

    voice: (frames, VECTOR_SIZE), at least one frame. pause_cost: for each frame what it costs to be in no word.
    """
    rows, columns = len(reading.word), len(voice)
    low, high = np.zeros(rows, np.int32), np.full(rows, columns, np.int32)
    if max(rows, columns) > _WHOLE_FRAMES:
        low, high = _far_band(reading, pause_cost)
        for factor, reach in _COARSE_STEPS:
            low, high = _narrowed(reading, voice, pause_cost, low, high, factor, reach)
    return _walk(reading, voice, pause_cost, low, high)


def _narrowed(
    reading: Reading,
    voice: Floats,
    pause_cost: Floats,
    low: NDArray[np.int32],
    high: NDArray[np.int32],
    factor: int,
    reach: int,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The columns within `reach` of a walk in blocks of `factor` frames, itself within the given columns."""
    block_of_row, starts = _row_blocks(reading, factor)
    blocks = Reading(reading.word[starts], unit(np.add.reduceat(reading.vectors, starts, axis=0)))
    ends = np.append(starts[1:], len(reading.word)) - 1
    block_low, block_high = _joined(
        low[starts].astype(np.int64) // factor, -(-high[ends].astype(np.int64) // factor), -(-len(voice) // factor)
    )
    path = _walk(blocks, unit(_means(voice, factor)), _means(pause_cost[:, None], factor)[:, 0], block_low, block_high)
    wanted = np.arange(len(starts))
    first = np.searchsorted(path.row, wanted, side="left") * factor - reach
    last = np.searchsorted(path.row, wanted, side="right") * factor + reach
    return _joined(first[block_of_row], last[block_of_row], len(voice))


def _walk(reading: Reading, voice: Floats, pause_cost: Floats, low: NDArray[np.int32], high: NDArray[np.int32]) -> Path:
    """One walk in which row i may go with the columns low[i] to high[i] (exclusive)."""
    rows, columns = len(reading.word), len(voice)
    widths = (high - low).astype(np.int64)
    places = np.concatenate([[0], np.cumsum(widths)[:-1]]).astype(np.int64)
    came = np.empty(int(widths.sum()), np.uint8)
    buffers = np.empty((2, columns), np.float32)
    path = Path(np.zeros(columns, np.int32), np.zeros(columns, np.float32))
    is_pause = np.maximum(-reading.word, 0).astype(np.uint8)
    inputs = [np.ascontiguousarray(array, np.float32) for array in (reading.vectors, voice, pause_cost)]
    _align(
        inputs[0].ctypes.data, inputs[1].ctypes.data, rows, columns, voice.shape[1],
        is_pause.ctypes.data, inputs[2].ctypes.data, low.ctypes.data, high.ctypes.data, places.ctypes.data,
        _STAY, _SKIP, _STRAY,
        came.ctypes.data, buffers[0].ctypes.data, buffers[1].ctypes.data, path.row.ctypes.data, path.cost.ctypes.data,
    )  # fmt: skip
    return path


def _means(rows: Floats, factor: int) -> Floats:
    """The mean of each `factor` rows; the last one is repeated to fill its block."""
    padded = np.pad(rows, ((0, -len(rows) % factor), (0, 0)), mode="edge")
    means: Floats = padded.reshape(-1, factor, rows.shape[1]).mean(axis=1)
    return means


def _row_blocks(reading: Reading, factor: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each word in blocks of up to `factor` rows: which block a row is in, and at which row a block starts."""
    begins = np.flatnonzero(np.diff(reading.word, prepend=np.int32(-9)))
    within = np.arange(len(reading.word)) - np.repeat(begins, np.diff(np.append(begins, len(reading.word))))
    is_start = within % factor == 0
    return np.cumsum(is_start) - 1, np.flatnonzero(is_start)


def _far_band(reading: Reading, pause_cost: Floats) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The columns of each row around where it would be if all was said at one pace.

    Counted in time that somebody speaks, so that a long silence does not push the text aside.
    """
    rows, columns = len(reading.word), len(pause_cost)
    said = np.cumsum(~reading.is_pause) / max(1, (~reading.is_pause).sum())
    heard = np.cumsum(pause_cost)
    expected = np.searchsorted(heard, said * heard[-1])
    cells = _COARSE_CELLS * _COARSE_STEPS[0][0] ** 2
    reach = max(columns // 16, min(columns, cells // (2 * rows)))
    return _joined(expected - reach, expected + reach, columns)


def _joined(
    low: NDArray[np.int64], high: NDArray[np.int64], columns: int
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Bounds within the voice that never fall, meet their neighbours, and reach from its first column to its last."""
    low = np.maximum.accumulate(np.clip(low, 0, columns - 1))
    high = np.maximum.accumulate(np.clip(high, 1, columns))
    low[0], high[-1] = 0, columns
    low = np.minimum(low, np.concatenate([[0], high[:-1] - 1]))  # each row sees some column of the one before it
    return low.astype(np.int32), high.astype(np.int32)
