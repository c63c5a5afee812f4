"""The list of clients: a search over names and people, and a form for one more.

Called by engine.app as the route /clients. What is shown stands in the address: ?search=…&archived=yes.
"""

from collections.abc import Callable
from dataclasses import asdict
from uuid import uuid4

import flet as ft

from api.schemas.clients import ClientIn, ClientOut
from api.schemas.fields import PageOf
from engine.ui.addresses import address_of, use_query
from engine.ui.chosen import is_on
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons, form
from engine.ui.components.rows import Rows
from engine.ui.components.search_field import SearchField
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card, scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.clients.client_form import ClientDraft, client_fields
from engine.ui.theme import Radius, Role, space

SEARCH_WIDTH = space(90)
FORM_WIDTH = space(160)


@ft.component
def ClientsPage() -> ft.Control:
    """Clients at work, or those put away, by name."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    asked = use_query()
    search, archived = asked.get("search", ""), asked.get("archived") == "yes"
    is_adding, set_adding = ft.use_state(False)

    def show(*, search: str, archived: bool) -> None:
        desk.go(address_of("/clients", {"search": search, "archived": "yes" if archived else ""}))

    async def load(cursor: str | None) -> PageOf[ClientOut]:
        return await desk.api.clients(search=search, archived=archived, cursor=cursor)

    content: ft.Control
    match use_loaded(lambda: load(None), feed.news, search, archived):
        case Waiting():
            content = skeleton(words, rows=5)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded(PageOf(items=[])):
            content = card(_nothing(desk, is_searched=bool(search.strip()), archived=archived))
        case Loaded(first):
            shown = "|".join((first.next_cursor or "", *(client.id for client in first.items)))
            content = Rows(first.items, first.next_cursor, load, lambda one: _row(desk, one), key=shown)  # type: ignore[call-arg]  # Flet takes the key off
    actions: list[ft.Control] = [
        ft.OutlinedButton(
            words("clients.import"), icon=ft.Icons.UPLOAD_FILE, on_click=lambda _: desk.go("/clients/import")
        ),
        ft.FilledButton(words("clients.new"), icon=ft.Icons.ADD, on_click=lambda _: set_adding(not is_adding)),
    ]
    title, tools = heading(words("clients.title")), ft.Row(actions, spacing=space(3), run_spacing=space(2), wrap=True)
    head: ft.Control = ft.Row([title, tools], alignment=ft.MainAxisAlignment.SPACE_BETWEEN)
    if desk.layout == "narrow":
        head = ft.Column([title, tools], spacing=space(3))
    find = SearchField(words("clients.search"), search, lambda said: show(search=said, archived=archived))
    width = None if desk.layout == "narrow" else SEARCH_WIDTH
    switch = ft.Switch(
        label=words("clients.archived"),
        value=archived,
        on_change=lambda event: show(search=search, archived=is_on(event)),
    )
    filters = ft.Row([ft.Container(find, width=width), switch], spacing=space(4), run_spacing=space(2), wrap=True)
    parts: list[ft.Control] = [head, filters, content]
    if is_adding:
        parts.insert(1, NewClient(lambda: set_adding(False)))
    return scrolled(parts)


@ft.component
def NewClient(close: Callable[[], None]) -> ft.Control:
    """The form; once it is kept, the client's own page."""
    desk, act = use_desk(), use_act()
    words = desk.words
    typed_in, put = use_draft(ClientDraft)
    intent = ft.use_memo(lambda: uuid4().hex, [])

    async def add() -> str:
        draft = typed_in.value
        client = checked(ClientIn, {**asdict(draft), "name": draft.name.strip()})
        added = await desk.api.add_client(client, f"{intent}:{hash(draft)}")
        close()
        desk.go(f"/clients/{added.id}")
        return ""

    def ask() -> None:
        if typed_in.value.name.strip():
            act.run(add)
        else:
            act.refuse({"name": words("wrong.name")})

    actions: list[ft.Control] = [
        ft.FilledButton(words("clients.add"), on_click=lambda _: ask()),
        ft.OutlinedButton(words("clients.cancel"), on_click=lambda _: close()),
    ]
    fields = client_fields(desk, act, typed_in, put, ask)
    return ft.Container(titled_card(words("clients.new"), form([*fields, buttons(actions, act)])), width=FORM_WIDTH)


def _nothing(desk: Desk, *, is_searched: bool, archived: bool) -> ft.Control:
    words = desk.words
    if is_searched:
        return empty(words("clients.none_found"), words("clients.none_found_more"), ft.Icons.SEARCH_OFF)
    if archived:
        return empty(words("clients.none_archived"), words("clients.none_archived_more"), ft.Icons.ARCHIVE_OUTLINED)
    return empty(words("clients.none"), words("clients.none_more"), ft.Icons.STOREFRONT_OUTLINED)


def _row(desk: Desk, client: ClientOut) -> ft.Control:
    """A client, and the way to its page."""
    words = desk.words
    since = day(client.created_at.astimezone(STUDIO_ZONE).date(), words)
    facts = [words.named("language", client.language), f"{words('clients.since').lower()} {since}"]
    facts += [words("clients.demo")] if client.is_demo else []
    said = ft.Column(
        [text(client.name, "strong", lines=1), text(" · ".join(facts), "caption", Role.MUTED, lines=1)],
        spacing=0,
        expand=True,
    )
    return ft.TextButton(
        content=ft.Row([said, ft.Icon(ft.Icons.CHEVRON_RIGHT, color=Role.MUTED, size=space(5))], spacing=space(3)),
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: desk.go(f"/clients/{client.id}"),
    )
