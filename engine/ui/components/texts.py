"""Texts: every piece of text on a screen, by what it is.

Called by pages and components.
Law: how text looks is decided in engine.ui.theme; a heading is one to a screen reader too.
"""

import flet as ft

from engine.ui.theme import Role, text_style


def text(
    said: str,
    look: str = "body",
    color: ft.Colors = Role.INK,
    *,
    lines: int | None = None,
    expand: bool | None = None,
    align: ft.TextAlign = ft.TextAlign.START,
) -> ft.Text:
    """Plain text. lines: at most so many, with an ellipsis after."""
    return ft.Text(
        said,
        style=text_style(look, color),
        max_lines=lines,
        overflow=ft.TextOverflow.ELLIPSIS if lines else ft.TextOverflow.CLIP,
        expand=expand,
        text_align=align,
    )


def heading(said: str, look: str = "heading", *, level: int = 1) -> ft.Semantics:
    """A heading. level: as in HTML, 1 for the page's own."""
    return ft.Semantics(header=True, heading_level=level, content=text(said, look, lines=1))
