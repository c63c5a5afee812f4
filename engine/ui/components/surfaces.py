"""Surfaces: the few shapes that content lies on.

Called by pages and components.
"""

import flet as ft

from engine.ui.components.texts import heading
from engine.ui.theme import HAIRLINE, Radius, Role, space


def card(content: ft.Control, *, expand: bool | int | None = None) -> ft.Container:
    """A quiet surface with a thin line around it."""
    return ft.Container(
        content,
        bgcolor=Role.SURFACE,
        border=ft.Border.all(HAIRLINE, Role.LINE),
        border_radius=Radius.MEDIUM,
        padding=space(5),
        expand=expand,
    )


def titled_card(
    title: str, content: ft.Control, *, aside: ft.Control | None = None, expand: bool | int | None = None
) -> ft.Container:
    """A card with its heading, and perhaps something small beside that."""
    head = ft.Row([heading(title, "title", level=2)], alignment=ft.MainAxisAlignment.SPACE_BETWEEN)
    if aside is not None:
        head.controls.append(aside)
    return card(ft.Column([head, content], spacing=space(3), tight=expand is None), expand=expand)


def scrolled(parts: list[ft.Control]) -> ft.Column:
    """A page that may be longer than its window. Its margins scroll with it."""
    margin = ft.Padding.symmetric(vertical=space(6))
    column = ft.Column(parts, spacing=space(6))
    return ft.Column([ft.Container(column, padding=margin)], scroll=ft.ScrollMode.AUTO, expand=True)


def divider() -> ft.Divider:
    """A thin line between rows."""
    return ft.Divider(height=HAIRLINE, thickness=HAIRLINE, color=Role.LINE)


def dot(color: ft.Colors) -> ft.Container:
    """A small mark beside words that say the same; never the only sign of anything."""
    return ft.Container(width=space(2), height=space(2), border_radius=space(1), bgcolor=color)
