"""Clients: the companies that videos are made for, their contacts and brand kits.

Core: no HTTP, no vendor, no clock. Called by api.routers.clients and engine.cli.demo.
Law: a client with work in hand is not put away; an address belongs to one contact only.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import Conflict, NotFound
from engine.core.models import BrandKit, Client, Contact, JsonObject, Project, ProjectStatus
from engine.core.paging import Page, PageWish, Sortable, read_page
from engine.core.revisions import require_revision
from engine.core.texts import clean_email, clean_language, clean_name, clean_prose, clean_time_zone

_IN_HAND = (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW, ProjectStatus.APPROVED)


class _ClientFields(TypedDict, total=False):
    notes: str
    language: str
    time_zone: str


class NewClient(_ClientFields):
    """What a client begins with."""

    name: str


class ClientChanges(_ClientFields, total=False):
    """What may be changed of a client; what is absent stays."""

    name: str


class ContactChanges(TypedDict, total=False):
    """What may be changed of a contact; what is absent stays."""

    name: str
    email: str
    language: str
    notification_wishes: JsonObject


class BrandKitChanges(TypedDict, total=False):
    """What may be changed of a brand kit; what is absent stays."""

    colours: JsonObject
    fonts: JsonObject
    caption_style: JsonObject
    cards: JsonObject
    music: JsonObject
    picture_style: str
    logo_light_asset_id: str | None
    logo_dark_asset_id: str | None
    pronunciations: list[JsonObject]


def create_client(session: Session, *, at: datetime, **given: Unpack[NewClient]) -> Client:
    """A new client with an empty brand kit. Two may have the same name. Raises Invalid."""
    client = Client(created_at=at, updated_at=at)
    _apply(client, given)
    session.add(client)
    session.flush()
    session.add(BrandKit(client_id=client.id, created_at=at, updated_at=at))
    session.flush()
    return client


def get_client(session: Session, client_id: str) -> Client:
    """Raises NotFound."""
    client = session.get(Client, client_id)
    if client is None:
        raise NotFound("client", client_id)
    return client


def change_client(
    session: Session, client_id: str, revision: int, *, at: datetime, **changes: Unpack[ClientChanges]
) -> Client:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    client = get_client(session, client_id)
    require_revision(client, revision, "client")
    _apply(client, changes)
    client.updated_at = at
    session.flush()
    return client


def archive_client(session: Session, client_id: str, *, at: datetime) -> Client:
    """Put a client away; nothing of it is lost, and restore_client brings it back.

    Raises NotFound, and Conflict (client_has_open_work) naming the projects that are still in hand.
    """
    client = get_client(session, client_id)
    in_hand = session.scalars(
        select(Project.name)
        .where(Project.client_id == client_id, Project.status.in_(_IN_HAND), Project.archived_at.is_(None))
        .order_by(Project.created_at)
        .limit(4)
    ).all()
    if in_hand:
        named = ", ".join(f"“{name}”" for name in in_hand[:3]) + (" and more" if len(in_hand) > 3 else "")
        raise Conflict(
            f"{client.name} still has work in hand: {named}. Deliver or archive that first.",
            code="client_has_open_work",
        )
    if client.archived_at is None:
        client.archived_at = client.updated_at = at
        session.flush()
    return client


def restore_client(session: Session, client_id: str, *, at: datetime) -> Client:
    """Bring an archived client back. Raises NotFound."""
    client = get_client(session, client_id)
    if client.archived_at is not None:
        client.archived_at = None
        client.updated_at = at
        session.flush()
    return client


def _apply(client: Client, changes: ClientChanges | NewClient) -> None:
    if "name" in changes:
        client.name = clean_name(changes["name"], "name")
    if "notes" in changes:
        client.notes = clean_prose(changes["notes"], "notes")
    if "language" in changes:
        client.language = clean_language(changes["language"])
    if "time_zone" in changes:
        client.time_zone = clean_time_zone(changes["time_zone"]).key


def add_contact(
    session: Session, client_id: str, *, name: str, email: str, language: str | None = None, at: datetime
) -> Contact:
    """A person at a client. Raises NotFound, Invalid, and Conflict (email_in_use) where somebody has the address."""
    client = get_client(session, client_id)
    contact = Contact(
        client_id=client.id,
        name=clean_name(name, "name"),
        email=_free_email(session, email, None),
        language=clean_language(language) if language else client.language,
        notification_wishes={},
        created_at=at,
        updated_at=at,
    )
    session.add(contact)
    session.flush()
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
    return contact


def disable_contact(session: Session, client_id: str, contact_id: str, *, at: datetime) -> Contact:
    """The contact cannot sign in any more. Raises NotFound."""
    contact = get_contact(session, client_id, contact_id)
    if contact.disabled_at is None:
        contact.disabled_at = contact.updated_at = at
        session.flush()
    return contact


def _free_email(session: Session, email: str, own_id: str | None) -> str:
    cleaned = clean_email(email)
    holder = session.scalar(select(Contact.id).where(Contact.email == cleaned))
    if holder is not None and holder != own_id:
        raise Conflict(f"Somebody with the address {cleaned} is a contact already.", code="email_in_use")
    return cleaned


def get_brand_kit(session: Session, client_id: str) -> BrandKit:
    """Raises NotFound."""
    kit = session.scalar(select(BrandKit).where(BrandKit.client_id == client_id))
    if kit is None:
        raise NotFound("client", client_id)
    return kit


def change_brand_kit(
    session: Session, client_id: str, revision: int, *, at: datetime, **changes: Unpack[BrandKitChanges]
) -> BrandKit:
    """Change what is given; the shapes are checked where they come in. Raises NotFound, RevisionOutdated, Invalid."""
    kit = get_brand_kit(session, client_id)
    require_revision(kit, revision, "brand kit")
    if "picture_style" in changes:
        changes["picture_style"] = clean_prose(changes["picture_style"], "picture_style", longest=2000)
    for name, value in changes.items():
        setattr(kit, name, value)
    kit.updated_at = at
    session.flush()
    return kit


CLIENT_SORTS: Final[Mapping[str, Sortable]] = {
    "name": Client.name,
    "created_at": Client.created_at,
}


def list_clients(session: Session, wish: PageWish, *, archived: bool = False) -> Page[Client]:
    """Clients that are at work, or those that are put away. Raises Invalid."""
    put_away = Client.archived_at.is_not(None) if archived else Client.archived_at.is_(None)
    return read_page(session, select(Client).where(put_away), wish, sorts=CLIENT_SORTS, unique=Client.id)


def list_contacts(session: Session, client_id: str, wish: PageWish) -> Page[Contact]:
    """A client's people, by name. Raises NotFound, Invalid."""
    get_client(session, client_id)
    rows = select(Contact).where(Contact.client_id == client_id)
    return read_page(session, rows, wish, sorts={"name": Contact.name}, unique=Contact.id)
