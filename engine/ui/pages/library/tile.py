"""A film as a tile: its picture, whose it is, and what can be done with it.

Called by engine.ui.pages.library.page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.library import FilmOut
from engine.ui.components.fetching import fetch
from engine.ui.components.review_state import review_mark, review_words
from engine.ui.components.statuses import status_mark
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.library.doing import Doing
from engine.ui.pages.library.scrub import Scrub
from engine.ui.theme import FOCUS_RING, HAIRLINE, Radius, Role, space
from engine.ui.timecode import length
from engine.ui.words import Words

TILE_WIDTH: Final = space(57)
NARROW_TILE_WIDTH: Final = space(42)
PICTURE_HEIGHT: Final = space(46)
BOX_SIZE: Final = space(7)


@dataclass(frozen=True)
class FilmActions:
    """What a tile asks of its page."""

    pick: Callable[[FilmOut], None]
    doing: Doing


def film_tile(desk: Desk, film: FilmOut, actions: FilmActions, *, is_picked: bool) -> ft.Control:
    """A button as large as the picture; a box to pick it and a menu lie upon it."""
    words = desk.words
    width = NARROW_TILE_WIDTH if desk.layout == "narrow" else TILE_WIDTH
    is_ready = film.play_url is not None
    known = facts(film, words) if film.review is None else f"{facts(film, words)}, {review_words(film.review, words)}"
    said = words("films.open", title=film.title, format=film.format, client=film.client_name, facts=known)
    look = ft.MergeSemantics(
        ft.Semantics(
            label=said,
            button=is_ready,
            content=ft.Container(
                ft.Semantics(exclude_semantics=True, content=Scrub(film, width - 2 * FOCUS_RING, PICTURE_HEIGHT)),
                on_click=(lambda _: actions.doing.play(film)) if is_ready else None,
            ),
        )
    )
    layers: list[ft.Control] = [look]
    if is_ready:
        layers.append(ft.Container(_box(words, film, actions, is_picked=is_picked), left=space(1), top=space(1)))
    layers.append(ft.Container(_menu(desk, film, actions), right=space(1), top=space(1)))
    below: list[ft.Control] = [
        text(film.title, "strong", lines=1),
        text(film.client_name, "caption", Role.MUTED, lines=1),
        text(facts(film, words), "caption", Role.MUTED, lines=1),
    ]
    if film.review is not None:
        below.append(review_mark(film.review, words))
    if film.status != "ready":
        below.append(status_mark(words, "export_status", film.status))
    inside = ft.Column(
        [
            ft.Stack(layers),
            ft.Container(
                ft.Semantics(exclude_semantics=True, content=ft.Column(below, spacing=0, tight=True)),
                padding=ft.Padding.only(left=space(3), right=space(3), bottom=space(3)),
            ),
        ],
        spacing=space(2),
        tight=True,
    )
    edge = ft.BorderSide(FOCUS_RING, Role.ACCENT) if is_picked else ft.BorderSide(HAIRLINE, Role.LINE)
    return ft.Container(
        inside,
        width=width,
        bgcolor=Role.SURFACE,
        border=ft.Border(edge, edge, edge, edge),
        border_radius=Radius.MEDIUM,
        clip_behavior=ft.ClipBehavior.ANTI_ALIAS,
    )


def facts(film: FilmOut, words: Words) -> str:
    """Its format, its length and when it was made."""
    made = day((film.finished_at or film.created_at).astimezone(STUDIO_ZONE).date(), words)
    long = [] if film.duration_ms is None else [length(film.duration_ms)]
    return " · ".join([film.format, *long, made])


def _box(words: Words, film: FilmOut, actions: FilmActions, *, is_picked: bool) -> ft.Control:
    box = ft.Checkbox(value=is_picked, on_change=lambda _: actions.pick(film))
    seen = ft.Container(
        box, bgcolor=Role.SURFACE, border_radius=Radius.SMALL, width=BOX_SIZE, height=BOX_SIZE, padding=0
    )
    label = words("films.pick", title=film.title, format=film.format)
    return ft.MergeSemantics(ft.Semantics(label=label, content=seen))


def _menu(desk: Desk, film: FilmOut, actions: FilmActions) -> ft.Control:
    words = desk.words
    items: list[ft.PopupMenuItem] = []

    def add(word: str, icon: ft.IconData, do: Callable[[], object]) -> None:
        items.append(ft.PopupMenuItem(content=words(word), icon=icon, on_click=lambda _: do()))

    if film.download_url is not None:
        address = film.download_url
        add("films.play", ft.Icons.PLAY_ARROW_ROUNDED, lambda: actions.doing.play(film))
        add("films.download", ft.Icons.DOWNLOAD, lambda: fetch(address))
        add("films.push", ft.Icons.DRIVE_FILE_MOVE_OUTLINED, lambda: actions.doing.push(film))
    add("films.to_video", ft.Icons.MOVIE_CREATION_OUTLINED, lambda: desk.go(f"/create/{film.video_id}/export"))
    add("films.to_project", ft.Icons.FOLDER_OUTLINED, lambda: desk.go(f"/projects/{film.project_id}"))
    add("films.duplicate", ft.Icons.CONTENT_COPY, lambda: actions.doing.duplicate(film))
    if film.archived_at is None:
        add("films.archive", ft.Icons.ARCHIVE_OUTLINED, lambda: actions.doing.archive(film))
    else:
        add("films.restore", ft.Icons.UNARCHIVE_OUTLINED, lambda: actions.doing.restore(film))
    menu = ft.PopupMenuButton(
        content=ft.Container(
            ft.Icon(ft.Icons.MORE_HORIZ, size=space(5), color=Role.INK),
            bgcolor=Role.SURFACE,
            border_radius=Radius.SMALL,
            padding=space(1),
        ),
        tooltip="",
        items=items,
    )
    label = words("films.more", title=film.title, format=film.format)
    return ft.MergeSemantics(ft.Semantics(label=label, button=True, content=menu))
