"""Playing: one film, large, over the library.

Called by engine.ui.pages.library.page.
"""

from collections.abc import Callable
from typing import Final

import flet as ft

from api.schemas.library import FilmOut
from engine.ui.components.fetching import fetch
from engine.ui.components.film_screen import FilmScreen
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import space

ROOM: Final = (space(150), space(120))
NARROW_ROOM: Final = (space(70), space(120))


@ft.component
def PlayingDialog(film: FilmOut, close: Callable[[], None]) -> ft.Control:
    """It begins as it opens."""
    desk = use_desk()
    words = desk.words

    def begin() -> Player:
        player = Player()
        player.begin_anew()
        return player

    player: Player = ft.use_memo(begin, [])
    room = NARROW_ROOM if desk.layout == "narrow" else ROOM
    actions: list[ft.Control] = [ft.TextButton(words("shell.close"), on_click=lambda _: close())]
    if film.download_url is not None:
        address = film.download_url
        actions.append(
            ft.FilledButton(words("films.download"), icon=ft.Icons.DOWNLOAD, on_click=lambda _: fetch(address))
        )
    ft.use_dialog(
        ft.AlertDialog(
            title=text(f"{film.title} · {film.format}", "title", lines=2),
            content=FilmScreen(film.play_url or "", fitted(film.format, room), player, ft.CrossAxisAlignment.CENTER),
            actions=actions,
            on_dismiss=lambda _: close(),
        )
    )
    return ft.Container()
