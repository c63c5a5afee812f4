"""Videos that were changed lately, with their pictures."""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.videos import VideoListed
from engine.ui.components.states import empty
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.pages.create.steps import path_to_go_on
from engine.ui.theme import Radius, Role, space

TILE_WIDTH: Final = space(36)
PICTURE_HEIGHT: Final = space(34)


def recent_card(desk: Desk, videos: Sequence[VideoListed]) -> ft.Control:
    """The last changed first; what does not fit is reached by scrolling sideways."""
    words = desk.words
    if not videos:
        content = empty(words("dashboard.no_videos"), words("dashboard.no_videos_more"), ft.Icons.MOVIE_OUTLINED)
    else:
        content = ft.Row([_tile(desk, video) for video in videos], spacing=space(3), scroll=ft.ScrollMode.AUTO)
    return titled_card(words("dashboard.recent"), content)


def _tile(desk: Desk, video: VideoListed) -> ft.Control:
    """A button as large as the tile: work goes on where it was."""
    words = desk.words
    tile = ft.Column(
        [
            _picture(desk, video),
            text(video.title, "strong", lines=1),
            text(words(f"video.{video.status}"), "caption", Role.MUTED),
        ],
        spacing=space(1),
        width=TILE_WIDTH,
        tight=True,
    )
    said = words("create.go_on_with", title=f"{video.title}, {words(f'video.{video.status}')}")
    button = ft.Container(
        ft.Semantics(exclude_semantics=True, content=tile),
        ink=True,
        border_radius=Radius.SMALL,
        on_click=lambda _: desk.go(path_to_go_on(video)),
    )
    return ft.MergeSemantics(ft.Semantics(label=said, button=True, content=button))


def _picture(desk: Desk, video: VideoListed) -> ft.Control:
    none = ft.Container(
        text(desk.words("dashboard.no_picture"), "caption", Role.INK),
        alignment=ft.Alignment.CENTER,
        bgcolor=Role.LINE,
        width=TILE_WIDTH,
        height=PICTURE_HEIGHT,
        border_radius=Radius.SMALL,
    )
    if video.thumbnail_url is None:
        return none
    return ft.Image(
        src=video.thumbnail_url,
        width=TILE_WIDTH,
        height=PICTURE_HEIGHT,
        fit=ft.BoxFit.COVER,
        border_radius=Radius.SMALL,
        error_content=none,
        exclude_from_semantics=True,
    )
