"""Drift: what each model cost beside what was estimated for it, and which price should be looked at.

Called by the page of costs.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from api.schemas.costs import CostOut, DriftOut
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import money
from engine.ui.theme import Role, space
from engine.ui.words import Words

MOST_ROWS: Final = 12


def drift_card(desk: Desk, drifts: Sequence[DriftOut]) -> ft.Control:
    """Those that are worth a look first, with the way to the prices."""
    words = desk.words
    wanting = [drift for drift in drifts if drift.is_worth_a_look]
    rows: list[ft.Control] = []
    if wanting:
        said = words("drift.look_one") if len(wanting) == 1 else words("drift.look", count=len(wanting))
        to_prices = ft.OutlinedButton(words("drift.to_prices"), on_click=lambda _: desk.go("/settings/prices"))
        row: list[ft.Control] = [text(said, color=Role.CAUTION), to_prices]
        rows.append(ft.Row(row, spacing=space(4), run_spacing=space(2), wrap=True))
    else:
        rows.append(text(words("drift.fine"), color=Role.MUTED))
    for drift in drifts[:MOST_ROWS]:
        rows += [divider(), _row(desk, drift)]
    return titled_card(words("drift.title"), ft.Column(rows, spacing=space(3)))


def _row(desk: Desk, drift: DriftOut) -> ft.Control:
    words = desk.words
    name: list[ft.Control] = [
        text(drift.model, "strong", lines=1),
        text(drift.provider, "caption", Role.MUTED, lines=1),
    ]
    if drift.is_worth_a_look:
        name.append(text(words("drift.look_at"), "caption", Role.CAUTION))
    times: list[ft.Control] = [
        _time(words("drift.month"), drift.month, drift.month_percent, words, is_loud=drift.is_worth_a_look),
        _time(words("drift.all_time"), drift.all_time, drift.all_time_percent, words),
    ]
    if desk.layout == "narrow":
        return ft.Column([*name, *times], spacing=space(1))
    beside: list[ft.Control] = [
        ft.Column(name, spacing=0, expand=True),
        ft.Column(times, spacing=space(1), expand=True),
    ]
    return ft.Row(beside, spacing=space(4), vertical_alignment=ft.CrossAxisAlignment.START)


def _time(when: str, cost: CostOut, percent: int | None, words: Words, *, is_loud: bool = False) -> ft.Control:
    if not cost.lines:
        return text(words("drift.nothing", when=when), "caption", Role.MUTED)
    said = words(
        "drift.time",
        when=when,
        estimated=money(cost.estimated_micros, words),
        actual=money(cost.amount_micros, words),
    )
    apart = (
        "" if percent is None else words("drift.percent", percent=f"{percent:+d}") if percent else words("drift.same")
    )
    return text(f"{said} · {apart}" if apart else said, "caption", Role.CAUTION if is_loud else Role.INK)
