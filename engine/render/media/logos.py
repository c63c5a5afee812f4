"""Logos: a mark in a file becomes pixels with transparency, in the sandbox.

Called by engine.render.picture.layers through engine.render.export.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, Limits, MediaChild, MediaRefused

if TYPE_CHECKING:
    from engine.render.picture.frames import Plane

LOGO_LIMITS = Limits(memory_mib=1536, cpu_s=60)


def load_logo(path: Path, box_width: int, box_height: int) -> "Plane":
    """The logo as large as fits the box: (height, width, 4) of premultiplied sRGB. Raises MediaRefused."""
    import numpy as np

    arguments = {"path": path, "width": box_width, "height": box_height}
    with MediaChild("logo", arguments, LOGO_LIMITS) as child:
        pixels = child.stream.read(box_width * box_height * 4)
        size = child.answer()
    assert isinstance(size, list)
    width, height = (int(str(side)) for side in size)
    return np.frombuffer(pixels, np.uint8).reshape(height, width, 4).copy()


def logo_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """The child's half of load_logo: writes the pixels, answers [width, height]."""
    from PIL import Image

    from engine.render.media.pictures import open_picture

    path = Path(str(arguments["path"]))
    box = (int(str(arguments["width"])), int(str(arguments["height"])))
    picture = open_picture(path, None, box)
    scale = min(box[0] / picture.width, box[1] / picture.height)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    # Premultiplied before the resize, so that the colour of transparent pixels does not bleed into edges.
    small = picture.convert("RGBA").convert("RGBa").resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    if small.getchannel("a").getextrema()[1] == 0:
        raise MediaRefused(Flaw.TRANSPARENT, f"'{path.name}' is wholly transparent. Choose another file for the logo.")
    stream.write(small.tobytes())
    return [size[0], size[1]]
