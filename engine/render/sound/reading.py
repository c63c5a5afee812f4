"""Reading: any sound file, decoded in the media sandbox, as blocks of clean samples.

Called by sources and silence.
Law: no sample that leaves here is infinite or no number at all; one of them would silence every filter for good.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import numpy as np

from engine.render.media.sounds import SoundReader
from engine.render.sound.samples import BLOCK_FRAMES, Samples


def sound_blocks(
    path: Path,
    channels: Literal[1, 2],
    *,
    skipped_frames: int = 0,
    most_frames: int | None = None,
    zero: Literal["sound", "picture"] = "sound",
) -> Iterator[Samples]:
    """A file's sound at 48 kHz from frame `skipped_frames` on, at most `most_frames` of it; None is to its end.

    zero: see SoundReader. Raises MediaRefused.
    """
    if most_frames == 0:
        return
    with SoundReader(path, channels=channels, zero=zero) as reader:
        while skipped_frames:
            passed = len(reader.read(min(skipped_frames, BLOCK_FRAMES)))
            if not passed:
                return
            skipped_frames -= passed
        left = most_frames
        while left != 0 and len(block := reader.read(BLOCK_FRAMES if left is None else min(left, BLOCK_FRAMES))):
            left = None if left is None else left - len(block)
            # Float files can hold such samples after a plug-in went wrong.
            yield block if np.isfinite(block).all() else np.nan_to_num(block, nan=0.0, posinf=1.0, neginf=-1.0)
