"""Totals: what was spent, by day, month, provider, kind, client or project.

Law: see the package. The sums are written with each line of the ledger, in its transaction, at three sizes, so that a
screen reads some thousand rows of a ledger of millions; they always equal the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from sqlalchemy import ColumnElement, Select, delete, func, select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.errors import Invalid
from engine.core.models import ApiUsage, UsageDayTotal, UsageMonthTotal, UsageTotal

_STUDIO_WIDE: Final = {"day": UsageDayTotal.day, "provider": UsageDayTotal.provider, "kind": UsageDayTotal.kind}
_BY_PROJECT: Final[dict[str, InstrumentedAttribute[object]]] = {
    "day": UsageTotal.day,
    "provider": UsageTotal.provider,
    "kind": UsageTotal.kind,
    "client": UsageTotal.client_id,
    "project": UsageTotal.project_id,
}
Sums = type[UsageTotal] | type[UsageMonthTotal] | type[UsageDayTotal]
Split = Select[object, int, int, int]


@dataclass(frozen=True)
class Cost:
    """A sum of the ledger: what was booked, what was estimated for it, over how many lines."""

    amount_micros: int
    estimated_micros: int
    lines: int


@dataclass(frozen=True)
class CostPart:
    """The part of a sum that belongs to one day, month, provider, kind, client or project."""

    key: str
    cost: Cost


def cost_of_project(session: Session, project_id: str) -> Cost:
    """All that a project cost so far."""
    return _whole(cost_parts(session, "provider", project_id=project_id))


def cost_between(session: Session, first_day: date, last_day: date, *, client_id: str | None = None) -> Cost:
    """All that was spent from one day to another, both included, by the studio or for one client."""
    return _whole(cost_parts(session, "provider", first_day=first_day, last_day=last_day, client_id=client_id))


def cost_parts(
    session: Session,
    by: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    client_id: str | None = None,
    project_id: str | None = None,
    provider: str | None = None,
) -> Sequence[CostPart]:
    """A sum split by day, month, provider, kind, client or project; the largest part first, times in their order.

    first_day, last_day: in the studio's zone, both included. Raises Invalid where it cannot be split by that.
    """
    if by == "month":
        days = cost_parts(
            session,
            "day",
            first_day=first_day,
            last_day=last_day,
            client_id=client_id,
            project_id=project_id,
            provider=provider,
        )
        return [CostPart(month, _whole(list(some))) for month, some in groupby(days, key=lambda part: part.key[:7])]
    if by not in _BY_PROJECT:
        raise Invalid(f"Costs are split by month, {', '.join(_BY_PROJECT)}.", field="by")
    is_narrow = client_id is not None or project_id is not None
    if is_narrow or (provider is not None and by not in _STUDIO_WIDE):
        owned = _days(_summed(_BY_PROJECT[by], UsageTotal), UsageTotal.day, first_day, last_day)
        if client_id is not None:
            owned = owned.where(UsageTotal.client_id == client_id)
        if project_id is not None:
            owned = owned.where(UsageTotal.project_id == project_id)
        if provider is not None:
            owned = owned.where(UsageTotal.provider == provider)
        found = owned
    elif by in _STUDIO_WIDE:
        found = _days(_summed(_STUDIO_WIDE[by], UsageDayTotal), UsageDayTotal.day, first_day, last_day)
        if provider is not None:
            found = found.where(UsageDayTotal.provider == provider)
    else:
        found = _of_whole_studio(by, first_day, last_day)
    rows = session.execute(found).all()
    parts = [CostPart(str(row[0]), Cost(int(row[1]), int(row[2]), int(row[3]))) for row in rows]
    if by == "day":
        return sorted(parts, key=lambda part: part.key)
    return sorted(parts, key=lambda part: (-part.cost.amount_micros, part.key))


def count(session: Session, usage: ApiUsage) -> None:
    """Add a line of the ledger to its sums. Called once for a line, in the transaction that writes it."""
    day = usage.at.astimezone(STUDIO_ZONE).date()
    owned = {"project_id": usage.project_id, "client_id": usage.client_id}
    _add(session, UsageTotal, usage, {"day": day, **owned})
    _add(session, UsageMonthTotal, usage, {"month": day.replace(day=1), **owned})
    _add(session, UsageDayTotal, usage, {"day": day})


def rebuild_totals(session: Session) -> None:
    """Make the sums anew from the lines, after lines came in by another way than the ledger's own (a bulk import)."""
    for model in (UsageTotal, UsageMonthTotal, UsageDayTotal):
        session.execute(delete(model))
    lines = session.execute(
        select(
            ApiUsage.at,
            ApiUsage.project_id,
            ApiUsage.provider,
            ApiUsage.kind,
            ApiUsage.client_id,
            ApiUsage.amount_micros,
            ApiUsage.estimated_micros,
        ).execution_options(yield_per=10_000)
    )
    totals: dict[tuple[object, ...], list[int]] = {}
    for at, project_id, provider, kind, client_id, amount_micros, estimated_micros in lines:
        day = at.astimezone(STUDIO_ZONE).date()
        for key in (
            (UsageTotal, day, project_id, provider, kind, client_id),
            (UsageMonthTotal, day.replace(day=1), project_id, provider, kind, client_id),
            (UsageDayTotal, day, provider, kind),
        ):
            total = totals.setdefault(key, [0, 0, 0])
            total[0] += amount_micros
            total[1] += estimated_micros
            total[2] += 1
    names: dict[Sums, tuple[str, ...]] = {
        UsageTotal: ("day", "project_id", "provider", "kind", "client_id"),
        UsageMonthTotal: ("month", "project_id", "provider", "kind", "client_id"),
        UsageDayTotal: ("day", "provider", "kind"),
    }
    for model, fields in names.items():
        session.add_all(
            model(
                **dict(zip(fields, key[1:], strict=True)),
                amount_micros=amount,
                estimated_micros=estimated,
                lines=count_of_lines,
            )
            for key, (amount, estimated, count_of_lines) in totals.items()
            if key[0] is model
        )
    session.flush()


