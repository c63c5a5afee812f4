"""The ledger: a line for each thing bought and each refund.

Law: a line is never changed and a call is booked once; its sums (engine.core.costs.totals) are written with it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.costs import budgets, totals
from engine.core.costs.quotes import QuoteLine
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import ApiUsage, PaidCall, Quote, Reservation
from engine.core.paging import Page, PageWish, read_page
from engine.core.texts import clean_prose


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
    session.flush()


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
