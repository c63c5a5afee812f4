"""The portal's messages: the thread of a client with the studio."""

from fastapi import APIRouter

from api.deps import Now, PageQuery, sorted_by
from api.openapi import problems
from api.portal_deps import PortalIdempotency, PortalRead, PortalWrite, SignedInContact
from api.routes import StudioRoute
from api.schemas.portal import MessageIn, MessageOut, MessagesOut
from api.services.shown_messages import as_messages, as_thread
from automations.workflows.reviews import message_was_written
from engine.core import messages, notifications

router = APIRouter(prefix="/portal/messages", tags=["portal"], route_class=StudioRoute, responses=problems(401))


@router.get("", summary="The client's thread with the studio")
def list_portal_messages(session: PortalRead, me: SignedInContact, wish: PageQuery) -> MessagesOut:
    """The last one first. All of a client's people read and write the same thread."""
    page = messages.list_messages(session, me.client_id, sorted_by(wish, "-created_at"))
    return as_thread(session, page, me.client_id, me.actor)


@router.post(
    "", status_code=201, summary="Write to the studio", dependencies=[PortalIdempotency], responses=problems(409)
)
def write_portal_message(body: MessageIn, session: PortalWrite, me: SignedInContact, now: Now) -> MessageOut:
    """Sent again with its `id`, the message that is kept comes back."""
    message, is_new = messages.write_message(session, me.client_id, body.text, by=me.actor, at=now, id_=body.id)
    if is_new:
        message_was_written(session, message, at=now)
    return as_messages(session, [message], me.actor)[0]


@router.post("/read", status_code=204, summary="Mark the thread as read")
def read_portal_messages(session: PortalWrite, me: SignedInContact, now: Now) -> None:
    """All that is there now, for this contact alone."""
    messages.mark_thread_read(session, me.client_id, me.contact.id, until=now)
    notifications.mark_seen(session, me.contact.id, "/messages", at=now)
