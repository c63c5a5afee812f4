"""What was spent this month: the sum, the budget, and a bar for each day."""

import calendar
from datetime import date
from typing import Final

import flet as ft

from engine.ui.components.states import empty
from engine.ui.components.surfaces import dot, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import day, money, today
from engine.ui.pages.dashboard.overview import Spend
from engine.ui.theme import HAIRLINE, Radius, Role, space
from engine.ui.words import Words

CHART_HEIGHT: Final = space(32)
PROVIDER_COLOURS: Final = (Role.ACCENT, Role.INFO, Role.POSITIVE, Role.CAUTION)


def spend_card(desk: Desk, spend: Spend, *, expand: int | None = None) -> ft.Control:
    """The month at a glance."""
    words = desk.words
    parts: list[ft.Control] = [
        ft.Semantics(
            label=words("dashboard.spend_line", amount=money(spend.total_micros, words)),
            exclude_semantics=True,
            content=text(money(spend.total_micros, words), "figure"),
        ),
        _budget(spend, words),
    ]
    if spend.total_micros:
        parts += [_chart(spend, words), _legend(spend, words)]
    else:
        parts.append(empty(words("dashboard.no_spend"), words("dashboard.no_spend_more"), ft.Icons.BAR_CHART))
    return titled_card(words("dashboard.spend"), ft.Column(parts, spacing=space(3)), expand=expand)


def _budget(spend: Spend, words: Words) -> ft.Control:
    budget = spend.budget
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


def _chart(spend: Spend, words: Words) -> ft.Control:
    """A bar for each day of the month, a piece for each provider; the highest is as high as the chart."""
    month = today()
    days = [month.replace(day=number + 1) for number in range(calendar.monthrange(month.year, month.month)[1])]
    totals = {on: sum(part.by_day.get(on, 0) for part in spend.parts) for on in days}
    scale = CHART_HEIGHT / max(1, *totals.values())
    bars: list[ft.Control] = [_bar(on, spend, totals[on], scale, words) for on in days]
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


def _bar(on: date, spend: Spend, total_micros: int, scale: float, words: Words) -> ft.Control:
    """scale: pixels for a micro-euro. A refund that is larger than the day's costs shows as no bar."""
    pieces: list[ft.Control] = [
        ft.Container(bgcolor=color, height=max(HAIRLINE, scale * part.by_day[on]))
        for color, part in zip(PROVIDER_COLOURS, spend.parts, strict=False)
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


def _legend(spend: Spend, words: Words) -> ft.Control:
    """Each provider's part, the largest first."""
    parts: list[ft.Control] = [
        ft.Row(
            [dot(color), text(part.name, "caption"), text(money(part.total_micros, words), "caption", Role.MUTED)],
            spacing=space(2),
            tight=True,
        )
        for color, part in zip(PROVIDER_COLOURS, spend.parts, strict=False)
    ]
    return ft.Row(parts, spacing=space(4), wrap=True)
