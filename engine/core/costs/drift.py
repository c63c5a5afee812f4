"""Drift: how far what a model cost lies from what was estimated for it.

Called by api.routers.costs. Law: only what was bought counts, never a refund; of an old drift nobody is told, since a
price that was mended stays wrong in what it was booked with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.costs.totals import Cost
from engine.core.models import UsageModelTotal

WORTH_A_LOOK_PERCENT: Final = 5
"""Roundings and a moved exchange rate stay below it; a vendor's new price does not."""
_NOTHING: Final = Cost(0, 0, 0)


@dataclass(frozen=True)
class Drift:
    """One model of a provider, in one month and ever since the first."""

    provider: str
    model: str
    month: Cost
    all_time: Cost

    @property
    def month_percent(self) -> int | None:
        """How much more it cost in the month than was estimated; below zero for less, None where nothing was."""
        return _percent(self.month)

    @property
    def all_time_percent(self) -> int | None:
        """The same for all time."""
        return _percent(self.all_time)

    @property
    def is_worth_a_look(self) -> bool:
        """Whether its price no longer tells what it costs."""
        apart = abs(self.month.amount_micros - self.month.estimated_micros)
        return apart > 0 and apart * 100 >= WORTH_A_LOOK_PERCENT * self.month.estimated_micros


def drift_by_model(session: Session, month: str) -> Sequence[Drift]:
    """Every model that was ever bought; those whose price is worth a look first, then by what they cost in the month.

    month: YYYY-MM.
    """
    sums = (
        func.sum(UsageModelTotal.amount_micros),
        func.sum(UsageModelTotal.estimated_micros),
        func.sum(UsageModelTotal.lines),
    )
    by_model = select(UsageModelTotal.provider, UsageModelTotal.model, *sums).group_by(
        UsageModelTotal.provider, UsageModelTotal.model
    )
    of_month = by_model.where(UsageModelTotal.starts_on == date.fromisoformat(f"{month}-01"))
    months = {(row[0], row[1]): Cost(int(row[2]), int(row[3]), int(row[4])) for row in session.execute(of_month)}
    drifts = [
        Drift(row[0], row[1], months.get((row[0], row[1]), _NOTHING), Cost(int(row[2]), int(row[3]), int(row[4])))
        for row in session.execute(by_model)
    ]
    return sorted(
        drifts, key=lambda one: (not one.is_worth_a_look, -one.month.amount_micros, -one.all_time.amount_micros)
    )


def _percent(cost: Cost) -> int | None:
    if not cost.estimated_micros:
        return None
    return round(100 * (cost.amount_micros - cost.estimated_micros) / cost.estimated_micros)