def _of_whole_studio(by: str, first_day: date | None, last_day: date | None) -> Split:
    """By client or project over all projects: whole months from their own sums, the days around them one by one.

    The rows are put together first and summed once: a GROUP BY on the days alone makes SQLite walk all of them in the
    order of their clients.
    """
    pieces: list[Split] = []
    if first_day is not None and first_day.day > 1:
        end = _last_of_month(first_day)
        pieces.append(_days(_rows(by, UsageTotal), UsageTotal.day, first_day, min(end, last_day or end)))
        first_day = end + timedelta(days=1)
    if last_day is not None and last_day != _last_of_month(last_day) and (first_day is None or first_day <= last_day):
        begin = last_day.replace(day=1)
        pieces.append(_days(_rows(by, UsageTotal), UsageTotal.day, begin, last_day))
        last_day = begin - timedelta(days=1)
    if first_day is None or last_day is None or first_day <= last_day:
        pieces.append(_days(_rows(by, UsageMonthTotal), UsageMonthTotal.month, first_day, last_day))
    together = union_all(*pieces).subquery()
    key, amount, estimated, lines = together.c
    return select(key, func.sum(amount), func.sum(estimated), func.sum(lines)).group_by(key)


def _rows(by: str, model: type[UsageTotal] | type[UsageMonthTotal]) -> Split:
    key = model.client_id if by == "client" else model.project_id
    return select(key, model.amount_micros, model.estimated_micros, model.lines)


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _summed(key: InstrumentedAttribute[object], model: Sums) -> Split:
    return select(key, func.sum(model.amount_micros), func.sum(model.estimated_micros), func.sum(model.lines)).group_by(
        key
    )


def _days(
    statement: Split, column: InstrumentedAttribute[date], first_day: date | None, last_day: date | None
) -> Split:
    wanted: list[ColumnElement[bool]] = []
    if first_day is not None:
        wanted.append(column >= first_day)
    if last_day is not None:
        wanted.append(column <= last_day)
    return statement.where(*wanted)


def _whole(parts: Sequence[CostPart]) -> Cost:
    return Cost(
        sum(part.cost.amount_micros for part in parts),
        sum(part.cost.estimated_micros for part in parts),
        sum(part.cost.lines for part in parts),
    )


def _add(session: Session, model: Sums, usage: ApiUsage, place: dict[str, object]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    one = insert(model).values(
        **place,
        provider=usage.provider,
        kind=usage.kind,
        amount_micros=usage.amount_micros,
        estimated_micros=usage.estimated_micros,
        lines=1,
    )
    session.execute(
        one.on_conflict_do_update(
            index_elements=[column.name for column in model.__table__.primary_key],
            set_={
                "amount_micros": model.amount_micros + one.excluded.amount_micros,
                "estimated_micros": model.estimated_micros + one.excluded.estimated_micros,
                "lines": model.lines + 1,
            },
        )
    )
