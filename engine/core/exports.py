"""Exports: finished files of a video, one for each format that was asked for.

Core: no HTTP, no vendor, no clock. Called by api.routers.videos and automations.workflows.render.
Law: an export renders the cut as it was when it was asked for; it is ready in one step with its file, or not at all.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from engine.core.actors import SYSTEM, Actor
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import Asset, Export, ExportStatus, JsonObject, Timeline, Video, VideoStatus
from engine.core.paging import Page, PageWish, read_page
from engine.core.videos import move_video

FORMATS: Final = ("9:16", "1:1", "16:9")
QUALITIES: Final = ("draft", "standard", "high")


def ask_export(
    session: Session,
    video: Video,
    timeline: Timeline,
    *,
    format: str,  # noqa: A002  # the domain's word
    quality: str,
    by: Actor,
    at: datetime,
) -> Export:
    """An export that waits for its turn. The caller starts its job. Raises Invalid."""
    if format not in FORMATS:
        raise Invalid(f"There is no format {format[:20]!r}. There are {', '.join(FORMATS)}.", field="format")
    if quality not in QUALITIES:
        raise Invalid(f"There is no quality {quality[:20]!r}. There are {', '.join(QUALITIES)}.", field="quality")
    export = Export(
        video_id=video.id,
        project_id=video.project_id,
        client_id=video.client_id,
        video_type=video.type,
        format=format,
        quality=quality,
        status=ExportStatus.QUEUED,
        timeline_revision=timeline.revision,
        timeline_document=timeline.document,
        sidecars={},
        created_at=at,
        updated_at=at,
    )
    session.add(export)
    session.flush()
    move_video(session, video, VideoStatus.RENDERING, by=by, at=at)
    return export


def get_export(session: Session, export_id: str) -> Export:
    """Raises NotFound."""
    export = session.get(Export, export_id)
    if export is None:
        raise NotFound("export", export_id)
    return export


def start_export(session: Session, export_id: str, *, at: datetime) -> Export:
    """Its job has begun; asked again after a crash, nothing changes. Raises NotFound, Conflict (export_finished)."""
    export = get_export(session, export_id)
    if export.status is ExportStatus.READY:
        raise Conflict("This export is finished already.", code="export_finished")
    export.status = ExportStatus.RENDERING
    export.problem = ""
    export.finished_at = None
    export.updated_at = at
    session.flush()
    move_video(session, session.get_one(Video, export.video_id), VideoStatus.RENDERING, by=SYSTEM, at=at)
    return export


def finish_export(
    session: Session, export_id: str, *, asset: Asset, sidecars: JsonObject, duration_ms: int, at: datetime
) -> Export:
    """The file and all that stands beside it are stored. Asked again, the first answer stays. Raises NotFound.

    sidecars: kind to asset id. The video is ready once none of its exports is under way.
    """
    export = get_export(session, export_id)
    if export.status is ExportStatus.READY:
        return export
    export.status = ExportStatus.READY
    export.asset_id = asset.id
    export.sidecars = sidecars
    export.duration_ms = duration_ms
    export.problem = ""
    export.finished_at = export.updated_at = at
    session.flush()
    _leave_rendering(session, export, at)
    return export


def fail_export(session: Session, export_id: str, *, problem: str, at: datetime, canceled: bool = False) -> Export:
    """It ended without a file; `problem` says why, for a person. A finished export stays finished. Raises NotFound."""
    export = get_export(session, export_id)
    if export.status is ExportStatus.READY:
        return export
    export.status = ExportStatus.CANCELED if canceled else ExportStatus.FAILED
    export.problem = problem
    export.finished_at = export.updated_at = at
    session.flush()
    _leave_rendering(session, export, at)
    return export


def _leave_rendering(session: Session, export: Export, at: datetime) -> None:
    """The video is ready where a file of it is; else it goes back to where it can be mended."""
    video = session.get_one(Video, export.video_id)
    if video.status is not VideoStatus.RENDERING:
        return
    statuses = {other.status for other in video_exports(session, video.id)}
    if statuses & {ExportStatus.QUEUED, ExportStatus.RENDERING}:
        return
    to = VideoStatus.READY if ExportStatus.READY in statuses else VideoStatus.GENERATING
    move_video(session, video, to, by=SYSTEM, at=at)


def video_exports(session: Session, video_id: str) -> list[Export]:
    """All exports of a video, the newest first."""
    return list(
        session.scalars(
            select(Export)
            .where(Export.video_id == video_id)
            .order_by(Export.created_at.desc(), Export.id.desc())
            .limit(500)
        )
    )


def list_exports(
    session: Session,
    wish: PageWish,
    *,
    video_id: str | None = None,
    project_id: str | None = None,
    client_id: str | None = None,
    status: ExportStatus | None = None,
) -> Page[Export]:
    """Exports, filtered, without the cuts that they render; sorts: created_at. Raises Invalid."""
    rows = select(Export).options(defer(Export.timeline_document, raiseload=True))
    if video_id is not None:
        rows = rows.where(Export.video_id == video_id)
    if project_id is not None:
        rows = rows.where(Export.project_id == project_id)
    if client_id is not None:
        rows = rows.where(Export.client_id == client_id)
    if status is not None:
        rows = rows.where(Export.status == status)
    return read_page(session, rows, wish, sorts={"created_at": Export.created_at}, unique=Export.id)
