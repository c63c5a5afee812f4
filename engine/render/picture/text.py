"""Text: words measured and painted with skia's Paragraph, from our own typefaces.

Called by engine.render.picture.captions, .cards and .typefaces. The one module that knows skia's text interface.
Law: the same words look the same on every machine: only bundled typefaces and the brand's own are used, and the
machine's own stand in just for characters that none of them has.
"""

import functools
import re
import threading
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import skia

FONTS = Path(__file__).parent.parent / "fonts"
FALLBACK_FAMILIES = ("Inter", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Color Emoji")
WEIGHTS = {"Regular": 400, "Medium": 500, "SemiBold": 600, "Bold": 700, "ExtraBold": 800}

Rgba = tuple[int, int, int, int]
_MISSING = "The typefaces are missing. Run `make setup` to fetch them."
_lock = threading.RLock()  # skia's font collection keeps caches that are not safe to share


class FontsMissing(RuntimeError):
    """The bundled typefaces are not there: set-up did not run or did not finish."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A typeface family, its weight (400 to 800) and size in pixels; tracking is extra pixels between letters."""

    family: str
    weight: int
    size: float
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class Extent:
    """How much room a line of text takes, in pixels; the baseline lies `ascent` below its top."""

    width: float
    ascent: float
    height: float


@dataclass(frozen=True, slots=True)
class Ink:
    """What letters are painted with. outline: its colour and its whole width in pixels."""

    fill: Rgba
    outline: Rgba | None = None
    outline_width: float = 0.0


def rgba(colour: str, alpha: float = 1.0) -> Rgba:
    """#RRGGBB and an opacity of 0 to 1 as four bytes."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue, round(alpha * 255)


def skia_colour(colour: Rgba) -> int:
    """The colour as skia takes it."""
    red, green, blue, alpha = colour
    packed: int = skia.Color(red, green, blue, alpha)
    return packed


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction runs from right to left."""
    return next(
        (kind in {"R", "AL"} for c in text if (kind := unicodedata.bidirectional(c)) in {"L", "R", "AL"}), False
    )


@functools.lru_cache(maxsize=4096)
def measure(text: str, lettering: Lettering) -> Extent:
    """The room that one line of text takes."""
    with _lock:
        paragraph = _paragraph(text, lettering, Ink((0, 0, 0, 255)), outline=False)
        return Extent(paragraph.LongestLine, paragraph.AlphabeticBaseline, paragraph.Height)


def paint(canvas: skia.Canvas, text: str, left: float, baseline: float, lettering: Lettering, ink: Ink) -> None:
    """Paint one line of text with its left end and baseline at a place, its outline underneath."""
    with _lock:
        for outline in (True, False) if ink.outline and ink.outline_width else (False,):
            paragraph = _paragraph(text, lettering, ink, outline)
            paragraph.paint(canvas, left, baseline - paragraph.AlphabeticBaseline)


@functools.lru_cache(maxsize=512)
def _paragraph(text: str, lettering: Lettering, ink: Ink, outline: bool) -> "skia.textlayout.Paragraph":
    collection = _collection()
    style = skia.textlayout.TextStyle()
    style.setFontFamilies([lettering.family, *FALLBACK_FAMILIES, *_borrowed_families(text)])
    style.setFontSize(lettering.size)
    style.setLetterSpacing(lettering.tracking)
    style.setFontStyle(_font_style(lettering.weight))
    paint_ = skia.Paint(AntiAlias=True, Color=skia_colour(ink.outline if outline and ink.outline else ink.fill))
    if outline:
        paint_.setStyle(skia.Paint.kStroke_Style)
        paint_.setStrokeWidth(ink.outline_width)
        paint_.setStrokeJoin(skia.Paint.kRound_Join)
    style.setForegroundPaint(paint_)
    builder = skia.textlayout.ParagraphBuilder(skia.textlayout.ParagraphStyle(), collection, skia.Unicodes.ICU.Make())
    builder.pushStyle(style)
    # An isolate gives a right-to-left word its own direction, so that its full stop stands at its end.
    builder.addText(f"\u2067{text}\u2069" if is_right_to_left(text) else text)
    paragraph = builder.Build()
    paragraph.layout(100_000)
    return paragraph


def _font_style(weight: int) -> "skia.FontStyle":
    return skia.FontStyle(weight, skia.FontStyle.kNormal_Width, skia.FontStyle.kUpright_Slant)


@functools.cache
def _provider() -> "skia.textlayout.TypefaceFontProvider":
    provider = skia.textlayout.TypefaceFontProvider()
    files = skia.FontMgr.New_Custom_Empty()  # the machine's own font manager reads all its settings first: 50 ms
    for path in sorted(FONTS.glob("*.ttf")):
        family, _ = path.stem.rsplit("-", 1)
        provider.registerTypeface(files.makeFromFile(str(path)), family_name(family))
    if provider.countFamilies() == 0:
        raise FontsMissing(_MISSING)
    return provider


def families() -> list[str]:
    """The bundled families by name. Raises FontsMissing."""
    found = {family_name(path.stem.rsplit("-", 1)[0]) for path in FONTS.glob("*.ttf")}
    if not found:
        raise FontsMissing(_MISSING)
    return sorted(found)


def register_typeface(family: str, font: bytes) -> bool:
    """Let a font be drawn with under this name from now on; False where it is no font. One name is one font."""
    with _lock:
        provider = _provider()
        if any(provider.getFamilyName(index) == family for index in range(provider.countFamilies())):
            return True
        face = skia.FontMgr.New_Custom_Empty().makeFromData(skia.Data.MakeWithCopy(font))
        if face is not None:
            provider.registerTypeface(face, family)
        return face is not None


def family_name(stem: str) -> str:
    """BricolageGrotesque as people write it: Bricolage Grotesque."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", stem)


@functools.cache
def _collection() -> "skia.textlayout.FontCollection":
    collection = skia.textlayout.FontCollection()
    collection.setDefaultFontManager(_provider())
    return collection


@functools.cache
def _bundled_faces() -> "tuple[skia.Typeface, ...]":
    provider = _provider()
    return tuple(provider.matchFamilyStyle(family, _font_style(700)) for family in FALLBACK_FAMILIES)


@functools.lru_cache(maxsize=4096)
def _borrowed_family(character: str) -> str | None:
    """A family of this machine for a character that no bundled typeface has, or None where none has it."""
    if ord(character) < 0x0590 or unicodedata.category(character) in {"Cf", "Mn", "Zs", "Cc"}:
        return None
    if any(face.unicharToGlyph(ord(character)) for face in _bundled_faces()):
        return None
    face = skia.FontMgr().matchFamilyStyleCharacter("", _font_style(700), [], ord(character))
    if face is None:
        return None
    name = f"borrowed {face.getFamilyName()}"
    _provider().registerTypeface(face, name)
    return name


def _borrowed_families(text: str) -> list[str]:
    return sorted({family for character in set(text) if (family := _borrowed_family(character))})
