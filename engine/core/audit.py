"""Audit: who did what, to what, when, from where.

Called by every use case that signs in, refuses, decides, spends or deletes.
Law: an entry is written in the transaction of what it tells of and is never changed; it holds no secret.
"""

from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.models import AuditEntry
from engine.core.paging import Page, PageWish, read_page

SORTS = {"at": AuditEntry.at}


def record(
    session: Session,
    action: str,
    *,
    by: Actor | str,
    at: datetime,
    subject: tuple[str, str] = ("", ""),
    address: str = "",
    **facts: JsonValue,
) -> None:
    """Write one entry. by: an actor, or what somebody unknown typed; subject: its type and id."""
    subject_type, subject_id = subject
    session.add(
        AuditEntry(
            at=at,
            actor=str(by)[:300],
            action=action,
            subject_type=subject_type,
            subject_id=subject_id,
            facts=facts,
            address=address[:64],
        )
    )


def list_entries(
    session: Session,
    wish: PageWish,
    *,
    actor: str | None = None,
    action: str | None = None,
    subject: tuple[str, str] | None = None,
) -> Page[AuditEntry]:
    """Entries by time; sort is at or -at. Raises Invalid."""
    rows = select(AuditEntry)
    if actor is not None:
        rows = rows.where(AuditEntry.actor == actor)
    if action is not None:
        rows = rows.where(AuditEntry.action == action)
    if subject is not None:
        rows = rows.where(AuditEntry.subject_type == subject[0], AuditEntry.subject_id == subject[1])
    return read_page(session, rows, wish, sorts=SORTS, unique=AuditEntry.id)
