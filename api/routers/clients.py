"""Clients: the companies that videos are made for."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, PageQuery, ReadSession, SignedInStaff, etag, sorted_by
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.clients import ClientChanges, ClientIn, ClientOut, ClientSort
from api.schemas.fields import PageOf
from engine.core import audit, clients

router = APIRouter(prefix="/clients", tags=["clients"], route_class=StudioRoute)


@router.get("", summary="Clients")
def list_clients(
    session: ReadSession,
    wish: PageQuery,
    sort: ClientSort = "name",
    search: Annotated[
        str,
        Query(
            max_length=200,
            description="Beginnings of words of the client's name, or of a contact's name or address.",
            examples=["bakk anna"],
        ),
    ] = "",
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
) -> PageOf[ClientOut]:
    """Clients that are at work, or those that are put away."""
    page = clients.list_clients(session, sorted_by(wish, sort), search=search, archived=archived)
    return PageOf[ClientOut].model_validate(page)


@router.post("", status_code=201, summary="Add a client", dependencies=[Idempotency])
def create_client(body: ClientIn, response: Response, session: DbSession, me: SignedInStaff, now: Now) -> ClientOut:
    """A new client with an empty brand kit. Two may have the same name."""
    client = clients.create_client(session, at=now, **body.model_dump())
    audit.record(session, "client_added", by=me.actor, subject=("client", client.id), at=now)
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
    client_id: str,
    body: ClientChanges,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> ClientOut:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    client = clients.change_client(session, client_id, revision, at=now, **changes)
    audit.record(
        session, "client_changed", by=me.actor, subject=("client", client.id), at=now, fields=", ".join(sorted(changes))
    )
    response.headers["ETag"] = etag(client.revision)
    return ClientOut.model_validate(client)


@router.post("/{client_id}/archive", summary="Put a client away", responses=problems(409))
def archive_client(
    client_id: str,
    session: DbSession,
    me: SignedInStaff,
    now: Now,
    keep_open_work: Annotated[bool, Query(description="Somebody has seen what is open; it stays as it is.")] = False,
) -> ClientOut:
    """Nothing of it is lost. While a project is in hand it is refused (409 `client_has_open_work`, which names the
    projects) unless `keep_open_work` says that they go on."""
    client = clients.archive_client(session, client_id, at=now, keep_open_work=keep_open_work)
    audit.record(session, "client_archived", by=me.actor, subject=("client", client.id), at=now)
    return ClientOut.model_validate(client)


@router.post("/{client_id}/restore", summary="Bring a client back")
def restore_client(client_id: str, session: DbSession, me: SignedInStaff, now: Now) -> ClientOut:
    """It is among those at work again."""
    client = clients.restore_client(session, client_id, at=now)
    audit.record(session, "client_restored", by=me.actor, subject=("client", client.id), at=now)
    return ClientOut.model_validate(client)
