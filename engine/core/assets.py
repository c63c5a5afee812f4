"""Assets: the files that the studio keeps, and which of the stored bytes anything still refers to.

Core: no HTTP, no vendor, no clock. Called by api.services.uploads, automations.workflows and engine.cli.
Law: an asset names bytes by their hash and never changes them; two assets may share bytes.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Asset, AssetType, JsonObject
from engine.core.texts import clean_name


def keep_asset(
    session: Session,
    *,
    sha256: str,
    size_bytes: int,
    type: AssetType,  # noqa: A002  # the domain's word
    media_type: str,
    file_name: str,
    at: datetime,
    client_id: str | None = None,
    facts: JsonObject | None = None,
    licence_note: str = "",
) -> Asset:
    """Write down a file that lies in storage already. file_name: only ever shown. Raises Invalid."""
    asset = Asset(
        sha256=sha256,
        size_bytes=size_bytes,
        type=type,
        media_type=media_type,
        file_name=clean_name(file_name, "file_name"),
        client_id=client_id,
        facts=facts or {},
        licence_note=licence_note,
        created_at=at,
        updated_at=at,
    )
    session.add(asset)
    session.flush()
    return asset


def get_asset(session: Session, asset_id: str) -> Asset:
    """Raises NotFound."""
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise NotFound("file", asset_id)
    return asset


def referred_hashes(session: Session, hashes: Collection[str]) -> set[str]:
    """Which of these stored files an asset still names. What is not among them may be cleared away."""
    found: set[str] = set()
    wanted = list(hashes)
    for start in range(0, len(wanted), 500):  # SQLite takes 32,766 parameters, PostgreSQL 65,535; plans stay small
        some = wanted[start : start + 500]
        found.update(session.scalars(select(Asset.sha256).where(Asset.sha256.in_(some)).distinct()))
    return found
