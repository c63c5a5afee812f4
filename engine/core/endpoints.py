"""Endpoints: addresses that are told of events, and how each telling went.

Core: no HTTP, no vendor, no clock. Called by api.routers.endpoints and automations.workflows.hooks.
Law: a secret is shown when it is made and never again; an endpoint that failed for days is switched off, said aloud,
and comes back when a person says so.
"""

import base64
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import notifications
from engine.core.errors import Invalid, NotFound
from engine.core.models import Attempt, Endpoint, Event
from engine.core.paging import Page, PageWish, read_page
from engine.core.revisions import require_revision
from engine.core.texts import clean_prose

OFF_AFTER: Final = timedelta(days=5)
"""A receiver that a Friday's deployment broke is mended by Tuesday."""
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_OWN_HEADERS = {"host", "content-length", "content-type", "transfer-encoding", "connection", "user-agent"}


class _EndpointFields(TypedDict, total=False):
    description: str
    event_types: list[str]
    header_name: str | None
    header_value: str | None


class NewEndpoint(_EndpointFields):
    """What an endpoint begins with."""

    url: str


class EndpointChanges(_EndpointFields, total=False):
    """What may be changed of an endpoint; what is absent stays."""

    url: str


def create_endpoint(
    session: Session, known_types: Sequence[str], *, at: datetime, **given: Unpack[NewEndpoint]
) -> Endpoint:
    """An endpoint with a new secret. The address was checked where it came in. Raises Invalid."""
    endpoint = Endpoint(
        url=given["url"], description="", event_types=[], secret=_new_secret(), created_at=at, updated_at=at
    )
    _apply(endpoint, given, known_types)
    session.add(endpoint)
    session.flush()
    return endpoint


def get_endpoint(session: Session, endpoint_id: str) -> Endpoint:
    """Raises NotFound."""
    endpoint = session.get(Endpoint, endpoint_id)
    if endpoint is None:
        raise NotFound("endpoint", endpoint_id)
    return endpoint


def change_endpoint(
    session: Session,
    endpoint_id: str,
    revision: int,
    known_types: Sequence[str],
    *,
    at: datetime,
    **changes: Unpack[EndpointChanges],
) -> Endpoint:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    endpoint = get_endpoint(session, endpoint_id)
    require_revision(endpoint, revision, "endpoint")
    _apply(endpoint, changes, known_types)
    endpoint.updated_at = at
    session.flush()
    return endpoint


def rotate_secret(session: Session, endpoint_id: str, *, at: datetime) -> Endpoint:
    """A new secret; the old one signs nothing any more. Raises NotFound."""
    endpoint = get_endpoint(session, endpoint_id)
    endpoint.secret = _new_secret()
    endpoint.updated_at = at
    session.flush()
    return endpoint


def switch_off(session: Session, endpoint_id: str, *, reason: str, at: datetime) -> Endpoint:
    """Tell it nothing more until somebody switches it on. Raises NotFound."""
    endpoint = get_endpoint(session, endpoint_id)
    if endpoint.disabled_at is None:
        endpoint.disabled_at = endpoint.updated_at = at
        endpoint.disabled_reason = reason
        session.flush()
    return endpoint


def switch_on(session: Session, endpoint_id: str, *, at: datetime) -> Endpoint:
    """Tell it of what happens from now on; what it missed can be replayed. Raises NotFound."""
    endpoint = get_endpoint(session, endpoint_id)
    if endpoint.disabled_at is not None:
        endpoint.disabled_at = endpoint.failing_since = None
        endpoint.disabled_reason = ""
        endpoint.updated_at = at
        session.flush()
    return endpoint


def delete_endpoint(session: Session, endpoint_id: str) -> None:
    """Forget it with all its attempts. Raises NotFound."""
    session.delete(get_endpoint(session, endpoint_id))
    session.flush()


