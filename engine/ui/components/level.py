"""Level: how much of something, as a bar to drag and two buttons, with its value in words.

Called by the Preview step. Flet's own slider is not used: in the web client its place for screen readers covers the
whole page, and takes the clicks of everything else (Flet 1.0.5).
Law: what moves on the screen while a hand drags is kept when the hand lets go.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.newest import use_newest
from engine.ui.theme import Radius, Role, space

BAR_PX: Final = space(1)
HAND_PX: Final = space(4)
_DRAG_EACH_MS: Final = 40


@dataclass(frozen=True)
class Range:
    """Values that can be chosen: from the least to the most, so much apart."""

    least: float
    most: float
    step: float

    def nearest(self, value: float) -> float:
        """The value that can be chosen next to this one."""
        steps = round((min(max(value, self.least), self.most) - self.least) / self.step)
        return round(self.least + steps * self.step, 4)

    def share(self, value: float) -> float:
        """Where a value stands between the least and the most, 0 to 1."""
        return (min(max(value, self.least), self.most) - self.least) / (self.most - self.least)

    def at(self, share: float) -> float:
        """The value that stands there."""
        return self.nearest(self.least + share * (self.most - self.least))


@ft.component
def Level(
    name: str, value: float, values: Range, said: Callable[[float], str], keep: Callable[[float], None]
) -> ft.Control:
    """said: a value as people read it. keep: gets a new value."""
    words = use_desk().words
    width_px, set_width_px = ft.use_state(float(space(60)))
    nowhere: float | None = None
    moving, set_moving = ft.use_state(nowhere)
    shown = value if moving is None else moving
    newest = use_newest(shown)
    newest.value = shown

    def step(direction: int) -> None:
        newest.value = values.nearest(newest.value + direction * values.step)
        keep(newest.value)

    def go(at_px: float) -> None:
        newest.value = values.at(at_px / max(1.0, width_px))
        set_moving(newest.value)

    def let_go() -> None:
        set_moving(None)
        keep(newest.value)

    def tap(event: ft.TapEvent[ft.GestureDetector]) -> None:
        if event.local_position is not None:
            keep(values.at(event.local_position.x / max(1.0, width_px)))

    hand_px = values.share(shown) * width_px
    bar = ft.Stack(
        [
            ft.Container(top=(HAND_PX - BAR_PX) / 2, width=width_px, height=BAR_PX, bgcolor=Role.LINE),
            ft.Container(top=(HAND_PX - BAR_PX) / 2, width=hand_px, height=BAR_PX, bgcolor=Role.INK),
            ft.Container(
                left=min(max(0.0, hand_px - HAND_PX / 2), max(0.0, width_px - HAND_PX)),
                width=HAND_PX,
                height=HAND_PX,
                border_radius=Radius.LARGE,
                bgcolor=Role.INK,
            ),
            ft.GestureDetector(
                content=ft.Container(width=width_px, height=HAND_PX),
                mouse_cursor=ft.MouseCursor.CLICK,
                exclude_from_semantics=True,
                drag_interval=_DRAG_EACH_MS,
                on_horizontal_drag_update=lambda event: go(event.local_position.x),
                on_horizontal_drag_end=lambda _: let_go(),
                on_tap_up=tap,
            ),
        ],
        height=HAND_PX,
        width=width_px,
    )
    room = ft.Container(
        bar, expand=True, height=HAND_PX, on_size_change=lambda event: set_width_px(max(1.0, event.width))
    )
    less = icon_action(ft.Icons.REMOVE, words("level.less", what=name), lambda: step(-1))
    more = icon_action(ft.Icons.ADD, words("level.more", what=name), lambda: step(1))
    head = ft.Row([text(name, expand=True), ft.Semantics(live_region=True, content=text(said(shown), "strong"))])
    return ft.Column([head, ft.Row([less, room, more], spacing=space(1))], spacing=0)
