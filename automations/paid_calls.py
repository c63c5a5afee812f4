"""Paid calls: what costs money is bought once, whatever breaks.

Called by automations.workflows.generate. What a person is asked, and answers, is in automations.paid_questions.
Law: the intent is committed before the order leaves; a lost answer is looked for at the vendor, never sent again; and
where the vendor cannot tell, a person does. The file is in storage before the call is done, and the ledger's line, the
file's row and the state "done" are one transaction.

    (none) → sending → accepted → done
    sending → void      proven never to have arrived, or refused for now: may be sent again
    sending → unknown   the vendor cannot tell: a Question is open; a person's answer makes it accepted or void
    sending, accepted → failed   refused for good, or ended without a picture
"""

import hashlib
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NoReturn

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from automations.paid_questions import ask
from automations.runs import Later, Run, WaitsForPerson
from engine.core.costs import ledger, quotes
from engine.core.costs.quotes import QuoteLine
from engine.core.models import PaidCall, PaidCallState, Quote
from engine.core.storage import StoredFile
from engine.providers.images import (
    CannotList,
    ImageRequest,
    ImageVendor,
    OutputLost,
    VendorBusy,
    VendorJob,
    VendorRefused,
    VendorSilent,
)
from engine.render.media.probe import MediaFacts, probe
from engine.render.media.sandbox import MediaRefused

log = logging.getLogger(__name__)

MOST_ATTEMPTS: Final = 30
"""Orders that a vendor turned away for now, 5 minutes apart in the end: two hours and more."""
LONGEST_BACK_OFF_S: Final = 300.0
POLL_S: Final = (0.2, 0.3, 0.5, 1.0)
"""Schnell takes a second, dev some; what takes longer lets others have its place."""
VENDOR_WORKS: Final = "vendor_working"
"""The stage of a job that lets time pass for an order; the vendor's webhook ends the wait (workflows.generate)."""
VENDOR_MISSING_RETRY_S: Final = 600.0
"""What is paid for waits at a vendor that is not set up here any more, or not on this machine."""


_OPEN: Final = (PaidCallState.SENDING, PaidCallState.ACCEPTED, PaidCallState.UNKNOWN)
"""May have been paid for, and is not yet booked."""


class CallFailed(Exception):
    """This call ended without a picture; the message is for a person. It is not tried again by itself."""


@dataclass(frozen=True)
class PaidOrder:
    """One line of an accepted quote, to be bought once. call_id: the same for the same line, always."""

    call_id: str
    quote_id: str
    line: QuoteLine
    request: ImageRequest


@dataclass(frozen=True)
class Bought:
    """A picture that lies in storage."""

    stored: StoredFile
    media_type: str
    facts: MediaFacts


Keep = Callable[[Session, PaidCall, Bought, datetime], None]
"""Writes down what was bought, in the transaction that books it; called once for a call."""


def send(run: Run, order: PaidOrder) -> None:
    """See that the vendor has the order: send it, or find it where it was sent before.

    Returns once its id at the vendor is kept, or the call is over. Raises QuoteNotAccepted (nothing was sent), Later,
    WaitsForPerson, CallFailed.
    """
    vendor = _vendor_of(run, order)
    while True:
        call = _claimed(run, order)
        match call.state:
            case PaidCallState.ACCEPTED | PaidCallState.DONE:
                return
            case PaidCallState.FAILED:
                raise CallFailed(call.problem)
            case PaidCallState.UNKNOWN:
                raise WaitsForPerson
            case PaidCallState.SENDING if call.is_new:
                _order(run, order, vendor, call)
                return
            case _:
                _look_for(run, order, vendor, call)


def find_sent(run: Run, order: PaidOrder) -> None:
    """Clear up what became of an order that may have left, and send nothing. Raises Later, WaitsForPerson."""
    with run.workshop.database.reading() as session:
        call = session.get(PaidCall, order.call_id)
    if call is not None and call.state is PaidCallState.UNKNOWN:
        raise WaitsForPerson
    if call is not None and call.state is PaidCallState.SENDING:
        claim = _Claim(call.state, call.attempt, call.sent_at, "", is_new=False)
        _look_for(run, order, _vendor_of(run, order), claim)


