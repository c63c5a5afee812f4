"""The strip: the film from left to right, scene by scene; to go to a place, and to move a cut.

Called by the Preview step. For keyboards the same is done by the transport and in scene_timing.py.
Law: a cut that is dragged is kept when it is let go, not before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import flet as ft
import flet.canvas as cv

from api.schemas.cuts import CutScene
from engine.ui.components.player import Player
from engine.ui.components.waveform import Playhead, Scale
from engine.ui.desk import use_desk
from engine.ui.theme import FOCUS_RING, HAIRLINE, Radius, Role, space, text_style

STRIP_PX: Final = space(10)
HAND_PX: Final = 8
_DRAG_EACH_MS: Final = 40
_LEAST_TEXT_PX: Final = 16


@dataclass(frozen=True)
class CutEdge:
    """The cut into a scene. at_ms: where it shows; shift_ms: by how much it was moved by hand."""

    scene_id: str
    number: int
    at_ms: int
    shift_ms: int

    def moved(self, by_ms: int, most_ms: int) -> "CutEdge":
        """So much earlier (below zero) or later, as far as may be."""
        shift_ms = min(max(self.shift_ms + by_ms, -most_ms), most_ms)
        return CutEdge(self.scene_id, self.number, self.at_ms + shift_ms - self.shift_ms, shift_ms)


def edges_of(scenes: Sequence[CutScene], shown_shifts: dict[str, int]) -> list[CutEdge]:
    """The cuts between scenes; what is not saved yet shows too. The first scene begins with the film."""
    edges = []
    for scene in scenes[1:]:
        shift_ms = shown_shifts.get(scene.scene_id, scene.cut_shift_ms)
        at_ms = scene.start_ms + shift_ms - scene.cut_shift_ms
        edges.append(CutEdge(scene.scene_id, scene.number, at_ms, shift_ms))
    return edges


def edge_near(edges: Sequence[CutEdge], at_ms: int, within_ms: float) -> CutEdge | None:
    """The cut that somebody took hold of there."""
    nearest = min(edges, key=lambda edge: abs(edge.at_ms - at_ms), default=None)
    return nearest if nearest is not None and abs(nearest.at_ms - at_ms) <= within_ms else None


@ft.component
def Strip(
    scenes: Sequence[CutScene],
    edges: Sequence[CutEdge],
    duration_ms: int,
    most_shift_ms: int,
    player: Player,
    seek: Callable[[int], object],
    shift: Callable[[str, int], None],
) -> ft.Control:
    """seek: go to a place; shift: gets a scene's id and by how much its cut is moved now, in all."""
    desk = use_desk()
    width_px, set_width_px = ft.use_state(float(space(100)))
    none: CutEdge | None = None
    dragged, set_dragged = ft.use_state(none)
    held: ft.MutableRef[CutEdge | None] = ft.use_ref(None)
    newest: ft.MutableRef[CutEdge | None] = ft.use_ref(None)
    from_ms: ft.MutableRef[int] = ft.use_ref(0)
    scale = Scale(duration_ms, width_px)

    def take_hold(event: ft.DragStartEvent[ft.GestureDetector]) -> None:
        at_ms = scale.ms(event.local_position.x)
        held.current = edge_near(edges, at_ms, HAND_PX * duration_ms / max(1.0, width_px))
        newest.current = None
        from_ms.current = at_ms

    def drag(event: ft.DragUpdateEvent[ft.GestureDetector]) -> None:
        at_ms = scale.ms(event.local_position.x)
        if held.current is None:
            seek(at_ms)
            return
        newest.current = held.current.moved(at_ms - (from_ms.current or 0), most_shift_ms)
        set_dragged(newest.current)

    def let_go(_: ft.DragEndEvent[ft.GestureDetector]) -> None:
        if newest.current is not None:
            shift(newest.current.scene_id, newest.current.shift_ms)
        held.current = newest.current = None
        set_dragged(None)

    def tap(event: ft.TapEvent[ft.GestureDetector]) -> None:
        if event.local_position is not None:
            seek(scale.ms(event.local_position.x))

    shown = [dragged if dragged is not None and dragged.scene_id == edge.scene_id else edge for edge in edges]
    drawing = cv.Canvas(_shapes(scenes, shown, scale, dragged), width=width_px, height=STRIP_PX)
    hand = ft.GestureDetector(
        content=ft.Container(width=width_px, height=STRIP_PX),
        mouse_cursor=ft.MouseCursor.CLICK,
        drag_interval=_DRAG_EACH_MS,
        exclude_from_semantics=True,
        on_horizontal_drag_start=take_hold,
        on_horizontal_drag_update=drag,
        on_horizontal_drag_end=let_go,
        on_tap_up=tap,
    )
    board = ft.Stack([drawing, Playhead(player, scale, float(STRIP_PX)), hand], width=width_px, height=STRIP_PX)
    return ft.Semantics(
        label=desk.words("preview.strip", count=len(scenes)),
        image=True,
        content=ft.Container(
            board,
            border_radius=Radius.SMALL,
            clip_behavior=ft.ClipBehavior.HARD_EDGE,
            bgcolor=Role.SURFACE,
            border=ft.Border.all(HAIRLINE, Role.LINE),
            on_size_change=lambda event: set_width_px(max(1.0, event.width - 2 * HAIRLINE)),
        ),
    )


def _shapes(
    scenes: Sequence[CutScene], edges: Sequence[CutEdge], scale: Scale, dragged: CutEdge | None
) -> list[cv.Shape]:
    """The scenes in two grounds by turns, their numbers, and the cuts between them."""
    shapes: list[cv.Shape] = []
    starts = [0, *(edge.at_ms for edge in edges)]
    ends = [*starts[1:], scale.duration_ms]
    for scene, start_ms, end_ms in zip(scenes, starts, ends, strict=True):
        left, right = scale.px(start_ms), scale.px(end_ms)
        if scene.number % 2:
            paint = ft.Paint(color=Role.LINE, style=ft.PaintingStyle.FILL)
            shapes.append(cv.Rect(left, 0, max(0.0, right - left), STRIP_PX, paint=paint))
        if right - left >= _LEAST_TEXT_PX:
            style = text_style("caption", Role.INK)
            shapes.append(cv.Text(left + space(2), space(3), str(scene.number), style, max_lines=1))
    for edge in edges:
        is_held = dragged is not None and dragged.scene_id == edge.scene_id
        x = scale.px(edge.at_ms)
        paint = ft.Paint(
            color=Role.ACCENT if is_held else Role.INK,
            stroke_width=FOCUS_RING if is_held else HAIRLINE,
            style=ft.PaintingStyle.STROKE,
        )
        shapes.append(cv.Line(x, 0, x, STRIP_PX, paint=paint))
    return shapes
