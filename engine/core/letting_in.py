"""Letting in: which contacts the studio still has to do with: they can sign in, and are told of things.

Core: no HTTP, no clock. Called by engine.core.sessions, sign_in_links and passkeys, and automations.workflows.mail.
Law: who is shut out, or whose client is put away, gets in nowhere and hears nothing; letting them in again, or bringing
the client back, is all that it takes to undo that.
"""

from typing import Final

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import Session

from engine.core.models import Client, Contact

IS_LET_IN: Final[ColumnElement[bool]] = and_(
    Contact.disabled_at.is_(None),
    exists().where(Client.id == Contact.client_id, Client.archived_at.is_(None)),
)
"""Of a query that has contacts in it."""


def is_let_in(session: Session, contact_id: str) -> bool:
    """The same for one."""
    return session.scalar(select(Contact.id).where(Contact.id == contact_id, IS_LET_IN)) is not None
