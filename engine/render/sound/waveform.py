"""Waveforms: a soundtrack as a row of bars, to find one's way in it by eye.

Called by engine.render.export (the picture beside an export) and by the engine app (peaks for its own drawing).
Law: the soundtrack is one of ours, made by master; it is read once, block by block.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from engine.render.sound.aac import decoded_blocks, duration_frames
from engine.render.sound.samples import Samples
from engine.render.whole_files import written_whole

BAR_PX = 3
GAP_PX = 2
SMOOTHING = 4
"""Drawn this much larger and scaled down, for round ends without stairs."""


def waveform_peaks(path: Path, buckets: int) -> list[float]:
    """The highest level, 0 to 1, in each of `buckets` equal parts of a finished soundtrack. Raises OSError."""
    peaks, _ = _levels(path, buckets)
    return [float(peak) for peak in np.minimum(peaks, 1.0)]


def draw_waveform(
    soundtrack: Path, out_png: Path, width_px: int = 1200, height_px: int = 160, colour: str = "#C2410C"
) -> None:
    """Draw a finished soundtrack as bars on a transparent ground; the file appears whole or not at all.

    A bar's pale part is as high as its stretch's loudest moment, its full part as its mean (rms). Silence is a row
    of dots. Raises OSError.
    """
    count = max(1, (width_px + GAP_PX) // (BAR_PX + GAP_PX))
    peaks, means = _levels(soundtrack, count)
    picture = Image.new("RGBA", (width_px * SMOOTHING, height_px * SMOOTHING), colour + "00")
    pen = ImageDraw.Draw(picture)
    margin_px = (width_px - count * (BAR_PX + GAP_PX) + GAP_PX) / 2
    for index in range(count):
        left = (margin_px + index * (BAR_PX + GAP_PX)) * SMOOTHING
        for level, strength in ((peaks[index], "66"), (means[index], "FF")):
            height = max(BAR_PX, float(min(1.0, level)) * height_px) * SMOOTHING
            top = (height_px * SMOOTHING - height) / 2
            box = (left, top, left + BAR_PX * SMOOTHING - 1, top + height - 1)
            pen.rounded_rectangle(box, radius=BAR_PX * SMOOTHING / 2, fill=colour + strength)
    with written_whole(out_png) as unfinished:
        picture.resize((width_px, height_px), Image.Resampling.BOX).save(unfinished, "PNG", optimize=True)


def _levels(path: Path, buckets: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Highest and mean amplitude of each part; the louder channel counts."""
    frames = duration_frames(path)
    edges = np.linspace(0, frames, buckets + 1).astype(np.int64)
    peaks, squares = np.zeros(buckets), np.zeros(buckets)
    done = 0
    for block in decoded_blocks(path):
        _gather(block, done, edges, peaks, squares)
        done += len(block)
    return peaks, np.sqrt(squares / np.maximum(np.diff(edges), 1))


def _gather(
    block: Samples, start: int, edges: NDArray[np.int64], peaks: NDArray[np.float64], squares: NDArray[np.float64]
) -> None:
    loud = np.abs(block).max(1)
    bucket, done = int(np.searchsorted(edges, start, "right")) - 1, 0
    while done < len(loud):
        part = loud[done : int(edges[bucket + 1]) - start]
        peaks[bucket] = max(peaks[bucket], float(part.max(initial=0)))
        squares[bucket] += float(np.sum(np.square(part, dtype=np.float64)))
        done += len(part)
        bucket += 1
