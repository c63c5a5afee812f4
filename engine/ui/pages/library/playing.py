"""Playing: one film, large, over the library.

Called by engine.ui.pages.library.page.
"""

from collections.abc import Callable
from typing import Final

import flet as ft

from api.schemas.library import FilmOut
from engine.ui.components.actions import icon_action
from engine.ui.components.fetching import fetch
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import Radius, Role, space
from engine.ui.timecode import length

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
    actions: list[ft.Control] = [ft.TextButton(words("shell.close"), on_click=lambda _: close())]
    if film.download_url is not None:
        address = film.download_url
        actions.append(
            ft.FilledButton(words("films.download"), icon=ft.Icons.DOWNLOAD, on_click=lambda _: fetch(address))
        )
    ft.use_dialog(
        ft.AlertDialog(
            title=text(f"{film.title} · {film.format}", "title", lines=2),
            content=Screen(film, player),
            actions=actions,
            on_dismiss=lambda _: close(),
        )
    )
    return ft.Container()


@ft.component
def Screen(film: FilmOut, player: Player) -> ft.Control:
    """The film and where it is."""
    desk = use_desk()
    words = desk.words
    run = ft.context.page.run_task
    width, height = fitted(film.format, NARROW_ROOM if desk.layout == "narrow" else ROOM)
    name = words("player.pause" if player.is_playing else "player.play")
    icon = ft.Icons.PAUSE if player.is_playing else ft.Icons.PLAY_ARROW_ROUNDED
    said = f"{length(player.position_ms)} / {length(player.duration_ms)}"
    controls = ft.Row([icon_action(icon, name, lambda: run(player.toggle)), text(said, color=Role.MUTED)], tight=True)
    picture = ft.Container(
        player.film(film.play_url or "", width=width, height=height),
        border_radius=Radius.SMALL,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        width=width,
        height=height,
    )
    parts: list[ft.Control] = [picture, controls]
    if player.is_broken:
        parts.append(text(words("player.broken"), color=Role.DANGER))
    return ft.Column(parts, spacing=space(1), tight=True, horizontal_alignment=ft.CrossAxisAlignment.CENTER)
