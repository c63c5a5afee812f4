"""Previews of pictures: a small WebP for browsers, drawn anew from what the picture shows.

Called by api.services.intake. Law: nothing of a stranger's bytes but its pixels gets into the preview, so that neither
a hidden script nor the place where a photo was taken reaches anybody's browser.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

from engine.render.media.sandbox import Json, Limits, MediaChild

LONGER_SIDE = 1280
MOST_BYTES = 8_000_000
_LIMITS = Limits(memory_mib=1536, cpu_s=60)


def picture_preview(path: Path) -> bytes:
    """The picture as WebP, upright, in sRGB, LONGER_SIDE pixels at most. Raises MediaRefused."""
    with MediaChild("preview", {"path": path}, _LIMITS) as child:
        webp = child.stream.read(MOST_BYTES)
        child.answer()
    return webp


def preview_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """The child's half of picture_preview: writes the WebP, answers its length."""
    from PIL import Image

    from engine.render.media.pictures import open_picture

    picture = open_picture(Path(str(arguments["path"])), None, (LONGER_SIDE, LONGER_SIDE))
    if picture.mode not in {"RGB", "RGBA"}:
        picture = picture.convert("RGBA" if "A" in picture.getbands() else "RGB")
    picture.thumbnail((LONGER_SIDE, LONGER_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    out = BytesIO()
    Image.frombytes(picture.mode, picture.size, picture.tobytes()).save(out, "WEBP", quality=82, method=4)
    stream.write(out.getvalue())
    return out.tell()
