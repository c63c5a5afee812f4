"""Clients: the companies that videos are made for.

Core: no HTTP, no vendor, no clock. Called by api.routers.clients, engine.core.client_import and engine.cli.demo.
Law: a client with work in hand is not put away unasked, and whatever is put away is kept whole.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.client_search import forget_words, keep_words, matching
from engine.core.errors import Conflict, NotFound
from engine.core.models import BrandKit, Client, Project, ProjectStatus
from engine.core.paging import Page, PageWish, Sortable, read_page
from engine.core.revisions import require_revision
from engine.core.texts import clean_language, clean_name, clean_prose, clean_time_zone

IN_HAND: Final = (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW, ProjectStatus.APPROVED)
MOST_NAMED: Final = 20
"""So many open projects are named to whoever puts a client away."""


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


def create_client(session: Session, *, at: datetime, **given: Unpack[NewClient]) -> Client:
    """A new client with an empty brand kit. Two may have the same name. Raises Invalid."""
    client = Client(created_at=at, updated_at=at)
    _apply(client, given)
    session.add(client)
    session.flush()
    session.add(BrandKit(client_id=client.id, created_at=at, updated_at=at))
    keep_words(session, client.id, client.id, client.name)
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
    if "name" in changes:
        forget_words(session, client.id, client.id)
        keep_words(session, client.id, client.id, client.name)
    return client


def work_in_hand(session: Session, client_id: str) -> Sequence[Project]:
    """The first projects that are begun and not delivered."""
    return session.scalars(
        select(Project)
        .where(Project.client_id == client_id, Project.status.in_(IN_HAND), Project.archived_at.is_(None))
        .order_by(Project.created_at, Project.id)
        .limit(MOST_NAMED)
    ).all()


def archive_client(session: Session, client_id: str, *, at: datetime, keep_open_work: bool = False) -> Client:
    """Put a client away; nothing of it is lost, and restore_client brings it back.

    keep_open_work: somebody has seen what is open; it goes on as it is. Raises NotFound, and without it Conflict
    (client_has_open_work), which names the projects that are still in hand.
    """
    client = get_client(session, client_id)
    in_hand = work_in_hand(session, client_id)
    if in_hand and not keep_open_work:
        named = ", ".join(f"“{project.name}”" for project in in_hand[:3]) + (" and more" if len(in_hand) > 3 else "")
        raise Conflict(
            f"{client.name} still has work in hand: {named}. Deliver or archive that first, or say that it stays open.",
            code="client_has_open_work",
            projects=[{"id": project.id, "name": project.name, "status": project.status} for project in in_hand],
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


CLIENT_SORTS: Final[Mapping[str, Sortable]] = {
    "name": Client.name,
    "created_at": Client.created_at,
}


def list_clients(session: Session, wish: PageWish, *, search: str = "", archived: bool = False) -> Page[Client]:
    """Clients that are at work, or those that are put away.

    search: words, each of which begins a word of the client's name or of a contact's name or address. Raises Invalid.
    """
    rows = select(Client).where(Client.archived_at.is_not(None) if archived else Client.archived_at.is_(None))
    return read_page(session, matching(rows, search), wish, sorts=CLIENT_SORTS, unique=Client.id)
