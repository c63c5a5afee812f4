"""The filters of the library: each leads to another address.

Called by engine.ui.pages.library.page.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.projects import ProjectListed
from engine.ui.chosen import is_on
from engine.ui.client import StudioApi
from engine.ui.components.actions import icon_action
from engine.ui.components.choice import choice
from engine.ui.components.client_choice import ClientChoice
from engine.ui.components.search_field import SearchField
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.library.wish import ANY, DAYS, FORMATS, LENGTHS, OLDER, SORTS, STATUSES, TYPES, Wish
from engine.ui.theme import Role, space

MOST_NAMES: Final = 200
PICK_WIDTH: Final = space(46)


async def load_projects(api: StudioApi, client_id: str) -> Sequence[ProjectListed]:
    """Those of a client who is chosen, since nobody looks through those of all. Raises ApiProblem."""
    if not client_id:
        return ()
    return (await api.projects(sort="-updated_at", client_id=client_id, limit=MOST_NAMES)).items


@ft.component
def Filters(wish: Wish) -> ft.Control:
    """The search; the rest where something in it is set, or somebody wants it."""
    desk = use_desk()
    words = desk.words
    not_said: bool | None = None
    said_open, set_open = ft.use_state(not_said)
    is_open = said_open if said_open is not None else wish.count > 0
    projects: Sequence[ProjectListed] = ()
    match use_loaded(lambda: load_projects(desk.api, wish.client), wish.client):
        case Loaded(some):
            projects = some

    def go(**changes: str) -> None:
        desk.go(wish.address(**changes))

    def placed(control: ft.Control) -> ft.Control:
        return control if desk.layout == "narrow" else ft.Container(control, width=PICK_WIDTH)

    def pick(name: str, everything: str, options: Sequence[tuple[str, str]]) -> ft.Control:
        value, label = str(getattr(wish, name)), words(f"films.{name}")
        chosen = [*([("", words(everything))] if everything else []), *options]
        return placed(choice(label, value, chosen, lambda one: go(**{name: one}), is_dense=True))

    toggle = icon_action(
        ft.Icons.FILTER_LIST,
        words("films.filters"),
        lambda: set_open(not is_open),
        color=Role.ACCENT if is_open or wish.count else Role.INK,
    )
    search = SearchField(words("films.search"), wish.search, lambda said: go(search=said))
    head = ft.Row([ft.Container(search, expand=True), toggle], spacing=space(2))
    if not is_open:
        return head
    archived = ft.Checkbox(
        label=words("films.show_archived"),
        value=bool(wish.archived),
        on_change=lambda event: go(archived="yes" if is_on(event) else ""),
    )
    statuses = [(ANY, words("films.all_statuses")), *((one, words.named("export_status", one)) for one in STATUSES)]
    client = ClientChoice(
        words("films.client"),
        wish.client,
        lambda one: go(client=one, project=""),
        everybody=words("films.all_clients"),
        is_dense=True,
    )
    picks: list[ft.Control] = [
        placed(client),
        *([pick("project", "films.all_projects", [(one.id, one.name) for one in projects])] if wish.client else []),
        pick("format", "films.all_formats", [(one, one) for one in FORMATS]),
        pick("type", "films.all_types", [(one, words(f"video_type.{one}")) for one in TYPES]),
        pick("length", "films.all_lengths", [(one, words(f"film_length.{one}")) for one in LENGTHS]),
        pick("when", "films.all_dates", [(one, words(f"film_date.{one}")) for one in (*DAYS, OLDER)]),
        pick("status", "", statuses),
        pick("sort", "", [(one, words(f"film_sort.{one}")) for one in SORTS]),
        ft.Container(archived, width=PICK_WIDTH),
    ]
    if desk.layout == "narrow":
        stretched = ft.CrossAxisAlignment.STRETCH
        return ft.Column([head, *picks], spacing=space(3), horizontal_alignment=stretched)
    return ft.Column([head, ft.Row(picks, spacing=space(3), run_spacing=space(3), wrap=True)], spacing=space(3))
