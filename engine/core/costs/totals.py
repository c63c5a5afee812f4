"""Totals: what was spent, by day, month, provider, kind, client or project.

Law: see the package. The sums are written with each line of the ledger, in its transaction, in four ways, so that a
screen reads some thousand rows of a ledger of millions; they always equal the lines. A fifth sum, by model, is of what
was bought alone (engine.core.costs.drift).
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
from engine.core.models import (
    ApiUsage,
    UsageClientTotal,
    UsageKind,
    UsageModelTotal,
    UsageProjectTotal,
    UsageSpan,
    UsageStudioTotal,
    UsageTotal,
)

Sums = type[UsageTotal] | type[UsageProjectTotal] | type[UsageClientTotal] | type[UsageStudioTotal]
Written = Sums | type[UsageModelTotal]
Split = Select[object, int, int, int]
SPLIT_BY: Final = ("day", "month", "provider", "kind", "client", "project")
_COLUMN: Final = {"provider": "provider", "kind": "kind", "client": "client_id", "project": "project_id"}


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
    return whole(cost_parts(session, "provider", project_id=project_id))


def cost_between(session: Session, first_day: date, last_day: date, *, client_id: str | None = None) -> Cost:
    """All that was spent from one day to another, both included, by the studio or for one client."""
    return whole(cost_parts(session, "provider", first_day=first_day, last_day=last_day, client_id=client_id))


def whole(parts: Sequence[CostPart]) -> Cost:
    """All these parts together."""
    return Cost(
        sum(part.cost.amount_micros for part in parts),
        sum(part.cost.estimated_micros for part in parts),
        sum(part.cost.lines for part in parts),
    )


def cost_parts(
    session: Session,
    by: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    client_id: str | None = None,
    project_id: str | None = None,
    provider: str | None = None,
    kind: UsageKind | None = None,
) -> Sequence[CostPart]:
    """A sum split by day, month, provider, kind, client or project; the largest part first, times in their order.

    first_day, last_day: in the studio's zone, both included. Raises Invalid where it cannot be split by that.
    """
    if by not in SPLIT_BY:
        raise Invalid(f"Costs are split by {', '.join(SPLIT_BY)}.", field="by")
    is_bought = provider is not None or kind is not None
    sums = _sums_for(by, client_id=client_id, project_id=project_id, is_bought=is_bought)
    wanted: list[ColumnElement[bool]] = [
        getattr(sums, column) == value
        for column, value in (
            ("client_id", client_id),
            ("project_id", project_id),
            ("provider", provider),
            ("kind", kind),
        )
        if value is not None
    ]
    rows = session.execute(_split(by, sums, wanted, first_day, last_day)).all()
    parts = [CostPart(str(row[0]), Cost(int(row[1]), int(row[2]), int(row[3]))) for row in rows]
    if by in {"day", "month"}:
        parts.sort(key=lambda part: part.key)
        length = len("2026-11-22" if by == "day" else "2026-11")
        by_time = groupby(parts, key=lambda part: part.key[:length])
        parts = [CostPart(when, whole(list(some))) for when, some in by_time]
    parts = [part for part in parts if part.cost.lines]  # all of it was taken off again
    if by in {"day", "month"}:
        return parts
    return sorted(parts, key=lambda part: (-part.cost.amount_micros, part.key))


def count(session: Session, usage: ApiUsage) -> None:
    """Add a line of the ledger to its sums. Called once for a line, in the transaction that writes it."""
    day = usage.at.astimezone(STUDIO_ZONE).date()
    project, client = {"project_id": usage.project_id}, {"client_id": usage.client_id}
    bought = {"provider": usage.provider, "kind": usage.kind}
    for span, starts_on in _spans_of(day):
        when = {"span": span, "starts_on": starts_on}
        _add(session, UsageTotal, usage, {**when, **project, **client, **bought})
        _add(session, UsageProjectTotal, usage, {**when, **project, **client})
        _add(session, UsageClientTotal, usage, {**when, **client, **bought})
        _add(session, UsageStudioTotal, usage, {**when, **bought})
    if usage.refunds_usage_id is None:
        month = {"starts_on": day.replace(day=1), "provider": usage.provider, "model": usage.model}
        _add(session, UsageModelTotal, usage, month)


def rebuild_totals(session: Session) -> None:
    """Make the sums anew from the lines, after lines came in by another way than the ledger's own (a bulk import)."""
    for sums in _FIELDS:
        session.execute(delete(sums))
    lines = session.execute(
        select(
            ApiUsage.at,
            ApiUsage.project_id,
            ApiUsage.provider,
            ApiUsage.kind,
            ApiUsage.client_id,
            ApiUsage.amount_micros,
            ApiUsage.estimated_micros,
            ApiUsage.model,
            ApiUsage.refunds_usage_id,
        ).execution_options(yield_per=10_000)
    )
    totals: dict[tuple[object, ...], list[int]] = {}
    for at, project_id, provider, kind, client_id, amount_micros, estimated_micros, model, refunds in lines:
        day = at.astimezone(STUDIO_ZONE).date()
        keys: list[tuple[object, ...]] = []
        for span, starts_on in _spans_of(day):
            keys += [
                (UsageTotal, span, starts_on, provider, kind, project_id, client_id),
                (UsageProjectTotal, span, starts_on, project_id, client_id),
                (UsageClientTotal, span, starts_on, client_id, provider, kind),
                (UsageStudioTotal, span, starts_on, provider, kind),
            ]
        if refunds is None:
            keys.append((UsageModelTotal, provider, model, day.replace(day=1)))
        for key in keys:
            total = totals.setdefault(key, [0, 0, 0])
            total[0] += amount_micros
            total[1] += estimated_micros
            total[2] += 1
    for sums, fields in _FIELDS.items():
        session.add_all(
            sums(
                **dict(zip(fields, key[1:], strict=True)),
                amount_micros=amount,
                estimated_micros=estimated,
                lines=count_of_lines,
            )
            for key, (amount, estimated, count_of_lines) in totals.items()
            if key[0] is sums
        )
    session.flush()


