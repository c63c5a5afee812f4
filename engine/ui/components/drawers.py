"""Drawers: the frame of what opens beside a page.

Called by the jobs drawer and the bell.
"""

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.texts import heading
from engine.ui.desk import Desk
from engine.ui.theme import Role, space


def drawer(desk: Desk, title: str, content: ft.Control, *, action: ft.Control | None = None) -> ft.Control:
    """A title, a way to close it, and what is in it, which scrolls."""
    close = icon_action(ft.Icons.CLOSE, desk.words("shell.close"), lambda: desk.view.toggle(desk.view.drawer or "jobs"))
    head: list[ft.Control] = [ft.Container(heading(title, level=2), expand=True), *([action] if action else []), close]
    return ft.Container(
        ft.Column(
            [ft.Row(head), ft.Column([content], scroll=ft.ScrollMode.AUTO, expand=True)],
            spacing=space(3),
            expand=True,
        ),
        bgcolor=Role.SURFACE,
        padding=space(5),
        expand=True,
    )
