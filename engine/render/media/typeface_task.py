"""The child's half of typefaces: reads a font with fontTools and writes what of it letters are drawn with.

Called by child.py only, in a confined process.
"""

import unicodedata
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, MediaRefused

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MOST_BYTES = 20_000_000
KEPT = frozenset("cmap head hhea hmtx maxp name OS/2 post glyf loca GDEF GPOS GSUB kern".split()) | {"CFF "}
"""Tables that letters are drawn with. Programs (fpgm, prep), bitmaps and SVG drawings are left out."""
NEEDED = frozenset({"cmap", "head", "hhea", "hmtx", "maxp", "name"})
HEADLINE_WEIGHT = 600
"""What a variable font is fixed at: between a caption's weight and a paragraph's."""
RESTRICTED = 0x0002
"""OS/2.fsType: may not be embedded."""


def typeface_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """Write the font anew, answer its TypefaceFacts."""
    path = Path(str(arguments["path"]))
    if path.stat().st_size > MOST_BYTES:
        raise MediaRefused(
            Flaw.TYPEFACE_TOO_LARGE,
            f"'{path.name}' is larger than the {MOST_BYTES // 10**6} MB that a typeface may have.",
            most_mb=MOST_BYTES // 10**6,
        )
    try:
        font = _read(path)
        written = _written(font)
    except MediaRefused:
        raise
    except Exception:  # fontTools raises whatever it stumbles over
        raise MediaRefused(
            Flaw.NO_TYPEFACE, f"'{path.name}' is not a typeface, or it is damaged. Choose a TTF, OTF or WOFF2 file."
        ) from None
    _drawable(written, path.name)
    stream.write(written)
    names, metrics = font["name"], font.get("OS/2")
    return {
        "family": (names.getDebugName(16) or names.getDebugName(1) or path.stem)[:80],
        "style": (names.getDebugName(17) or names.getDebugName(2) or "")[:80],
        "weight": min(max(int(metrics.usWeightClass), 1), 1000) if metrics else 400,
        "glyphs": len(font.getGlyphOrder()),
        "may_be_embedded": not (metrics and metrics.fsType & RESTRICTED),
    }


def _read(path: Path) -> "TTFont":
    from fontTools.ttLib import TTFont

    with path.open("rb") as file:
        if file.read(4) == b"ttcf":
            raise MediaRefused(
                Flaw.TYPEFACE_COLLECTION, f"'{path.name}' holds several typefaces. Choose a file with one."
            )
    font = TTFont(path, lazy=False, recalcTimestamp=False)
    font.flavor = None
    if missing := NEEDED - set(font.keys()):
        raise MediaRefused(
            Flaw.TYPEFACE_INCOMPLETE,
            f"'{path.name}' lacks {', '.join(sorted(missing))}. Export the typeface again.",
            tables=", ".join(sorted(missing)),
        )
    if "glyf" not in font and "CFF " not in font:
        raise MediaRefused(
            Flaw.TYPEFACE_NO_OUTLINES, f"'{path.name}' has no outlines to draw letters with. Choose another file."
        )
    if not any(unicodedata.category(chr(code)).startswith("L") for code in font.getBestCmap() or {}):
        raise MediaRefused(
            Flaw.TYPEFACE_NO_LETTERS, f"'{path.name}' has no letters, only signs. Choose a typeface for text."
        )
    if "fvar" in font:
        font = _fixed(font)
    return font


def _fixed(font: "TTFont") -> "TTFont":
    """A variable font at one place of all its axes."""
    from fontTools.varLib.instancer import instantiateVariableFont

    place = {
        axis.axisTag: min(max(HEADLINE_WEIGHT, axis.minValue), axis.maxValue)
        if axis.axisTag == "wght"
        else axis.defaultValue
        for axis in font["fvar"].axes
    }
    return instantiateVariableFont(font, place)


def _written(font: "TTFont") -> bytes:
    """Each table that is kept, taken apart and put together again."""
    for tag in [tag for tag in font.keys() if tag not in KEPT and tag != "GlyphOrder"]:  # noqa: SIM118  # no mapping
        del font[tag]
    for tag in font.keys():  # noqa: SIM118
        font[tag]  # is read now, or told to be damaged
    if "glyf" in font:
        for name in font.getGlyphOrder():
            font["glyf"][name].removeHinting()
    out = BytesIO()
    font.save(out, reorderTables=False)
    return out.getvalue()


def _drawable(written: bytes, name: str) -> None:
    """Raises MediaRefused where the renderer could not draw with it."""
    import skia

    face = skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(written))
    if face is None:
        raise MediaRefused(
            Flaw.TYPEFACE_UNDRAWABLE, f"'{name}' cannot be drawn with. Choose another file of this typeface."
        )
