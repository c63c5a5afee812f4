"""The child's half of drawings: reads an SVG, refuses what is more than a drawing, and draws the rest with skia.

Called by child.py only, in a confined process. What skia would leave out without a word (text, pictures, style sheets
with more than simple rules) is refused too, so that nobody gets half a logo.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Final
from xml.etree import ElementTree as Xml
from xml.parsers import expat

from engine.render.media.drawings import LONGER_SIDE
from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, MediaRefused

MOST_BYTES: Final = 5_000_000
MOST_ELEMENTS: Final = 50_000
SVG: Final = "http://www.w3.org/2000/svg"
XLINK: Final = "http://www.w3.org/1999/xlink"
ACTIVE: Final = {
    "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "canvas", "handler", "listener"
}  # fmt: skip
_RULE: Final = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SIMPLE: Final = re.compile(r"[.#]?[A-Za-z_][\w-]*|\*")
_POINTER: Final = re.compile(r"url\(\s*['\"]?\s*([^)'\"\s]*)", re.IGNORECASE)
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)\s*(?:px|pt|mm|cm|in|pc)?\s*", re.IGNORECASE)


def drawing_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """Write the PNG, answer its length."""
    path = Path(str(arguments["path"]))
    if path.stat().st_size > MOST_BYTES:
        raise MediaRefused(
            Flaw.DRAWING_TOO_LARGE,
            f"'{path.name}' is larger than the {MOST_BYTES // 10**6} MB that a drawing may have.",
            most_mb=MOST_BYTES // 10**6,
        )
    root = _read(path)
    for element in _elements(root, path.name):
        _refuse_active(element, path.name)
    _apply_style_sheets(root, path.name)
    png = _painted(root, path.name)
    stream.write(png)
    return len(png)


def _read(path: Path) -> Xml.Element:
    """The drawing. A document type with rules of its own is refused before any of them counts."""
    content = path.read_bytes()
    parser = expat.ParserCreate()

    def refuse(*_: object) -> int:
        raise MediaRefused(
            Flaw.DRAWING_ENTITIES, f"'{path.name}' declares entities, which drawings do not need. Save it as plain SVG."
        )

    def look_at_instruction(target: str, _data: str) -> None:
        if "stylesheet" in target:
            raise _points_elsewhere(path.name)

    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.ProcessingInstructionHandler = look_at_instruction
    try:
        parser.Parse(content, True)
        root = Xml.fromstring(content)  # noqa: S314  # no entities: see above
    except MediaRefused:
        raise
    except (expat.ExpatError, Xml.ParseError, ValueError, LookupError):
        raise MediaRefused(Flaw.DAMAGED, f"'{path.name}' is a damaged SVG. Export it again.") from None
    if _name(root) != "svg":
        raise MediaRefused(Flaw.NO_DRAWING, f"'{path.name}' is no SVG. Export it again.")
    return root


def _elements(root: Xml.Element, name: str) -> Iterator[Xml.Element]:
    for count, element in enumerate(root.iter()):
        if count > MOST_ELEMENTS:
            raise MediaRefused(
                Flaw.DRAWING_TOO_COMPLEX,
                f"'{name}' has more than {MOST_ELEMENTS} parts. Simplify it, or save it as PNG.",
                most=MOST_ELEMENTS,
            )
        if isinstance(element.tag, str):
            yield element


def _name(element: Xml.Element) -> str:
    return element.tag.rpartition("}")[2].lower()


def _refuse_active(element: Xml.Element, name: str) -> None:
    """Raises MediaRefused for what runs, points elsewhere, or would be left out."""
    kind = _name(element)
    if kind in ACTIVE:
        raise MediaRefused(
            Flaw.DRAWING_ACTIVE,
            f"'{name}' has a <{kind}> in it, which a logo does not need. Save it as plain SVG or PNG.",
            part=kind,
        )
    if kind in {"text", "tspan", "textpath"}:
        raise MediaRefused(
            Flaw.DRAWING_TEXT, f"'{name}' has text in it. Turn the text into outlines (paths) and save it again."
        )
    if kind in {"image", "feimage"}:
        raise MediaRefused(
            Flaw.DRAWING_PICTURE, f"'{name}' has a picture in it. Save it as PNG with a transparent ground."
        )
    styled = element.text or "" if kind == "style" else ""
    if "@import" in styled.lower() or "@font-face" in styled.lower():
        raise _points_elsewhere(name)
    for target in _POINTER.findall(styled):
        _refuse_elsewhere(target, name)
    for attribute, value in element.attrib.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain.startswith("on"):
            raise MediaRefused(
                Flaw.DRAWING_SCRIPT, f"'{name}' has a script in it ({plain}). Save it as plain SVG or PNG.", part=plain
            )
        if plain in {"href", "src"} and kind != "a":
            _refuse_elsewhere(value.strip(), name)
        for target in _POINTER.findall(value):
            _refuse_elsewhere(target, name)


def _refuse_elsewhere(target: str, name: str) -> None:
    if target and not target.startswith("#"):
        raise _points_elsewhere(name)


def _points_elsewhere(name: str) -> MediaRefused:
    return MediaRefused(
        Flaw.DRAWING_ELSEWHERE,
        f"'{name}' points to something outside itself. Embed or outline it and save it again, or as PNG.",
    )


def _apply_style_sheets(root: Xml.Element, name: str) -> None:
    """Write the rules of style sheets on the elements themselves, where skia reads them."""
    rules: list[tuple[str, str]] = []
    for sheet in [element for element in _elements(root, name) if _name(element) == "style"]:
        css = re.sub(r"/\*.*?\*/", "", "".join(sheet.itertext()), flags=re.DOTALL)
        for selectors, declarations in _RULE.findall(css):
            for selector in selectors.split(","):
                if not _SIMPLE.fullmatch(selector.strip()):
                    raise MediaRefused(
                        Flaw.DRAWING_STYLES,
                        f"'{name}' has a style sheet that is more than a logo's. Save it with presentation attributes.",
                    )
                rules.append((selector.strip(), declarations.strip().rstrip(";")))
    if not rules:
        return
    for element in _elements(root, name):
        classes, own = element.get("class", "").split(), element.get("style", "")
        chosen = {"*", _name(element), f"#{element.get('id', '')}", *(f".{one}" for one in classes)}
        found = [declarations for selector, declarations in rules if selector in chosen and declarations]
        if found:
            element.set("style", ";".join([*found, own] if own else found))


def _painted(root: Xml.Element, name: str) -> bytes:
    import numpy as np
    import skia
    from PIL import Image

    width, height = _size(root, name)
    scale = LONGER_SIDE / max(width, height)
    wide, high = max(1, round(width * scale)), max(1, round(height * scale))
    if not root.get("viewBox"):
        root.set("viewBox", f"0 0 {width} {height}")
    root.set("width", str(wide))
    root.set("height", str(high))
    Xml.register_namespace("", SVG)  # skia knows its elements without a prefix only
    Xml.register_namespace("xlink", XLINK)
    drawing = skia.SVGDOM.MakeFromStream(skia.MemoryStream(Xml.tostring(root), True))
    if drawing is None:
        raise MediaRefused(Flaw.DRAWING_UNDRAWABLE, f"'{name}' cannot be drawn. Export it again, or as PNG.")
    drawing.setContainerSize(skia.Size(wide, high))
    pixels = np.zeros((high, wide, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
    drawing.render(surface.getCanvas())
    surface.flushAndSubmit()
    if not pixels[:, :, 3].any():
        raise MediaRefused(Flaw.DRAWING_BLANK, f"'{name}' shows nothing. Export it again, or as PNG.")
    out = BytesIO()
    Image.fromarray(pixels, "RGBa").convert("RGBA").save(out, "PNG")
    return out.getvalue()


def _size(root: Xml.Element, name: str) -> tuple[float, float]:
    """Width and height in the drawing's own units: of its view box, else of its attributes."""
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        if len(box) == 4:
            width, height = float(box[2]), float(box[3])
        else:
            lengths = [_LENGTH.fullmatch(root.get(side, "")) for side in ("width", "height")]
            width, height = (float(length[1]) if length else 0.0 for length in lengths)
    except ValueError:
        width = height = 0.0
    if not (0 < width < 1e6 and 0 < height < 1e6 and max(width, height) / min(width, height) < 100):
        raise MediaRefused(
            Flaw.DRAWING_UNSIZED, f"'{name}' does not say how large it is. Give it a viewBox and save it again."
        )
    return width, height
