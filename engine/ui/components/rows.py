"""Rows: a list that is shown a page at a time.

Called by pages whose list may be of any length.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import flet as ft
from pydantic import BaseModel

from api.schemas.fields import PageOf
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.components.surfaces import card, divider
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Role, space

Item = TypeVar("Item", bound=BaseModel)


@ft.component
def Rows(
    first: Sequence[Item],
    cursor: str | None,
    load: Callable[[str | None], Awaitable[PageOf[Item]]],
    row: Callable[[Item], ft.Control],
) -> ft.Control:
    """The first page, and more of them as they are asked for."""
    desk = use_desk()
    nothing: Sequence[Item] = ()
    more, set_more = ft.use_state(nothing)
    next_cursor, set_next_cursor = ft.use_state(cursor)
    problem, set_problem = ft.use_state("")

    async def show_more() -> None:
        try:
            page = await load(next_cursor)
        except ApiProblem as met:
            if not desk.meet(met):
                set_problem(said_of(met, desk.words))
            return
        set_more([*more, *page.items])
        set_next_cursor(page.next_cursor)
        set_problem("")

    rows: list[ft.Control] = []
    for item in [*first, *more]:
        rows += [divider(), row(item)] if rows else [row(item)]
    parts: list[ft.Control] = [card(ft.Column(rows, spacing=space(3)))]
    if problem:
        parts.append(text(problem, color=Role.DANGER))
    if next_cursor:
        button = ft.OutlinedButton(desk.words("list.more"), on_click=lambda _: ft.context.page.run_task(show_more))
        parts.append(button)
    return ft.Column(parts, spacing=space(4))
