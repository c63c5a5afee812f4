"""Films: every export of a video, the newest first; under way, ready, or why not.

Called by the Export step. How far one is comes with the event stream, like all background work.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.jobs import JobOut
from api.schemas.videos import ExportOut
from engine.ui.client import ApiProblem
from engine.ui.components.actions import icon_action
from engine.ui.components.fetching import fetch
from engine.ui.components.film_screen import FilmScreen
from engine.ui.components.player import Player
from engine.ui.components.states import empty, said_of, said_of_job
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, Feed, use_desk, use_feed
from engine.ui.notation import STUDIO_ZONE, day, seconds_left, span, utc_now
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import Radius, Role, space
from engine.ui.timecode import length
from engine.ui.words import WORDS, Words

THUMBNAIL_ROOM: Final = (space(16), space(16))
PLAYER_ROOM: Final = (space(120), space(110))
NARROW_ROOM: Final = (space(76), space(100))
COLOURS: Final = {"ready": Role.POSITIVE, "failed": Role.DANGER, "canceled": Role.MUTED}


@ft.component
def Films(films: Sequence[ExportOut]) -> ft.Control:
    """Each with what can be done with it now."""
    desk = use_desk()
    words = desk.words
    rows: list[ft.Control] = []
    for film in films:
        rows += [divider()] if rows else []
        rows.append(Film(film, key=film.id))  # type: ignore[call-arg]  # Flet's own
    if not rows:
        rows.append(empty(words("export.none"), words("export.none_more"), ft.Icons.MOVIE_OUTLINED))
    return titled_card(words("export.films"), ft.Column(rows, spacing=space(3)))


@ft.component
def Film(film: ExportOut) -> ft.Control:
    """One film. What was pressed answers where it was pressed."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    is_open, set_open = ft.use_state(False)
    problem, set_problem = ft.use_state("")
    player: Player = ft.use_memo(Player, [])
    run = ft.context.page.run_task
    job = _job_of(film, feed)
    status = _status(film, job)
    is_under_way = status in {"queued", "rendering"}

    async def act() -> None:
        if job is None:
            return
        try:
            changed = await (desk.api.cancel_job if is_under_way else desk.api.retry_job)(job.id)
            desk.feed.take_job(changed)
            set_problem("")
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))

    def show() -> None:
        player.begin_anew()
        set_open(not is_open)

    head = ft.Row(
        [
            *([] if desk.layout == "narrow" else [_picture(film)]),
            ft.Column(
                [
                    text(f"{film.format} · {words.named('quality', film.quality)}", "strong", lines=1),
                    text(_facts(film, words), "caption", Role.MUTED, lines=1),
                    _state(status, job, words),
                ],
                spacing=0,
                expand=True,
            ),
            *_actions(desk, film, job, status, lambda: run(act), show, is_open=is_open),
        ],
        spacing=space(3) if desk.layout != "narrow" else 0,
    )
    parts: list[ft.Control] = [head]
    if is_under_way and job is not None and job.status == "running":
        name = words("jobs.progress_of", job=f"{words.named('job', job.kind)} {film.format}")
        parts.append(ft.ProgressBar(value=job.progress or None, semantics_label=name))
    why = film.problem if job is None else said_of_job(job, words)
    told = problem or (why if status == "failed" else "")
    if told:
        parts.append(ft.Semantics(live_region=True, content=text(told, "caption", Role.DANGER, lines=4)))
    if is_open and film.play_url:
        size = fitted(film.format, NARROW_ROOM if desk.layout == "narrow" else PLAYER_ROOM)
        parts.append(FilmScreen(film.play_url, size, player, ft.CrossAxisAlignment.START))
    return ft.Column(parts, spacing=space(2))


def _job_of(film: ExportOut, feed: Feed) -> JobOut | None:
    """The job that makes it, or the last one that tried again."""
    mine = [job for job in feed.jobs.values() if job.export_id == film.id or job.id == film.job_id]
    return max(mine, key=lambda job: job.created_at, default=None)


