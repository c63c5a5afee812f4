"""The filters of the ledger: each leads to another address.

Called by engine.ui.pages.costs.ledger.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.projects import ProjectListed
from engine.ui.client import StudioApi
from engine.ui.components.choice import choice
from engine.ui.components.client_choice import ClientChoice
from engine.ui.components.day_field import DayField
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.costs.wish import KINDS, Lines
from engine.ui.theme import space

MOST_NAMES: Final = 200
PICK_WIDTH: Final = space(46)


@dataclass(frozen=True)
class Names:
    """What can be chosen from."""

    projects: Sequence[ProjectListed] = ()
    providers: Sequence[str] = ()


async def load_names(api: StudioApi, client_id: str) -> Names:
    """Projects only of a client who is chosen; providers that were ever paid. Raises ApiProblem."""
    providers = sorted(part.key for part in (await api.sum_of({})).parts)
    if not client_id:
        return Names((), providers)
    projects = await api.projects(sort="-updated_at", client_id=client_id, limit=MOST_NAMES)
    return Names(projects.items, providers)


@ft.component
def Filters(wish: Lines) -> ft.Control:
    """All of them, in one row where there is room."""
    desk = use_desk()
    words = desk.words
    names = Names()
    match use_loaded(lambda: load_names(desk.api, wish.client), wish.client):
        case Loaded(known):
            names = known

    def go(**changes: str) -> None:
        desk.go(wish.address(**changes))

    def placed(control: ft.Control) -> ft.Control:
        return control if desk.layout == "narrow" else ft.Container(control, width=PICK_WIDTH)

    def pick(name: str, everything: str, options: Sequence[tuple[str, str]]) -> ft.Control:
        value = str(getattr(wish, name))
        chosen = [("", words(everything)), *options]
        if value and value not in {key for key, _ in options}:
            chosen.append((value, value if name == "provider" else words("lines.project")))
        return placed(choice(words(f"lines.{name}"), value, chosen, lambda one: go(**{name: one}), is_dense=True))

    client = ClientChoice(
        words("lines.client"),
        wish.client,
        lambda one: go(client=one, project=""),
        everybody=words("lines.all_clients"),
        is_dense=True,
    )

    picks: list[ft.Control] = [
        placed(client),
        *(
            [pick("project", "lines.all_projects", [(one.id, one.name) for one in names.projects])]
            if wish.client
            else []
        ),
        pick("provider", "lines.all_providers", [(one, one) for one in names.providers]),
        pick("kind", "lines.all_kinds", [(one, words(f"usage_kind.{one}")) for one in KINDS]),
        placed(DayField(words("lines.since"), wish.since, lambda said: go(since=said))),
        placed(DayField(words("lines.until"), wish.until, lambda said: go(until=said))),
    ]
    if desk.layout == "narrow":
        return ft.Column(picks, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    top = ft.CrossAxisAlignment.START
    return ft.Row(picks, spacing=space(3), run_spacing=space(3), wrap=True, vertical_alignment=top)
