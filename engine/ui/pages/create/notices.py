"""Notices: what the frame has to say about the open video, above its step.

Called by engine.ui.pages.create.frame.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.pages.create.wizard import Wizard
from engine.ui.theme import HAIRLINE, Radius, Role, space


def notices(desk: Desk, wizard: Wizard) -> list[ft.Control]:
    """None on most days."""
    said: list[ft.Control] = []
    if wizard.is_restored:
        said.append(notice(desk.words("create.restored"), Role.INFO, desk.words("create.read"), wizard.read_restored))
    return said


def notice(said: str, color: ft.Colors, action: str, do: Callable[[], object]) -> ft.Control:
    """A line with one thing to do about it."""
    row = ft.Row(
        [
            ft.Icon(ft.Icons.INFO_OUTLINE, color=color, size=space(5)),
            text(said, expand=True),
            ft.TextButton(action, on_click=lambda _: do()),
        ],
        spacing=space(3),
    )
    return ft.Semantics(
        live_region=True,
        content=ft.Container(
            row,
            bgcolor=Role.SURFACE,
            border=ft.Border.all(HAIRLINE, color),
            border_radius=Radius.SMALL,
            padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(4)),
        ),
    )
