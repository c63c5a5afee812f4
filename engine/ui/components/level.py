"""Level: a slider that says what it is and where it stands, in words.

Called by the Preview step. Law: what moves on the screen while a hand drags is kept when the hand lets go.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.components.texts import text
from engine.ui.theme import Role, space


@ft.component
def Level(
    name: str,
    value: float,
    least: float,
    most: float,
    steps: int,
    said: Callable[[float], str],
    keep: Callable[[float], None],
) -> ft.Control:
    """steps: between the least and the most. said: a value as people read it."""
    nowhere: float | None = None
    moving, set_moving = ft.use_state(nowhere)
    shown = value if moving is None else moving

    def let_go(event: ft.Event[ft.Slider]) -> None:
        set_moving(None)
        keep(float(event.control.value or 0))

    slider = ft.Slider(
        min=least,
        max=most,
        divisions=steps,
        value=min(max(shown, least), most),
        active_color=Role.INK,
        inactive_color=Role.LINE,
        padding=ft.Padding.symmetric(vertical=space(1)),
        on_change=lambda event: set_moving(float(event.control.value or 0)),
        on_change_end=let_go,
    )
    head = ft.Row(
        [text(name, expand=True), text(said(shown), "strong")], vertical_alignment=ft.CrossAxisAlignment.CENTER
    )
    return ft.Column([head, ft.MergeSemantics(ft.Semantics(label=f"{name}: {said(shown)}", content=slider))], spacing=0)
