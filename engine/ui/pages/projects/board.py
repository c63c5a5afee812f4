"""The board: a column for each status, and projects that are dragged from one to another.

Called by engine.ui.pages.projects.page. Law: whatever is done by dragging can be done by each card's menu.
"""

import asyncio
from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.fields import PageOf
from api.schemas.projects import ProjectListed, ProjectStatus
from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.states import said_of
from engine.ui.components.statuses import status_mark
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import day, due, today
from engine.ui.pages.projects.moving import Moving, move_menu
from engine.ui.pages.projects.wish import STATUSES, Wish
from engine.ui.theme import HAIRLINE, Radius, Role, space
from engine.ui.words import Words

COLUMN_WIDTH: Final = space(60)
"""At least; wider where there is room."""
PER_COLUMN: Final = 8
"""At first, and more each time that they are asked for: five columns of thirty took a second to draw."""
UNFINISHED: Final = frozenset({"draft", "in_progress", "review", "approved"})
Columns = Sequence[tuple[ProjectStatus, PageOf[ProjectListed]]]


async def load_board(api: StudioApi, wish: Wish) -> Columns:
    """The first projects of each column, all at once. Raises ApiProblem."""
    wanted = [wish.status] if wish.status else STATUSES
    pages = await asyncio.gather(*(load_column(api, wish, status, None) for status in wanted))
    return list(zip(wanted, pages, strict=True))


async def load_column(api: StudioApi, wish: Wish, status: ProjectStatus, cursor: str | None) -> PageOf[ProjectListed]:
    """Some projects of one status."""
    return await api.projects(
        sort=wish.sort,
        status=status,
        client_id=wish.client_id or None,
        search=wish.search or None,
        archived=wish.archived,
        limit=PER_COLUMN,
        cursor=cursor,
    )


@ft.component
def Board(columns: Columns, wish: Wish, moving: Moving) -> ft.Control:
    """Columns beside each other; where they do not fit, one scrolls sideways."""
    fits = use_desk().layout == "wide" or len(columns) == 1
    shown: list[ft.Control] = []
    for status, page in columns:
        column = Column(status, page, wish, moving, key=status)  # type: ignore[call-arg]  # Flet takes it off
        shown.append(ft.Container(column, expand=1 if fits else None, width=None if fits else COLUMN_WIDTH))
    return ft.Row(
        shown,
        spacing=space(3),
        vertical_alignment=ft.CrossAxisAlignment.START,
        scroll=None if fits else ft.ScrollMode.AUTO,
    )


@ft.component
def Column(status: ProjectStatus, first: PageOf[ProjectListed], wish: Wish, moving: Moving) -> ft.Control:
    """The projects of one status. One that is dragged over it is told by its edge that it would land here."""
    desk = use_desk()
    words = desk.words
    is_over, set_over = ft.use_state(False)
    nothing: Sequence[ProjectListed] = ()
    more, set_more = ft.use_state(nothing)
    cursor, set_cursor = ft.use_state(first.next_cursor)
    problem, set_problem = ft.use_state("")

    def begin_anew() -> None:
        set_more(nothing)
        set_cursor(first.next_cursor)

    ft.use_effect(begin_anew, [first])

    async def show_more() -> None:
        try:
            page = await load_column(desk.api, wish, status, cursor)
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, words))
            return
        set_more([*more, *page.items])
        set_cursor(page.next_cursor)

    def take_drop(event: ft.DragTargetEvent) -> None:
        set_over(False)
        dropped = event.src.data
        if isinstance(dropped, ProjectListed):
            moving.move(dropped, status)

    projects = [*first.items, *more]
    count = f"{len(projects)}{'+' if cursor else ''}"
    head = ft.Row(
        [status_mark(words, "project", status), text(count, "caption", Role.MUTED)],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
    )
    named = words("projects.column", status=words.named("project", status), count=count)
    parts: list[ft.Control] = [
        ft.Semantics(header=True, heading_level=2, label=named, exclude_semantics=True, content=head)
    ]
    parts += [card(desk, project, moving) for project in projects]
    if not projects:
        nothing_here = text(words("projects.column_empty"), "caption", Role.MUTED)
        parts.append(ft.Container(nothing_here, padding=ft.Padding.symmetric(vertical=space(3))))
    if problem:
        parts.append(text(problem, "caption", Role.DANGER))
    if cursor:
        parts.append(ft.OutlinedButton(words("list.more"), on_click=lambda _: ft.context.page.run_task(show_more)))
    edge = ft.BorderSide(HAIRLINE, Role.ACCENT if is_over else Role.LINE)
    surface = ft.Container(
        ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True),
        border=ft.Border(edge, edge, edge, edge),
        border_radius=Radius.MEDIUM,
        bgcolor=Role.LINE if is_over else Role.GROUND,
        padding=space(2),
    )
    return ft.Semantics(
        container=True,
        identifier=f"column-{status}",
        content=ft.DragTarget(
            group="project",
            content=surface,
            on_will_accept=lambda _: set_over(True),
            on_leave=lambda _: set_over(False),
            on_accept=take_drop,
        ),
    )


