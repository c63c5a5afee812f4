"""The record: who did what, filtered by the address.

Called by the page of Settings, for owners.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.audit import AuditEntryOut
from api.schemas.auth import StaffOut
from api.schemas.fields import PageOf
from engine.ui.addresses import use_query
from engine.ui.client import StudioApi
from engine.ui.components.actions import icon_action
from engine.ui.components.choice import choice
from engine.ui.components.day_field import DayField
from engine.ui.components.fetching import fetch
from engine.ui.components.rows import Rows
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import card, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import moment
from engine.ui.pages.audit.details import details_of
from engine.ui.pages.audit.wish import AREAS, Wish
from engine.ui.theme import Role, space
from engine.ui.words import Words

SYSTEM: Final = "system"
LONGEST_NAME: Final = 60


@ft.component
def Audit() -> ft.Control:
    """The filters, and what they let through, the newest first."""
    desk = use_desk()
    words = desk.words
    wish = Wish.of(use_query())
    found: ft.Control = card(text(words("lines.backwards"), color=Role.DANGER))
    if not wish.is_backwards:
        found = Found(wish, key=str(wish))  # type: ignore[call-arg]  # Flet takes the key off
    head: list[ft.Control] = [
        text(words("audit.more"), color=Role.MUTED),
        Filters(wish),
        ft.Row(
            [ft.OutlinedButton(words("lines.csv"), icon=ft.Icons.DOWNLOAD, on_click=lambda _: fetch(wish.csv_address))]
        ),
    ]
    return ft.Column(
        [titled_card(words("settings.audit"), ft.Column(head, spacing=space(4))), found],
        spacing=space(4),
    )


@ft.component
def Found(wish: Wish) -> ft.Control:
    """The entries."""
    desk = use_desk()
    words = desk.words

    async def load(cursor: str | None = None) -> PageOf[AuditEntryOut]:
        return await desk.api.audit_entries(wish.asked(), cursor=cursor)

    match use_loaded(load):
        case Waiting():
            return skeleton(words, rows=8)
        case Failed() as failed:
            return Trouble(failed)
        case Loaded(page) if not page.items:
            nothing = empty(words("audit.none"), words("audit.none_more"), ft.Icons.SEARCH_OFF)
            clear = ft.OutlinedButton(words("lines.clear"), on_click=lambda _: desk.go(Wish().address()))
            return card(ft.Column([nothing, clear], spacing=space(3)))
        case Loaded(page):
            rows = Rows(page.items, page.next_cursor, load, lambda entry: _row(desk, wish, entry))
            if not wish.about:
                return rows
            name = page.items[0].subject_name[:LONGEST_NAME]
            said = words("audit.about", name=name) if name else words("audit.about_one")
            away = ft.OutlinedButton(words("audit.not_about"), on_click=lambda _: desk.go(wish.address(about="")))
            top = ft.Row([text(said, "strong"), away], spacing=space(4), run_spacing=space(2), wrap=True)
            return ft.Column([top, rows], spacing=space(3))


async def load_staff(api: StudioApi) -> Sequence[StaffOut]:
    """Who can be chosen from. Raises ApiProblem."""
    return (await api.staff()).items


@ft.component
def Filters(wish: Wish) -> ft.Control:
    """By person, by what it is about, and by day; each leads to another address."""
    desk = use_desk()
    words = desk.words
    people: Sequence[tuple[str, str]] = ()
    match use_loaded(lambda: load_staff(desk.api)):
        case Loaded(staff):
            people = [(f"staff:{one.id}", one.name or one.email) for one in staff]

    def go(**changes: str) -> None:
        desk.go(wish.address(**changes))

    who = [("", words("audit.everybody")), *people, (SYSTEM, words("audit.studio"))]
    if wish.who not in {key for key, _ in who}:
        who.append((wish.who, words("audit.somebody") if ":" in wish.who else wish.who[:LONGEST_NAME]))
    areas = [("", words("audit.all_areas")), *((area, words(f"audit_area.{area}")) for area in AREAS)]
    first = [
        choice(words("audit.who"), wish.who, who, lambda one: go(who=one), is_dense=True),
        choice(words("audit.area"), wish.area, areas, lambda one: go(area=one), is_dense=True),
    ]
    second: list[ft.Control] = [
        DayField(words("lines.since"), wish.since, lambda said: go(since=said)),
        DayField(words("lines.until"), wish.until, lambda said: go(until=said)),
    ]
    if desk.layout == "narrow":
        stretched = ft.CrossAxisAlignment.STRETCH
        return ft.Column([*first, *second], spacing=space(3), horizontal_alignment=stretched)
    top = ft.CrossAxisAlignment.START
    rows: list[ft.Control] = [
        ft.Row([ft.Container(one, expand=True) for one in pair], spacing=space(3), vertical_alignment=top)
        for pair in (first, second)
    ]
    return ft.Column(rows, spacing=space(3))


def _row(desk: Desk, wish: Wish, entry: AuditEntryOut) -> ft.Control:
    """What, on what, by whom and when; and the ways to that thing, and to all about it and all by that person."""
    words = desk.words
    who = _who(entry, words)
    below = [f"{moment(entry.at, words)} · {who}"]
    if entry.address:
        below.append(words("audit.from_address", address=entry.address))
    lines: list[ft.Control] = [
        text(words.named("action", entry.action), "strong"),
        *([text(entry.subject_name, lines=2)] if entry.subject_name else []),
        text(" · ".join(below), "caption", Role.MUTED, lines=2),
    ]
    if details := details_of(entry.facts, words):
        lines.append(text(details, "caption", lines=3))
    ways: list[ft.Control] = []
    name = entry.subject_name[:LONGEST_NAME]
    if entry.subject_path:
        ways.append(
            icon_action(ft.Icons.OPEN_IN_NEW, words("audit.open", name=name), lambda: desk.go(entry.subject_path))
        )
    about = f"{entry.subject_type}:{entry.subject_id}"
    if name and wish.about != about:
        ways.append(
            icon_action(
                ft.Icons.FILTER_LIST, words("audit.all_about", name=name), lambda: desk.go(Wish(about=about).address())
            )
        )
    if wish.who != entry.actor:
        ways.append(
            icon_action(
                ft.Icons.PERSON_SEARCH_OUTLINED,
                words("audit.all_by", name=who),
                lambda: desk.go(Wish(who=entry.actor).address()),
            )
        )
    return ft.Row(
        [ft.Column(lines, spacing=0, expand=True), ft.Row(ways, spacing=0, tight=True)],
        spacing=space(3),
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _who(entry: AuditEntryOut, words: Words) -> str:
    if entry.actor == SYSTEM:
        return words("audit.studio")
    return entry.actor_name or entry.actor[:LONGEST_NAME]
