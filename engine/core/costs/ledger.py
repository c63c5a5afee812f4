"""The ledger: a line for each thing bought and each refund, and the sums that screens show.

Law: a line is never changed and a call is booked once. The sums by day are written with each line, in the same
transaction, so that a month of a million lines is read from some thousand rows; they always equal the lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.costs import budgets
from engine.core.costs.quotes import QuoteLine
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import ApiUsage, PaidCall, Quote, Reservation, UsageKind, UsageTotal
from engine.core.paging import Page, PageWish, read_page
from engine.core.texts import clean_prose


@dataclass(frozen=True)
class Cost:
    """A sum of the ledger: what was booked, what was estimated for it, over how many lines."""

    amount_micros: int
    estimated_micros: int
    lines: int


@dataclass(frozen=True)
class CostPart:
    """The part of a sum that belongs to one day, provider, kind, client or project."""

    key: str
    cost: Cost


def book(session: Session, call: PaidCall, line: QuoteLine, *, amount_micros: int, at: datetime) -> ApiUsage:
    """Write down what a finished paid call cost, and take it out of what its quote set aside.

    amount_micros: what the vendor charged, in micro-euros; it may differ from the estimate. Asked again for the same
    call, it answers with the line that is there.
    """
    booked = session.scalar(select(ApiUsage).where(ApiUsage.paid_call_id == call.id))
    if booked is not None:
        return booked
    quote = session.get_one(Quote, call.quote_id)
    usage = ApiUsage(
        at=at,
        client_id=quote.client_id,
        project_id=quote.project_id,
        video_id=quote.video_id,
        kind=quote.kind,
        provider=line.provider,
        model=line.model,
        unit=line.unit,
        quantity=line.quantity,
        amount_micros=amount_micros,
        estimated_micros=line.amount_micros,
        price_id=line.price_id,
        exchange_rate_id=line.exchange_rate_id,
        quote_id=quote.id,
        paid_call_id=call.id,
    )
    session.add(usage)
    session.flush()
    _count(session, usage)
    _take_from_budgets(session, quote, line.amount_micros, amount_micros, at)
    return usage


def refund(session: Session, usage_id: str, *, amount_micros: int, reason: str, by: Actor, at: datetime) -> ApiUsage:
    """Take a line back, wholly or in part, as a line of its own below zero.

    amount_micros: above zero, at most what was booked. Raises NotFound, Invalid, Conflict (refunded_already).
    """
    booked = session.get(ApiUsage, usage_id)
    if booked is None:
        raise NotFound("ledger line", usage_id)
    if not 0 < amount_micros <= booked.amount_micros:
        raise Invalid("A refund is above zero and at most what was booked.", field="amount_micros")
    if session.scalar(select(ApiUsage.id).where(ApiUsage.refunds_usage_id == usage_id)):
        raise Conflict("This line was refunded already.", code="refunded_already")
    usage = ApiUsage(
        at=at,
        client_id=booked.client_id,
        project_id=booked.project_id,
        video_id=booked.video_id,
        kind=booked.kind,
        provider=booked.provider,
        model=booked.model,
        unit=booked.unit,
        quantity=0,
        amount_micros=-amount_micros,
        estimated_micros=0,
        price_id=booked.price_id,
        exchange_rate_id=booked.exchange_rate_id,
        quote_id=booked.quote_id,
        refunds_usage_id=booked.id,
        reason=f"{clean_prose(reason, 'reason', longest=2000)} ({by})",
    )
    session.add(usage)
    session.flush()
    _count(session, usage)
    for budget_id in budgets.applying_budgets(
        session, booked.client_id, booked.project_id, budgets.month_of(booked.at)
    ):
        budgets.settle(session, budget_id, released_micros=0, booked_micros=-amount_micros)
    return usage


def _take_from_budgets(session: Session, quote: Quote, estimated_micros: int, amount_micros: int, at: datetime) -> None:
    """Each budget that set money aside lets go of the estimate; each that applies counts what it cost."""
    reservations = {
        reservation.budget_id: reservation
        for reservation in session.scalars(select(Reservation).where(Reservation.quote_id == quote.id))
    }
    # A month's end between yes and delivery: the budget that said yes pays, the new month's does not.
    month = budgets.month_of(quote.accepted_at or at)
    applying = budgets.applying_budgets(session, quote.client_id, quote.project_id, month)
    for budget_id in sorted({*applying, *reservations}):
        released = 0
        if reservation := reservations.get(budget_id):
            released = min(estimated_micros, reservation.left_micros)
            reservation.left_micros -= released
        budgets.settle(session, budget_id, released_micros=released, booked_micros=amount_micros)
    session.flush()


def _count(session: Session, usage: ApiUsage) -> None:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    one = insert(UsageTotal).values(
        day=usage.at.astimezone(budgets.STUDIO_ZONE).date(),
        project_id=usage.project_id,
        provider=usage.provider,
        kind=usage.kind,
        client_id=usage.client_id,
        amount_micros=usage.amount_micros,
        estimated_micros=usage.estimated_micros,
        lines=1,
    )
    session.execute(
        one.on_conflict_do_update(
            index_elements=["day", "project_id", "provider", "kind"],
            set_={
                "amount_micros": UsageTotal.amount_micros + one.excluded.amount_micros,
                "estimated_micros": UsageTotal.estimated_micros + one.excluded.estimated_micros,
                "lines": UsageTotal.lines + 1,
            },
        )
    )


def rebuild_totals(session: Session) -> None:
    """Make the sums anew from the lines, after lines came in by another way than book and refund (a bulk import)."""
    session.execute(delete(UsageTotal))
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
    totals: dict[tuple[date, str, str, UsageKind, str], list[int]] = {}
    for at, project_id, provider, kind, client_id, amount_micros, estimated_micros in lines:
        key = (at.astimezone(budgets.STUDIO_ZONE).date(), project_id, provider, kind, client_id)
        total = totals.setdefault(key, [0, 0, 0])
        total[0] += amount_micros
        total[1] += estimated_micros
        total[2] += 1
    session.add_all(
        UsageTotal(
            day=day,
            project_id=project_id,
            provider=provider,
            kind=kind,
            client_id=client_id,
            amount_micros=amount,
            estimated_micros=estimated,
            lines=count,
        )
        for (day, project_id, provider, kind, client_id), (amount, estimated, count) in totals.items()
    )
    session.flush()


def cost_of_project(session: Session, project_id: str) -> Cost:
    """All that a project cost so far."""
    return _sum(session, UsageTotal.project_id == project_id)


def cost_between(session: Session, first_day: date, last_day: date, *, client_id: str | None = None) -> Cost:
    """All that was spent from one day to another, both included, by the studio or for one client."""
    wanted = [UsageTotal.day >= first_day, UsageTotal.day <= last_day]
    if client_id is not None:
        wanted.append(UsageTotal.client_id == client_id)
    return _sum(session, *wanted)


def cost_parts(
    session: Session,
    by: str,
    *,
    first_day: date | None = None,
    last_day: date | None = None,
    client_id: str | None = None,
    project_id: str | None = None,
) -> Sequence[CostPart]:
    """A sum split by day, provider, kind, client or project; the largest part first, days in their order.

    Raises Invalid where it cannot be split by that.
    """
    columns = {
        "day": UsageTotal.day,
        "provider": UsageTotal.provider,
        "kind": UsageTotal.kind,
        "client": UsageTotal.client_id,
        "project": UsageTotal.project_id,
    }
    if by not in columns:
        raise Invalid(f"Costs are split by {', '.join(columns)}.", field="by")
    amount = func.sum(UsageTotal.amount_micros)
    statement = select(columns[by], amount, func.sum(UsageTotal.estimated_micros), func.sum(UsageTotal.lines))
    if first_day is not None:
        statement = statement.where(UsageTotal.day >= first_day)
    if last_day is not None:
        statement = statement.where(UsageTotal.day <= last_day)
    if client_id is not None:
        statement = statement.where(UsageTotal.client_id == client_id)
    if project_id is not None:
        statement = statement.where(UsageTotal.project_id == project_id)
    order = UsageTotal.day.asc() if by == "day" else amount.desc()
    rows = session.execute(statement.group_by(columns[by]).order_by(order, columns[by]).limit(1000))
    return [CostPart(str(key), Cost(int(amount), int(estimated), int(lines))) for key, amount, estimated, lines in rows]


def _sum(session: Session, *wanted: ColumnElement[bool]) -> Cost:
    row = session.execute(
        select(
            func.coalesce(func.sum(UsageTotal.amount_micros), 0),
            func.coalesce(func.sum(UsageTotal.estimated_micros), 0),
            func.coalesce(func.sum(UsageTotal.lines), 0),
        ).where(*wanted)
    ).one()
    return Cost(int(row[0]), int(row[1]), int(row[2]))


def list_usage(
    session: Session,
    wish: PageWish,
    *,
    client_id: str | None = None,
    project_id: str | None = None,
    provider: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[ApiUsage]:
    """Lines of the ledger; sorts: at. since is included, until is not. Raises Invalid."""
    rows = select(ApiUsage)
    if client_id is not None:
        rows = rows.where(ApiUsage.client_id == client_id)
    if project_id is not None:
        rows = rows.where(ApiUsage.project_id == project_id)
    if provider is not None:
        rows = rows.where(ApiUsage.provider == provider)
    if since is not None:
        rows = rows.where(ApiUsage.at >= since)
    if until is not None:
        rows = rows.where(ApiUsage.at < until)
    return read_page(session, rows, wish, sorts={"at": ApiUsage.at}, unique=ApiUsage.id)
