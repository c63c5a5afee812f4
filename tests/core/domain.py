"""A studio's domain in a test: verbs that make what a test needs, over a real database.

Used by tests.core, tests.api and tests.automations.
"""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from engine.core import assets, clients, projects, videos
from engine.core.actors import Actor
from engine.core.costs import prices, quotes
from engine.core.models import (
    Asset,
    AssetType,
    Client,
    PaidCall,
    PaidCallState,
    Project,
    Quote,
    Role,
    Staff,
    UsageKind,
    Video,
    new_id,
)

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
FLUX_SCHNELL = "black-forest-labs/flux-schnell"


def a_client(session: Session, name: str = "Bakkerij 't Hoekje") -> Client:
    """A client."""
    return clients.create_client(session, name=name, at=NOW)


def a_project(session: Session, client: Client | None = None, name: str = "Winter 2026") -> Project:
    """A project, of a new client where none is given."""
    return projects.create_project(session, client_id=(client or a_client(session)).id, name=name, at=NOW)


def a_video(session: Session, project: Project | None = None, script: str = "Eén.\n---\nTwee.\n---\nDrie.") -> Video:
    """A video with a script, in a new project where none is given."""
    project = project or a_project(session)
    return videos.create_video(session, project_id=project.id, title="Oliebollen", script=script, at=NOW)


def a_producer(session: Session, email: str = "jeroen@bom.example") -> Actor:
    """Jeroen, without a password that works."""
    staff = Staff(email=email, name="Jeroen", role=Role.PRODUCER, password_hash="-", created_at=NOW, updated_at=NOW)
    session.add(staff)
    session.flush()
    return Actor("staff", staff.id)


def a_picture(session: Session, client: Client | None = None) -> Asset:
    """A picture that somebody stored; its bytes are nowhere."""
    return assets.keep_asset(
        session,
        sha256=new_id().replace("-", "") * 2,
        size_bytes=1234,
        type=AssetType.IMAGE,
        media_type="image/jpeg",
        file_name="oliebol.jpg",
        client_id=client.id if client else None,
        at=NOW,
    )


def prices_are_known(session: Session, *, flux_micro_dollars: int = 3000, micro_euros: int = 860_000) -> None:
    """Flux schnell costs 0.3 dollar cent, and a dollar 86 cents, unless told otherwise."""
    prices.add_price(
        session,
        provider="replicate",
        model=FLUX_SCHNELL,
        unit="image",
        amount_micros=flux_micro_dollars,
        currency="USD",
        valid_from=NOW,
        source="a test",
        at=NOW,
    )
    prices.add_rate(session, currency="USD", micro_euros=micro_euros, valid_from=NOW, source="a test", at=NOW)


def a_quote(session: Session, video: Video, *, images: int = 1) -> Quote:
    """A quote for pictures of the video's first scenes."""
    scenes = videos.scenes_of(session, video.id)
    wanted = [
        quotes.Wanted(
            scene_id=scenes[index % len(scenes)].id,
            provider="replicate",
            model=FLUX_SCHNELL,
            unit="image",
            request={"prompt": f"een oliebol, {index}"},
        )
        for index in range(images)
    ]
    return quotes.make_quote(session, video, UsageKind.IMAGE, wanted, at=NOW)


def a_finished_call(session: Session, quote: Quote, name: str = "call") -> PaidCall:
    """A call of that quote that the vendor has answered."""
    call = PaidCall(
        id=f"{quote.id}:{name}",
        quote_id=quote.id,
        provider="replicate",
        model="m",
        request={},
        request_sha256="0" * 64,
        state=PaidCallState.DONE,
        sent_at=NOW,
        created_at=NOW,
    )
    session.add(call)
    session.flush()
    return call
