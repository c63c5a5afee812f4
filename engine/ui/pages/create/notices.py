"""Notices: what the frame has to say about the open video, above its step.

Called by engine.ui.pages.create.frame.
"""

from collections.abc import Awaitable, Callable

import flet as ft

from api.schemas.videos import VideoOut
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.pages.create.wizard import Wizard
from engine.ui.theme import HAIRLINE, Radius, Role, space


def notices(desk: Desk, wizard: Wizard) -> list[ft.Control]:
    """None on most days."""
    said: list[ft.Control] = []
    if wizard.is_restored:
        said.append(notice(desk.words("create.restored"), Role.INFO, desk.words("create.read"), wizard.read_restored))
    if wizard.put_away_problem:
        said.append(text(wizard.put_away_problem, color=Role.DANGER))
    if wizard.video.archived_at is not None:
        said.append(
            notice(
                desk.words("create.archived"),
                Role.CAUTION,
                desk.words("create.restore"),
                lambda: ft.context.page.run_task(bring_back, desk, wizard),
            )
        )
    return said


async def put_away(desk: Desk, wizard: Wizard) -> None:
    """Archive the video, after what was typed in it."""
    await _move(desk, wizard, desk.api.archive_video)


async def bring_back(desk: Desk, wizard: Wizard) -> None:
    """Undo that."""
    await _move(desk, wizard, desk.api.restore_video)


async def _move(desk: Desk, wizard: Wizard, do: Callable[[str], Awaitable[VideoOut]]) -> None:
    try:
        await wizard.all_saved()
        await do(wizard.video_id)
        await wizard.refresh()
        wizard.put_away_problem = ""
    except ApiProblem as problem:
        if not desk.meet(problem):
            wizard.put_away_problem = said_of(problem, desk.words)


def notice(said: str, color: ft.Colors, action: str, do: Callable[[], object]) -> ft.Control:
    """A line with one thing to do about it."""
    row = ft.Row(
        [
            ft.Icon(ft.Icons.INFO_OUTLINE, color=color, size=space(5)),
            text(said, expand=True),
            ft.TextButton(action, on_click=lambda _: do()),
        ],
        spacing=space(3),
    )
    return ft.Semantics(
        live_region=True,
        content=ft.Container(
            row,
            bgcolor=Role.SURFACE,
            border=ft.Border.all(HAIRLINE, color),
            border_radius=Radius.SMALL,
            padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(4)),
        ),
    )
