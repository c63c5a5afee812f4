"""The dashboard's page: one glance, without scrolling where there is room."""

from datetime import datetime

import flet as ft

from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.pages.dashboard.needs import needs_card
from engine.ui.pages.dashboard.overview import Overview, load_overview
from engine.ui.pages.dashboard.recent import recent_card
from engine.ui.pages.dashboard.spend import spend_card
from engine.ui.theme import Role, space
from engine.ui.words import Words


@ft.component
def DashboardPage() -> ft.Control:
    """What needs somebody now, what was spent, what was made lately; loaded again whenever something happens."""
    desk, feed = use_desk(), use_feed()
    match use_loaded(lambda: load_overview(desk.api), feed.news):
        case Waiting():
            return scrolled([_head(desk), skeleton(desk.words, rows=6)])
        case Failed() as failed:
            return scrolled([_head(desk), Trouble(failed)])
        case Loaded(overview):
            return _full(desk, overview)


def _full(desk: Desk, overview: Overview) -> ft.Control:
    head, recent = _head(desk), recent_card(desk, overview.recent)
    if desk.layout == "narrow":
        return scrolled([head, needs_card(desk, overview.needs), spend_card(desk, overview.spend), recent])
    cards = [needs_card(desk, overview.needs, expand=1), spend_card(desk, overview.spend, expand=1)]
    if not desk.is_tall:
        beside = ft.Row(cards, spacing=space(4), vertical_alignment=ft.CrossAxisAlignment.START)
        return scrolled([head, beside, recent])
    upper = ft.Row(cards, spacing=space(4), expand=True, vertical_alignment=ft.CrossAxisAlignment.STRETCH)
    return _glance([head, upper, recent])


def _glance(parts: list[ft.Control]) -> ft.Control:
    """As high as the window."""
    margin = ft.Padding.symmetric(vertical=space(6))
    return ft.Container(ft.Column(parts, spacing=space(4), expand=True), padding=margin, expand=True)


def _head(desk: Desk) -> ft.Control:
    now = datetime.now(STUDIO_ZONE)
    name = desk.me.name or desk.me.email
    return ft.Column(
        [heading(greeting(now.hour, name, desk.words)), text(day(now.date(), desk.words), color=Role.MUTED)],
        spacing=0,
    )


def greeting(hour: int, name: str, words: Words) -> str:
    """What one says at this hour."""
    if hour < 12:
        return words("dashboard.morning", name=name)
    return words("dashboard.afternoon" if hour < 18 else "dashboard.evening", name=name)
