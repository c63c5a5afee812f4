"""Forms: how fields, facts and buttons stand under each other.

Called by pages with a form.
"""

from collections.abc import Callable, Sequence

import flet as ft

from engine.ui.components.acting import Act
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Role, space


def form(rows: Sequence[ft.Control]) -> ft.Column:
    """Fields as wide as their card."""
    return ft.Column([*rows], spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def buttons(some: Sequence[ft.Control], act: Act) -> ft.Control:
    """Buttons, and what came of pressing them below, where a long refusal has room."""
    row: ft.Control = ft.Row([*some], spacing=space(3), run_spacing=space(2), wrap=True)
    has_line = act.outcome.said or act.outcome.problem
    return ft.Column([row, act.line()], spacing=space(2)) if has_line else row


def fact(name: str, value: str) -> ft.Control:
    """Something that is so."""
    return ft.Column([text(name, "caption", Role.MUTED), text(value)], spacing=0)


@ft.component
def Sure(do: str, ask: str, keep: str, act: Callable[[], None]) -> ft.Control:
    """A button for what cannot be taken back: it asks once more where it stands. do, keep: the two answers."""
    desk = use_desk()
    is_asking, set_asking = ft.use_state(False)
    if not is_asking:
        return ft.OutlinedButton(do, on_click=lambda _: set_asking(True))

    def yes() -> None:
        set_asking(False)
        act()

    answers: list[ft.Control] = [
        ft.FilledButton(do, on_click=lambda _: yes()),
        ft.OutlinedButton(keep, on_click=lambda _: set_asking(False)),
    ]
    row = ft.Row(answers, spacing=space(3), run_spacing=space(2), wrap=True)
    said = ft.Semantics(live_region=True, content=text(ask))
    width = None if desk.layout == "narrow" else space(110)
    return ft.Container(ft.Column([said, row], spacing=space(2)), width=width)
