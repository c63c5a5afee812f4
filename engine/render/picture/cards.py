"""Title cards: a scene drawn from the brand alone, so that a film can be made with nothing but text.

Called by engine.render.film.shots. Six layouts, set in the brand's faces and colours; no clip-art.
Law: text stays inside the zone that apps leave free and above the captions, and is set as large as fits.

statement  large words on the ground, an accent rule above them
split      a panel of accent above, the words below it
quote      words on ink under a large quotation mark
number     a figure as large as the canvas allows, what it counts below
outline    words between fine rules, centred
end        the brand's name on accent, a line below it
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import skia

from engine.render.formats import SAFE_INSETS, Canvas
from engine.render.picture.frames import Plane
from engine.render.picture.text import Ink, Lettering, is_right_to_left, measure, paint, rgba, skia_colour
from engine.render.timeline import Brand, CardSource, Scene

GROUND_LAYOUTS = ("statement", "split", "outline")
"""Layouts whose captions stand on the brand's ground."""
LINE_HEIGHT = 1.08
CAPTION_ROOM = 0.16
"""Of the canvas's height: what captions at the bottom take above the free zone's edge."""


def card_description(scene: Scene, brand: Brand) -> str:
    """All that decides how the scene's card looks, besides its size."""
    assert isinstance(scene.source, CardSource)
    drawn = [scene.source.model_dump_json(), _heading(scene), brand.name, brand.fonts.model_dump_json()]
    return "\n".join([*drawn, brand.accent, brand.on_accent, brand.ground, brand.ink])


