"""Actor names: what the people are called who stand in records as staff:<id> and contact:<id>.

Called by api.services.shown_projects and api.services.shown_audit. Law: as few queries for many as for one.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.models import Contact, Staff


def actor_names(session: Session, actors: set[str]) -> Mapping[str, str]:
    """By actor, as engine.core.actors writes them; who has neither name nor address is absent."""
    ids = [actor.partition(":")[2] for actor in actors if ":" in actor]
    staff = session.execute(select(Staff.id, Staff.name, Staff.email).where(Staff.id.in_(ids)))
    contacts = session.execute(select(Contact.id, Contact.name, Contact.email).where(Contact.id.in_(ids)))
    return {
        **{f"staff:{row.id}": row.name or row.email for row in staff},
        **{f"contact:{row.id}": row.name or row.email for row in contacts},
    }
