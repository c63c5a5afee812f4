"""Forecast: what a month will have cost if it goes on as it went.

Called by api.routers.costs. Pure. Law: it is made of whole days that have passed, so that a morning does not halve it,
and never lies below what was spent already.
"""

import calendar
from collections.abc import Sequence
from datetime import date
from typing import Final

from engine.core.costs.totals import CostPart

FEWEST_DAYS: Final = 2
"""Of one day nobody can tell a month."""


def days_passed(month: str, today: date) -> int | None:
    """Whole days of the running month that lie behind us, or None where that is too few, or it is not this month.

    month: YYYY-MM; today: the studio's day.
    """
    passed = today.day - 1
    return passed if f"{today:%Y-%m}" == month and passed >= FEWEST_DAYS else None


def forecast_micros(by_day: Sequence[CostPart], month: str, today: date) -> int | None:
    """Micro-euros for the whole month, as its passed days went; None where `days_passed` is. by_day: the month's."""
    passed = days_passed(month, today)
    if passed is None:
        return None
    spent = sum(part.cost.amount_micros for part in by_day)
    before_today = sum(part.cost.amount_micros for part in by_day if part.key < today.isoformat())
    return max(spent, before_today * calendar.monthrange(today.year, today.month)[1] // passed)
