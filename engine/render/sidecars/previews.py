"""Previews: a thumbnail and a filmstrip of a finished film.

Called by engine.cli, later by the library's hover-scrub. Reads only films that this engine made.
"""

from collections.abc import Sequence
from pathlib import Path

import av
from PIL import Image

from engine.render.timeline import FPS

THUMBNAIL_LONGER_SIDE = 960
STRIP_HEIGHT = 180
STRIP_FRAMES = 12
THUMBNAIL_AT = 0.12
"""Share of the film: past the first fade, before the story turns."""


def write_previews(film: Path, frames: int, thumbnail: Path, filmstrip: Path) -> None:
    """Write a JPEG of a telling frame, and a JPEG of STRIP_FRAMES frames side by side, evenly over the film.

    frames: how many the film has. Raises OSError (a full disk).
    """
    count = min(STRIP_FRAMES, frames)
    wanted = [(2 * part + 1) * frames // (2 * count) for part in range(count)]
    chosen = min(frames - 1, round(frames * THUMBNAIL_AT))
    pictures = _pictures_at(film, sorted({*wanted, chosen}))
    large = pictures[chosen].copy()
    large.thumbnail((THUMBNAIL_LONGER_SIDE, THUMBNAIL_LONGER_SIDE), Image.Resampling.LANCZOS)
    large.save(thumbnail, quality=88, optimize=True)
    width = round(large.width * STRIP_HEIGHT / large.height)
    strip = Image.new("RGB", (width * count, STRIP_HEIGHT))
    for place, number in enumerate(wanted):
        strip.paste(pictures[number].resize((width, STRIP_HEIGHT), Image.Resampling.BICUBIC), (place * width, 0))
    strip.save(filmstrip, quality=82, optimize=True)


def _pictures_at(film: Path, numbers: Sequence[int]) -> dict[int, Image.Image]:
    """The frames of those numbers (ascending). Segments are short, so a seek decodes at most some seventy frames."""
    found: dict[int, Image.Image] = {}
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        stream.codec_context.skip_frame = "NONREF"  # B-frames that nothing refers to are passed over: twice as fast
        assert stream.time_base is not None
        for number in numbers:
            container.seek(int(number / FPS / stream.time_base), stream=stream)
            for frame in container.decode(stream):
                # A neighbour within a tenth of a second tells the same story.
                if frame.time is not None and frame.time * FPS >= number - 2.5:
                    found[number] = Image.fromarray(frame.to_ndarray(format="rgb24"))
                    break
    last = next(reversed(found.values()))
    return {number: found.get(number, last) for number in numbers}
