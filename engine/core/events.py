"""Events: what happened, kept in the transaction of the change itself.

Core: no HTTP, no vendor, no clock. Called by automations.events (the catalogue) and api.routers.events.
Law: an event is never changed; whoever is told of it is told of what is kept here.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Endpoint, Event, JsonObject
from engine.core.paging import Page, PageWish, read_page


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


def list_events(
    session: Session,
    wish: PageWish,
    *,
    type: str | None = None,  # noqa: A002  # the field's own word
    project_id: str | None = None,
    client_id: str | None = None,
) -> Page[Event]:
    """Events, filtered; sorts: at. Raises Invalid."""
    rows = select(Event)
    if type is not None:
        rows = rows.where(Event.type == type)
    if project_id is not None:
        rows = rows.where(Event.project_id == project_id)
    if client_id is not None:
        rows = rows.where(Event.client_id == client_id)
    return read_page(session, rows, wish, sorts={"at": Event.at}, unique=Event.id)


def events_after(session: Session, after_id: str, *, limit: int) -> Sequence[Event]:
    """Events with a higher id than `after_id`, in the order of their ids: the order in which they were made."""
    return session.scalars(select(Event).where(Event.id > after_id).order_by(Event.id).limit(limit)).all()
