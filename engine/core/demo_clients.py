"""Demo clients: what `bom demo` made, and how all of it goes again.

Core: no HTTP, no clock. Called by engine.cli.demo.
Law: only what hangs on a client that is marked as demo goes, and nothing where money was spent or a client decided:
that is no demo any more.
"""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.core.errors import Conflict
from engine.core.models import (
    ApiUsage,
    Asset,
    BrandKit,
    Client,
    Decision,
    Export,
    Project,
    Quote,
    Scene,
    Staff,
    Take,
    Version,
    VersionExport,
    Video,
)

EMAIL: Final = "demo@studio.example"
"""Who can sign in to the demo studio; `.example` belongs to nobody."""


def find_demo_clients(session: Session) -> Sequence[Client]:
    """The clients that `bom demo` made."""
    return session.scalars(select(Client).where(Client.is_demo).order_by(Client.id)).all()


def remove_demo_clients(session: Session) -> int:
    """Remove them with all that hangs on them, and their sign-in; answers how many clients that were.

    Their files go with the next upkeep. Raises Conflict (demo_in_use).
    """
    clients = [client.id for client in find_demo_clients(session)]
    if clients:
        _require_unused(session, clients)
        _remove(session, clients)
    session.execute(delete(Staff).where(Staff.email == EMAIL))
    return len(clients)


def _require_unused(session: Session, clients: Sequence[str]) -> None:
    for kind, what in ((ApiUsage, "something was bought for"), (Quote, "prices were asked for")):
        if session.scalar(select(kind.id).where(kind.client_id.in_(clients)).limit(1)):
            raise Conflict(
                f"{what.capitalize()} a demo client, so the demo is kept: the ledger must stay whole. "
                "Archive the demo clients instead.",
                code="demo_in_use",
            )
    decided = select(Decision.id).join(Version, Version.id == Decision.version_id)
    if session.scalar(decided.where(Version.client_id.in_(clients)).limit(1)):
        raise Conflict("A demo client has decided on a version; that is evidence and stays.", code="demo_in_use")


def _remove(session: Session, clients: Sequence[str]) -> None:
    videos = select(Video.id).where(Video.client_id.in_(clients)).scalar_subquery()
    versions = select(Version.id).where(Version.client_id.in_(clients)).scalar_subquery()
    session.execute(update(Scene).where(Scene.video_id.in_(videos)).values(chosen_take_id=None))
    session.execute(update(Video).where(Video.client_id.in_(clients)).values(voice_take_id=None))
    session.execute(delete(VersionExport).where(VersionExport.version_id.in_(versions)))
    for table in (Version, Export):
        session.execute(delete(table).where(table.client_id.in_(clients)))
    session.execute(delete(Take).where(Take.video_id.in_(videos)))
    for owned in (Video, Project):
        session.execute(delete(owned).where(owned.client_id.in_(clients)))
    session.execute(delete(BrandKit).where(BrandKit.client_id.in_(clients)))
    session.execute(delete(Asset).where(Asset.client_id.in_(clients)))
    session.execute(delete(Client).where(Client.id.in_(clients)))
