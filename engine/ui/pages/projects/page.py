"""Projects: on a board by status, or in a list; found, filtered and sorted by the address.

Called by engine.app as the route /projects.
"""

from functools import partial
from typing import Final, cast

import flet as ft

from api.schemas.fields import PageOf
from api.schemas.projects import ProjectListed, ProjectSort, ProjectStatus
from engine.ui.addresses import use_query
from engine.ui.chosen import is_on
from engine.ui.client import StudioApi
from engine.ui.components.actions import icon_action
from engine.ui.components.choice import choice
from engine.ui.components.client_choice import ClientChoice
from engine.ui.components.rows import Rows
from engine.ui.components.search_field import SearchField
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.statuses import status_mark
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.projects.board import Board, Columns, counted, due_line, facts_of, load_board
from engine.ui.pages.projects.moving import Moving, move_menu, use_moving
from engine.ui.pages.projects.wish import SORTS, STATUSES, Wish
from engine.ui.theme import Radius, Role, space

FILTER_WIDTH: Final = space(44)
ASIDE_WIDTH: Final = space(34)


@ft.component
def ProjectsPage() -> ft.Control:
    """The board, or the list."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    wish = Wish.of(use_query())
    moves, set_moves = ft.use_state(0)
    moving = use_moving(lambda: set_moves(lambda before: before + 1))
    content: ft.Control
    match use_loaded(lambda: _load(desk.api, wish), wish, moves, feed.news):
        case Waiting():
            content = skeleton(words, rows=6)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded((shown, _)) if shown != wish:
            content = skeleton(words, rows=6)
        case Loaded((_, found)):
            content = _found(desk, wish, found, moving)
    return scrolled([_head(desk, wish), Filters(wish), *moving.line(), content, moving.question])


async def _load(api: StudioApi, wish: Wish) -> tuple[Wish, Columns | PageOf[ProjectListed]]:
    """What was wished with it, so that nothing is shown under another wish's filters. Raises ApiProblem."""
    if wish.view == "board":
        return wish, await load_board(api, wish)
    return wish, await _load_list(api, wish, None)


async def _load_list(api: StudioApi, wish: Wish, cursor: str | None) -> PageOf[ProjectListed]:
    return await api.projects(
        sort=wish.sort,
        status=wish.status,
        client_id=wish.client_id or None,
        search=wish.search or None,
        archived=wish.archived,
        cursor=cursor,
    )


def _found(desk: Desk, wish: Wish, found: Columns | PageOf[ProjectListed], moving: Moving) -> ft.Control:
    if isinstance(found, PageOf):
        return _list(desk, wish, found, moving) if found.items else _none(desk, wish)
    return Board(found, wish, moving) if any(page.items for _, page in found) else _none(desk, wish)


def _head(desk: Desk, wish: Wish) -> ft.Control:
    words = desk.words
    views = [
        icon_action(
            icon,
            words(f"projects.{view}"),
            partial(desk.go, wish.address(view=view)),
            color=Role.ACCENT if wish.view == view else Role.MUTED,
        )
        for view, icon in (("board", ft.Icons.VIEW_KANBAN_OUTLINED), ("list", ft.Icons.VIEW_LIST_OUTLINED))
    ]
    new = ft.FilledButton(words("projects.new"), icon=ft.Icons.ADD, on_click=lambda _: desk.go("/projects/new"))
    return ft.Row(
        [heading(words("projects.title")), ft.Row([*views, new], spacing=space(2), tight=True)],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        wrap=desk.layout == "narrow",
    )


