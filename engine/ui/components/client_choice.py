"""Client choice: one of the clients, however many there are.

Called by pages with a filter or a form; `find_client` by the page of budgets too. Law: a list that does not hold them
all says so, and can be looked through; who is chosen always stands in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import flet as ft

from engine.ui.client import ApiProblem, StudioApi
from engine.ui.components.choice import choice
from engine.ui.components.search_field import SearchField
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.theme import space

MOST_SHOWN: Final = 100
"""More in one menu is looked through by nobody."""


@dataclass(frozen=True)
class Found:
    """Clients by id and name; is_cut where there are more."""

    clients: Sequence[tuple[str, str]] = ()
    is_cut: bool = False


async def find_clients(api: StudioApi, search: str, chosen: str) -> Found:
    """The first clients that are found by these words, and whoever is chosen, put away or not. Raises ApiProblem."""
    page = await api.clients(search=search, limit=MOST_SHOWN)
    found = [(client.id, client.name) for client in page.items]
    if chosen and chosen not in {client_id for client_id, _ in found}:
        found = [*await find_client(api, chosen), *found]
    return Found(found, page.next_cursor is not None)


async def find_client(api: StudioApi, client_id: str) -> Sequence[tuple[str, str]]:
    """Id and name, put away or not; none where an old address names somebody who is gone. Raises ApiProblem."""
    try:
        return [(client_id, (await api.client(client_id)).name)]
    except ApiProblem as problem:
        if problem.status != 404:
            raise
        return []


@ft.component
def ClientChoice(
    name: str,
    chosen: str,
    choose: Callable[[str], None],
    *,
    everybody: str = "",
    nobody_yet: tuple[str, str] | None = None,
    is_dense: bool = False,
) -> ft.Control:
    """everybody: what is said for all of them, where that can be chosen. nobody_yet: the value and the words for a
    client who is not there yet, where one can be added."""
    desk = use_desk()
    search, set_search = ft.use_state("")
    found = Found()
    one = "" if nobody_yet and chosen == nobody_yet[0] else chosen
    match use_loaded(lambda: find_clients(desk.api, search, one), search, one):
        case Loaded(some):
            found = some
    options = [*([("", everybody)] if everybody else []), *found.clients, *([nobody_yet] if nobody_yet else [])]
    menu = choice(name, chosen, options, choose, is_dense=is_dense)
    if not (search or found.is_cut):
        return menu
    field = SearchField(desk.words("list.search_client"), search, set_search)
    stretched = ft.CrossAxisAlignment.STRETCH
    return ft.Column([menu, field], spacing=space(2), horizontal_alignment=stretched, tight=True)
