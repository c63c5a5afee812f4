"""Actions: buttons that are only a picture, with a name for those who do not see it.

Called by pages and components. Law: each has an accessible name; a tooltip alone gives none in the web client.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.theme import Role


def icon_action(
    icon: ft.IconData,
    name: str,
    do: Callable[[], object],
    *,
    color: ft.Colors = Role.INK,
    badge: ft.Badge | None = None,
) -> ft.IconButton:
    """A button with a picture. name: what it does, in a word or two."""
    return ft.IconButton(
        ft.Icon(icon, semantics_label=name, color=color), tooltip=name, on_click=lambda _: do(), badge=badge
    )