def draw_card(scene: Scene, brand: Brand, canvas: Canvas, width: int, height: int) -> Plane:
    """The card as (height, width, 3) sRGB; width x height has the canvas's shape and may be larger."""
    assert isinstance(scene.source, CardSource)
    pixels = np.zeros((height, width, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
    sheet = _sheet(surface.getCanvas(), brand, canvas, width, height)
    LAYOUTS[scene.source.layout](sheet, _heading(scene), (scene.source.subline or "").strip())
    surface.flushAndSubmit()
    return pixels[:, :, :3]


def _heading(scene: Scene) -> str:
    assert isinstance(scene.source, CardSource)
    words = " ".join((scene.source.heading or scene.text or "").split())
    return re.sub(r"([€$£]) (?=\d)", "\\1\u00a0", words)  # an amount stays on one line


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What a layout draws on: the pen, the brand, sizes in pixels, and the zone that text keeps to."""

    pen: skia.Canvas
    brand: Brand
    width: int
    height: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def unit(self) -> float:
        """A hundredth of the shorter side."""
        return min(self.width, self.height) / 100

    @property
    def is_wide(self) -> bool:
        """Whether the canvas lies rather than stands."""
        return self.width > self.height

    def fill(self, colour: str) -> None:
        """Paint the whole sheet."""
        self.pen.clear(skia_colour(rgba(colour)))

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: str, alpha: float = 1.0) -> None:
        """A plain rectangle."""
        self.pen.drawRect(skia.Rect.MakeLTRB(left, top, right, bottom), _paint(colour, alpha))

    def circle(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0) -> None:
        """A filled circle, which may reach past the edges."""
        self.pen.drawCircle(x, y, radius, _paint(colour, alpha))


def _sheet(pen: skia.Canvas, brand: Brand, canvas: Canvas, width: int, height: int) -> _Sheet:
    insets = SAFE_INSETS[canvas.format]
    side = max(insets.left, 0.08) * width
    return _Sheet(
        pen, brand, width, height,
        left=side, right=width - max(insets.right * width, side),
        top=max(insets.top, 0.1) * height, bottom=height * (1 - insets.bottom - CAPTION_ROOM),
    )  # fmt: skip


def _paint(colour: str, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=skia_colour(rgba(colour, alpha)))


@dataclass(frozen=True, slots=True)
class _Block:
    """Text broken into lines at the size at which it fills its room."""

    lines: tuple[str, ...]
    lettering: Lettering

    @property
    def line_height(self) -> float:
        return self.lettering.size * LINE_HEIGHT

    @property
    def height(self) -> float:
        return self.line_height * len(self.lines)

    @property
    def width(self) -> float:
        return max((measure(line, self.lettering).width for line in self.lines), default=0.0)


def _set(text: str, family: str, weight: int, width: float, height: float, largest: float, smallest: float) -> _Block:
    """The text at the largest size at which it fits; at the smallest size what does not fit ends in an ellipsis."""
    size = largest
    while size > smallest:
        block = _broken(text, Lettering(family, weight, size, tracking=-0.015 * size), width)
        if block.height <= height and block.width <= width:
            return block
        size *= 0.93
    block = _broken(text, Lettering(family, weight, smallest), width)
    fitting = max(1, int(height // block.line_height))
    if len(block.lines) <= fitting:
        return block
    last = block.lines[fitting - 1].split(" ")
    while len(last) > 1 and measure(f"{' '.join(last)} …", block.lettering).width > width:
        last.pop()
    return _Block((*block.lines[: fitting - 1], f"{' '.join(last).rstrip(' ,;:')} …"), block.lettering)


def _broken(text: str, lettering: Lettering, width: float) -> _Block:
    """Lines as even as possible: the narrowest column that needs no more lines than the widest one."""
    words = text.split(" ")
    count = len(_greedy(words, lettering, width))
    low, high = 0.0, width
    for _ in range(12):
        middle = (low + high) / 2
        if len(_greedy(words, lettering, middle)) <= count:
            high = middle
        else:
            low = middle
    return _Block(tuple(_greedy(words, lettering, high)), lettering)


def _greedy(words: list[str], lettering: Lettering, width: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and measure(f"{lines[-1]} {word}", lettering).width <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(word)
    return lines


def _write(sheet: _Sheet, block: _Block, x: float, top: float, colour: str, align: str = "start") -> None:
    """Paint a block from `top`. x: its left end, its right end for right-to-left text, or its middle."""
    for row, line in enumerate(block.lines):
        extent = measure(line, block.lettering)
        left = x
        if align == "centre":
            left = x - extent.width / 2
        elif is_right_to_left(line):
            left = sheet.right - extent.width
        baseline = top + row * block.line_height + block.lettering.size * 0.84
        paint(sheet.pen, line, left, baseline, block.lettering, Ink(rgba(colour)))


def _signature(sheet: _Sheet, colour: str, alpha: float = 0.62) -> None:
    """The brand's name, small, where a book has its publisher."""
    if sheet.brand.name:
        lettering = Lettering(sheet.brand.fonts.text, 600, sheet.unit * 2.7, tracking=sheet.unit * 0.06)
        paint(sheet.pen, sheet.brand.name, sheet.left, sheet.top, lettering, Ink(rgba(colour, alpha)))


def _statement(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.ground)
    sheet.circle(sheet.width * 0.98, sheet.height * (0.9 if sheet.is_wide else 0.93), unit * 46, brand.accent, 0.08)
    _signature(sheet, brand.ink)
    block = _set(
        heading,
        brand.fonts.display,
        700,
        sheet.right - sheet.left,
        (sheet.bottom - sheet.top) * 0.72,
        unit * 15,
        unit * 5,
    )
    top = sheet.top + (sheet.bottom - sheet.top - block.height) * 0.5
    sheet.rectangle(sheet.left, top - unit * 5.4, sheet.left + unit * 11, top - unit * 4.2, brand.accent)
    _write(sheet, block, sheet.left, top, brand.ink)
    _subline(sheet, subline, top + block.height + unit * 3, brand.ink)


def _split(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.ground)
    if sheet.is_wide:
        edge = sheet.width * 0.36
        sheet.rectangle(0, 0, edge, sheet.height, brand.accent)
        sheet.circle(edge, sheet.height * 0.5, unit * 21, brand.ground)
        sheet.circle(edge, sheet.height * 0.5, unit * 10, brand.accent)
        left, top, width, height = edge + unit * 29, sheet.top, sheet.right - edge - unit * 29, sheet.bottom - sheet.top
    else:
        edge = sheet.top + (sheet.bottom - sheet.top) * 0.34
        sheet.rectangle(0, 0, sheet.width, edge, brand.accent)
        sheet.circle(sheet.width * 0.74, edge, unit * 21, brand.ground)
        sheet.circle(sheet.width * 0.74, edge, unit * 10, brand.accent)
        left, top, width = sheet.left, edge + unit * 12, sheet.right - sheet.left
        height = sheet.bottom - top
    block = _set(heading, brand.fonts.display, 700, width, height * 0.85, unit * 13, unit * 4.6)
    start = top + (height - block.height) / 2
    _write(sheet, block, left, start, brand.ink)
    _subline(sheet, subline, start + block.height + unit * 3, brand.ink)


def _quote(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.ink)
    mark = Lettering(brand.fonts.display, 800, unit * 44)
    text = heading.strip("\"'“”‘’„«» ")
    block = _set(
        text,
        brand.fonts.display,
        600,
        sheet.right - sheet.left,
        (sheet.bottom - sheet.top) * 0.6,
        unit * 12,
        unit * 4.6,
    )
    top = sheet.top + (sheet.bottom - sheet.top - block.height) * 0.58
    paint(sheet.pen, "“", sheet.left - unit * 1.5, top + unit * 16, mark, Ink(rgba(brand.accent)))
    _write(sheet, block, sheet.left, top, brand.ground)
    _subline(sheet, subline, top + block.height + unit * 4, brand.ground)


def _number(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.accent)
    sheet.circle(sheet.width * 0.06, sheet.height * 0.04, unit * 52, brand.on_accent, 0.07)
    _signature(sheet, brand.on_accent, 0.8)
    room = sheet.bottom - sheet.top
    figure = _set(heading, brand.fonts.display, 800, sheet.right - sheet.left, room * 0.5, unit * 46, unit * 6)
    words = _set(subline or " ", brand.fonts.text, 600, sheet.right - sheet.left, room * 0.3, unit * 6.4, unit * 3.4)
    top = sheet.top + (room - figure.height - words.height - unit * 2) * 0.52
    _write(sheet, figure, sheet.left, top, brand.on_accent)
    if subline:
        _write(sheet, words, sheet.left, top + figure.height + unit * 2, brand.on_accent)


def _outline(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.ground)
    centre = sheet.width / 2
    width = min(sheet.right - sheet.left, sheet.width * 0.8) - unit * 4
    block = _set(heading, brand.fonts.display, 600, width, (sheet.bottom - sheet.top) * 0.66, unit * 13, unit * 4.6)
    top = sheet.top + (sheet.bottom - sheet.top - block.height) / 2
    for y in (top - unit * 8, top + block.height + unit * 8):
        sheet.rectangle(centre - unit * 36, y - unit * 0.16, centre + unit * 36, y + unit * 0.16, brand.ink, 0.85)
    sheet.circle(centre, top - unit * 8, unit * 1.5, brand.accent)
    _write(sheet, block, centre, top, brand.ink, align="centre")
    if subline:
        words = _set(subline, brand.fonts.text, 500, width, unit * 12, unit * 4, unit * 3)
        _write(sheet, words, centre, top + block.height + unit * 11, brand.ink, align="centre")


def _end(sheet: _Sheet, heading: str, subline: str) -> None:
    brand, unit = sheet.brand, sheet.unit
    sheet.fill(brand.accent)
    sheet.circle(sheet.width, sheet.height, unit * 70, brand.on_accent, 0.07)
    sheet.circle(0, 0, unit * 34, brand.on_accent, 0.07)
    width = sheet.width * 0.8
    block = _set(heading or brand.name, brand.fonts.display, 800, width, sheet.height * 0.4, unit * 15, unit * 5)
    top = (sheet.height - block.height) / 2 - unit * 4
    _write(sheet, block, sheet.width / 2, top, brand.on_accent, align="centre")
    words = _set(subline or " ", brand.fonts.text, 500, width, unit * 14, unit * 4.6, unit * 3)
    if subline:
        _write(sheet, words, sheet.width / 2, top + block.height + unit * 4, brand.on_accent, align="centre")


def _subline(sheet: _Sheet, subline: str, top: float, colour: str) -> None:
    if subline:
        unit = sheet.unit
        words = _set(subline, sheet.brand.fonts.text, 500, sheet.right - sheet.left, unit * 14, unit * 4.4, unit * 3)
        _write(sheet, words, sheet.left, top, colour)


LAYOUTS: dict[str, Callable[[_Sheet, str, str], None]] = {
    "statement": _statement,
    "split": _split,
    "quote": _quote,
    "number": _number,
    "outline": _outline,
    "end": _end,
}
