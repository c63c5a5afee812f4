"""The page of costs: one month, its budgets, what drifts and what waits for an answer.

Called by engine.app as the route /costs. The month stands in the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import flet as ft

from api.schemas.costs import DriftsOut, MonthOut, QuestionOut
from engine.ui.addresses import use_query
from engine.ui.client import StudioApi
from engine.ui.components.actions import icon_action
from engine.ui.components.budget_row import BudgetRow
from engine.ui.components.questions import Question
from engine.ui.components.spend_chart import ProviderSpend, legend, spend_chart
from engine.ui.components.states import Trouble, empty, skeleton
from engine.ui.components.surfaces import divider, scrolled, titled_card
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk, use_feed
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.notation import money, month_name, today
from engine.ui.pages.costs.drift import drift_card
from engine.ui.pages.costs.splits import splits
from engine.ui.pages.costs.wish import Lines, last_of_month, month_address, month_of
from engine.ui.pages.settings.sections import is_owner
from engine.ui.theme import Role, space

MOST_BUDGETS: Final = 12
"""The studio's, then the fullest; the others stand in Settings."""


@dataclass(frozen=True)
class Known:
    """All that the page shows. first_day: of the month."""

    first_day: date
    month: MonthOut
    drifts: DriftsOut
    questions: list[QuestionOut]


async def load_costs(api: StudioApi, first_day: date) -> Known:
    """Raises ApiProblem."""
    month, drifts = await api.month_of_costs(f"{first_day:%Y-%m}"), await api.drift()
    return Known(first_day, month, drifts, (await api.questions()).items)


@ft.component
def CostsPage() -> ft.Control:
    """The running month, unless the address says another one; loaded again whenever something happens."""
    desk, feed = use_desk(), use_feed()
    first_day = month_of(use_query(), today())
    changes, set_changes = ft.use_state(0)

    def look_again() -> None:
        set_changes(lambda before: before + 1)

    head = _head(desk, first_day)
    match use_loaded(lambda: load_costs(desk.api, first_day), first_day, changes, feed.news):
        case Waiting():
            return scrolled([head, skeleton(desk.words, rows=8)])
        case Failed() as failed:
            return scrolled([head, Trouble(failed)])
        case Loaded(known) if known.first_day != first_day:
            return scrolled([head, skeleton(desk.words, rows=8)])
        case Loaded(known):
            return scrolled([head, *_parts(desk, known, look_again)])


def _head(desk: Desk, first_day: date) -> ft.Control:
    """The title, the month with the ways to others, and the way to its lines."""
    words = desk.words
    before, after = first_day - timedelta(days=1), last_of_month(first_day) + timedelta(days=1)
    month = ft.Row(
        [
            icon_action(
                ft.Icons.CHEVRON_LEFT, words("costs.month_before"), lambda: desk.go(month_address(before, today()))
            ),
            text(month_name(first_day, words), "strong"),
        ],
        spacing=space(1),
        tight=True,
    )
    if after <= today():
        month.controls.append(
            icon_action(
                ft.Icons.CHEVRON_RIGHT, words("costs.month_after"), lambda: desk.go(month_address(after, today()))
            )
        )
    lines = ft.OutlinedButton(
        words("costs.to_lines"),
        icon=ft.Icons.RECEIPT_LONG_OUTLINED,
        on_click=lambda _: desk.go(Lines.of_month(first_day).address()),
    )
    return ft.Row(
        [heading(words("costs.title")), month, lines],
        spacing=space(4),
        run_spacing=space(2),
        wrap=True,
        alignment=ft.MainAxisAlignment.SPACE_BETWEEN,
        vertical_alignment=ft.CrossAxisAlignment.CENTER,
    )


def _parts(desk: Desk, known: Known, look_again: Callable[[], None]) -> list[ft.Control]:
    parts: list[ft.Control] = []
    if known.questions:
        parts.append(_questions(desk, known.questions))
    spend, budgets = _spend(desk, known), _budgets(desk, known, look_again)
    if desk.layout == "wide":
        beside: list[ft.Control] = [ft.Container(spend, expand=1), ft.Container(budgets, expand=1)]
        parts.append(ft.Row(beside, spacing=space(4), vertical_alignment=ft.CrossAxisAlignment.START))
    else:
        parts += [spend, budgets]
    if known.month.total.lines:
        parts.append(splits(desk, known.month, known.first_day))
    if known.drifts.items:
        parts.append(drift_card(desk, known.drifts.items))
    return parts


def _spend(desk: Desk, known: Known) -> ft.Control:
    """What was spent, what it will be, and a bar for each day."""
    words, month = desk.words, known.month
    amount = money(month.total.amount_micros, words)
    name = month_name(known.first_day, words)
    parts: list[ft.Control] = [
        ft.Semantics(
            label=words("costs.spent_line", month=name, amount=amount),
            exclude_semantics=True,
            content=text(amount, "figure"),
        )
    ]
    if month.forecast_micros is not None and month.days_passed is not None:
        parts.append(
            text(
                words("costs.forecast", amount=money(month.forecast_micros, words), days=month.days_passed),
                "caption",
                Role.MUTED,
            )
        )
        limit = next((budget.limit_micros for budget in month.budgets if budget.scope == "studio_month"), None)
        if limit is not None and month.forecast_micros > limit:
            parts.append(text(words("costs.forecast_over", limit=money(limit, words)), "caption", Role.CAUTION))
    if month.total.lines:
        shown = [
            ProviderSpend(
                part.provider,
                part.cost.amount_micros,
                {date.fromisoformat(day.key): day.cost.amount_micros for day in part.days},
            )
            for part in month.by_day
        ]
        parts += [spend_chart(shown, known.first_day, words), legend(shown, words)]
    else:
        parts.append(empty(words("costs.none"), words("dashboard.no_spend_more"), ft.Icons.BAR_CHART))
    return titled_card(words("costs.spent"), ft.Column(parts, spacing=space(3)))


def _budgets(desk: Desk, known: Known, look_again: Callable[[], None]) -> ft.Control:
    words = desk.words
    to_all = icon_action(ft.Icons.ARROW_FORWARD, words("costs.to_budgets"), lambda: desk.go("/settings/budgets"))
    rows: list[ft.Control] = []
    for budget in known.month.budgets[:MOST_BUDGETS]:
        rows += [divider()] if rows else []
        is_studio = budget.scope == "studio_month"
        name = words("budgets.whole_studio") if is_studio else budget.name or words(f"budget_of.{budget.scope}")
        of = words("budgets.all_of_it") if budget.scope == "project" else month_name(known.first_day, words)
        may_change = is_owner(desk.me)
        rows.append(BudgetRow(budget, name, of, look_again, may_change=may_change, key=budget.id))  # type: ignore[call-arg]  # Flet takes it off
    if (more := len(known.month.budgets) - MOST_BUDGETS) > 0:
        rows += [divider(), text(words("costs.more_budgets", count=more), "caption", Role.MUTED)]
    if not rows:
        rows = [empty(words("budgets.none"), words("costs.no_budgets_more"), ft.Icons.SAVINGS_OUTLINED)]
    return titled_card(words("settings.budgets"), ft.Column(rows, spacing=space(4)), aside=to_all)


def _questions(desk: Desk, questions: list[QuestionOut]) -> ft.Control:
    """What only a person can clear up, before more money goes."""
    rows: list[ft.Control] = []
    for question in questions:
        rows += [divider()] if rows else []
        rows.append(Question(question, key=question.id))  # type: ignore[call-arg]  # Flet takes it off
    return titled_card(desk.words("costs.questions"), ft.Column(rows, spacing=space(4)))
