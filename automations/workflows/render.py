"""Rendering: an export's cut becomes a film and what stands beside it, in a child process.

Started by api.routers.videos through `ask_render`.
Law: an export is ready in one transaction with its film, its sidecars and the event, or it is not ready at all. A
killed render goes on from the segments that it finished.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pydantic import JsonValue
from sqlalchemy.orm import Session

from automations import jobs
from automations.children import ChildWork, empty_folder, made_by_child
from automations.events import VideoExported, emit
from automations.render_child import RenderMade, RenderOrder
from automations.runs import JobKind, Run
from automations.timeline_files import hashes_in, with_places
from engine.core import exports
from engine.core.actors import Actor
from engine.core.assets import keep_asset
from engine.core.file_names import film_name
from engine.core.models import (
    AssetType,
    Client,
    Export,
    ExportStatus,
    Job,
    JobStatus,
    JsonObject,
    Project,
    Timeline,
    Video,
)
from engine.core.storage import StoredFile

STORING_AT: Final = 0.97
SIDECARS: Final = {
    "srt": ("film.srt", "application/x-subrip"),
    "vtt": ("film.vtt", "text/vtt"),
    "otio": ("film.otio", "application/json"),
    "thumbnail": ("film.thumbnail.jpg", "image/jpeg"),
    "filmstrip": ("film.filmstrip.jpg", "image/jpeg"),
    "waveform": ("film.waveform.png", "image/png"),
}
"""Kind to the file that the child makes and its type."""


def ask_render(
    session: Session,
    video: Video,
    timeline: Timeline,
    *,
    format: str,  # noqa: A002  # the domain's word
    quality: str,
    by: Actor,
    at: datetime,
) -> tuple[Export, Job]:
    """Have the video's cut rendered as it is now. Raises Invalid, IllegalMove."""
    export = exports.ask_export(session, video, timeline, format=format, quality=quality, by=by, at=at)
    job = jobs.enqueue(
        session,
        RENDER_EXPORT,
        export.id,
        at=at,
        job_id=f"export:{export.id}",
        asked_by=str(by),
        client_id=export.client_id,
        project_id=export.project_id,
        video_id=export.video_id,
        export_id=export.id,
    )
    export.job_id = job.id
    session.flush()
    return export, job


def render_export(run: Run, export_id: str) -> JsonObject:
    """Render one export and make it ready."""
    shop = run.workshop
    with shop.database.writing() as session:
        export = exports.get_export(session, export_id)
        if export.status is ExportStatus.READY:
            return {"export_id": export_id}
        exports.start_export(session, export_id, at=shop.now())
        hashes = hashes_in(session, export.timeline_document)
    run.report("preparing", 0.0)
    places = {asset_id: str(shop.storage.local_path(sha256)) for asset_id, sha256 in hashes.items()}
    with empty_folder(shop.work_dir / run.job_id.replace(":", "-")) as folder:
        order = RenderOrder.model_validate(
            {
                "timeline": with_places(export.timeline_document, places),
                "format": export.format,
                "quality": export.quality,
                "folder": folder,
                "cache_dir": shop.render_cache_dir.absolute(),
                "cache_limit_bytes": shop.render_cache_limit_bytes,
            }
        )
        work = ChildWork("automations.render_child", order, folder, "rendering", STORING_AT)
        made = RenderMade.model_validate(made_by_child(run, work))
        run.report("storing", STORING_AT)
        film = shop.storage.put(folder / "film.mp4")
        beside = {kind: shop.storage.put(folder / name) for kind, (name, _) in SIDECARS.items()}
    with shop.database.writing() as session:
        _make_ready(session, export_id, _Rendered(made, film, beside), shop.now())
    return {
        "export_id": export_id,
        "segments_rendered": made.segments_rendered,
        "segments_reused": made.segments_reused,
    }


@dataclass(frozen=True)
class _Rendered:
    """What a render left in storage."""

    made: RenderMade
    film: StoredFile
    beside: dict[str, StoredFile]


def _make_ready(session: Session, export_id: str, rendered: _Rendered, at: datetime) -> None:
    export = session.get_one(Export, export_id, with_for_update=True, populate_existing=True)
    if export.status is ExportStatus.READY:
        return
    video = session.get_one(Video, export.video_id)
    made = rendered.made
    film = keep_asset(
        session,
        sha256=rendered.film.sha256,
        size_bytes=rendered.film.size_bytes,
        type=AssetType.CLIP,
        media_type="video/mp4",
        file_name=film_name(video.title, export.format),
        client_id=export.client_id,
        facts={
            "kind": "clip",
            "container": "mp4",
            "width": made.width,
            "height": made.height,
            "duration_s": made.duration_ms / 1000,
        },
        at=at,
    )
    sidecars: dict[str, JsonValue] = {}
    for kind, stored in rendered.beside.items():
        name, media_type = SIDECARS[kind]
        sidecars[kind] = keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.IMAGE if media_type.startswith("image/") else AssetType.DOCUMENT,
            media_type=media_type,
            file_name=film_name(video.title, export.format, name.removeprefix("film.")),
            client_id=export.client_id,
            at=at,
        ).id
    exports.finish_export(session, export_id, asset=film, sidecars=sidecars, duration_ms=made.duration_ms, at=at)
    told = VideoExported.of(
        export,
        video,
        session.get_one(Project, export.project_id),
        session.get_one(Client, export.client_id),
        sha256=film.sha256,
        size_bytes=film.size_bytes,
    )
    emit(session, told, at=at)


def _end(session: Session, job: Job, at: datetime) -> None:
    if job.status is JobStatus.SUCCEEDED or job.export_id is None or session.get(Export, job.export_id) is None:
        return
    exports.fail_export(session, job.export_id, problem=job.problem, at=at, canceled=job.status is JobStatus.CANCELED)


RENDER_EXPORT = JobKind("render_export", "render", render_export, _end)