def _status(film: ExportOut, job: JobOut | None) -> str:
    """The job knows first."""
    if film.status == "ready" or job is None:
        return film.status
    return {"queued": "queued", "running": "rendering", "waiting": "rendering", "succeeded": "rendering"}.get(
        job.status, job.status
    )


def _facts(film: ExportOut, words: Words) -> str:
    at = film.created_at.astimezone(STUDIO_ZONE)
    made = f"{day(at.date(), words)} {at:%H:%M}"
    return made if film.duration_ms is None else f"{made} · {length(film.duration_ms)}"


def _state(status: str, job: JobOut | None, words: Words) -> ft.Control:
    """In which state it is; while it runs, how far, and how long still."""
    said = words.named("export_status", status)
    if job is not None and job.status == "running":
        stage = f"stage.{job.stage}"
        said = f"{words(stage) if stage in WORDS else said} · {job.progress:.0%}"
        left = seconds_left(job.started_at, job.progress, utc_now())
        if left is not None:
            said = f"{said} · {words('jobs.left', time=span(left, words))}"
    shown = text(said, "caption", COLOURS.get(status, Role.MUTED), lines=1)
    return ft.Semantics(live_region=status in {"ready", "failed"}, content=shown)


def _picture(film: ExportOut) -> ft.Control:
    width, height = fitted(film.format, THUMBNAIL_ROOM)
    none = ft.Container(bgcolor=Role.LINE, width=width, height=height, border_radius=Radius.SMALL)
    inside: ft.Control = none
    if film.thumbnail_url is not None:
        inside = ft.Image(
            src=film.thumbnail_url,
            width=width,
            height=height,
            fit=ft.BoxFit.COVER,
            border_radius=Radius.SMALL,
            exclude_from_semantics=True,
            error_content=none,
        )
    return ft.Container(inside, width=THUMBNAIL_ROOM[0], alignment=ft.Alignment.CENTER)


def _actions(
    desk: Desk,
    film: ExportOut,
    job: JobOut | None,
    status: str,
    act: Callable[[], object],
    show: Callable[[], None],
    *,
    is_open: bool,
) -> list[ft.Control]:
    """Stop what is under way, do again what failed, see and fetch what is ready."""
    words = desk.words
    name = f"{film.format} {words.named('quality', film.quality)}"
    if status == "ready" and film.download_url is not None:
        address = film.download_url
        play_name = words("export.close_of" if is_open else "export.play_of", film=name)
        return [
            icon_action(ft.Icons.CLOSE if is_open else ft.Icons.PLAY_ARROW_ROUNDED, play_name, show),
            icon_action(ft.Icons.DOWNLOAD, words("export.download_of", film=name), lambda: fetch(address)),
            *([_beside(film, name, words)] if film.sidecar_urls else []),
        ]
    if job is None:
        return []
    if status in {"queued", "rendering"}:
        return [_button(words("jobs.cancel"), words("jobs.cancel_of", job=name), act)]
    if job.can_retry:
        return [_button(words("jobs.retry"), words("jobs.retry_of", job=name), act)]
    return []


def _button(said: str, whole: str, act: Callable[[], object]) -> ft.Control:
    return ft.OutlinedButton(content=ft.Text(said, semantics_label=whole), on_click=lambda _: act())


def _beside(film: ExportOut, name: str, words: Words) -> ft.Control:
    """What stands beside a film, to download."""
    items = [
        ft.PopupMenuItem(content=words.named("sidecar", kind), on_click=lambda _, address=address: fetch(address))
        for kind, address in sorted(film.sidecar_urls.items())
    ]
    said = words("export.beside_of", film=name)
    return ft.PopupMenuButton(
        content=ft.Container(ft.Icon(ft.Icons.MORE_HORIZ, semantics_label=said), padding=space(2)),
        tooltip=said,
        items=items,
    )
