"""Messages: a client's thread with the studio, for staff."""

from fastapi import APIRouter

from api.deps import DbSession, Idempotency, Now, PageQuery, ReadSession, SignedInStaff, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.portal import MessageIn, MessageOut, MessagesOut
from api.services.shown_messages import as_messages, as_thread
from automations.workflows.reviews import message_was_written
from engine.core import messages
from engine.core.clients import get_client

router = APIRouter(prefix="/clients/{client_id}/messages", tags=["clients"], route_class=StudioRoute)


@router.get("", summary="A client's thread")
def list_messages(client_id: str, session: ReadSession, me: SignedInStaff, wish: PageQuery) -> MessagesOut:
    """What its people and the studio wrote, the last one first."""
    client = get_client(session, client_id)
    page = messages.list_messages(session, client.id, sorted_by(wish, "-created_at"))
    return as_thread(session, page, client.id, me.actor)


@router.post("", status_code=201, summary="Write to a client", dependencies=[Idempotency], responses=problems(409))
def write_message(client_id: str, body: MessageIn, session: DbSession, me: SignedInStaff, now: Now) -> MessageOut:
    """All of the client's people can read it; those who wish it are told by mail."""
    client = get_client(session, client_id)
    message, is_new = messages.write_message(session, client.id, body.text, by=me.actor, at=now, id_=body.id)
    if is_new:
        message_was_written(session, message, at=now)
    return as_messages(session, [message], me.actor)[0]


@router.post("/read", status_code=204, summary="Mark a client's thread as read")
def read_messages(client_id: str, session: DbSession, me: SignedInStaff, now: Now) -> None:
    """All that is there now, for this member of staff alone."""
    messages.mark_thread_read(session, get_client(session, client_id).id, me.staff.id, until=now)
