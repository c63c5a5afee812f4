"""Moving: a project goes from one status to another, by hand, by menu or by keyboard.

Called by the board, the list and the page of one project. Where a project can go the api says.
Law: a move that leads nowhere says why, and what cannot be taken back is asked once more.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.projects import ProjectOut, ProjectStatus
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.theme import Role, space
from engine.ui.words import Words

ENDS: Final[frozenset[ProjectStatus]] = frozenset({"delivered"})
"""From here nothing leads back."""


@dataclass(frozen=True)
class Moving:
    """What came of the last move, and the way to make one."""

    said: str
    problem: str
    move: Callable[[ProjectOut, ProjectStatus], None]
    question: ft.Control
    """Is there where something must be asked once more; else nothing that is seen."""

    def line(self) -> list[ft.Control]:
        """What came of it, for who looks and for who listens."""
        if not (self.said or self.problem):
            return []
        color = Role.DANGER if self.problem else Role.MUTED
        return [ft.Semantics(live_region=True, content=text(self.problem or self.said, color=color))]


def use_moving(moved: Callable[[], None]) -> Moving:
    """moved: called after each move."""
    desk = use_desk()
    words = desk.words
    said, set_said = ft.use_state(("", ""))
    nothing: tuple[ProjectOut, ProjectStatus] | None = None
    asked, set_asked = ft.use_state(nothing)
    under_way = ft.use_ref(False)

    async def go(project: ProjectOut, to: ProjectStatus) -> None:
        if under_way.current:
            return
        under_way.current = True
        try:
            await desk.api.move_project(project.id, to)
            set_said((words("projects.moved", name=project.name, status=words.named("project", to)), ""))
        except ApiProblem as problem:
            if not desk.meet(problem):
                set_said(("", said_of(problem, words)))
        finally:
            under_way.current = False
        moved()

    def move(project: ProjectOut, to: ProjectStatus) -> None:
        if to == project.status:
            return
        if to not in project.possible_moves:
            set_said(("", why_not(project, words)))
        elif to in ENDS:
            set_asked((project, to))
        else:
            ft.context.page.run_task(go, project, to)

    def sure(project: ProjectOut, to: ProjectStatus) -> None:
        set_asked(None)
        ft.context.page.run_task(go, project, to)

    question: ft.Control = ft.Container()
    if asked is not None:
        project, to = asked
        question = Question(desk, project, lambda: sure(project, to), lambda: set_asked(None))
    return Moving(*said, move, question)


def why_not(project: ProjectOut, words: Words) -> str:
    """Why it cannot go just anywhere from where it stands."""
    status = words.named("project", project.status)
    if not project.possible_moves:
        return words("projects.no_move_at_all", name=project.name, status=status)
    possible = words("projects.or").join(f"“{words.named('project', one)}”" for one in project.possible_moves)
    return words("projects.no_move", name=project.name, status=status, possible=possible)


@ft.component
def Question(desk: Desk, project: ProjectOut, yes: Callable[[], None], no: Callable[[], None]) -> ft.Control:
    """Asks once more before what cannot be taken back."""
    words = desk.words
    ft.use_dialog(
        ft.AlertDialog(
            content=ft.Container(text(words("projects.sure", name=project.name)), width=space(100)),
            actions=[
                ft.OutlinedButton(words("projects.sure_no"), on_click=lambda _: no()),
                ft.FilledButton(words("projects.sure_yes"), autofocus=True, on_click=lambda _: yes()),
            ],
            on_dismiss=lambda _: no(),
        )
    )
    return ft.Container()


def move_menu(desk: Desk, project: ProjectOut, moving: Moving) -> ft.Control:
    """Where it can go from here, for mouse and keyboard."""
    words = desk.words
    said = words("projects.move", name=project.name)
    if not project.possible_moves:
        return ft.Container()
    items = [
        ft.PopupMenuItem(
            content=words("projects.move_to", status=words.named("project", to)),
            data=to,
            on_click=lambda _, to=to: moving.move(project, to),
        )
        for to in project.possible_moves
    ]
    menu = ft.PopupMenuButton(
        content=ft.Container(ft.Icon(ft.Icons.MORE_HORIZ, size=space(5), color=Role.MUTED), padding=space(1)),
        tooltip="",
        items=items,
    )
    return ft.MergeSemantics(ft.Semantics(label=said, button=True, content=menu))
