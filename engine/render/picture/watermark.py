"""The watermark: a quiet line of text, again and again across the whole picture, on films that are only to be judged.

Called by engine.render.picture.layers.
Law: it can be read on light and on dark pictures and hides neither; no corner that could be cut off is free of it.
"""

from typing import Final

import numpy as np
import skia

from engine.render.formats import Canvas
from engine.render.picture.overlays import Overlay, overlay_of_rgba
from engine.render.picture.spans import Span
from engine.render.picture.text import Ink, Lettering, measure, paint, rgba

SIZE: Final = 0.03
"""Of the letters, in the canvas's shorter side: read at ease on a phone, smaller than any caption."""
SLOPE_DEGREES: Final = -24.0
WEIGHT: Final = 600
LINES_APART: Final = 6.5
"""From one line to the next, in sizes of the letters."""
WORDS_APART: Final = 3.0
"""From the end of the text to where it begins again, in sizes of the letters."""
LIGHT, DARK = ("#FFFFFF", 0.20), ("#000000", 0.13)
"""Light letters with a dark edge: on white the edge is what is seen, on black the letters."""
EDGE: Final = 0.09
"""How wide the dark edge is, in sizes of the letters."""


class WatermarkLayer:
    """The same on every frame. Drawn once."""

    def __init__(self, text: str, canvas: Canvas) -> None:
        """text: one line."""
        self._text = text
        self._overlay = overlay_of_rgba(_drawn(text, canvas), 0, 0)

    def at(self, number: int) -> Overlay | None:  # noqa: ARG002  # the same on every frame
        """The watermark."""
        return self._overlay

    def description(self, span: Span) -> object:  # noqa: ARG002
        """Its words."""
        return ["watermark", self._text]


def _drawn(text: str, canvas: Canvas) -> np.ndarray:
    pixels = np.zeros((canvas.height, canvas.width, 4), np.uint8)
    surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    pen = surface.getCanvas()
    size = canvas.shorter_side * SIZE
    lettering = Lettering("Inter", WEIGHT, size)
    step = measure(text, lettering).width + WORDS_APART * size
    reach = (canvas.width**2 + canvas.height**2) ** 0.5 / 2
    pen.translate(canvas.width / 2, canvas.height / 2)
    pen.rotate(SLOPE_DEGREES)
    ink = Ink(rgba(*LIGHT), rgba(*DARK), EDGE * size)
    lines = int(reach / (LINES_APART * size)) + 1
    for line in range(-lines, lines + 1):
        # Every other line begins half a text later, so that no column of the picture stays free.
        left = -reach - step * (1.0 if line % 2 else 0.5)
        while left < reach:
            paint(pen, text, left, line * LINES_APART * size, lettering, ink)
            left += step
    surface.flushAndSubmit()
    return pixels
