"""Events: what happened, kept in the transaction of the change itself.

Core: no HTTP, no vendor, no clock. Called by automations.events (the catalogue) and api.routers.events.
Law: an event is never changed; whoever is told of it is told of what is kept here.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Endpoint, Event, JsonObject


def keep_event(
    session: Session,
    *,
    type: str,  # noqa: A002  # the field's own word
    payload: JsonObject,
    at: datetime,
    client_id: str | None,
    project_id: str | None,
) -> Event:
    """Write down that it happened."""
    event = Event(type=type, at=at, client_id=client_id, project_id=project_id, payload=payload)
    session.add(event)
    session.flush()
    return event


def get_event(session: Session, event_id: str) -> Event:
    """Raises NotFound."""
    event = session.get(Event, event_id)
    if event is None:
        raise NotFound("event", event_id)
    return event


def endpoints_to_tell(session: Session, event_type: str) -> list[Endpoint]:
    """The endpoints that are on and want events of this type."""
    on = session.scalars(select(Endpoint).where(Endpoint.disabled_at.is_(None)).order_by(Endpoint.id))
    return [endpoint for endpoint in on if not endpoint.event_types or event_type in endpoint.event_types]