def collect(run: Run, order: PaidOrder, keep: Keep) -> None:
    """Wait for a sent order, store its picture, book what it cost and keep it. Does nothing where that is done.

    Raises Later where it takes long, CallFailed where it ended without a picture.
    """
    with run.workshop.database.reading() as session:
        call = session.get_one(PaidCall, order.call_id)
    if call.state is PaidCallState.FAILED:
        raise CallFailed(call.problem)
    if call.state is not PaidCallState.ACCEPTED:
        return
    vendor = _vendor_of(run, order)
    assert call.vendor_job_id is not None, "an accepted call has its id at the vendor"
    try:
        job = _finished(run, vendor, call.vendor_job_id)
    except VendorRefused as refused:  # it knows no such order: somebody adopted a wrong one
        _fail(run, order, str(refused), billed_micros=0)
    if job.status != "succeeded":
        # A vendor of pictures bills pictures: Replicate's official Flux models cost nothing where none came out.
        problem = f"{order.line.provider} made no picture: {job.error or job.status}. It was not billed."
        _fail(run, order, problem, billed_micros=0)
    folder = run.workshop.work_dir / hashlib.sha256(order.call_id.encode()).hexdigest()[:32]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        fetched = vendor.fetch(job, order.request, folder / "picture")
        facts = probe(fetched.path)
        stored = run.workshop.storage.put(fetched.path)
    except (OutputLost, MediaRefused) as lost:
        _fail(run, order, f"{lost} It was billed all the same.", billed_micros=order.line.amount_micros)
    except VendorBusy as busy:
        raise Later(busy.retry_after_s, "vendor_busy") from busy
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with run.workshop.database.writing() as session:
        call = _locked(session, order.call_id)
        if call.state is not PaidCallState.ACCEPTED:
            return
        at = run.workshop.now()
        call.state = PaidCallState.DONE
        call.finished_at = at
        call.result = {"sha256": stored.sha256, "content_type": fetched.content_type}
        ledger.book(session, call, order.line, amount_micros=order.line.amount_micros, at=at)
        keep(session, call, Bought(stored, fetched.content_type, facts), at)


def orders_of(quote: Quote) -> list[PaidOrder]:
    """What a quote is for, as orders: the same ones whenever it is asked."""
    return [
        PaidOrder(
            call_id=f"{quote.id}:{index}",
            quote_id=quote.id,
            line=line,
            request=ImageRequest.model_validate({**line.request, "model": line.model}),
        )
        for index, line in enumerate(quotes.lines_of(quote))
    ]


def unfinished_calls(session: Session, quote_id: str) -> set[str]:
    """The ids of calls on a quote that may have been paid for and are not yet booked."""
    return set(session.scalars(select(PaidCall.id).where(PaidCall.quote_id == quote_id, PaidCall.state.in_(_OPEN))))


def quotes_with_open_calls(session: Session, *, sent_before: datetime) -> list[str]:
    """The ids of quotes with calls that may have been paid for and are not yet booked, though sent before then."""
    rows = select(PaidCall.quote_id).where(PaidCall.state.in_(_OPEN), PaidCall.sent_at < sent_before)
    return list(session.scalars(rows.distinct().order_by(PaidCall.quote_id)))


def find_quote_of_order(session: Session, provider: str, vendor_job_id: str) -> str | None:
    """The quote whose order this is, if its picture is still to come."""
    return session.scalar(
        select(PaidCall.quote_id).where(
            PaidCall.provider == provider,
            PaidCall.vendor_job_id == vendor_job_id,
            PaidCall.state == PaidCallState.ACCEPTED,
        )
    )


@dataclass(frozen=True)
class _Claim:
    """A call's row as it was when this run looked; is_new: this run wrote the intent, and alone may send it."""

    state: PaidCallState
    attempt: int
    sent_at: datetime
    problem: str
    is_new: bool


def _claimed(run: Run, order: PaidOrder) -> _Claim:
    """The intent, committed before anything leaves. A void one is taken up again; at most one caller gets it new."""
    with run.workshop.database.writing() as session:
        at = run.workshop.now()
        call = session.get(PaidCall, order.call_id, with_for_update=True)
        if call is None:
            quotes.get_accepted_quote(session, order.quote_id)
            document = order.request.model_dump(mode="json")
            call = PaidCall(
                id=order.call_id,
                quote_id=order.quote_id,
                scene_id=order.line.scene_id,
                provider=order.line.provider,
                model=order.line.model,
                request=document,
                request_sha256=hashlib.sha256(order.request.model_dump_json().encode()).hexdigest(),
                state=PaidCallState.SENDING,
                attempt=1,
                sent_at=at,
                created_at=at,
            )
            session.add(call)
            session.flush()
            return _Claim(call.state, call.attempt, call.sent_at, "", is_new=True)
        if call.state is PaidCallState.VOID:
            quotes.get_accepted_quote(session, order.quote_id)
            call.state = PaidCallState.SENDING
            call.attempt += 1
            call.sent_at = at
            session.flush()
            return _Claim(call.state, call.attempt, call.sent_at, "", is_new=True)
        return _Claim(call.state, call.attempt, call.sent_at, call.problem, is_new=False)


