"""Navigation: where one can go, as a sidebar, a rail or a bottom bar, by the window's width.

Called by engine.ui.components.shell. Law: each place stands here once, and no place leads nowhere.
"""

from dataclasses import dataclass
from typing import Final

import flet as ft

from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.theme import Radius, Role, space


@dataclass(frozen=True)
class Place:
    """A page that the navigation leads to."""

    path: str
    word: str
    icon: ft.IconData
    icon_here: ft.IconData
    word_on_phone: str = ""
    """A shorter one, where seven places share the width of a hand."""


PLACES: Final[tuple[Place, ...]] = (
    Place("/", "nav.dashboard", ft.Icons.SPACE_DASHBOARD_OUTLINED, ft.Icons.SPACE_DASHBOARD, "nav.dashboard_short"),
    Place("/create", "nav.create", ft.Icons.MOVIE_CREATION_OUTLINED, ft.Icons.MOVIE_CREATION),
    Place("/projects", "nav.projects", ft.Icons.FOLDER_OUTLINED, ft.Icons.FOLDER),
    Place("/library", "nav.library", ft.Icons.VIDEO_LIBRARY_OUTLINED, ft.Icons.VIDEO_LIBRARY, "nav.library_short"),
    Place("/costs", "nav.costs", ft.Icons.PAYMENTS_OUTLINED, ft.Icons.PAYMENTS),
    Place("/clients", "nav.clients", ft.Icons.STOREFRONT_OUTLINED, ft.Icons.STOREFRONT),
    Place("/settings", "nav.settings", ft.Icons.SETTINGS_OUTLINED, ft.Icons.SETTINGS, "nav.settings_short"),
)


def side_items(desk: Desk, location: str) -> list[ft.Control]:
    """For the sidebar, with words beside the pictures, or for the rail, with small ones below."""
    return [_item(desk, place, location) for place in PLACES]


def bottom_bar(desk: Desk, location: str) -> ft.Control:
    """For a phone: within reach of a thumb."""
    items: list[ft.Control] = [ft.Container(_item(desk, place, location), expand=True) for place in PLACES]
    return ft.Container(ft.Row(items, spacing=0), bgcolor=Role.SURFACE, padding=ft.Padding.symmetric(vertical=space(1)))


def _item(desk: Desk, place: Place, location: str) -> ft.Control:
    is_here = location == place.path or (place.path != "/" and location.startswith(f"{place.path}/"))
    is_phone = desk.layout == "narrow"
    name = desk.words(place.word_on_phone if is_phone and place.word_on_phone else place.word)
    icon = ft.Icon(place.icon_here if is_here else place.icon, size=space(5), color=Role.ACCENT if is_here else None)
    content: ft.Control
    if desk.layout == "wide":
        content = ft.Row([icon, text(name, "strong")], spacing=space(3))
        padding = ft.Padding.symmetric(vertical=space(3), horizontal=space(3))
    else:
        label = text(name, "caption", lines=1, align=ft.TextAlign.CENTER)
        content = ft.Column(
            [icon, label], spacing=space(1), horizontal_alignment=ft.CrossAxisAlignment.CENTER, tight=True
        )
        padding = ft.Padding.symmetric(vertical=space(2))
    button = ft.TextButton(
        content=content,
        on_click=lambda _: desk.go(place.path),
        style=ft.ButtonStyle(
            bgcolor=Role.LINE if is_here else Role.CLEAR,
            color=Role.INK,
            padding=padding,
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
    )
    return ft.MergeSemantics(ft.Semantics(selected=is_here, content=button))
