"""Assets: the files that the studio keeps, and which of the stored bytes anything still refers to.

Core: no HTTP, no vendor, no clock. Called by api.services.uploads, automations.workflows and engine.cli.
Law: an asset names bytes by their hash and never changes them; two assets may share bytes.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Asset, AssetType, Export, JsonObject, Take, Video
from engine.core.paging import Page, PageWish, read_page
from engine.core.revisions import require_revision
from engine.core.texts import clean_name, clean_prose

MOST_FILES_OF_PROJECT: Final = 200
SORTS: Final = {"created_at": Asset.created_at, "file_name": Asset.file_name}


class AssetChanges(TypedDict, total=False):
    """What may be changed of a file; what is absent stays."""

    file_name: str
    licence_note: str


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
    preview_sha256: str | None = None,
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
        preview_sha256=preview_sha256,
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


def list_assets(
    session: Session,
    wish: PageWish,
    *,
    type: AssetType | None = None,  # noqa: A002  # the domain's word
    client_id: str | None = None,
    archived: bool = False,
) -> Page[Asset]:
    """Stored files, filtered; those that are put away only where asked for. Raises Invalid."""
    rows = select(Asset).where(Asset.archived_at.is_not(None) if archived else Asset.archived_at.is_(None))
    if type is not None:
        rows = rows.where(Asset.type == type)
    if client_id is not None:
        rows = rows.where(Asset.client_id == client_id)
    return read_page(session, rows, wish, sorts=SORTS, unique=Asset.id)


def files_of_project(session: Session, project_id: str) -> Sequence[Asset]:
    """What a project's videos use, and the films that they became; the newest first, MOST_FILES_OF_PROJECT at most."""
    used = select(Take.asset_id).join(Video, Video.id == Take.video_id).where(Video.project_id == project_id)
    films = select(Export.asset_id).where(Export.project_id == project_id, Export.asset_id.is_not(None))
    rows = select(Asset).where(Asset.id.in_(union_all(used, films)))
    return session.scalars(rows.order_by(Asset.created_at.desc(), Asset.id.desc()).limit(MOST_FILES_OF_PROJECT)).all()


def change_asset(
    session: Session, asset_id: str, revision: int, *, at: datetime, **changes: Unpack[AssetChanges]
) -> Asset:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    asset = get_asset(session, asset_id)
    require_revision(asset, revision, "file")
    if "file_name" in changes:
        asset.file_name = clean_name(changes["file_name"], "file_name")
    if "licence_note" in changes:
        asset.licence_note = clean_prose(changes["licence_note"], "licence_note")
    asset.updated_at = at
    session.flush()
    return asset


def archive_asset(session: Session, asset_id: str, *, at: datetime) -> Asset:
    """Put a file away; where it is used, it stays. Raises NotFound."""
    asset = get_asset(session, asset_id)
    if asset.archived_at is None:
        asset.archived_at = asset.updated_at = at
        session.flush()
    return asset


def restore_asset(session: Session, asset_id: str, *, at: datetime) -> Asset:
    """Bring a file back. Raises NotFound."""
    asset = get_asset(session, asset_id)
    if asset.archived_at is not None:
        asset.archived_at = None
        asset.updated_at = at
        session.flush()
    return asset


def kept_files(session: Session) -> tuple[int, int]:
    """How many different files are kept, archived ones too, and their bytes."""
    different = select(Asset.sha256, func.max(Asset.size_bytes).label("size_bytes")).group_by(Asset.sha256).subquery()
    row = session.execute(select(func.count(), func.coalesce(func.sum(different.c.size_bytes), 0))).one()
    return int(row[0]), int(row[1])


def referred_hashes(session: Session, hashes: Collection[str]) -> set[str]:
    """Which of these stored files an asset still names. What is not among them may be cleared away."""
    found: set[str] = set()
    wanted = list(hashes)
    for start in range(0, len(wanted), 500):  # SQLite takes 32,766 parameters, PostgreSQL 65,535; plans stay small
        some = wanted[start : start + 500]
        for named in (Asset.sha256, Asset.preview_sha256):
            found.update(sha256 for sha256 in session.scalars(select(named).where(named.in_(some))) if sha256)
    return found