def record_attempt(
    session: Session,
    *,
    endpoint_id: str,
    event: Event,
    delivery_id: str,
    number: int,
    at: datetime,
    duration_ms: int,
    status_code: int | None,
    problem: str,
    next_at: datetime | None,
) -> Attempt:
    """Write down how one telling went; `problem` is empty where it went well.

    Switches the endpoint off, with a notice to the owners, where it answered 410 or has failed for OFF_AFTER.
    Asked again for the same attempt of a delivery, it answers with what is there.
    """
    kept = session.scalar(select(Attempt).where(Attempt.delivery_id == delivery_id, Attempt.number == number))
    if kept is not None:
        return kept
    attempt = Attempt(
        endpoint_id=endpoint_id,
        event_id=event.id,
        delivery_id=delivery_id,
        number=number,
        at=at,
        duration_ms=duration_ms,
        status_code=status_code,
        problem=problem,
        next_at=next_at,
    )
    session.add(attempt)
    endpoint = get_endpoint(session, endpoint_id)
    if not problem:
        endpoint.failing_since = None
    elif endpoint.disabled_at is None:
        endpoint.failing_since = endpoint.failing_since or at
        if status_code == 410:
            _switch_off_aloud(session, endpoint, "It answered that it is gone (410).", at)
        elif at - endpoint.failing_since >= OFF_AFTER:
            _switch_off_aloud(session, endpoint, f"It has failed since {endpoint.failing_since:%Y-%m-%d}.", at)
    endpoint.updated_at = at
    session.flush()
    return attempt


def _switch_off_aloud(session: Session, endpoint: Endpoint, reason: str, at: datetime) -> None:
    switch_off(session, endpoint.id, reason=reason, at=at)
    notifications.notify_owners(
        session,
        kind="endpoint_switched_off",
        facts={"endpoint_id": endpoint.id, "url": endpoint.url, "reason": reason},
        path=f"/settings/endpoints/{endpoint.id}",
        once_key=f"endpoint_switched_off:{endpoint.id}:{at.isoformat()}",
        at=at,
    )


def _apply(endpoint: Endpoint, changes: EndpointChanges | NewEndpoint, known_types: Sequence[str]) -> None:
    if "url" in changes:
        endpoint.url = changes["url"]
    if "description" in changes:
        endpoint.description = clean_prose(changes["description"], "description", longest=300).strip()
    if "event_types" in changes:
        unknown = sorted(set(changes["event_types"]) - set(known_types))
        if unknown:
            raise Invalid(
                f"There is no event {unknown[0]!r}. There are: {', '.join(known_types)}.", field="event_types"
            )
        endpoint.event_types = list(dict.fromkeys(changes["event_types"]))
    if "header_name" in changes:
        endpoint.header_name = _header_name(changes["header_name"])
    if "header_value" in changes:
        endpoint.header_value = _header_value(changes["header_value"])
    if (endpoint.header_name is None) != (endpoint.header_value is None):
        raise Invalid("A fixed header needs a name and a value.", field="header_name")


def _header_name(name: str | None) -> str | None:
    if name is None:
        return None
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _OWN_HEADERS or name.lower().startswith("webhook-"):
        raise Invalid("This cannot be the name of a header. One like X-Studio-Key can.", field="header_name")
    return name


def _header_value(value: str | None) -> str | None:
    if value is None:
        return None
    if not value or len(value) > 500 or not value.isascii() or not value.isprintable():
        raise Invalid("A header's value is 1 to 500 printable ASCII characters.", field="header_value")
    return value


def _new_secret() -> str:
    """Standard Webhooks: whsec_ and the base64 of 24 to 64 random bytes."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def list_endpoints(session: Session) -> Sequence[Endpoint]:
    """All of them, the oldest first."""
    return session.scalars(select(Endpoint).order_by(Endpoint.created_at, Endpoint.id).limit(500)).all()


def list_attempts(session: Session, endpoint_id: str, wish: PageWish) -> Page[Attempt]:
    """How the tellings of one endpoint went; sorts: at. Raises NotFound, Invalid."""
    get_endpoint(session, endpoint_id)
    rows = select(Attempt).where(Attempt.endpoint_id == endpoint_id)
    return read_page(session, rows, wish, sorts={"at": Attempt.at}, unique=Attempt.id)
