"""Spend chart: a month by day and provider, what each took, and the budget of it.

Called by the dashboard and the page of costs.
"""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import flet as ft

from api.schemas.costs import BudgetOut
from engine.ui.components.surfaces import dot
from engine.ui.components.texts import text
from engine.ui.notation import day, money
from engine.ui.theme import HAIRLINE, Radius, Role, space
from engine.ui.words import Words

CHART_HEIGHT: Final = space(32)
PROVIDER_COLOURS: Final = (Role.ACCENT, Role.INFO, Role.POSITIVE, Role.CAUTION)


@dataclass(frozen=True)
class ProviderSpend:
    """What one provider took. Amounts in micro-euros."""

    name: str
    total_micros: int
    by_day: Mapping[date, int]


def spend_chart(parts: Sequence[ProviderSpend], month: date, words: Words) -> ft.Control:
    """A bar for each day of the month, a piece for each provider; the highest is as high as the chart. month: any day
    of it; parts: the largest first."""
    days = [month.replace(day=number + 1) for number in range(calendar.monthrange(month.year, month.month)[1])]
    totals = {on: sum(part.by_day.get(on, 0) for part in parts) for on in days}
    scale = CHART_HEIGHT / max(1, *totals.values())
    bars: list[ft.Control] = [_bar(on, parts, totals[on], scale, words) for on in days]
    told = ", ".join(_day_and_amount(on, amount, words) for on, amount in totals.items() if amount)
    ends = ft.Row(
        [text(day(days[0], words), "caption", Role.MUTED), text(day(days[-1], words), "caption", Role.MUTED)],
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
    )
    chart = ft.Container(
        ft.Row(bars, spacing=HAIRLINE * 2, vertical_alignment=ft.CrossAxisAlignment.END),
        height=CHART_HEIGHT + space(1),
        border=ft.Border.only(bottom=ft.BorderSide(HAIRLINE, Role.LINE)),
    )
    return ft.Semantics(label=told, image=True, content=ft.Column([chart, ends], spacing=space(1)))


def _bar(on: date, parts: Sequence[ProviderSpend], total_micros: int, scale: float, words: Words) -> ft.Control:
    """scale: pixels for a micro-euro. A refund that is larger than the day's costs shows as no bar."""
    pieces: list[ft.Control] = [
        ft.Container(bgcolor=color, height=max(HAIRLINE, scale * part.by_day[on]))
        for color, part in zip(PROVIDER_COLOURS, parts, strict=False)
        if part.by_day.get(on, 0) > 0
    ]
    return ft.Container(
        ft.Column(pieces[::-1], spacing=0, tight=True, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        expand=True,
        border_radius=ft.BorderRadius.vertical(top=HAIRLINE * 2),
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        tooltip=_day_and_amount(on, total_micros, words) if total_micros else None,
    )


def _day_and_amount(on: date, amount_micros: int, words: Words) -> str:
    return words("dashboard.day_spend", day=day(on, words), amount=money(amount_micros, words))


def legend(parts: Sequence[ProviderSpend], words: Words) -> ft.Control:
    """Each provider's part, the largest first."""
    entries: list[ft.Control] = [
        ft.Row(
            [dot(color), text(part.name, "caption"), text(money(part.total_micros, words), "caption", Role.MUTED)],
            spacing=space(2),
            tight=True,
        )
        for color, part in zip(PROVIDER_COLOURS, parts, strict=False)
    ]
    return ft.Row(entries, spacing=space(4), wrap=True)


def month_budget(budget: BudgetOut | None, words: Words) -> ft.Control:
    """What is left of it, or by how much it is over."""
    if budget is None:
        return text(words("dashboard.no_budget"), "caption", Role.MUTED)
    used = budget.booked_micros + budget.reserved_micros
    limit, left = money(budget.limit_micros, words), budget.limit_micros - used
    is_over = left < 0
    said = (
        words("dashboard.budget_over", over=money(-left, words), limit=limit)
        if is_over
        else words("dashboard.budget_left", left=money(left, words), limit=limit)
    )
    share = min(1.0, used / budget.limit_micros) if budget.limit_micros else 1.0
    return ft.Column(
        [
            ft.ProgressBar(
                value=share,
                color=Role.DANGER if is_over else Role.ACCENT,
                semantics_label=words("dashboard.budget_used"),
                border_radius=Radius.SMALL,
            ),
            text(said, "caption", Role.DANGER if is_over else Role.MUTED),
        ],
        spacing=space(1),
    )
