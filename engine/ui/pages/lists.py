"""Projects: a plain list, a page at a time.

Called by engine.app. It becomes a page of its own room once there is more to do there than look.
"""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import flet as ft
from pydantic import BaseModel

from api.schemas.fields import PageOf
from api.schemas.projects import ProjectOut
from engine.ui.components.rows import Rows
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card, dot, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import day
from engine.ui.theme import Radius, Role, space

Item = TypeVar("Item", bound=BaseModel)
STATUS_COLOURS = {
    "in_progress": Role.INFO,
    "review": Role.CAUTION,
    "approved": Role.POSITIVE,
    "delivered": Role.POSITIVE,
}


@ft.component
def ProjectsPage() -> ft.Control:
    """Projects, the newest first."""
    desk = use_desk()
    return _list_page(
        desk,
        "projects",
        ft.Icons.FOLDER_OUTLINED,
        lambda cursor: desk.api.projects(cursor=cursor),
        lambda project: _project_row(desk, project),
    )


def _list_page(
    desk: Desk,
    name: str,
    icon: ft.IconData,
    load: Callable[[str | None], Awaitable[PageOf[Item]]],
    row: Callable[[Item], ft.Control],
) -> ft.Control:
    """A heading and the list in whichever state it is. A part of the component that calls it."""
    words, feed = desk.words, use_feed()
    content: ft.Control
    match use_loaded(lambda: load(None), feed.news):
        case Waiting():
            content = skeleton(words, rows=5)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded(PageOf(items=[])):
            content = card(empty(words(f"{name}.none"), words(f"{name}.none_more"), icon))
        case Loaded(first):
            content = Rows(first.items, first.next_cursor, load, row)
    return scrolled([heading(words(f"{name}.title")), content])


def _project_row(desk: Desk, project: ProjectOut) -> ft.Control:
    words = desk.words
    when = day(project.due_on, words) if project.due_on else words("projects.no_due")
    status = ft.Row(
        [dot(STATUS_COLOURS.get(project.status, Role.MUTED)), text(words(f"project.{project.status}"), "caption")],
        spacing=space(2),
        tight=True,
    )
    row = _row(project.name, f"{words('projects.due')}: {when}", status)
    return ft.TextButton(
        content=row,
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: desk.go(f"/create/in/{project.id}"),
    )


def _row(name: str, facts: str, aside: ft.Control | None) -> ft.Control:
    said = ft.Column(
        [text(name, "strong", lines=1), text(facts, "caption", Role.MUTED, lines=1)], spacing=0, expand=True
    )
    return ft.Row([said, *([aside] if aside else [])], spacing=space(4))
