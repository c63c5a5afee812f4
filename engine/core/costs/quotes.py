"""Quotes: what something would cost, and a person's yes.

Law: nothing paid happens without an accepted quote. Accepting names the amount that the person saw, sets exactly that
aside in every budget that applies, and happens once however often it is asked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.costs import budget_warnings, budgets
from engine.core.costs.prices import cost_micros, find_rate, get_price
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import PaidCall, PaidCallState, Quote, QuoteStatus, Reservation, UsageKind, Video
from engine.core.paging import Page, PageWish, read_page

VALID_FOR: Final = timedelta(minutes=30)
"""Long enough to ask the owner, short enough that a price does not change meanwhile."""
MOST_LINES: Final = 500


class QuoteNotAccepted(Conflict):
    """Nobody said yes to this quote (or its work is over), so nothing is bought on it."""

    code = "quote_not_accepted"


class QuoteLine(BaseModel):
    """One thing that would be bought. `request` is what its provider needs to make it."""

    model_config = ConfigDict(frozen=True)

    scene_id: str | None
    provider: str
    model: str
    unit: str
    quantity: Annotated[int, Field(ge=1)]
    amount_micros: Annotated[int, Field(ge=0)]
    """Micro-euros for all of the line."""
    price_id: str
    exchange_rate_id: str | None
    request: dict[str, JsonValue]


class Wanted(BaseModel):
    """One thing to ask the price of."""

    model_config = ConfigDict(frozen=True)

    scene_id: str | None
    provider: str
    model: str
    unit: str
    quantity: Annotated[int, Field(ge=1)] = 1
    request: dict[str, JsonValue] = {}


_LINES = TypeAdapter(list[QuoteLine])


def make_quote(session: Session, video: Video, kind: UsageKind, wanted: Sequence[Wanted], *, at: datetime) -> Quote:
    """Price what is wanted. Nothing is set aside yet. Raises UnknownPrice, UnknownRate, Invalid."""
    if not 1 <= len(wanted) <= MOST_LINES:
        raise Invalid(f"A quote has 1 to {MOST_LINES} lines. Pick at least one scene.", field="lines")
    lines = [_priced(session, one, at) for one in wanted]
    quote = Quote(
        client_id=video.client_id,
        project_id=video.project_id,
        video_id=video.id,
        kind=kind,
        status=QuoteStatus.OPEN,
        lines=[line.model_dump(mode="json") for line in lines],
        total_micros=sum(line.amount_micros for line in lines),
        expires_at=at + VALID_FOR,
        created_at=at,
        updated_at=at,
    )
    session.add(quote)
    session.flush()
    return quote


def get_quote(session: Session, quote_id: str) -> Quote:
    """Raises NotFound."""
    quote = session.get(Quote, quote_id)
    if quote is None:
        raise NotFound("quote", quote_id)
    return quote


def lines_of(quote: Quote) -> list[QuoteLine]:
    """What a quote is for."""
    return _LINES.validate_python(quote.lines)


def get_accepted_quote(session: Session, quote_id: str) -> Quote:
    """The quote, if its money is set aside. Raises NotFound, QuoteNotAccepted."""
    quote = get_quote(session, quote_id)
    if quote.status is not QuoteStatus.ACCEPTED:
        raise QuoteNotAccepted(
            f"This quote is {quote.status}, so nothing is bought on it. Ask for a new one and accept that."
        )
    return quote


def accept_quote(session: Session, quote_id: str, *, total_micros: int, by: Actor, at: datetime) -> Quote:
    """A person's yes to the amount that the screen showed; sets the money aside in every budget that applies.

    Asked again, it answers with the quote as it is. Raises NotFound, BudgetExceeded, Conflict (quote_expired,
    quote_declined, quote_amount_differs); then nothing changed.
    """
    quote = get_quote(session, quote_id)
    if quote.status in {QuoteStatus.ACCEPTED, QuoteStatus.SETTLED}:
        return quote
    if quote.total_micros != total_micros:
        raise Conflict(
            "The amount that you accepted is not the amount of this quote. Nothing was bought. Look at it again.",
            code="quote_amount_differs",
            total_micros=quote.total_micros,
        )
    if quote.status is QuoteStatus.DECLINED:
        raise Conflict("This quote was declined. Ask for a new one.", code="quote_declined")
    if quote.expires_at <= at:
        raise Conflict("This quote has expired. Nothing was bought. Ask for a new one.", code="quote_expired")
    taken = session.scalar(
        update(Quote)
        .where(Quote.id == quote_id, Quote.status == QuoteStatus.OPEN)
        .values(
            status=QuoteStatus.ACCEPTED,
            accepted_by_staff_id=by.staff_id,
            accepted_at=at,
            updated_at=at,
            revision=Quote.revision + 1,
        )
        .returning(Quote.id)
        .execution_options(synchronize_session=False)
    )
    session.refresh(quote)
    if taken is None:  # somebody else was a moment sooner
        return accept_quote(session, quote_id, total_micros=total_micros, by=by, at=at)
    month = budgets.month_of(at)
    for budget_id in budgets.applying_budgets(session, quote.client_id, quote.project_id, month):
        budgets.reserve(session, budget_id, quote.total_micros)
        budget_warnings.warn(session, budget_id, at=at)
        session.add(
            Reservation(
                quote_id=quote.id,
                budget_id=budget_id,
                amount_micros=quote.total_micros,
                left_micros=quote.total_micros,
                created_at=at,
            )
        )
    session.flush()
    return quote


def decline_quote(session: Session, quote_id: str, *, at: datetime) -> Quote:
    """A person's no. Raises NotFound, Conflict (quote_accepted) where the money is set aside already."""
    quote = get_quote(session, quote_id)
    if quote.status in {QuoteStatus.ACCEPTED, QuoteStatus.SETTLED}:
        raise Conflict("This quote was accepted already. Cancel its job instead.", code="quote_accepted")
    quote.status = QuoteStatus.DECLINED
    quote.updated_at = at
    session.flush()
    return quote


