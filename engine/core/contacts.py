"""Contacts: the people at a client, who may sign in to the portal.

Core: no HTTP, no vendor, no clock. Called by api.routers.clients and engine.core.client_import.
Law: an address belongs to one contact only; whoever is let in no more keeps what they wrote and decided.
"""

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from engine.core import sessions
from engine.core.client_search import forget_words, keep_words
from engine.core.clients import get_client
from engine.core.errors import Conflict, NotFound
from engine.core.models import Contact, JsonObject
from engine.core.paging import Page, PageWish, read_page
from engine.core.revisions import require_revision
from engine.core.texts import clean_email, clean_language, clean_name


class ContactChanges(TypedDict, total=False):
    """What may be changed of a contact; what is absent stays."""

    name: str
    email: str
    language: str
    notification_wishes: JsonObject


def add_contact(
    session: Session,
    client_id: str,
    *,
    name: str,
    email: str,
    language: str | None = None,
    notification_wishes: JsonObject | None = None,
    at: datetime,
) -> Contact:
    """A person at a client. Raises NotFound, Invalid, and Conflict (email_in_use) where somebody has the address."""
    client = get_client(session, client_id)
    contact = Contact(
        client_id=client.id,
        name=clean_name(name, "name"),
        email=_free_email(session, email, None),
        language=clean_language(language) if language else client.language,
        notification_wishes=notification_wishes or {},
        created_at=at,
        updated_at=at,
    )
    session.add(contact)
    session.flush()
    keep_words(session, client.id, contact.id, contact.name, contact.email)
    return contact


def get_contact(session: Session, client_id: str, contact_id: str) -> Contact:
    """Raises NotFound, also where the contact is another client's."""
    contact = session.get(Contact, contact_id)
    if contact is None or contact.client_id != client_id:
        raise NotFound("contact", contact_id)
    return contact


def change_contact(
    session: Session,
    client_id: str,
    contact_id: str,
    revision: int,
    *,
    at: datetime,
    **changes: Unpack[ContactChanges],
) -> Contact:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid, Conflict (email_in_use)."""
    contact = get_contact(session, client_id, contact_id)
    require_revision(contact, revision, "contact")
    if "name" in changes:
        contact.name = clean_name(changes["name"], "name")
    if "email" in changes:
        contact.email = _free_email(session, changes["email"], contact.id)
    if "language" in changes:
        contact.language = clean_language(changes["language"])
    if "notification_wishes" in changes:
        contact.notification_wishes = changes["notification_wishes"]
    contact.updated_at = at
    session.flush()
    if changes.keys() & {"name", "email"}:
        forget_words(session, client_id, contact.id)
        keep_words(session, client_id, contact.id, contact.name, contact.email)
    return contact


def disable_contact(session: Session, client_id: str, contact_id: str, *, at: datetime) -> Contact:
    """The contact cannot sign in any more, and is out at once. Raises NotFound."""
    contact = get_contact(session, client_id, contact_id)
    if contact.disabled_at is None:
        contact.disabled_at = contact.updated_at = at
        session.flush()
        sessions.end_all(session, contact.id, at=at)
    return contact


def enable_contact(session: Session, client_id: str, contact_id: str, *, at: datetime) -> Contact:
    """The contact may sign in again. Raises NotFound."""
    contact = get_contact(session, client_id, contact_id)
    if contact.disabled_at is not None:
        contact.disabled_at = None
        contact.updated_at = at
        session.flush()
    return contact


def mark_invited(session: Session, client_id: str, contact_id: str, *, at: datetime) -> Contact:
    """The contact is told of the portal. Raises NotFound, Conflict (contact_disabled)."""
    contact = get_contact(session, client_id, contact_id)
    if contact.disabled_at is not None:
        raise Conflict(f"{contact.name} is shut out. Let them in again first.", code="contact_disabled")
    contact.invited_at = contact.updated_at = at
    session.flush()
    return contact


def mark_seen(session: Session, contact_id: str, *, at: datetime) -> None:
    """The contact was here; no change of theirs, so that whoever edits them meanwhile is not refused."""
    session.execute(update(Contact).where(Contact.id == contact_id).values(last_seen_at=at))


def _free_email(session: Session, email: str, own_id: str | None) -> str:
    cleaned = clean_email(email)
    holder = session.scalar(select(Contact.id).where(Contact.email == cleaned))
    if holder is not None and holder != own_id:
        raise Conflict(f"Somebody with the address {cleaned} is a contact already.", code="email_in_use")
    return cleaned


def list_contacts(session: Session, client_id: str, wish: PageWish) -> Page[Contact]:
    """A client's people, by name. Raises NotFound, Invalid."""
    get_client(session, client_id)
    rows = select(Contact).where(Contact.client_id == client_id)
    return read_page(session, rows, wish, sorts={"name": Contact.name}, unique=Contact.id)
