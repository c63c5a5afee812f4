"""Splits: a month by provider, kind, client and project; each part leads to its lines.

Called by the page of costs.
"""

from collections.abc import Callable
from datetime import date
from typing import Final

import flet as ft

from api.schemas.costs import MonthOut, NamedCostOut, NamedCostsOut
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import money
from engine.ui.pages.costs.wish import Lines
from engine.ui.theme import Radius, Role, space

MOST_ROWS: Final = 8
_PARTS: Final = 1000
"""A bar is divided this finely."""


def splits(desk: Desk, month: MonthOut, first_day: date) -> ft.Control:
    """Four cards, beside each other where there is room."""
    words = desk.words

    def card_of(name: str, costs: NamedCostsOut, named: Callable[[NamedCostOut], str]) -> ft.Control:
        def lead(part: NamedCostOut) -> str:
            return Lines.of_month(first_day, **{name: part.key}).address()

        rows = [
            _row(desk, part, named(part), lead(part), month.total.amount_micros) for part in costs.parts[:MOST_ROWS]
        ]
        rest = sum(part.cost.amount_micros for part in costs.parts[MOST_ROWS:]) + costs.others.amount_micros
        if rest or costs.others.lines:
            said = words("costs.others", amount=money(rest, words))
            rows.append(ft.Container(text(said, "caption", Role.MUTED), padding=ft.Padding.only(left=space(2))))
        return titled_card(words(f"costs_by.{name}"), ft.Column(rows, spacing=space(1)))

    cards = [
        card_of("client", month.by_client, lambda part: part.name),
        card_of("project", month.by_project, lambda part: part.name),
        card_of("provider", month.by_provider, lambda part: part.name),
        card_of("kind", month.by_kind, lambda part: words.named("usage_kind", part.key)),
    ]
    if desk.layout == "narrow":
        return ft.Column(cards, spacing=space(4))
    columns: list[ft.Control] = [
        ft.Column([cards[place], cards[place + 2]], spacing=space(4), expand=1) for place in (0, 1)
    ]
    return ft.Row(columns, spacing=space(4), vertical_alignment=ft.CrossAxisAlignment.START)


def _row(desk: Desk, part: NamedCostOut, name: str, address: str, total_micros: int) -> ft.Control:
    """A button as wide as the card."""
    words = desk.words
    amount = money(part.cost.amount_micros, words)
    said = ft.Row([text(name, lines=1, expand=True), text(amount, "strong")], spacing=space(3))
    return ft.TextButton(
        content=ft.Column([said, _bar(part.cost.amount_micros, total_micros)], spacing=space(1), tight=True),
        style=ft.ButtonStyle(
            color=Role.INK,
            padding=ft.Padding.symmetric(vertical=space(2), horizontal=space(2)),
            shape=ft.RoundedRectangleBorder(radius=Radius.SMALL),
        ),
        on_click=lambda _: desk.go(address),
    )


def _bar(amount_micros: int, total_micros: int) -> ft.Control:
    """Its share; what was refunded has none."""
    share = round(_PARTS * min(1.0, max(0.0, amount_micros / max(1, total_micros))))
    pieces: list[ft.Control] = [
        ft.Container(bgcolor=color, height=space(1), expand=width)
        for color, width in ((Role.ACCENT, share), (Role.LINE, _PARTS - share))
        if width
    ]
    return ft.Container(ft.Row(pieces, spacing=0), border_radius=Radius.SMALL, clip_behavior=ft.ClipBehavior.HARD_EDGE)
