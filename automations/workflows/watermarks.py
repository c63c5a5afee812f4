"""Watermarks: films that go to a client for their judgement alone get their copies, and then the client hears of them.

Started by api.routers.reviews through `ask_sending`.
Law: the version, its mails and its event come in one transaction, once every copy lies in storage. A killed run goes on
from the copies, and within one from the segments, that it finished.
"""

from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import JsonValue
from sqlalchemy.orm import Session

from automations import jobs
from automations.children import ChildWork, empty_folder, made_by_child
from automations.render_child import RenderMade, RenderOrder
from automations.runs import JobKind, Run
from automations.timeline_files import hashes_in, with_places
from automations.workflows.reviews import studio_path, version_was_sent
from engine.core import audit, exports, notifications
from engine.core.actors import Actor
from engine.core.assets import keep_asset
from engine.core.file_names import film_name
from engine.core.models import AssetType, Export, Job, JobStatus, JsonObject, Sending, Video
from engine.core.reviews import sendings
from engine.core.storage import StoredFile

FILES: Final = {
    "film": ("film.mp4", "video/mp4"),
    "thumbnail": ("film.thumbnail.jpg", "image/jpeg"),
    "filmstrip": ("film.filmstrip.jpg", "image/jpeg"),
}
"""All that shows the picture, by kind: the file that the child makes and its type."""
STORED_AT: Final = 0.97


def ask_sending(
    session: Session, video: Video, export_ids: list[str], *, message: str, by: Actor, at: datetime
) -> Sending:
    """Have these films sent once they have their watermark. Raises what core's ask_sending raises."""
    sending = sendings.ask_sending(session, video, export_ids, message=message, by=by, at=at)
    job = jobs.enqueue(
        session,
        SEND_WATERMARKED,
        sending.id,
        at=at,
        job_id=f"sending:{sending.id}",
        asked_by=str(by),
        client_id=video.client_id,
        project_id=video.project_id,
        video_id=video.id,
    )
    sending.job_id = job.id
    session.flush()
    return sending


def send_watermarked(run: Run, sending_id: str) -> JsonObject:
    """Make the copies that are not there yet, and send the version."""
    shop = run.workshop
    with shop.database.writing() as session:
        sending = sendings.begin_sending(session, sending_id, job_id=run.job_id)
        wanted = [str(id_) for id_ in sending.export_ids]
        made = set(sending.copies)
    for number, export_id in enumerate(wanted):
        if export_id not in made:
            _make_copy(run, sending_id, export_id, number / len(wanted), (number + 1) / len(wanted))
    with shop.database.writing() as session:
        at = shop.now()
        version = sendings.finish_sending(session, sending_id, at=at)
        if version is not None:
            version_was_sent(session, version, at=at)
            by = Actor("staff", version.sent_by_staff_id or "")
            audit.record(
                session,
                "version_sent",
                by=by,
                subject=("version", version.id),
                at=at,
                video_id=version.video_id,
                watermark=version.watermark,
            )
    return {"sending_id": sending_id}


def _make_copy(run: Run, sending_id: str, export_id: str, begins_at: float, ends_at: float) -> None:
    """One film with its watermark, stored and written down."""
    shop = run.workshop
    with shop.database.reading() as session:
        export = exports.get_export(session, export_id)
        watermark = sendings.get_sending(session, sending_id).watermark
        hashes = hashes_in(session, export.timeline_document)
    run.report("preparing", begins_at)
    places = {asset_id: str(shop.storage.local_path(sha256)) for asset_id, sha256 in hashes.items()}
    document = with_places({**export.timeline_document, "watermark": watermark}, places)
    with empty_folder(shop.work_dir / run.job_id.replace(":", "-")) as folder:
        order = RenderOrder.model_validate(
            {
                "timeline": document,
                "format": export.format,
                "quality": export.quality,
                "folder": folder,
                "cache_dir": shop.render_cache_dir.absolute(),
                "cache_limit_bytes": shop.render_cache_limit_bytes,
            }
        )
        stored_at = begins_at + (ends_at - begins_at) * STORED_AT
        work = ChildWork("automations.render_child", order, folder, "watermarking", stored_at, begins_at)
        made = RenderMade.model_validate(made_by_child(run, work))
        run.report("storing", stored_at)
        files = {kind: shop.storage.put(folder / name) for kind, (name, _) in FILES.items()}
    with shop.database.writing() as session:
        _keep_copy(session, sending_id, export, made, files, shop.now())


def _keep_copy(
    session: Session, sending_id: str, export: Export, made: RenderMade, files: dict[str, StoredFile], at: datetime
) -> None:
    title = session.get_one(Video, export.video_id).title
    kept: dict[str, JsonValue] = {}
    for kind, stored in files.items():
        name, media_type = FILES[kind]
        asset = keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.CLIP if kind == "film" else AssetType.IMAGE,
            media_type=media_type,
            file_name=film_name(title, export.format, Path(name).suffix.removeprefix(".")),
            client_id=export.client_id,
            facts={"width": made.width, "height": made.height} if kind == "film" else {},
            at=at,
        )
        asset.archived_at = at  # nobody is to take it for material
        kept[kind] = asset.id
    sendings.keep_copy(session, sending_id, export.id, kept)


def _end(session: Session, job: Job, at: datetime) -> None:
    """Where it was not sent, whoever wanted it is told."""
    if job.status is JobStatus.SUCCEEDED:
        return
    is_canceled = job.status is JobStatus.CANCELED
    sending = sendings.end_sending(
        session, str(job.arguments[0]), job_id=job.id, problem=job.problem, canceled=is_canceled
    )
    if sending is None or is_canceled:
        return
    video = session.get_one(Video, sending.video_id)
    notifications.notify_staff(
        session,
        [sending.staff_id],
        kind="sending_failed",
        facts={"title": video.title},
        path=studio_path(video),
        once_key=f"sending:{job.id}",
        at=at,
    )


SEND_WATERMARKED: Final = JobKind("send_watermarked", "render", send_watermarked, _end)
