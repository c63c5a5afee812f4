"""Deliveries: which film was put where somebody works from, when, and at whose wish.

Core: no HTTP, no clock, and no knowledge of what carries it there. Called by automations.workflows.push and
api.routers.projects. Law: a film that lies in a place is delivered there once, however often it is pushed.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.models import Delivery, Export

MOST: Final = 200


def keep_delivery(session: Session, export: Export, *, place: str, by: str, at: datetime) -> Delivery:
    """Write down that it lies there; asked again, it answers with what was written. by: an actor's word."""
    found = session.scalar(select(Delivery).where(Delivery.export_id == export.id, Delivery.place == place))
    if found is None:
        found = Delivery(export_id=export.id, project_id=export.project_id, place=place, by=by, at=at)
        session.add(found)
        session.flush()
    return found


def deliveries_of(session: Session, project_id: str) -> Sequence[Delivery]:
    """A project's, the newest first; two hundred at most."""
    rows = select(Delivery).where(Delivery.project_id == project_id)
    return session.scalars(rows.order_by(Delivery.at.desc(), Delivery.id.desc()).limit(MOST)).all()
