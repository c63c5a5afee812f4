"""Shown messages: a client's thread as whoever reads it may see it.

Called by api.routers.portal_messages and api.routers.messages.
"""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from api.schemas.portal import MessageOut, MessagesOut
from api.services.shown_reviews import names_of
from engine.core import messages
from engine.core.actors import Actor
from engine.core.models import Message
from engine.core.paging import Page


def as_thread(session: Session, page: Page[Message], client_id: str, reader: Actor) -> MessagesOut:
    """A page of a thread, with how many the reader has not read."""
    return MessagesOut(
        items=as_messages(session, page.items, reader),
        next_cursor=page.next_cursor,
        unread=messages.unread_count(session, client_id, reader.id),
    )


def as_messages(session: Session, rows: Sequence[Message], reader: Actor) -> list[MessageOut]:
    """Messages in their order."""
    names = names_of(session, [*(row.contact_id for row in rows), *(row.staff_id for row in rows)])
    return [
        MessageOut(
            id=row.id,
            text=row.text,
            author_name=names.get(row.contact_id or row.staff_id or "", ""),
            is_studio=row.contact_id is None,
            is_mine=reader.id in {row.contact_id, row.staff_id},
            sent_at=row.created_at,
        )
        for row in rows
    ]
