"""The library: every film that was made, found by whose it is, what it is, when it was made and what is said in it.

Core: no HTTP. Called by api.routers.library.
Law: a page of it costs the same however many films there are: each filter stands in an index.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from engine.core.errors import Conflict, NotFound
from engine.core.exports import get_export
from engine.core.models import Asset, Client, Export, ExportStatus, Project, Video, VideoSearchWord, VideoType
from engine.core.paging import Page, PageWish, Sortable, read_page
from engine.core.search import matching

SORTS: Final[Mapping[str, Sortable]] = {"created_at": Export.created_at}


class Filters(TypedDict, total=False):
    """What is wanted; what is absent is all the same. Lengths in milliseconds, both included."""

    client_id: str
    project_id: str
    status: ExportStatus
    format: str
    video_type: VideoType
    since: datetime
    until: datetime
    """Not included."""
    shortest_ms: int
    longest_ms: int
    search: str
    """Words of the title or the script."""


def list_films(session: Session, wish: PageWish, *, archived: bool = False, **wanted: Unpack[Filters]) -> Page[Export]:
    """Exports without the cuts that they render; those that are put away only where asked for. Raises Invalid."""
    rows = select(Export).options(defer(Export.timeline_document, raiseload=True))
    rows = rows.where(Export.archived_at.is_not(None) if archived else Export.archived_at.is_(None))
    for name, column in (
        ("client_id", Export.client_id),
        ("project_id", Export.project_id),
        ("status", Export.status),
        ("format", Export.format),
        ("video_type", Export.video_type),
    ):
        if name in wanted:
            rows = rows.where(column == wanted[name])  # type: ignore[literal-required]  # a key of Filters
    if "since" in wanted:
        rows = rows.where(Export.created_at >= wanted["since"])
    if "until" in wanted:
        rows = rows.where(Export.created_at < wanted["until"])
    if "shortest_ms" in wanted:
        rows = rows.where(Export.duration_ms >= wanted["shortest_ms"])
    if "longest_ms" in wanted:
        rows = rows.where(Export.duration_ms <= wanted["longest_ms"])
    if "search" in wanted:
        rows = rows.where(matching(session, VideoSearchWord, wanted["search"], Export.video_id))
    return read_page(session, rows, wish, sorts=SORTS, unique=Export.id)


def archive_export(session: Session, export_id: str, *, at: datetime) -> Export:
    """Put an export away; its file is kept. Raises NotFound, Conflict (export_under_way)."""
    export = get_export(session, export_id)
    if export.status in {ExportStatus.QUEUED, ExportStatus.RENDERING}:
        raise Conflict("This film is still being made. Cancel its job first, or wait.", code="export_under_way")
    if export.archived_at is None:
        export.archived_at = export.updated_at = at
        session.flush()
    return export


def restore_export(session: Session, export_id: str, *, at: datetime) -> Export:
    """Bring an archived export back. Raises NotFound."""
    export = get_export(session, export_id)
    if export.archived_at is not None:
        export.archived_at = None
        export.updated_at = at
        session.flush()
    return export


@dataclass(frozen=True)
class FinishedFilm:
    """A finished export with its file, and the names by which people know it."""

    export: Export
    asset: Asset
    title: str
    client: str
    project: str


def finished_films(session: Session, export_ids: Sequence[str]) -> list[FinishedFilm]:
    """These exports in the order given, each once. Raises NotFound, Conflict (export_unfinished)."""
    ids = list(dict.fromkeys(export_ids))
    rows = session.execute(
        select(Export, Asset, Video.title, Client.name, Project.name)
        .options(defer(Export.timeline_document, raiseload=True))
        .join(Video, Video.id == Export.video_id)
        .join(Client, Client.id == Export.client_id)
        .join(Project, Project.id == Export.project_id)
        .outerjoin(Asset, Asset.id == Export.asset_id)
        .where(Export.id.in_(ids))
    ).all()
    found = {row[0].id: row for row in rows}
    films: list[FinishedFilm] = []
    for id_ in ids:
        if id_ not in found:
            raise NotFound("export", id_)
        export, asset, title, client, project = found[id_]
        if export.status is not ExportStatus.READY or asset is None:
            raise Conflict(f"“{title}” in {export.format} is not finished yet.", code="export_unfinished")
        films.append(FinishedFilm(export, asset, title, client, project))
    return films
