"""The ledger: a line for each thing bought and each refund.

Law: a line is never changed and a call is booked once; its sums (engine.core.costs.totals) are written with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.costs import budget_warnings, budgets, totals
from engine.core.costs.quotes import QuoteLine
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import ApiUsage, Client, PaidCall, Project, Quote, Reservation, UsageKind, Video
from engine.core.paging import Page, PageWish, read_page
from engine.core.texts import clean_prose


class Filters(TypedDict, total=False):
    """Which lines are wanted. since is included, until is not."""

    client_id: str
    project_id: str
    provider: str
    kind: UsageKind
    since: datetime
    until: datetime


@dataclass(frozen=True)
class NamedLine:
    """A line as a table outside the studio shows it."""

    id: str
    at: datetime
    client: str
    project: str
    video: str | None
    kind: UsageKind
    provider: str
    model: str
    unit: str
    quantity: int
    estimated_micros: int
    amount_micros: int
    reason: str


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
    totals.count(session, usage)
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
    totals.count(session, usage)
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
        budget_warnings.warn(session, budget_id, at=at)
    session.flush()


def list_usage(session: Session, wish: PageWish, **filters: Unpack[Filters]) -> Page[ApiUsage]:
    """Lines of the ledger; sorts: at. Raises Invalid."""
    rows = select(ApiUsage).where(*_wanted(filters))
    return read_page(session, rows, wish, sorts={"at": ApiUsage.at}, unique=ApiUsage.id)


def named_lines(
    session: Session, *, after: NamedLine | None, limit: int, **filters: Unpack[Filters]
) -> Sequence[NamedLine]:
    """Lines with the names by which people know whose they are, the newest first.

    after: the last one that was seen. Lines are never changed, so that pages of separate moments make one whole list.
    """
    rows = (
        select(
            ApiUsage.id,
            ApiUsage.at,
            Client.name,
            Project.name,
            Video.title,
            ApiUsage.kind,
            ApiUsage.provider,
            ApiUsage.model,
            ApiUsage.unit,
            ApiUsage.quantity,
            ApiUsage.estimated_micros,
            ApiUsage.amount_micros,
            ApiUsage.reason,
        )
        # Outer, though each line has both: else SQLite may walk the clients and sort all lines.
        .outerjoin(Client, Client.id == ApiUsage.client_id)
        .outerjoin(Project, Project.id == ApiUsage.project_id)
        .outerjoin(Video, Video.id == ApiUsage.video_id)
        .where(*_wanted(filters))
    )
    if after is not None:
        seen = tuple_(literal(after.at, ApiUsage.at.type), literal(after.id))
        rows = rows.where(tuple_(ApiUsage.at, ApiUsage.id) < seen)
    found = session.execute(rows.order_by(ApiUsage.at.desc(), ApiUsage.id.desc()).limit(limit))
    return [NamedLine(*tuple(row)) for row in found]


def _wanted(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if "client_id" in filters:
        wanted.append(ApiUsage.client_id == filters["client_id"])
    if "project_id" in filters:
        wanted.append(ApiUsage.project_id == filters["project_id"])
    if "provider" in filters:
        wanted.append(ApiUsage.provider == filters["provider"])
    if "kind" in filters:
        wanted.append(ApiUsage.kind == filters["kind"])
    if "since" in filters:
        wanted.append(ApiUsage.at >= filters["since"])
    if "until" in filters:
        wanted.append(ApiUsage.at < filters["until"])
    return wanted
