"""Pictures: a small picture, or the place where one will be.

Called by pages. Law: a picture is never the only sign of anything; its words stand beside it.
"""

import flet as ft

from engine.ui.theme import Radius, Role, space


def picture(url: str | None, width: int, height: int) -> ft.Control:
    """Cut to this size; a grey field with a mark where there is none."""
    none = ft.Container(
        ft.Icon(ft.Icons.IMAGE_OUTLINED, color=Role.MUTED, size=space(5)),
        alignment=ft.Alignment.CENTER,
        bgcolor=Role.LINE,
        width=width,
        height=height,
        border_radius=Radius.SMALL,
    )
    if url is None:
        return none
    return ft.Image(
        src=url,
        width=width,
        height=height,
        fit=ft.BoxFit.COVER,
        border_radius=Radius.SMALL,
        error_content=none,
        exclude_from_semantics=True,
    )