@ft.component
def Filters(wish: Wish) -> ft.Control:
    """Each leads to another address. On a phone they open when asked for."""
    desk = use_desk()
    words = desk.words
    is_open, set_open = ft.use_state(bool(wish.client_id or wish.status or wish.archived))

    def go(**changes: object) -> None:
        desk.go(wish.address(**changes))

    statuses = [("", words("projects.all_statuses")), *((one, words.named("project", one)) for one in STATUSES)]
    sorts = [(one, words.named("project_sort", one)) for one in SORTS]
    search = SearchField(words("projects.search"), wish.search, lambda said: go(search=said))
    picks: list[ft.Control] = [
        ClientChoice(
            words("projects.client"),
            wish.client_id,
            lambda one: go(client_id=one),
            everybody=words("projects.all_clients"),
            is_dense=True,
        ),
        choice(
            words("projects.status"),
            wish.status or "",
            statuses,
            lambda one: go(status=cast("ProjectStatus", one) if one else None),
            is_dense=True,
        ),
        choice(words("projects.sort"), wish.sort, sorts, lambda one: go(sort=cast("ProjectSort", one)), is_dense=True),
    ]
    archived = ft.Checkbox(
        label=words("projects.show_archived"),
        value=wish.archived,
        on_change=lambda event: go(archived=is_on(event)),
    )
    if desk.layout == "narrow":
        more = icon_action(
            ft.Icons.FILTER_LIST,
            words("projects.filters"),
            lambda: set_open(not is_open),
            color=Role.ACCENT if is_open else Role.INK,
        )
        rows: list[ft.Control] = [ft.Row([ft.Container(search, expand=True), more], spacing=space(2))]
        return ft.Column(
            [*rows, *picks, archived] if is_open else rows,
            spacing=space(3),
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        )
    if desk.layout == "wide":
        sized: list[ft.Control] = [ft.Container(pick, width=FILTER_WIDTH) for pick in picks]
        return ft.Row([ft.Container(search, expand=True), *sized, archived], spacing=space(3))
    spread: list[ft.Control] = [ft.Container(pick, expand=True) for pick in picks]
    above = ft.Row([ft.Container(search, expand=True), archived], spacing=space(3))
    return ft.Column([above, ft.Row(spread, spacing=space(3))], spacing=space(3))


def _none(desk: Desk, wish: Wish) -> ft.Control:
    """Nothing there, or nothing like that."""
    words = desk.words
    if not wish.is_filtered:
        return card(empty(words("projects.none"), words("projects.none_more"), ft.Icons.FOLDER_OUTLINED))
    nothing = empty(words("projects.none_found"), words("projects.none_found_more"), ft.Icons.SEARCH_OFF)
    clear = ft.OutlinedButton(
        words("projects.clear"), on_click=lambda _: desk.go(Wish(view=wish.view, sort=wish.sort).address())
    )
    return card(ft.Column([nothing, clear], spacing=space(3)))


def _list(desk: Desk, wish: Wish, page: PageOf[ProjectListed], moving: Moving) -> ft.Control:
    return Rows(
        page.items,
        page.next_cursor,
        lambda cursor: _load_list(desk.api, wish, cursor),
        lambda project: _row(desk, project, moving),
        key=f"{wish.address()} {hash(tuple((one.id, one.revision) for one in page.items))}",  # type: ignore[call-arg]  # Flet takes it off
    )


def _row(desk: Desk, project: ProjectListed, moving: Moving) -> ft.Control:
    words = desk.words
    said = words("projects.open", name=project.name, client=project.client_name, facts=facts_of(project, words))
    names = ft.Column(
        [text(project.name, "strong", lines=1), text(project.client_name, "caption", Role.MUTED, lines=1)],
        spacing=0,
        expand=True,
    )
    inside: list[ft.Control] = [names]
    if desk.layout == "narrow":
        names.controls += [due_line(project, words), status_mark(words, "project", project.status)]
    else:
        asides = (
            text(counted(project, words), "caption", Role.MUTED, lines=1),
            due_line(project, words),
            status_mark(words, "project", project.status),
        )
        inside += [ft.Container(aside, width=ASIDE_WIDTH) for aside in asides]
    button = ft.MergeSemantics(
        ft.Semantics(
            label=said,
            button=True,
            content=ft.Container(
                ft.Semantics(exclude_semantics=True, content=ft.Row(inside, spacing=space(4))),
                ink=True,
                padding=space(2),
                border_radius=Radius.SMALL,
                on_click=lambda _: desk.go(f"/projects/{project.id}"),
            ),
        )
    )
    return ft.Row([ft.Container(button, expand=True), move_menu(desk, project, moving)], spacing=space(2))
