"""Colours of a picture: those that a logo is made of, in the sandbox.

Called by api.services.brand_previews.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Final

from engine.render.media.sandbox import Json, Limits, ask

MOST_COLOURS: Final = 6
_LOOKED_AT_PX: Final = 160
_OPAQUE: Final = 200
_APART: Final = 48
"""Colours nearer than this, summed over red, green and blue, are one colour to an eye."""
_LEAST_SHARE: Final = 0.005
_LIMITS: Final = Limits(memory_mib=1536, cpu_s=30, written_mib=1)


def colours_of(path: Path) -> list[str]:
    """As #RRGGBB, the most seen first; transparent parts have none. Raises MediaRefused."""
    found = ask("colours", {"path": path}, _LIMITS)
    assert isinstance(found, list)
    return [str(colour) for colour in found]


def colours_task(arguments: Mapping[str, Json], _stream: IO[bytes]) -> Json:
    """The child's half of colours_of."""
    import numpy as np
    from PIL import Image

    from engine.render.media.pictures import open_picture

    picture = open_picture(Path(str(arguments["path"])), None, (_LOOKED_AT_PX, _LOOKED_AT_PX)).convert("RGBA")
    picture.thumbnail((_LOOKED_AT_PX, _LOOKED_AT_PX), Image.Resampling.BOX)
    pixels = np.asarray(picture).reshape(-1, 4)
    seen = pixels[pixels[:, 3] >= _OPAQUE, :3].astype(np.int64)
    _, members, counts = np.unique(seen // 16, axis=0, return_inverse=True, return_counts=True)
    members = members.reshape(-1)
    chosen: list[tuple[int, int, int]] = []
    for index in np.argsort(-counts, kind="stable").tolist():
        if counts[index] < _LEAST_SHARE * len(seen) or len(chosen) == MOST_COLOURS:
            break
        colour = np.median(seen[members == index], axis=0).round().astype(int).tolist()
        if all(sum(abs(a - b) for a, b in zip(colour, other, strict=True)) > _APART for other in chosen):
            chosen.append((colour[0], colour[1], colour[2]))
    return [f"#{red:02X}{green:02X}{blue:02X}" for red, green, blue in chosen]
