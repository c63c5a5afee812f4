"""Overlays: premultiplied RGBA pictures (captions, logo, progress) laid over a frame inside their own box.

Called by engine.render.picture. Made once, laid over many frames.
"""

from dataclasses import dataclass

import numpy as np

from engine.render.kernels import Int, Long, Pointer, declare
from engine.render.picture.frames import Frame, Plane

_overlay_plane = declare("bom_overlay_plane", Pointer, Long, Pointer, Pointer, Long, Int, Int)
_rgba_to_overlay = declare("bom_rgba_to_overlay", Pointer, Long, Int, Int, Pointer, Pointer, Pointer, Pointer, Pointer)


@dataclass(frozen=True, slots=True)
class Overlay:
    """Planes of colour and of what shines through (255 is all), at an even place on the canvas."""

    left: int
    top: int
    y: Plane
    u: Plane
    v: Plane
    y_through: Plane
    c_through: Plane


def overlay_of_rgba(rgba: Plane, left: int, top: int) -> Overlay:
    """rgba: (height, width, 4), premultiplied sRGB. left, top: where its upper left lies on the canvas, at least 0.

    Odd places and sizes are padded to even ones with transparent pixels, as 4:2:0 needs.
    """
    height, width, _ = rgba.shape
    pad_left, pad_top = left % 2, top % 2
    even_width, even_height = (width + pad_left + 1) // 2 * 2, (height + pad_top + 1) // 2 * 2
    if (even_width, even_height) != (width, height):
        padded = np.zeros((even_height, even_width, 4), np.uint8)
        padded[pad_top : pad_top + height, pad_left : pad_left + width] = rgba
        rgba, width, height = padded, even_width, even_height
    rgba = np.ascontiguousarray(rgba)
    y, y_through = np.empty((height, width), np.uint8), np.empty((height, width), np.uint8)
    half = (height // 2, width // 2)
    u, v, c_through = np.empty(half, np.uint8), np.empty(half, np.uint8), np.empty(half, np.uint8)
    _rgba_to_overlay(
        rgba.ctypes.data, rgba.strides[0], width, height,
        y.ctypes.data, u.ctypes.data, v.ctypes.data, y_through.ctypes.data, c_through.ctypes.data,
    )  # fmt: skip
    return Overlay(left - pad_left, top - pad_top, y, u, v, y_through, c_through)


def lay_over(frame: Frame, overlay: Overlay) -> None:
    """Blend the overlay into the frame; what lies outside the frame is left out."""
    left, top = overlay.left, overlay.top
    height = min(overlay.y.shape[0], frame.height - top)
    width = min(overlay.y.shape[1], frame.width - left)
    if width <= 0 or height <= 0:
        return
    for target, colour, through, shrink in (
        (frame.y, overlay.y, overlay.y_through, 1),
        (frame.u, overlay.u, overlay.c_through, 2),
        (frame.v, overlay.v, overlay.c_through, 2),
    ):
        first = target[top // shrink :, left // shrink :]
        _overlay_plane(
            first.ctypes.data, target.strides[0], colour.ctypes.data, through.ctypes.data, colour.strides[0],
            height // shrink, width // shrink,
        )  # fmt: skip
