"""One project: what it is for, what was agreed, what is in it, what it cost and how it went.

Called by engine.app as the route /projects/{project_id}.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.assets import AssetOut
from api.schemas.clients import ClientOut
from api.schemas.costs import SummaryOut
from api.schemas.projects import DeliveryOut, ProjectOut, StatusChangeOut
from api.schemas.videos import ExportOut, VideoListed
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.acting import use_act
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.statuses import status_mark
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.not_found import NotFoundPage
from engine.ui.pages.projects.agreed import agreed_card, costs_card
from engine.ui.pages.projects.content import Files, notes_card, videos_card
from engine.ui.pages.projects.edit import EditProject
from engine.ui.pages.projects.history import Deliveries, History
from engine.ui.pages.projects.moving import Moving, use_moving
from engine.ui.theme import Role, space

ASIDE_WIDTH: Final = space(92)
MOST_VIDEOS: Final = 200
MOST_NAME_LINES: Final = 6
"""Three hundred characters are whole on a desk."""


@dataclass(frozen=True)
class Overview:
    """All that the page shows."""

    project: ProjectOut
    client: ClientOut
    videos: Sequence[VideoListed]
    moves: Sequence[StatusChangeOut]
    films: Sequence[ExportOut]
    deliveries: Sequence[DeliveryOut]
    files: Sequence[AssetOut]
    by_provider: SummaryOut
    by_kind: SummaryOut


async def load_project(api: StudioApi, project_id: str) -> Overview:
    """Everything at once. Raises ApiProblem."""
    project = await api.project(project_id)
    content = asyncio.gather(
        api.client(project.client_id),
        api.videos(project_id=project_id, limit=MOST_VIDEOS),
        api.project_films(project_id),
        api.project_files(project_id),
    )
    told = asyncio.gather(
        api.project_moves(project_id),
        api.project_deliveries(project_id),
        api.project_costs(project_id, "provider"),
        api.project_costs(project_id, "kind"),
    )
    (client, videos, films, files), (moves, put, by_provider, by_kind) = await asyncio.gather(content, told)
    return Overview(
        project, client, videos.items, moves.items, films.items, put.items, files.items, by_provider, by_kind
    )


@ft.component
def ProjectPage() -> ft.Control:
    """The project of the address."""
    project_id = ft.use_route_params().get("project_id", "")
    return OneProject(project_id, key=project_id)  # type: ignore[call-arg]  # Flet takes it off


@ft.component
def OneProject(project_id: str) -> ft.Control:
    """Loaded again whenever something happens."""
    desk, feed = use_desk(), use_feed()
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    match use_loaded(lambda: load_project(desk.api, project_id), changes, feed.news):
        case Waiting():
            return scrolled([_back(desk), skeleton(desk.words, rows=8)])
        case Failed(problem=ApiProblem(status=404)):
            return NotFoundPage()
        case Failed() as failed:
            return scrolled([_back(desk), Trouble(failed)])
        case Loaded(overview):
            return Whole(overview, look_again)


@ft.component
def Whole(overview: Overview, look_again: Callable[[], None]) -> ft.Control:
    """In two columns, or in one where there is less room."""
    desk = use_desk()
    project = overview.project
    is_editing, set_editing = ft.use_state(False)
    moving = use_moving(look_again)

    def done() -> None:
        set_editing(False)
        look_again()

    head = Head(overview, moving, lambda: set_editing(True), look_again)
    titles = {video.id: video.title for video in overview.videos}
    main: list[ft.Control] = [
        videos_card(desk, project, overview.videos),
        Deliveries(project, overview.moves, overview.films, overview.deliveries, titles),
        Files(overview.files),
    ]
    aside: list[ft.Control] = [
        agreed_card(desk, project, len(overview.videos), overview.by_provider.total.amount_micros),
        costs_card(desk, overview.by_provider, overview.by_kind),
        notes_card(desk, project),
        History(project, overview.moves, titles),
    ]
    if is_editing:
        main.insert(0, EditProject(project, done))
    top: list[ft.Control] = [ft.Column([_back(desk), head, *moving.line(), moving.question], spacing=space(2))]
    if desk.layout != "wide":
        parts = [*main[:1], *aside[:1], *main[1:], *aside[1:]]
        return scrolled([*top, *parts])
    columns = ft.Row(
        [
            ft.Column(main, spacing=space(4), expand=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
            ft.Container(
                ft.Column(aside, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
                width=ASIDE_WIDTH,
            ),
        ],
        spacing=space(4),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )
    return scrolled([*top, columns])


def _back(desk: Desk) -> ft.Control:
    button = ft.TextButton(
        desk.words("project.back"),
        icon=ft.Icons.ARROW_BACK,
        style=ft.ButtonStyle(padding=ft.Padding.symmetric(vertical=space(2), horizontal=0)),
        on_click=lambda _: desk.go("/projects"),
    )
    return ft.Row([button])


@ft.component
def Head(overview: Overview, moving: Moving, edit: Callable[[], None], look_again: Callable[[], None]) -> ft.Control:
    """Its name and client, where it stands, and where it can go."""
    desk, act = use_desk(), use_act()
    words, project = desk.words, overview.project

    def put_away() -> None:
        async def do() -> str:
            await desk.api.archive_project(project.id)
            look_again()
            return ""

        act.run(do)

    def bring_back() -> None:
        async def do() -> str:
            await desk.api.restore_project(project.id)
            look_again()
            return ""

        act.run(do)

    client = ft.TextButton(
        content=text(overview.client.name, color=Role.ACCENT, lines=1),
        style=ft.ButtonStyle(padding=ft.Padding.symmetric(vertical=space(1), horizontal=0)),
        on_click=lambda _: desk.go(f"/clients/{overview.client.id}"),
    )
    name = text(project.name, "heading", lines=MOST_NAME_LINES)
    parts: list[ft.Control] = [
        ft.Semantics(header=True, heading_level=1, content=name),
        ft.Row([client, status_mark(words, "project", project.status)], spacing=space(3), wrap=True),
    ]
    if project.archived_at is not None:
        parts.append(
            card(
                ft.Row(
                    [
                        text(words("project.archived"), color=Role.MUTED),
                        ft.FilledButton(words("project.restore"), on_click=lambda _: bring_back()),
                    ],
                    spacing=space(4),
                    run_spacing=space(2),
                    wrap=True,
                )
            )
        )
    else:
        parts.append(_actions(desk, project, moving, edit, put_away))
    if act.outcome.problem:
        parts.append(act.line())
    return ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _actions(
    desk: Desk, project: ProjectOut, moving: Moving, edit: Callable[[], None], put_away: Callable[[], None]
) -> ft.Control:
    """The next move is the one that is filled in."""
    words = desk.words
    moves: list[ft.Control] = []
    forward = [to for to in project.possible_moves if to != "in_progress" or project.status == "draft"]
    for to in [*forward, *(one for one in project.possible_moves if one not in forward)]:
        said = words("projects.move_to", status=words.named("project", to))
        kind = ft.FilledButton if to in forward else ft.OutlinedButton
        moves.append(kind(said, on_click=lambda _, to=to: moving.move(project, to)))
    more = ft.PopupMenuButton(
        icon=ft.Icons.MORE_VERT,
        tooltip="",
        items=[
            ft.PopupMenuItem(
                content=words("project.archive"), icon=ft.Icons.ARCHIVE_OUTLINED, on_click=lambda _: put_away()
            )
        ],
    )
    others: list[ft.Control] = [
        ft.OutlinedButton(words("project.edit"), icon=ft.Icons.EDIT_OUTLINED, on_click=lambda _: edit()),
        ft.MergeSemantics(ft.Semantics(label=words("project.more"), button=True, content=more)),
    ]
    return ft.Row([*moves, *others], spacing=space(3), run_spacing=space(2), wrap=True)
