"""Captions: the spoken words on the picture, word by word, in one of four styles.

Called by engine.render.picture.layers.
Law: captions keep to the zone that TikTok, Reels and Shorts leave free, and a word is marked exactly while it is heard.

plain      words appear as they are spoken, white with a dark outline
box        the whole page on a dark plate, spoken words bright
highlight  the whole page outlined, the spoken word on a plate of the brand's accent
large      one word at a time, large, with a small leap as it comes
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from functools import lru_cache

import numpy as np
import skia

from engine.render.formats import SAFE_INSETS, Canvas
from engine.render.picture.caption_pages import Page, caption_pages, first_frame_at
from engine.render.picture.cards import GROUND_LAYOUTS
from engine.render.picture.overlays import Overlay, overlay_of_rgba
from engine.render.picture.spans import Span
from engine.render.picture.text import Ink, Lettering, is_right_to_left, measure, paint, rgba, skia_colour
from engine.render.timeline import FPS, CaptionStyle, CardSource, Scene, Timeline, Word

WHITE, DARK = "#FFFFFF", "#101214"
# Sizes as fractions of the canvas's shorter side, measured on a phone held at arm's length.
SIZES = {"9:16": 0.072, "1:1": 0.062, "16:9": 0.055}
LARGE = 2.1
LEAP = (0.86, 0.96)
"""How large the single word is in its first frames."""
PAD, RIM = 0.45, 0.2
"""How far the box's plate and the highlight's reach past the words, in sizes of the letters."""
MOST_LINES = 2
MOST_WORDS = {"9:16": 6, "1:1": 8, "16:9": 10}


@dataclass(frozen=True, slots=True)
class _State:
    """What one caption picture shows: words, which of them is spoken (-1 is none), and the size of its leap.

    on_ground: over a title card that has the brand's ground, where ink reads better than outlined white.
    """

    words: tuple[str, ...]
    spoken: int
    on_ground: bool
    scale: float = 1.0


class CaptionLayer:
    """The captions of a film on one canvas."""

    def __init__(self, timeline: Timeline, canvas: Canvas) -> None:
        """The timeline has a caption style."""
        assert timeline.captions is not None
        self._style, self._canvas = timeline.captions, canvas
        self._look = _Look(timeline.captions, timeline, canvas)
        self._states = self._frame_states(timeline)
        self._draw = lru_cache(maxsize=4)(self._look.draw)

    def at(self, number: int) -> Overlay | None:
        """The caption over film frame `number`."""
        state = self._state(number)
        return None if state is None else self._draw(state)

    def description(self, span: Span) -> object:
        """Each picture of the captions in the span with the frame, from span.start, at which it comes."""
        changes: list[object] = []
        before: _State | None = None
        for number in range(span.start, span.end):
            state = self._state(number)
            if number == span.start or state != before:
                changes.append([number - span.start, state and astuple(state)])
            before = state
        if all(isinstance(change, list) and change[1] is None for change in changes):
            return None
        return [self._look.description, changes]

    def _state(self, number: int) -> _State | None:
        index = bisect_right(self._states, number, key=lambda entry: entry[0]) - 1
        return self._states[index][1] if index >= 0 else None

    def _frame_states(self, timeline: Timeline) -> list[tuple[int, _State | None]]:
        """From which frame on each picture stands, ascending."""
        words = timeline.words
        borders = [start * 1000 // FPS for start in timeline.scene_starts[1:]]
        texts = [word.text.upper() if self._style.uppercase else word.text for word in words]
        states: dict[int, _State | None] = {}
        pages = caption_pages(words, borders, lambda first, last: self._look.fits(tuple(texts[first:last])))
        for page in pages:
            first = words[page.first]
            scene = bisect_right(borders, (first.start_ms + first.end_ms) // 2)
            blank = _State(tuple(texts[page.first : page.last]), -1, _has_ground(timeline.scenes[scene]))
            states |= _page_states(page, words, blank, leaps=self._style.name == "large")
        ordered = sorted(states.items())
        return [entry for index, entry in enumerate(ordered) if index == 0 or entry[1] != ordered[index - 1][1]]


def _has_ground(scene: Scene) -> bool:
    return isinstance(scene.source, CardSource) and scene.source.layout in GROUND_LAYOUTS


def _page_states(page: Page, words: Sequence[Word], blank: _State, leaps: bool) -> dict[int, _State | None]:
    start = first_frame_at(page.start_ms)
    end = max(first_frame_at(page.end_ms), start + 1)
    states: dict[int, _State | None] = {start: replace(blank, spoken=0) if leaps else blank}
    for index in range(len(blank.words)):
        frame = max(start, first_frame_at(words[page.first + index].start_ms))
        states[frame] = replace(blank, spoken=index)
    if leaps:
        for step, scale in enumerate((*LEAP, 1.0)):
            states[start + step] = replace(blank, spoken=0, scale=scale)
    return {frame: state for frame, state in states.items() if frame < end} | {end: None}


class _Look:
    """How one style is laid out and painted on one canvas."""

    def __init__(self, style: CaptionStyle, timeline: Timeline, canvas: Canvas) -> None:
        brand = timeline.brand
        self._name, self._canvas, self._position = style.name, canvas, style.position
        size = canvas.shorter_side * SIZES[canvas.format] * style.scale * (LARGE if style.name == "large" else 1)
        self._lettering = Lettering(brand.fonts.text, 800, size)
        self._brand, self._custom_colour = brand, style.colour
        self._colour = style.colour or WHITE
        self._accent = style.highlight or brand.accent
        self._on_accent = brand.on_accent if style.highlight is None else _readable_on(style.highlight)
        insets = SAFE_INSETS[canvas.format]
        margin = max(insets.left, insets.right)  # centred: the same room on both sides
        plate = {"box": 2 * PAD, "highlight": 2 * RIM}.get(style.name, 0.0)
        self._width = canvas.width * (1 - 2 * margin) - plate * size
        self._top, self._bottom = canvas.height * insets.top, canvas.height * (1 - insets.bottom)
        self._most_words = 1 if style.name == "large" else MOST_WORDS[canvas.format]
        self.description = [
            style.model_dump(mode="json"), brand.fonts.text, self._accent, self._on_accent, brand.ink, brand.ground,
            canvas.width, canvas.height,
        ]  # fmt: skip

    def fits(self, words: tuple[str, ...]) -> bool:
        """Whether the words fit one page at full size."""
        if len(words) == 1:
            return True
        lines = self._lines(words, self._lettering)
        widest = max(self._line_width(line, self._lettering) for line in lines)
        return len(words) <= self._most_words and len(lines) <= MOST_LINES and widest <= self._width

    def draw(self, state: _State) -> Overlay | None:
        """The state as an overlay at its place."""
        lettering = self._fitting(state.words, state.scale)
        lines = _balanced_lines(self._lines(state.words, lettering), state.words, lettering, self._space(lettering))
        extents = [measure(word, lettering) for word in state.words]
        line_height = max(extent.height for extent in extents) * (0.94 if self._name == "highlight" else 0.9)
        ascent = max(extent.ascent for extent in extents)
        size = lettering.size
        pad_x, pad_y = size * PAD, size * 0.3
        widths = [self._line_width(line, lettering) for line in lines]
        block_width, block_height = max(widths) + 2 * pad_x, line_height * len(lines) + 2 * pad_y
        left = (self._canvas.width - block_width) / 2
        top = self._block_top(block_height)
        whole_left, whole_top = int(left) // 2 * 2, int(top) // 2 * 2
        pixels = np.zeros((int(block_height) + 4, int(block_width) + 4, 4), np.uint8)
        surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType)
        canvas = surface.getCanvas()
        canvas.translate(left - whole_left, top - whole_top)
        if self._name == "box":
            self._plate(canvas, 0, 0, block_width, block_height, rgba(DARK, 0.74), size * 0.28)
        index = 0
        for row, line in enumerate(lines):
            x = (block_width - widths[row]) / 2
            baseline = pad_y + row * line_height + ascent - (measure("x", lettering).height - line_height) / 2
            placed = self._placed(line, x, index, lettering)
            index += len(line)
            for place, word, number in placed:
                self._word(canvas, word, place, baseline, lettering, number, state)
        surface.flushAndSubmit()
        return overlay_of_rgba(pixels, max(whole_left, 0), max(whole_top, 0))

    def _placed(
        self, line: tuple[str, ...], left: float, first: int, lettering: Lettering
    ) -> list[tuple[float, str, int]]:
        """Each word of a line with its left end; a line that begins right to left runs that way."""
        words = list(enumerate(line, first))
        if is_right_to_left(" ".join(line)):
            words.reverse()
        placed = []
        for number, word in words:
            placed.append((left, word, number))
            left += measure(word, lettering).width + self._space(lettering)
        return placed

    def _word(
        self,
        canvas: skia.Canvas,
        word: str,
        left: float,
        baseline: float,
        lettering: Lettering,
        number: int,
        state: _State,
    ) -> None:
        size = lettering.size
        outlined = Ink(rgba(self._colour), rgba(DARK, 0.92), size * 0.14)
        if state.on_ground and self._custom_colour is None:
            outlined = Ink(rgba(self._brand.ink), rgba(self._brand.ground, 0.92), size * 0.14)
        match self._name:
            case "plain":
                if number <= state.spoken:
                    paint(canvas, word, left, baseline, lettering, outlined)
            case "box":
                paint(
                    canvas,
                    word,
                    left,
                    baseline,
                    lettering,
                    Ink(rgba(self._colour, 1.0 if number <= state.spoken else 0.5)),
                )
            case "highlight" if number == state.spoken:
                width = measure(word, lettering).width
                # A thin rim keeps the plate apart from a ground of its own colour.
                self._plate(
                    canvas, left - size * RIM, baseline - size * 0.97, width + size * 2 * RIM, size * 1.3,
                    rgba(self._on_accent), size * 0.24,
                )  # fmt: skip
                self._plate(
                    canvas, left - size * 0.16, baseline - size * 0.93, width + size * 0.32, size * 1.22,
                    rgba(self._accent), size * 0.2,
                )  # fmt: skip
                paint(canvas, word, left, baseline, lettering, Ink(rgba(self._on_accent)))
            case _:
                paint(canvas, word, left, baseline, lettering, outlined)

    @staticmethod
    def _plate(
        canvas: skia.Canvas,
        left: float,
        top: float,
        width: float,
        height: float,
        colour: tuple[int, int, int, int],
        radius: float,
    ) -> None:
        shape = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(left, top, width, height), radius, radius)
        canvas.drawRRect(shape, skia.Paint(AntiAlias=True, Color=skia_colour(colour)))

    def _fitting(self, words: tuple[str, ...], scale: float) -> Lettering:
        """The style's lettering, smaller where one word alone is wider than the zone."""
        lettering = self._lettering
        widest = max(measure(word, lettering).width for word in words)
        size = lettering.size * min(1.0, self._width / max(widest, 1.0)) * scale
        return Lettering(lettering.family, lettering.weight, size)

    def _lines(self, words: tuple[str, ...], lettering: Lettering) -> list[tuple[str, ...]]:
        lines: list[tuple[str, ...]] = []
        line: tuple[str, ...] = ()
        for word in words:
            if line and self._line_width((*line, word), lettering) > self._width:
                lines.append(line)
                line = ()
            line = (*line, word)
        return [*lines, line]

    def _line_width(self, line: tuple[str, ...], lettering: Lettering) -> float:
        return sum(measure(word, lettering).width for word in line) + self._space(lettering) * (len(line) - 1)

    def _space(self, lettering: Lettering) -> float:
        return lettering.size * (0.36 if self._name == "highlight" else 0.27)

    def _block_top(self, height: float) -> float:
        match self._position:
            case "bottom":
                return self._bottom - height
            case "middle":
                return (self._canvas.height - height) / 2
            case "top":
                return self._top


def _balanced_lines(
    lines: list[tuple[str, ...]], words: tuple[str, ...], lettering: Lettering, space: float
) -> list[tuple[str, ...]]:
    """Two lines of about the same width; other counts stay as they are."""
    if len(lines) != 2:
        return lines
    widths = [measure(word, lettering).width + space for word in words]
    longest = max(sum(widths[: len(lines[0])]), sum(widths[len(lines[0]) :]))
    best = len(lines[0])
    for split in range(1, len(words)):
        if (longer := max(sum(widths[:split]), sum(widths[split:]))) < longest:
            longest, best = longer, split
    return [words[:best], words[best:]]


def _readable_on(colour: str) -> str:
    """White or near-black, whichever has more contrast on a colour (WCAG 2.2 relative luminance)."""
    red, green, blue, _ = (part / 255 for part in rgba(colour))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return DARK if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else WHITE
