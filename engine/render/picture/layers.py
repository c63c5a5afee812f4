"""Layers: what lies over every picture of a film: captions, the brand's logo, a progress bar, a watermark.

Called by engine.render.export.
"""

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.render.formats import SAFE_INSETS, Canvas
from engine.render.picture.captions import CaptionLayer
from engine.render.picture.compositor import Layer
from engine.render.picture.frames import Plane
from engine.render.picture.overlays import Overlay, overlay_of_rgba
from engine.render.picture.spans import Span
from engine.render.picture.text import rgba
from engine.render.picture.watermark import WatermarkLayer
from engine.render.timeline import Logo, Timeline

LoadLogo = Callable[[Logo, int, int], Plane]
"""From a logo and the box it must fit (width, height in pixels) to premultiplied RGBA."""

PROGRESS_HEIGHT = 0.0075
"""Of the canvas's shorter side."""
LOGO_TALLEST = 0.12
"""Of the canvas's height, for logos that stand upright."""


def layers_of(timeline: Timeline, canvas: Canvas, logo_content: str, load_logo: LoadLogo) -> tuple[Layer, ...]:
    """The film's layers, lowest first. logo_content: names the logo's pixels ("" where there is none)."""
    layers: list[Layer] = []
    if timeline.captions is not None and timeline.words:
        layers.append(CaptionLayer(timeline, canvas))
    if timeline.brand.logo is not None:
        layers.append(LogoLayer(timeline.brand.logo, canvas, logo_content, load_logo))
    if timeline.progress_bar:
        layers.append(ProgressLayer(timeline, canvas))
    if timeline.watermark is not None:
        layers.append(WatermarkLayer(timeline.watermark, canvas))
    return tuple(layers)


class LogoLayer:
    """The mark in its corner, inside the zone that apps leave free. Loaded when it is first seen."""

    def __init__(self, logo: Logo, canvas: Canvas, content: str, load: LoadLogo) -> None:
        self._logo, self._canvas, self._content, self._load = logo, canvas, content, load
        self._lock = threading.Lock()
        self._overlay: Overlay | None = None

    def at(self, number: int) -> Overlay | None:  # noqa: ARG002  # the same on every frame
        """The logo."""
        with self._lock:
            if self._overlay is None:
                self._overlay = self._placed()
            return self._overlay

    def description(self, span: Span) -> object:  # noqa: ARG002
        """Its pixels, corner and size."""
        return ["logo", self._content, self._logo.corner, self._logo.width]

    def _placed(self) -> Overlay:
        width, height = self._canvas.width, self._canvas.height
        box_width = round(self._canvas.shorter_side * self._logo.width)
        pixels = self._load(self._logo, box_width, round(height * LOGO_TALLEST))
        insets = SAFE_INSETS[self._canvas.format]
        side = round(width * 0.055)
        top = round(height * insets.top) if self._canvas.format == "9:16" else side
        bottom = height - round(height * insets.bottom) if self._canvas.format == "9:16" else height - side
        at_left, at_top = self._logo.corner.endswith("left"), self._logo.corner.startswith("top")
        # In 9:16 the right edge is the app's buttons only in the lower half.
        return overlay_of_rgba(
            pixels,
            side if at_left else width - side - pixels.shape[1],
            max(0, top - pixels.shape[0] // 2) if at_top else bottom - pixels.shape[0],
        )


class ProgressLayer:
    """A thin bar of the brand's accent along the lower edge, as long as the film has gone on."""

    def __init__(self, timeline: Timeline, canvas: Canvas) -> None:
        self._frames, self._accent = timeline.duration_frames, timeline.brand.accent
        self._canvas = canvas
        height = max(2, round(canvas.shorter_side * PROGRESS_HEIGHT / 2) * 2)
        bar = np.full((height, canvas.width, 4), rgba(self._accent), np.uint8)
        self._whole = overlay_of_rgba(bar, 0, canvas.height - height)

    def at(self, number: int) -> Overlay | None:
        """The bar's part that is filled at film frame `number`."""
        width = round(self._canvas.width * (number + 1) / self._frames / 2) * 2
        if width == 0:
            return None
        whole, half = self._whole, width // 2
        return replace(
            whole,
            y=whole.y[:, :width],
            y_through=whole.y_through[:, :width],
            u=whole.u[:, :half],
            v=whole.v[:, :half],
            c_through=whole.c_through[:, :half],
        )

    def description(self, span: Span) -> object:
        """Where in the film the span lies, since that is what the bar shows."""
        return ["progress", self._accent, span.start, self._frames]
