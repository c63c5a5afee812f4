"""Framing: which part of a picture fills the canvas, and how that part moves.

Called by engine.render.picture. Pure geometry: pixels of the source, origin at its upper left, sizes as displayed.
Law: a crop never leaves the picture, and the way between two crops never does either (both are convex).
"""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # pydantic would be a third of what the nursery of media children loads
    from engine.render.timeline import Box, Crop, Motion

# Zooms are rounded up to this step when a still is made, so that a nudge of the motion finds the still already made.
ZOOM_STEP = 0.25


@dataclass(frozen=True, slots=True)
class Rect:
    """A part of a picture, in its pixels; edges may lie between pixels."""

    left: float
    top: float
    width: float
    height: float

    def moved(self, x: float, y: float) -> "Rect":
        """The same size, elsewhere."""
        return Rect(self.left + x, self.top + y, self.width, self.height)


def crop_rect(width: int, height: int, aspect: float, crop: "Crop", focus: "Box | None") -> Rect:
    """The part of a width x height picture that `crop` shows on a canvas of the given aspect (width / height).

    The crop is centred where it says, else on the focus box, else in the middle, and pushed back inside.
    """
    base = min(width, height * aspect) / crop.zoom
    crop_width, crop_height = base, base / aspect
    focus_x, focus_y = (focus.x + focus.width / 2, focus.y + focus.height / 2) if focus else (0.5, 0.5)
    x = (focus_x if crop.x is None else crop.x) * width - crop_width / 2
    y = (focus_y if crop.y is None else crop.y) * height - crop_height / 2
    return Rect(min(max(x, 0.0), width - crop_width), min(max(y, 0.0), height - crop_height), crop_width, crop_height)


def eased(share: float) -> float:
    """Time 0 to 1 to distance 0 to 1: a third of smoothstep in a straight line, so that a move starts and ends soft."""
    share = min(max(share, 0.0), 1.0)
    return 0.65 * share + 0.35 * share * share * (3 - 2 * share)


def rect_between(start: Rect, end: Rect, share: float) -> Rect:
    """The part seen when `share` (0 to 1) of the way from start to end is gone.

    Sizes go geometrically: a zoom then feels even, and the centre moves with it without a swerve.
    """
    if math.isclose(start.width, end.width, rel_tol=1e-9):
        along = share
    else:
        along = ((end.width / start.width) ** share - 1) * start.width / (end.width - start.width)
    return Rect(
        start.left + (end.left - start.left) * along,
        start.top + (end.top - start.top) * along,
        start.width + (end.width - start.width) * along,
        start.height + (end.height - start.height) * along,
    )


@dataclass(frozen=True, slots=True)
class StillSize:
    """How a source picture is kept: the part `region` of it (whole pixels) resized to width x height, both even."""

    region: tuple[int, int, int, int]
    """Left, top, right, bottom (exclusive)."""
    width: int
    height: int


# A whole picture is kept where it costs at most this many times the part that the motion reaches.
WHOLE_COST = 2.6


def still_size(
    width: int, height: int, canvas_width: int, canvas_height: int, motion: "Motion", focus: "Box | None"
) -> StillSize:
    """How to keep a picture so that the tightest crop is about 1:1, and never larger than it is."""
    aspect = canvas_width / canvas_height
    crops = [crop_rect(width, height, aspect, crop, focus) for crop in (motion.start, motion.end)]
    scale = min(1.0, canvas_width * zoom_to_keep(motion) / min(width, height * aspect))
    left = math.floor(min(crop.left for crop in crops))
    top = math.floor(min(crop.top for crop in crops))
    right = math.ceil(max(crop.left + crop.width for crop in crops))
    bottom = math.ceil(max(crop.top + crop.height for crop in crops))
    margin = math.ceil(4 / scale)
    region = (max(left - margin, 0), max(top - margin, 0), min(right + margin, width), min(bottom + margin, height))
    if width * height <= WHOLE_COST * (region[2] - region[0]) * (region[3] - region[1]):
        region = (0, 0, width, height)
    return StillSize(region, even_size((region[2] - region[0]) * scale), even_size((region[3] - region[1]) * scale))


def zoom_to_keep(motion: "Motion") -> float:
    """How much larger than the canvas a picture is kept, so that the tightest crop is about 1:1."""
    return math.ceil(max(motion.start.zoom, motion.end.zoom) / ZOOM_STEP - 1e-9) * ZOOM_STEP


def even_size(pixels: float) -> int:
    """The even whole number at or above, at least 2: 4:2:0 has a chroma sample for every two pixels."""
    return max(2, math.ceil(pixels / 2) * 2)


def rect_in_still(rect: Rect, size: StillSize) -> Rect:
    """A part of the source picture in the pixels of the still that was made of it."""
    left, top, right, bottom = size.region
    moved = rect.moved(-left, -top)
    across, down = size.width / (right - left), size.height / (bottom - top)
    return Rect(moved.left * across, moved.top * down, moved.width * across, moved.height * down)