def card(desk: Desk, project: ProjectListed, moving: Moving) -> ft.Control:
    """A project on the board: a button as large as the card, with its menu, and a handle where a mouse is likely."""
    words = desk.words
    facts = facts_of(project, words)
    said = words("projects.open", name=project.name, client=project.client_name, facts=facts)
    inside = ft.Column(
        [
            ft.Container(text(project.name, "strong", lines=2), padding=ft.Padding.only(right=space(6))),
            text(project.client_name, "caption", Role.MUTED, lines=1),
            due_line(project, words),
            text(counted(project, words), "caption", Role.MUTED, lines=1),
        ],
        spacing=0,
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        tight=True,
    )
    button = ft.MergeSemantics(
        ft.Semantics(
            label=said,
            identifier=f"project-{project.id}",
            button=True,
            content=ft.Container(
                ft.Semantics(exclude_semantics=True, content=inside),
                ink=True,
                padding=space(3),
                border_radius=Radius.SMALL,
                on_click=lambda _: desk.go(f"/projects/{project.id}"),
            ),
        )
    )
    layers = ft.Stack([button, ft.Container(move_menu(desk, project, moving), right=0, top=space(1))])
    seen = ft.Container(
        layers,
        bgcolor=Role.SURFACE,
        border=ft.Border.all(HAIRLINE, Role.LINE),
        border_radius=Radius.SMALL,
    )
    if desk.layout == "narrow":  # a finger scrolls there
        return seen
    return ft.Draggable(group="project", data=project, content=seen, max_simultaneous_drags=1)


def due_line(project: ProjectListed, words: Words) -> ft.Control:
    """When it is due; as a warning where that has passed and it is not done."""
    on = project.due_on
    if on is None:
        return text(words("projects.no_due"), "caption", Role.MUTED, lines=1)
    if project.status not in UNFINISHED:
        return text(day(on, words), "caption", Role.MUTED, lines=1)
    days = (on - today()).days
    said = day(on, words) if days > 1 else due(on, today(), words)
    return text(said, "caption", Role.DANGER if days < 0 else Role.MUTED, lines=1)


def counted(project: ProjectListed, words: Words) -> str:
    """How many videos it has, of how many that were agreed."""
    if project.included_videos is not None:
        return words("projects.videos_of", count=project.video_count, included=project.included_videos)
    if project.video_count == 1:
        return words("projects.video")
    return words("projects.videos", count=project.video_count)


def facts_of(project: ProjectListed, words: Words) -> str:
    """When it is due and how many videos it has, for a name that is read out."""
    when = day(project.due_on, words) if project.due_on else words("projects.no_due")
    return f"{when}, {counted(project, words)}"
