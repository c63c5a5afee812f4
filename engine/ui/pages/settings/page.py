"""Settings: its sections beside each other, the one of the address open.

Called by engine.app as the routes /settings and /settings/{section}. A list at the left; on a phone, a menu.
"""

from collections.abc import Callable, Mapping
from typing import Final

import flet as ft

from engine.ui.components.choice import choice
from engine.ui.components.surfaces import card, scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.audit.page import Audit
from engine.ui.pages.settings.appearance import Appearance
from engine.ui.pages.settings.budgets import Budgets
from engine.ui.pages.settings.client_login import ClientLogin
from engine.ui.pages.settings.health import Health
from engine.ui.pages.settings.outbox import Outbox
from engine.ui.pages.settings.prices import Prices
from engine.ui.pages.settings.providers import Providers
from engine.ui.pages.settings.sections import SECTIONS, Section, sections_for
from engine.ui.pages.settings.staff import Staff
from engine.ui.pages.settings.storage import Storage
from engine.ui.pages.settings.studio import StudioSection
from engine.ui.pages.settings.you import You
from engine.ui.theme import Radius, Role, space

LIST_WIDTH = space(46)
FORM_WIDTH = space(160)
PAGES: Final[Mapping[str, Callable[[], ft.Control]]] = {
    "you": You,
    "appearance": Appearance,
    "studio": StudioSection,
    "client_login": ClientLogin,
    "staff": Staff,
    "providers": Providers,
    "prices": Prices,
    "budgets": Budgets,
    "storage": Storage,
    "outbox": Outbox,
    "audit": Audit,
    "health": Health,
}


@ft.component
def SettingsPage() -> ft.Control:
    """The list or menu, and one section."""
    desk = use_desk()
    name = ft.use_route_params().get("section") or SECTIONS[0].name
    head = heading(desk.words("settings.title"))
    section = ft.Container(_section(desk, name), width=FORM_WIDTH)
    if desk.layout == "narrow":
        return scrolled([head, _menu(desk, name), section])
    places: list[ft.Control] = [_place(desk, one, is_here=one.name == name) for one in sections_for(desk.me)]
    beside = ft.Container(
        ft.Column(
            [ft.Container(head, padding=ft.Padding.only(bottom=space(3))), *places],
            spacing=space(1),
            scroll=ft.ScrollMode.AUTO,
            horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
        ),
        width=LIST_WIDTH,
        padding=ft.Padding.symmetric(vertical=space(6)),
    )
    return ft.Row(
        [beside, scrolled([section])],
        spacing=space(6),
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _section(desk: Desk, name: str) -> ft.Control:
    """What the address names, or why it is not there."""
    if name not in {section.name for section in sections_for(desk.me)}:
        is_known = name in {section.name for section in SECTIONS}
        return card(text(desk.words("settings.owners_only" if is_known else "shell.not_found")))
    return PAGES[name]()


def _menu(desk: Desk, name: str) -> ft.Control:
    sections = sections_for(desk.me)
    options = [(section.name, desk.words(f"settings.{section.name}")) for section in sections]
    return choice(desk.words("settings.section"), name, options, lambda chosen: desk.go(f"/settings/{chosen}"))


def _place(desk: Desk, section: Section, *, is_here: bool) -> ft.Control:
    icon = ft.Icon(section.icon, size=space(5), color=Role.ACCENT if is_here else Role.MUTED)
    name = text(desk.words(f"settings.{section.name}"), "strong", lines=1, expand=True)
    button = ft.TextButton(
        content=ft.Row([icon, name], spacing=space(3)),
        on_click=lambda _: desk.go(section.path),
        style=ft.ButtonStyle(
            bgcolor=Role.LINE if is_here else Role.CLEAR,
            color=Role.INK,
            padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(3)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
    )
    return ft.MergeSemantics(ft.Semantics(selected=is_here, content=button))
