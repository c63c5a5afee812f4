"""Waveform: a recording as a picture, drawn from its peaks, and the playhead that runs over it.

Called by the Audio step. Law: places are milliseconds everywhere but here, where one scale turns them into pixels and
back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import flet as ft
import flet.canvas as cv

from engine.ui.components.player import TELLS_EACH_MS, Player
from engine.ui.theme import FOCUS_RING, Role

BAR_PX: Final = 2
EACH_PX: Final = 3
_LOUDEST: Final = 100


@dataclass(frozen=True)
class Scale:
    """How long a recording is, and how wide it is drawn."""

    duration_ms: int
    width_px: float

    def px(self, at_ms: float) -> float:
        """Where a place is drawn."""
        return at_ms * self.width_px / max(1, self.duration_ms)

    def ms(self, at_px: float) -> int:
        """The place that is drawn there, within the recording."""
        place = round(at_px * self.duration_ms / max(1.0, self.width_px))
        return min(max(0, place), self.duration_ms)


def bar_heights(peaks: tuple[int, ...], width_px: float, height_px: float) -> list[float]:
    """How high each bar is: the loudest of the peaks that it stands for. No bar is so low that it is not seen."""
    bars = max(1, int(width_px // EACH_PX))
    if not peaks:
        return [BAR_PX] * bars
    heights = []
    for bar in range(bars):
        first = bar * len(peaks) // bars
        after = max(first + 1, (bar + 1) * len(peaks) // bars)
        heights.append(max(BAR_PX, max(peaks[first:after]) * height_px / _LOUDEST))
    return heights


@ft.component
def _Bars(peaks: tuple[int, ...], width_px: float, height_px: float) -> ft.Control:
    middle = height_px / 2
    elements: list[cv.Path.PathElement] = []
    for bar, height in enumerate(bar_heights(peaks, width_px, height_px)):
        x = bar * EACH_PX + BAR_PX / 2
        elements += [cv.Path.MoveTo(x, middle - height / 2), cv.Path.LineTo(x, middle + height / 2)]
    paint = ft.Paint(color=Role.MUTED, stroke_width=BAR_PX, style=ft.PaintingStyle.STROKE)
    return cv.Canvas([cv.Path(elements, paint=paint)], width=width_px, height=height_px)


Bars: Final[Callable[[tuple[int, ...], float, float], ft.Control]] = ft.memo(_Bars)  # type: ignore[no-untyped-call]
"""The waveform itself; drawn once for a recording and a width."""


@ft.component
def Playhead(player: Player, scale: Scale, height_px: float) -> ft.Control:
    """Where the player is, over a waveform of that scale."""
    glide = ft.Animation(TELLS_EACH_MS, ft.AnimationCurve.LINEAR) if player.is_playing else None
    line = ft.Container(
        width=FOCUS_RING,
        height=height_px,
        bgcolor=Role.ACCENT,
        left=scale.px(player.position_ms) - FOCUS_RING / 2,
        animate_position=glide,
    )
    return ft.Stack([line], width=scale.width_px, height=height_px)
