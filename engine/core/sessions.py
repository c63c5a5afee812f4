"""Sessions: browsers and programs that are signed in.

Core: no HTTP, no clock. Called by api.services.sign_in, api.deps, engine.core.staff and engine.core.contacts.
Law: the token exists in the cookie only, here is its hash; a session ends at its time, when idle, or at once by hand.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.letting_in import IS_LET_IN
from engine.core.models import Contact, SignInSession, Staff

USED_EVERY: Final = timedelta(minutes=5)
"""`last_used_at` is written no more often: a write for each read would make every page wait for the disk."""
KEPT_AFTER_END: Final = timedelta(days=30)
Person = Staff | Contact
"""Who can be signed in: a member of staff in the engine app, a contact in the portal; never one for the other."""

_ALIVE: Final[tuple[ColumnElement[bool], ...]] = (
    SignInSession.ended_at.is_(None),
    SignInSession.expires_at > bindparam("now"),
    SignInSession.last_used_at > bindparam("used_after"),
)
_OF_TOKEN: Final = SignInSession.token_sha256 == bindparam("token_sha256")
# Made once: every request asks one of these, and putting such a query together takes longer than its answer.
_STAFF_SESSION: Final = (
    select(SignInSession, Staff)
    .join(Staff, Staff.id == SignInSession.staff_id)
    .where(_OF_TOKEN, *_ALIVE, Staff.disabled_at.is_(None))
)
_CONTACT_SESSION: Final = (
    select(SignInSession, Contact)
    .join(Contact, Contact.id == SignInSession.contact_id)
    .where(_OF_TOKEN, *_ALIVE, IS_LET_IN)
)


def begin_session(
    session: Session, person: Person, *, lasts: timedelta, address: str, user_agent: str, at: datetime
) -> tuple[str, SignInSession]:
    """A new session and its token, which is told here and never again."""
    token = secrets.token_urlsafe(32)
    row = SignInSession(
        token_sha256=_hash(token),
        staff_id=person.id if isinstance(person, Staff) else None,
        contact_id=person.id if isinstance(person, Contact) else None,
        last_used_at=at,
        expires_at=at + lasts,
        address=address[:64],
        user_agent="".join(c for c in user_agent if c.isprintable())[:300],
        created_at=at,
    )
    session.add(row)
    session.flush()
    return token, row


def find_session(session: Session, token: str, *, idle: timedelta, at: datetime) -> tuple[SignInSession, Staff] | None:
    """The live session of a member of staff's token, or None where it ended or the person is disabled."""
    found = session.execute(_STAFF_SESSION, {"token_sha256": _hash(token), **_moment(idle, at)}).one_or_none()
    return None if found is None else (found[0], found[1])


def find_contact_session(
    session: Session, token: str, *, idle: timedelta, at: datetime
) -> tuple[SignInSession, Contact] | None:
    """The live session of a contact's token, or None where it ended or the contact is let in no more."""
    found = session.execute(_CONTACT_SESSION, {"token_sha256": _hash(token), **_moment(idle, at)}).one_or_none()
    return None if found is None else (found[0], found[1])


def is_alive(session: Session, session_id: str, *, idle: timedelta, at: datetime) -> bool:
    """Whether it has not ended and its person is not disabled."""
    found = session.scalar(
        select(SignInSession.id)
        .outerjoin(Staff, Staff.id == SignInSession.staff_id)
        .outerjoin(Contact, Contact.id == SignInSession.contact_id)
        .where(
            SignInSession.id == session_id,
            *_ALIVE,
            Staff.disabled_at.is_(None),
            or_(SignInSession.contact_id.is_(None), IS_LET_IN),
        ),
        _moment(idle, at),
    )
    return found is not None


def mark_used(session: Session, session_id: str, *, at: datetime) -> None:
    """It was used now, which keeps it from ending as idle."""
    session.execute(
        update(SignInSession)
        .where(SignInSession.id == session_id, SignInSession.last_used_at < at)
        .values(last_used_at=at)
    )


def list_sessions(session: Session, person_id: str, *, idle: timedelta, at: datetime) -> Sequence[SignInSession]:
    """A person's live sessions, the last used first."""
    return session.scalars(
        select(SignInSession)
        .where(_belongs_to(person_id), *_ALIVE)
        .order_by(SignInSession.last_used_at.desc(), SignInSession.id.desc())
        .limit(200),
        _moment(idle, at),
    ).all()


def end_session(session: Session, person_id: str, session_id: str, *, at: datetime) -> None:
    """End one. Raises NotFound, also where it is somebody else's."""
    row = session.get(SignInSession, session_id)
    if row is None or person_id not in {row.staff_id, row.contact_id}:
        raise NotFound("session", session_id)
    row.ended_at = row.ended_at or at
    session.flush()


def end_all(session: Session, person_id: str, *, but: str | None = None, at: datetime) -> None:
    """End all of a person's sessions, save the one with the id `but`."""
    session.execute(
        update(SignInSession)
        .where(_belongs_to(person_id), SignInSession.ended_at.is_(None), SignInSession.id != (but or ""))
        .values(ended_at=at)
    )


def prune_sessions(session: Session, *, at: datetime) -> None:
    """Forget sessions whose time was over a month ago."""
    session.execute(delete(SignInSession).where(SignInSession.expires_at < at - KEPT_AFTER_END))


def _belongs_to(person_id: str) -> ColumnElement[bool]:
    return or_(SignInSession.staff_id == person_id, SignInSession.contact_id == person_id)


def _moment(idle: timedelta, at: datetime) -> dict[str, datetime]:
    """What `_ALIVE` asks for."""
    return {"now": at, "used_after": at - idle}


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
