"""Webhooks out: an event is told to an endpoint, again and again until it is taken or given up.

Started by automations.events.emit and by a person (replay, test). Standard Webhooks: the id stays the same over all
tries of an event, so that a receiver can tell that it knows it; the time and the signature are of each try.
Law: a try is written down before the next is planned, so a crash repeats at most the one try that was under way.
"""

import json
import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from standardwebhooks.webhooks import Webhook

from automations import jobs, outbound
from automations.runs import JobFailed, JobKind, Later, Run
from engine.core import endpoints, events
from engine.core.actors import Actor
from engine.core.models import Attempt, Endpoint, Event, Job, JsonObject, new_id

RETRY_AFTER_S: Final = (5, 300, 1800, 7200, 18_000, 36_000, 36_000)
"""5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 10 h: a day and more, so that a receiver that broke at night is told by day."""
JITTER: Final = 0.1
"""So much longer at most, so that a receiver that comes back is not told of everything at once."""
USER_AGENT: Final = "BOM-Studios-Engine"


def envelope(event: Event) -> bytes:
    """The body that endpoints are sent: type, timestamp and data. The same bytes at every try."""
    body = {"type": event.type, "timestamp": event.at.astimezone(UTC).isoformat(), "data": event.payload}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signed_headers(endpoint: Endpoint, event: Event, body: bytes, *, at: datetime) -> dict[str, str]:
    """What a receiver checks: the Standard Webhooks signature, and the fixed header where the endpoint has one."""
    headers = {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": event.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(endpoint.secret).sign(event.id, at, body.decode()),
    }
    if endpoint.header_name is not None and endpoint.header_value is not None:
        headers[endpoint.header_name] = endpoint.header_value
    return headers


def tell(session: Session, event: Event, endpoint: Endpoint, *, at: datetime) -> Job:
    """Have an event told to an endpoint; the same pair twice is told once."""
    return jobs.enqueue(
        session,
        DELIVER_EVENT,
        event.id,
        endpoint.id,
        at=at,
        job_id=f"{event.id}:{endpoint.id}",
        asked_by="system",
        client_id=event.client_id,
        project_id=event.project_id,
    )


def replay(session: Session, event_id: str, endpoint_id: str, *, by: Actor, at: datetime) -> Job:
    """Have an event told to an endpoint once more, because a person asked. Raises NotFound."""
    event = events.get_event(session, event_id)
    endpoint = endpoints.get_endpoint(session, endpoint_id)
    return jobs.enqueue(
        session,
        DELIVER_EVENT,
        event.id,
        endpoint.id,
        at=at,
        job_id=f"{event.id}:{endpoint.id}:{new_id()}",
        asked_by=str(by),
        client_id=event.client_id,
        project_id=event.project_id,
    )


@dataclass(frozen=True)
class _Telling:
    """What one try needs, read before anything is sent."""

    url: str
    body: bytes
    headers: Mapping[str, str]
    number: int
    private_hosts: Collection[str]


def deliver_event(run: Run, event_id: str, endpoint_id: str) -> JsonObject | None:
    """Tell an endpoint of an event: one try in each run, and the next run later where it was not taken."""
    telling = _next_telling(run, event_id, endpoint_id)
    if telling is None:
        return {"told": False}
    at = run.workshop.now()
    answer = _sent(telling)
    wait_s = _wait_s(telling.number) if answer.problem else None
    with run.workshop.database.writing() as session:
        endpoints.record_attempt(
            session,
            endpoint_id=endpoint_id,
            event=events.get_event(session, event_id),
            delivery_id=run.job_id,
            number=telling.number,
            at=at,
            duration_ms=answer.duration_ms,
            status_code=answer.status_code,
            problem=answer.problem,
            next_at=at + timedelta(seconds=wait_s) if wait_s is not None else None,
        )
        is_off = endpoints.get_endpoint(session, endpoint_id).disabled_at is not None
    if not answer.problem:
        return {"told": True, "tries": telling.number}
    if wait_s is None or is_off:
        raise JobFailed(
            f"The endpoint was told {telling.number} times and did not take it: {answer.problem} "
            "Mend the receiver, then replay the event.",
            "not_delivered",
        )
    raise Later(wait_s, stage="retry")


DELIVER_EVENT: Final = JobKind("deliver_event", "hooks", deliver_event)


def _next_telling(run: Run, event_id: str, endpoint_id: str) -> _Telling | None:
    """The next try, or None where there is nobody to tell any more."""
    with run.workshop.database.reading() as session:
        endpoint = session.get(Endpoint, endpoint_id)
        event = session.get(Event, event_id)
        if endpoint is None or event is None or endpoint.disabled_at is not None:
            return None
        tried = session.scalar(select(func.max(Attempt.number)).where(Attempt.delivery_id == run.job_id)) or 0
        body = envelope(event)
        headers = signed_headers(endpoint, event, body, at=run.workshop.now())
        return _Telling(endpoint.url, body, headers, tried + 1, run.workshop.private_hosts)


def _sent(telling: _Telling) -> outbound.Answer:
    try:
        target = outbound.checked_target(telling.url, telling.private_hosts)
    except outbound.AddressRefused as refused:  # the name points elsewhere since it was saved
        return outbound.Answer(None, 0, refused.message)
    return outbound.post(target, telling.body, dict(telling.headers))


def _wait_s(number: int) -> float | None:
    """How long until the try after try `number`; None after the last."""
    if number > len(RETRY_AFTER_S):
        return None
    return RETRY_AFTER_S[number - 1] * (1 + JITTER * random.random())  # noqa: S311  # spreads load, guards nothing
