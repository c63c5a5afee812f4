"""Messages: one thread for each client, in which its contacts and the studio write to each other.

Core: no HTTP, no clock. Called by api.routers.portal_messages and api.routers.messages.
Law: a message is never changed; nobody has their own left to read.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.errors import Conflict, Invalid
from engine.core.locks import hold_lock
from engine.core.models import Message, ThreadRead, new_id
from engine.core.paging import Page, PageWish, read_page
from engine.core.texts import clean_prose

LONGEST: Final = 10_000
MOST_COUNTED: Final = 99
"""So many unread ones are counted; nobody reads a higher number."""


def write_message(
    session: Session, client_id: str, text: str, *, by: Actor, at: datetime, id_: str | None = None
) -> tuple[Message, bool]:
    """A message in the client's thread, and whether it is new. id_: chosen by who writes it, so that one that was sent
    twice is kept once, in the words that it was sent with last: who had no answer may have gone on writing.

    Raises Invalid, Conflict (message_exists).
    """
    words = clean_prose(text, "text", longest=LONGEST).strip()
    if not words:
        raise Invalid("The message is empty. Write something.", field="text")
    if id_ is not None and (kept := session.get(Message, id_)) is not None:
        if kept.client_id != client_id or by.id not in {kept.contact_id, kept.staff_id}:
            raise Conflict("A message with this id is there already. Send it under another.", code="message_exists")
        kept.text = words
        session.flush()
        return kept, False
    message = Message(
        id=id_ or new_id(),
        client_id=client_id,
        contact_id=by.id if by.kind == "contact" else None,
        staff_id=by.staff_id,
        text=words,
        created_at=at,
    )
    session.add(message)
    session.flush()
    return message, True


def list_messages(session: Session, client_id: str, wish: PageWish) -> Page[Message]:
    """A client's thread; sorts: created_at. Raises Invalid."""
    rows = select(Message).where(Message.client_id == client_id)
    return read_page(session, rows, wish, sorts={"created_at": Message.created_at}, unique=Message.id)


def mark_thread_read(session: Session, client_id: str, person_id: str, *, until: datetime) -> None:
    """Somebody has read the thread until then."""
    hold_lock(session, f"thread {client_id} {person_id}")
    mark = session.get(ThreadRead, (client_id, person_id))
    if mark is None:
        session.add(ThreadRead(client_id=client_id, person_id=person_id, read_until=until))
    elif mark.read_until < until:
        mark.read_until = until
    session.flush()


def unread_count(session: Session, client_id: str, person_id: str) -> int:
    """How many messages of others somebody has not read, MOST_COUNTED at most."""
    mark = session.get(ThreadRead, (client_id, person_id))
    rows = select(Message.id).where(
        Message.client_id == client_id,
        func.coalesce(Message.contact_id, Message.staff_id, "") != person_id,
    )
    if mark is not None:
        rows = rows.where(Message.created_at > mark.read_until)
    counted = select(func.count()).select_from(rows.limit(MOST_COUNTED).subquery())
    return session.scalar(counted) or 0
