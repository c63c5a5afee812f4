"""What was spent this month: the sum, the budget, and a bar for each day."""

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.spend_chart import legend, month_budget, spend_chart
from engine.ui.components.states import empty
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import money, today
from engine.ui.pages.dashboard.overview import Spend
from engine.ui.theme import space


def spend_card(desk: Desk, spend: Spend, *, expand: int | None = None) -> ft.Control:
    """The month at a glance, and the way to all of it."""
    words = desk.words
    parts: list[ft.Control] = [
        ft.Semantics(
            label=words("dashboard.spend_line", amount=money(spend.total_micros, words)),
            exclude_semantics=True,
            content=text(money(spend.total_micros, words), "figure"),
        ),
        month_budget(spend.budget, words),
    ]
    if spend.total_micros:
        parts += [spend_chart(spend.parts, today(), words), legend(spend.parts, words)]
    else:
        parts.append(empty(words("dashboard.no_spend"), words("dashboard.no_spend_more"), ft.Icons.BAR_CHART))
    to_costs = icon_action(ft.Icons.ARROW_FORWARD, words("dashboard.to_costs"), lambda: desk.go("/costs"))
    return titled_card(words("dashboard.spend"), ft.Column(parts, spacing=space(3)), aside=to_costs, expand=expand)