_FIELDS: Final[dict[Written, tuple[str, ...]]] = {
    UsageTotal: ("span", "starts_on", "provider", "kind", "project_id", "client_id"),
    UsageProjectTotal: ("span", "starts_on", "project_id", "client_id"),
    UsageClientTotal: ("span", "starts_on", "client_id", "provider", "kind"),
    UsageStudioTotal: ("span", "starts_on", "provider", "kind"),
    UsageModelTotal: ("provider", "model", "starts_on"),
}
"""What each total is about."""


def _sums_for(by: str, *, client_id: str | None, project_id: str | None, is_bought: bool) -> Sums:
    """The smallest totals that know the answer. is_bought: whether only one provider's or kind's counts."""
    if project_id is not None or (by == "project" and is_bought):
        return UsageTotal
    if by == "project":
        return UsageProjectTotal
    return UsageClientTotal if by == "client" or client_id is not None else UsageStudioTotal


def _split(
    by: str, sums: Sums, wanted: Sequence[ColumnElement[bool]], first_day: date | None, last_day: date | None
) -> Split:
    key = getattr(sums, _COLUMN.get(by, "starts_on"))
    pieces = [
        select(key, piece.sign * sums.amount_micros, piece.sign * sums.estimated_micros, piece.sign * sums.lines).where(
            *wanted, sums.span == piece.span, *_between(sums.starts_on, piece.first_day, piece.last_day)
        )
        for piece in ([_Piece(1, UsageSpan.DAY, first_day, last_day)] if by == "day" else _pieces(first_day, last_day))
    ]
    # Put together first and summed once: a GROUP BY on the rows themselves makes SQLite walk all of them by that key.
    together = union_all(*pieces).cte("together").prefix_with("MATERIALIZED")
    key, amount, estimated, lines = together.c
    return select(key, func.sum(amount), func.sum(estimated), func.sum(lines)).group_by(key)


def _spans_of(day: date) -> tuple[tuple[UsageSpan, date], ...]:
    return (UsageSpan.DAY, day), (UsageSpan.MONTH, day.replace(day=1))


@dataclass(frozen=True)
class _Piece:
    """Totals to add, or with sign -1 to take off: days, or whole months, from one day to another."""

    sign: int
    span: UsageSpan
    first_day: date | None
    last_day: date | None


def _pieces(first_day: date | None, last_day: date | None) -> list[_Piece]:
    """These days as whole months, and for a month that is cut the fewer days: those wanted, or those to take off."""
    pieces: list[_Piece] = []
    if first_day is not None and first_day.day > 1:
        begin, end = first_day.replace(day=1), _last_of_month(first_day)
        if first_day.day - 1 <= (end - first_day).days + 1:
            pieces.append(_Piece(-1, UsageSpan.DAY, begin, first_day - timedelta(days=1)))
            first_day = begin
        else:
            pieces.append(_Piece(1, UsageSpan.DAY, first_day, end))
            first_day = end + timedelta(days=1)
    if last_day is not None and last_day != (end := _last_of_month(last_day)):
        begin = last_day.replace(day=1)
        if (end - last_day).days <= last_day.day:
            pieces.append(_Piece(-1, UsageSpan.DAY, last_day + timedelta(days=1), end))
            last_day = end
        else:
            pieces.append(_Piece(1, UsageSpan.DAY, begin, last_day))
            last_day = begin - timedelta(days=1)
    if first_day is None or last_day is None or first_day <= last_day:
        pieces.append(_Piece(1, UsageSpan.MONTH, first_day, last_day))
    return pieces


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _between(
    column: InstrumentedAttribute[date], first_day: date | None, last_day: date | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if first_day is not None:
        wanted.append(column >= first_day)
    if last_day is not None:
        wanted.append(column <= last_day)
    return wanted


def _add(session: Session, model: Written, usage: ApiUsage, place: dict[str, object]) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    one = insert(model).values(
        **place,
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
