"""One client: what it is, its people, what was written to each other, its projects and what it cost.

Called by engine.app as the route /clients/{client_id}.
"""

from collections.abc import Callable
from typing import Final

import flet as ft

from api.schemas.clients import ClientOut
from api.schemas.costs import SummaryOut
from api.schemas.fields import PageOf
from api.schemas.projects import ProjectOut
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import divider, scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import day, money
from engine.ui.pages.clients.contacts import Contacts
from engine.ui.pages.clients.details import Details
from engine.ui.pages.messages.thread import Thread
from engine.ui.theme import Radius, Role, space

MOST_PROJECTS: Final = 20
ASIDE_WIDTH: Final = space(96)


@ft.component
def ClientPage() -> ft.Control:
    """The client at this address. Another client is another page."""
    client_id = ft.use_route_params().get("client_id", "")
    return ft.Container(OneClient(client_id, key=client_id), expand=True)  # type: ignore[call-arg]  # Flet takes the key off


@ft.component
def OneClient(client_id: str) -> ft.Control:
    """The client once it is loaded; loaded again after each change."""
    desk = use_desk()
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    match use_loaded(lambda: desk.api.client(client_id), changes):
        case Waiting():
            return scrolled([skeleton(desk.words, rows=8)])
        case Failed(problem) if problem.status == 404:
            return scrolled([back(desk), gone(desk)])
        case Failed() as failed:
            return scrolled([back(desk), Trouble(failed)])
        case Loaded(client):
            return _page(desk, client, look_again)


def back(desk: Desk, path: str = "/clients", word: str = "clients.title") -> ft.Control:
    """The way up."""
    button = ft.TextButton(
        desk.words(word),
        icon=ft.Icons.ARROW_BACK,
        style=ft.ButtonStyle(padding=ft.Padding.only(right=space(2))),
        on_click=lambda _: desk.go(path),
    )
    return ft.Row([button])


def gone(desk: Desk) -> ft.Control:
    """No client at this address."""
    return empty(desk.words("clients.gone"), desk.words("clients.gone_more"), ft.Icons.STOREFRONT_OUTLINED)


def _page(desk: Desk, client: ClientOut, look_again: Callable[[], None]) -> ft.Control:
    words = desk.words
    brand = ft.OutlinedButton(
        words("clients.brand"),
        icon=ft.Icons.PALETTE_OUTLINED,
        on_click=lambda _: desk.go(f"/clients/{client.id}/brand"),
    )
    said: list[ft.Control] = [heading(client.name)]
    if client.archived_at is not None:
        said.append(text(words("clients.is_archived"), "caption", Role.CAUTION))
    title = ft.Column(said, spacing=0, expand=desk.layout != "narrow")
    if desk.layout == "narrow":
        head = ft.Column([back(desk), title, brand], spacing=space(3))
    else:
        head = ft.Column([back(desk), ft.Row([title, brand], spacing=space(4))], spacing=space(1))
    details = Details(client, look_again)
    thread = Thread(client.id)
    aside = [Cost(client.id), Projects(client.id)]
    people = Contacts(client.id)
    if desk.layout == "wide":
        left = ft.Column([details, people], spacing=space(6), expand=True)
        right = ft.Column([thread, *aside], spacing=space(6), width=ASIDE_WIDTH)
        columns = ft.Row([left, right], spacing=space(6), vertical_alignment=ft.CrossAxisAlignment.START)
        return scrolled([head, columns])
    return scrolled([head, thread, details, people, *aside])


@ft.component
def Cost(client_id: str) -> ft.Control:
    """What was spent for the client so far, by provider."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    content: ft.Control
    match use_loaded(lambda: desk.api.client_cost(client_id), feed.news):
        case Waiting():
            content = skeleton(words, rows=2)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded(SummaryOut(total=total, parts=parts)):
            rows: list[ft.Control] = [text(money(total.amount_micros, words), "figure")]
            rows += [
                ft.Row(
                    [
                        text(words.named("provider", part.key, part.key), color=Role.MUTED, lines=1, expand=True),
                        text(money(part.cost.amount_micros, words)),
                    ]
                )
                for part in parts
            ]
            if not parts:
                rows.append(text(words("clients.no_cost"), color=Role.MUTED))
            content = ft.Column(rows, spacing=space(2))
    return titled_card(words("clients.cost"), content)


@ft.component
def Projects(client_id: str) -> ft.Control:
    """The client's projects, the newest first."""
    desk, feed = use_desk(), use_feed()
    words = desk.words
    content: ft.Control
    match use_loaded(lambda: desk.api.client_projects(client_id, limit=MOST_PROJECTS), feed.news):
        case Waiting():
            content = skeleton(words, rows=3)
        case Failed() as failed:
            content = Trouble(failed)
        case Loaded(PageOf(items=[])):
            content = text(words("clients.no_projects"), color=Role.MUTED)
        case Loaded(page):
            rows: list[ft.Control] = []
            for project in page.items:
                rows += [divider(), _project(desk, project)] if rows else [_project(desk, project)]
            if page.next_cursor is not None:
                rows.append(text(words("clients.more_projects", count=MOST_PROJECTS), "caption", Role.MUTED))
            content = ft.Column(rows, spacing=space(2))
    return titled_card(words("clients.projects"), content)


def _project(desk: Desk, project: ProjectOut) -> ft.Control:
    words = desk.words
    when = day(project.due_on, words) if project.due_on else words("projects.no_due")
    facts = f"{words(f'project.{project.status}')} · {words('projects.due').lower()}: {when}"
    said = ft.Column(
        [text(project.name, "strong", lines=1), text(facts, "caption", Role.MUTED, lines=1)], spacing=0, expand=True
    )
    return ft.TextButton(
        content=ft.Row([said]),
        style=ft.ButtonStyle(
            padding=ft.Padding.symmetric(vertical=space(1), horizontal=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: desk.go(f"/projects/{project.id}"),
    )
