"""Clients: companies, their contacts and brand kits."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, PageQuery, ReadSession, SignedInStaff, etag, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.clients import (
    BrandKitChanges,
    BrandKitOut,
    ClientChanges,
    ClientIn,
    ClientOut,
    ClientSort,
    ContactChanges,
    ContactIn,
    ContactOut,
    ContactSort,
)
from api.schemas.fields import PageOf
from engine.core import assets, audit, clients

router = APIRouter(prefix="/clients", tags=["clients"], route_class=StudioRoute)


@router.get("", summary="Clients")
def list_clients(
    session: ReadSession,
    wish: PageQuery,
    sort: ClientSort = "name",
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
) -> PageOf[ClientOut]:
    """Clients that are at work, or those that are put away."""
    return PageOf[ClientOut].model_validate(clients.list_clients(session, sorted_by(wish, sort), archived=archived))


@router.post("", status_code=201, summary="Add a client", dependencies=[Idempotency])
def create_client(body: ClientIn, response: Response, session: DbSession, now: Now) -> ClientOut:
    """A new client with an empty brand kit. Two may have the same name."""
    client = clients.create_client(session, at=now, **body.model_dump())
    response.headers["ETag"] = etag(client.revision)
    return ClientOut.model_validate(client)


@router.get("/{client_id}", summary="One client")
def get_client(client_id: str, response: Response, session: ReadSession) -> ClientOut:
    """Also where it is put away."""
    client = clients.get_client(session, client_id)
    response.headers["ETag"] = etag(client.revision)
    return ClientOut.model_validate(client)


@router.patch("/{client_id}", summary="Change a client")
def change_client(
    client_id: str, body: ClientChanges, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> ClientOut:
    """What is absent stays."""
    client = clients.change_client(session, client_id, revision, at=now, **body.model_dump(exclude_unset=True))
    response.headers["ETag"] = etag(client.revision)
    return ClientOut.model_validate(client)


@router.post("/{client_id}/archive", summary="Put a client away", responses=problems(409))
def archive_client(client_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ClientOut:
    """Nothing of it is lost. Refused (409 `client_has_open_work`) while a project is in hand."""
    client = clients.archive_client(session, client_id, at=now)
    audit.record(session, "client_archived", by=me.actor, subject=("client", client.id), at=now)
    return ClientOut.model_validate(client)


@router.post("/{client_id}/restore", summary="Bring a client back")
def restore_client(client_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ClientOut:
    """It is among those at work again."""
    client = clients.restore_client(session, client_id, at=now)
    audit.record(session, "client_restored", by=me.actor, subject=("client", client.id), at=now)
    return ClientOut.model_validate(client)


@router.get("/{client_id}/contacts", summary="A client's people")
def list_contacts(
    client_id: str, session: ReadSession, wish: PageQuery, sort: ContactSort = "name"
) -> PageOf[ContactOut]:
    """Those who may not sign in any more too."""
    return PageOf[ContactOut].model_validate(clients.list_contacts(session, client_id, sorted_by(wish, sort)))


@router.post(
    "/{client_id}/contacts",
    status_code=201,
    summary="Add a contact",
    dependencies=[Idempotency],
    responses=problems(409),
)
def add_contact(client_id: str, body: ContactIn, response: Response, session: DbSession, now: Now) -> ContactOut:
    """An address belongs to one contact only: 409 `email_in_use`."""
    contact = clients.add_contact(session, client_id, at=now, **body.model_dump())
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.get("/{client_id}/contacts/{contact_id}", summary="One contact")
def get_contact(client_id: str, contact_id: str, response: Response, session: ReadSession) -> ContactOut:
    """Another client's contact is not found."""
    contact = clients.get_contact(session, client_id, contact_id)
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.patch("/{client_id}/contacts/{contact_id}", summary="Change a contact", responses=problems(409))
def change_contact(
    client_id: str,
    contact_id: str,
    body: ContactChanges,
    response: Response,
    session: DbSession,
    revision: IfMatch,
    now: Now,
) -> ContactOut:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    contact = clients.change_contact(session, client_id, contact_id, revision, at=now, **changes)
    response.headers["ETag"] = etag(contact.revision)
    return ContactOut.model_validate(contact)


@router.post("/{client_id}/contacts/{contact_id}/disable", summary="Let a contact in no more")
def disable_contact(client_id: str, contact_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ContactOut:
    """What the contact wrote and decided stays."""
    contact = clients.disable_contact(session, client_id, contact_id, at=now)
    audit.record(session, "contact_disabled", by=me.actor, subject=("contact", contact.id), at=now)
    return ContactOut.model_validate(contact)


@router.get("/{client_id}/brand-kit", summary="A client's brand kit")
def get_brand_kit(client_id: str, response: Response, session: ReadSession) -> BrandKitOut:
    """How the client's videos look and sound."""
    kit = clients.get_brand_kit(session, client_id)
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)


@router.patch("/{client_id}/brand-kit", summary="Change a brand kit")
def change_brand_kit(
    client_id: str, body: BrandKitChanges, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> BrandKitOut:
    """What is absent stays; a part that is given replaces that part."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    for logo in ("logo_light_asset_id", "logo_dark_asset_id"):
        if changes.get(logo):
            assets.get_asset(session, changes[logo])
    kit = clients.change_brand_kit(session, client_id, revision, at=now, **changes)
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)
