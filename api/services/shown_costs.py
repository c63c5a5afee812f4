"""Shown costs: lines, sums and budgets with the names by which people know whose they are.

Called by api.routers.costs. Law: as few queries for many as for one.
"""

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.schemas.costs import (
    BudgetOut,
    CostOut,
    CostPartOut,
    MonthOut,
    NamedBudgetOut,
    NamedCostOut,
    NamedCostsOut,
    ProviderDaysOut,
    UsageListed,
    UsageOut,
)
from engine.core.costs import budgets, forecast, totals
from engine.core.models import ApiUsage, Budget, BudgetScope, Client, Project, Video

MOST_PARTS: Final = 20
MOST_PROVIDERS: Final = 4
"""As many as a chart can tell apart."""


def as_listed_lines(session: Session, lines: Sequence[ApiUsage]) -> list[UsageListed]:
    """Lines of the ledger as a list shows them, in their order."""
    clients = _names(session, Client.id, Client.name, {line.client_id for line in lines})
    projects = _names(session, Project.id, Project.name, {line.project_id for line in lines})
    videos = _names(session, Video.id, Video.title, {line.video_id for line in lines if line.video_id})
    return [
        UsageListed(
            **UsageOut.model_validate(line).model_dump(),
            client_name=clients.get(line.client_id, ""),
            project_name=projects.get(line.project_id, ""),
            video_title=videos.get(line.video_id or "", ""),
        )
        for line in lines
    ]


def as_month(session: Session, month: str, today: date) -> MonthOut:
    """All that a month cost. month: YYYY-MM; today: the studio's day."""
    first_day = date.fromisoformat(f"{month}-01")
    last_day = first_day.replace(day=calendar.monthrange(first_day.year, first_day.month)[1])

    def split(by: str, provider: str | None = None) -> Sequence[totals.CostPart]:
        return totals.cost_parts(session, by, first_day=first_day, last_day=last_day, provider=provider)

    days, providers, clients, projects = split("day"), split("provider"), split("client"), split("project")
    return MonthOut(
        month=month,
        total=CostOut.model_validate(totals.whole(days)),
        forecast_micros=forecast.forecast_micros(days, month, today),
        days_passed=forecast.days_passed(month, today),
        by_day=[
            ProviderDaysOut(
                provider=part.key,
                cost=CostOut.model_validate(part.cost),
                days=[CostPartOut.model_validate(day) for day in split("day", part.key)],
            )
            for part in providers[:MOST_PROVIDERS]
        ],
        by_provider=_named(providers, {}),
        by_kind=_named(split("kind"), {}),
        by_client=_named(clients, _names(session, Client.id, Client.name, _keys(clients))),
        by_project=_named(projects, _names(session, Project.id, Project.name, _keys(projects))),
        budgets=_named_budgets(session, month),
    )


def _keys(parts: Sequence[totals.CostPart]) -> set[str]:
    return {part.key for part in parts[:MOST_PARTS]}


def _named(parts: Sequence[totals.CostPart], names: Mapping[str, str]) -> NamedCostsOut:
    shown = [
        NamedCostOut(key=part.key, name=names.get(part.key, part.key), cost=CostOut.model_validate(part.cost))
        for part in parts[:MOST_PARTS]
    ]
    return NamedCostsOut(parts=shown, others=CostOut.model_validate(totals.whole(parts[MOST_PARTS:])))


def _named_budgets(session: Session, month: str) -> list[NamedBudgetOut]:
    """Those of the month and of projects: the studio's first, then the fullest of the clients, then of the projects."""
    rows = budgets.all_budgets(session, month)
    of = {scope: {row.scope_id for row in rows if row.scope is scope} for scope in BudgetScope}
    names = {
        **_names(session, Client.id, Client.name, of[BudgetScope.CLIENT_MONTH]),
        **_names(session, Project.id, Project.name, of[BudgetScope.PROJECT]),
    }
    scopes = list(BudgetScope)

    def fullness(row: Budget) -> float:
        return float(row.booked_micros + row.reserved_micros) / max(1, row.limit_micros)

    return [
        NamedBudgetOut(**BudgetOut.model_validate(row).model_dump(), name=names.get(row.scope_id, ""))
        for row in sorted(rows, key=lambda row: (scopes.index(row.scope), -fullness(row)))
    ]


def _names(
    session: Session, key: InstrumentedAttribute[str], name: InstrumentedAttribute[str], wanted: set[str]
) -> Mapping[str, str]:
    if not wanted:
        return {}
    return {row[0]: row[1] for row in session.execute(select(key, name).where(key.in_(wanted)))}