def _order(run: Run, order: PaidOrder, vendor: ImageVendor, call: _Claim) -> None:
    """Send it. What comes back unclear stays "sending", for a later run to look for."""
    if not run.is_surely_ours():
        _void(run, order, call)
        raise Later(1.0, "")
    try:
        job = vendor.start(order.call_id, order.request)
    except VendorBusy as busy:
        _void(run, order, call)
        if call.attempt >= MOST_ATTEMPTS:
            _fail(run, order, f"{busy} It was asked {call.attempt} times. Nothing was bought.", billed_micros=0)
        raise Later(max(busy.retry_after_s, min(LONGEST_BACK_OFF_S, 2.0**call.attempt / 4)), "vendor_busy") from busy
    except VendorRefused as refused:
        _fail(run, order, str(refused), billed_micros=0)
    except VendorSilent as silent:
        log.warning("call %s: %s", order.call_id, silent)
        raise Later(vendor.settle_s, "looking_for_order") from silent
    _accept(run, order, call, job.vendor_job_id)


def _look_for(run: Run, order: PaidOrder, vendor: ImageVendor, call: _Claim) -> None:
    """An order that may have arrived: adopt it, prove that it never did, or ask a person."""
    believable_at = call.sent_at + timedelta(seconds=vendor.settle_s)
    wait_s = (believable_at - run.workshop.now()).total_seconds()
    if wait_s > 0:
        raise Later(wait_s, "looking_for_order")
    try:
        job = vendor.find(order.call_id, order.request, call.sent_at)
    except VendorBusy as busy:
        raise Later(busy.retry_after_s, "looking_for_order") from busy
    except (CannotList, VendorRefused) as unclear:
        _ask(run, order, call, str(unclear))
        raise WaitsForPerson from unclear
    if job is None:
        _void(run, order, call)
        return
    try:
        _accept(run, order, call, job.vendor_job_id)
    except IntegrityError:  # somebody else's order is like ours to a hair
        _ask(run, order, call, "The only order like it belongs to another picture.")
        raise WaitsForPerson from None


def _accept(run: Run, order: PaidOrder, claim: _Claim, vendor_job_id: str) -> None:
    with run.workshop.database.writing() as session:
        call = _locked(session, order.call_id)
        if call.state is PaidCallState.SENDING and call.attempt == claim.attempt:
            call.vendor_job_id = vendor_job_id
            call.state = PaidCallState.ACCEPTED


def _void(run: Run, order: PaidOrder, claim: _Claim) -> None:
    with run.workshop.database.writing() as session:
        call = _locked(session, order.call_id)
        if call.state is PaidCallState.SENDING and call.attempt == claim.attempt:
            call.state = PaidCallState.VOID


def _fail(run: Run, order: PaidOrder, problem: str, *, billed_micros: int) -> NoReturn:
    """End the call without a picture, booking what it cost nevertheless. Always raises CallFailed."""
    with run.workshop.database.writing() as session:
        call = _locked(session, order.call_id)
        if call.state not in {PaidCallState.DONE, PaidCallState.FAILED}:
            at = run.workshop.now()
            call.state = PaidCallState.FAILED
            call.problem = problem
            call.finished_at = at
            if billed_micros:
                ledger.book(session, call, order.line, amount_micros=billed_micros, at=at)
    raise CallFailed(problem)


def _ask(run: Run, order: PaidOrder, claim: _Claim, reason: str) -> None:
    with run.workshop.database.writing() as session:
        call = _locked(session, order.call_id)
        if call.state is PaidCallState.SENDING and call.attempt == claim.attempt:
            call.state = PaidCallState.UNKNOWN
            ask(session, call, reason, job_id=run.job_id, at=run.workshop.now())


def _finished(run: Run, vendor: ImageVendor, vendor_job_id: str) -> VendorJob:
    for pause_s in POLL_S:
        try:
            job = vendor.poll(vendor_job_id)
        except VendorBusy as busy:
            raise Later(busy.retry_after_s, "vendor_busy") from busy
        if job.has_ended:
            return job
        run.pause(pause_s)
    raise Later(vendor.slow_poll_s, VENDOR_WORKS)


def _vendor_of(run: Run, order: PaidOrder) -> ImageVendor:
    """Who is asked for it. Raises Later where that is not set up and may have been paid, CallFailed where not."""
    vendor = run.workshop.vendors.get(order.line.provider)
    if vendor is not None:
        return vendor
    with run.workshop.database.reading() as session:
        call = session.get(PaidCall, order.call_id)
    if call is not None and call.state in _OPEN:
        raise Later(VENDOR_MISSING_RETRY_S, "vendor_missing")
    raise CallFailed(f"{order.line.provider} is not set up here, so nothing was bought. Enter its key under Settings.")


def _locked(session: Session, call_id: str) -> PaidCall:
    return session.get_one(PaidCall, call_id, with_for_update=True, populate_existing=True)