def settle_quote(session: Session, quote_id: str, *, at: datetime) -> Quote:
    """Its work is over: what was set aside and not needed goes back. Asked again, nothing changes. Raises NotFound."""
    quote = get_quote(session, quote_id)
    if quote.status is not QuoteStatus.ACCEPTED:
        return quote
    for reservation in session.scalars(
        select(Reservation).where(Reservation.quote_id == quote_id).order_by(Reservation.budget_id)
    ):
        if reservation.left_micros:
            budgets.settle(session, reservation.budget_id, released_micros=reservation.left_micros, booked_micros=0)
            reservation.left_micros = 0
    quote.status = QuoteStatus.SETTLED
    quote.settled_at = quote.updated_at = at
    session.flush()
    return quote


def scenes_left(session: Session, quote_id: str) -> list[str]:
    """The scenes of a quote for which nothing was bought and nothing is under way, in its order."""
    settled = (PaidCallState.DONE, PaidCallState.SENDING, PaidCallState.ACCEPTED, PaidCallState.UNKNOWN)
    calls = select(PaidCall.scene_id).where(PaidCall.quote_id == quote_id, PaidCall.state.in_(settled))
    served = set(session.scalars(calls))
    wanted = dict.fromkeys(line.scene_id for line in lines_of(get_quote(session, quote_id)) if line.scene_id)
    return [scene_id for scene_id in wanted if scene_id not in served]


def quotes_at_work(session: Session, kind: UsageKind, *, accepted_before: datetime) -> list[str]:
    """The ids of quotes whose money is still set aside, since before then; the oldest first, 500 at most."""
    rows = select(Quote.id).where(
        Quote.status == QuoteStatus.ACCEPTED, Quote.kind == kind, Quote.accepted_at < accepted_before
    )
    return list(session.scalars(rows.order_by(Quote.created_at, Quote.id).limit(500)))


def _priced(session: Session, wanted: Wanted, at: datetime) -> QuoteLine:
    price = get_price(session, wanted.provider, wanted.model, wanted.unit, at)
    rate = find_rate(session, price.currency, at)
    return QuoteLine(
        **wanted.model_dump(),
        amount_micros=cost_micros(price, rate, wanted.quantity),
        price_id=price.id,
        exchange_rate_id=rate.id if rate else None,
    )


def list_quotes(
    session: Session, wish: PageWish, *, video_id: str | None = None, status: QuoteStatus | None = None
) -> Page[Quote]:
    """Quotes, filtered; sorts: created_at. Raises Invalid."""
    rows = select(Quote)
    if video_id is not None:
        rows = rows.where(Quote.video_id == video_id)
    if status is not None:
        rows = rows.where(Quote.status == status)
    return read_page(session, rows, wish, sorts={"created_at": Quote.created_at}, unique=Quote.id)
