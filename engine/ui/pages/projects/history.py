"""How a project and its videos moved, and what came of them.

Called by engine.ui.pages.projects.project.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

import flet as ft

from api.schemas.projects import DeliveryOut, ProjectOut, StatusChangeOut
from api.schemas.videos import ExportOut
from engine.ui.components.actions import icon_action
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.library.wish import Wish
from engine.ui.theme import Role, space
from engine.ui.timecode import length
from engine.ui.words import Words

FEW: Final = 8
"""So many lines at first; the rest when asked for."""


@ft.component
def History(project: ProjectOut, moves: Sequence[StatusChangeOut], titles: Mapping[str, str]) -> ft.Control:
    """Who, when, from where, to where; the newest first, and at its end how it began."""
    desk = use_desk()
    words = desk.words
    is_whole, set_whole = ft.use_state(False)
    lines = [_move(move, titles, words) for move in reversed(moves)]
    lines.append(_two_lines(words("project.began"), moment(project.created_at, words)))
    shown = lines if is_whole else lines[:FEW]
    rows = _divided(shown)
    if len(lines) > len(shown):
        rest = words("project.more_of", count=len(lines) - len(shown))
        rows.append(ft.Row([ft.OutlinedButton(rest, on_click=lambda _: set_whole(True))]))
    return titled_card(words("project.history"), ft.Column(rows, spacing=space(2)))


def _move(move: StatusChangeOut, titles: Mapping[str, str], words: Words) -> ft.Control:
    group = "project" if move.video_id is None else "video"
    statuses = {
        "from_status": words.named(group, move.from_status),
        "to_status": words.named(group, move.to_status),
    }
    if move.video_id is None:
        said = words("project.moved_from_to", **statuses)
    else:
        said = words("project.video_moved", title=titles.get(move.video_id, "…"), **statuses)
    who = move.by_name or words("project.by_studio")
    about = words("project.by", when=moment(move.at, words), who=who)
    return _two_lines(said, f"{about} · {move.reason}" if move.reason else about)


@ft.component
def Deliveries(
    project: ProjectOut,
    moves: Sequence[StatusChangeOut],
    films: Sequence[ExportOut],
    put: Sequence[DeliveryOut],
    titles: Mapping[str, str],
) -> ft.Control:
    """Films that are ready, where they were put, and when all was delivered; the newest first."""
    desk = use_desk()
    words = desk.words
    is_whole, set_whole = ft.use_state(False)
    lines: list[tuple[datetime, ft.Control]] = [
        (film.finished_at or film.created_at, _film(desk, film, titles)) for film in films
    ]
    lines += [(delivery.at, _put(delivery, words)) for delivery in put]
    for move in moves:
        if move.to_status == "delivered" and move.video_id is None:
            who = move.by_name or words("project.by_studio")
            said = _two_lines(words("project.was_delivered", who=who), moment(move.at, words))
            lines.append((move.at, said))
    lines.sort(key=lambda line: line[0], reverse=True)
    shown = lines if is_whole else lines[:FEW]
    rows = _divided([line for _, line in shown]) or [text(words("project.no_deliveries"), color=Role.MUTED)]
    if len(lines) > len(shown):
        rest = words("project.more_of", count=len(lines) - len(shown))
        rows.append(ft.Row([ft.OutlinedButton(rest, on_click=lambda _: set_whole(True))]))
    aside: ft.Control | None = None
    if films:
        address = Wish(client=project.client_id, project=project.id).address()
        aside = ft.OutlinedButton(words("project.to_library"), on_click=lambda _: desk.go(address))
    return titled_card(words("project.deliveries"), ft.Column(rows, spacing=space(2)), aside=aside)


def _film(desk: Desk, film: ExportOut, titles: Mapping[str, str]) -> ft.Control:
    words = desk.words
    name = words("project.film", title=titles.get(film.video_id, "…"), format=film.format)
    about = moment(film.finished_at or film.created_at, words)
    if film.duration_ms is not None:
        about = f"{about} · {length(film.duration_ms)}"
    said = ft.Container(_two_lines(name, about), expand=True)
    if film.download_url is None:
        return ft.Row([said])
    address = film.download_url
    run = ft.context.page.run_task
    fetch = icon_action(
        ft.Icons.DOWNLOAD,
        words("project.download_of", name=name),
        lambda: run(ft.UrlLauncher().launch_url, address, web_only_window_name="_self"),
    )
    return ft.Row([said, fetch], spacing=space(2))


def _put(delivery: DeliveryOut, words: Words) -> ft.Control:
    """Where it was put, as whoever works from there looks for it."""
    name = words("project.film", title=delivery.title, format=delivery.format)
    about = words("project.by", when=moment(delivery.at, words), who=delivery.by_name or words("project.by_studio"))
    return _two_lines(words("project.was_put", film=name), f"{delivery.place} · {about}")


def _two_lines(said: str, about: str) -> ft.Control:
    return ft.Column([text(said, lines=2), text(about, "caption", Role.MUTED, lines=2)], spacing=0)


def _divided(lines: Sequence[ft.Control]) -> list[ft.Control]:
    rows: list[ft.Control] = []
    for line in lines:
        rows += [divider(), line] if rows else [line]
    return rows


def moment(at: datetime, words: Words) -> str:
    """A day and the time of day, in the studio's zone."""
    there = at.astimezone(STUDIO_ZONE)
    return f"{day(there.date(), words)} {there:%H:%M}"
