"""Contacts: the people at a client, who may sign in to the portal."""

from fastapi import APIRouter, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, PageQuery, ReadSession, SignedInStaff, etag, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.clients import ContactChanges, ContactIn, ContactOut, ContactSort
from api.schemas.fields import PageOf
from automations.workflows.mail import tell_contact
from engine.core import audit, contacts
from engine.core.models import new_id

router = APIRouter(prefix="/clients/{client_id}/contacts", tags=["clients"], route_class=StudioRoute)


@router.get("", summary="A client's people")
def list_contacts(
    client_id: str, session: ReadSession, wish: PageQuery, sort: ContactSort = "name"
) -> PageOf[ContactOut]:
    """Those who may not sign in any more too."""
    return PageOf[ContactOut].model_validate(contacts.list_contacts(session, client_id, sorted_by(wish, sort)))


@router.post("", status_code=201, summary="Add a contact", dependencies=[Idempotency], responses=problems(409))
def add_contact(
    client_id: str, body: ContactIn, response: Response, session: DbSession, me: SignedInStaff, now: Now
) -> ContactOut:
    """An address belongs to one contact only: 409 `email_in_use`."""
    contact = contacts.add_contact(session, client_id, at=now, **body.model_dump())
    audit.record(session, "contact_added", by=me.actor, subject=("contact", contact.id), at=now)
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.get("/{contact_id}", summary="One contact")
def get_contact(client_id: str, contact_id: str, response: Response, session: ReadSession) -> ContactOut:
    """Another client's contact is not found."""
    contact = contacts.get_contact(session, client_id, contact_id)
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.patch("/{contact_id}", summary="Change a contact", responses=problems(409))
def change_contact(
    client_id: str,
    contact_id: str,
    body: ContactChanges,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> ContactOut:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    contact = contacts.change_contact(session, client_id, contact_id, revision, at=now, **changes)
    audit.record(
        session,
        "contact_changed",
        by=me.actor,
        subject=("contact", contact.id),
        at=now,
        fields=", ".join(sorted(changes)),
    )
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.post(
    "/{contact_id}/invitations",
    status_code=202,
    summary="Invite a contact to the portal",
    dependencies=[Idempotency],
    responses=problems(409),
)
def invite_contact(client_id: str, contact_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ContactOut:
    """By a mail with a link to the portal's sign-in page; asked again, it is sent again. 409 `contact_disabled`."""
    contact = contacts.mark_invited(session, client_id, contact_id, at=now)
    once_key = f"invitation:{new_id()}"
    tell_contact(session, contact, kind="invitation", facts={}, path="/login", once_key=once_key, at=now)
    audit.record(session, "contact_invited", by=me.actor, subject=("contact", contact.id), at=now)
    return ContactOut.model_validate(contact)


@router.post("/{contact_id}/disable", summary="Let a contact in no more")
def disable_contact(client_id: str, contact_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ContactOut:
    """What the contact wrote and decided stays."""
    contact = contacts.disable_contact(session, client_id, contact_id, at=now)
    audit.record(session, "contact_disabled", by=me.actor, subject=("contact", contact.id), at=now)
    return ContactOut.model_validate(contact)


@router.post("/{contact_id}/enable", summary="Let a contact in again")
def enable_contact(client_id: str, contact_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ContactOut:
    """As before; who was let in no more has to sign in anew."""
    contact = contacts.enable_contact(session, client_id, contact_id, at=now)
    audit.record(session, "contact_enabled", by=me.actor, subject=("contact", contact.id), at=now)
    return ContactOut.model_validate(contact)
