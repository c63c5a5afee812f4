"""Cutting: a part of a finished soundtrack as a file of its own, for renders of a part of a film.

Called by engine.render.film.soundtracks.
"""

from pathlib import Path

from engine.render.sound.aac import AacWriter, decoded_blocks
from engine.render.sound.samples import SAMPLES_PER_FRAME


def cut_sound(whole: Path, start_frame: int, frames: int, out: Path) -> None:
    """Write the sound of `frames` frames of the film from start_frame on. Raises OSError.

    `out` is written directly: the caller gives an unfinished name and renames.
    """
    start, end = start_frame * SAMPLES_PER_FRAME, (start_frame + frames) * SAMPLES_PER_FRAME
    passed = 0
    with AacWriter(out) as writer:
        for block in decoded_blocks(whole):
            writer.write(block[max(0, start - passed) : max(0, end - passed)])
            passed += len(block)
            if passed >= end:
                return
