"""Rendering: an export's cut becomes a film and what stands beside it, in a child process.

Started by api.routers.videos through `ask_render`.
Law: an export is ready in one transaction with its film, its sidecars and the event, or it is not ready at all. A
killed render goes on from the segments that it finished.
"""

import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations import jobs
from automations.events import VideoExported, emit
from automations.render_child import RenderMade, RenderOrder
from automations.runs import JobFailed, JobKind, Run
from engine.core import exports
from engine.core.actors import Actor
from engine.core.assets import keep_asset
from engine.core.models import (
    Asset,
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

log = logging.getLogger(__name__)

LOOK_UP_S: Final = 0.3
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
        hashes = _hashes_of(session, export.timeline_document)
    run.report("preparing", 0.0)
    places = {asset_id: str(shop.storage.local_path(sha256)) for asset_id, sha256 in hashes.items()}
    with _folder(shop.work_dir / run.job_id.replace(":", "-")) as folder:
        order = RenderOrder.model_validate(
            {
                "timeline": _with_places(export.timeline_document, places),
                "format": export.format,
                "quality": export.quality,
                "folder": folder,
                "cache_dir": shop.render_cache_dir.absolute(),
                "cache_limit_bytes": shop.render_cache_limit_bytes,
            }
        )
        made = _made_by_child(run, order)
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
    title = f"{video.title} {export.format.replace(':', 'x')}"
    made = rendered.made
    film = keep_asset(
        session,
        sha256=rendered.film.sha256,
        size_bytes=rendered.film.size_bytes,
        type=AssetType.CLIP,
        media_type="video/mp4",
        file_name=f"{title}.mp4",
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
            file_name=f"{title}{name.removeprefix('film')}",
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


def _made_by_child(run: Run, order: RenderOrder) -> RenderMade:
    """Run the child to its end, passing its progress on. Whatever stops us kills it first."""
    with _child(order.folder / "child.log") as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(order.model_dump_json().encode() + b"\n")
        child.stdin.flush()  # and stays open: the child lives as long as we do
        for line in _lines(run, child):
            told = json.loads(line)
            if "made" in told:
                return RenderMade.model_validate(told["made"])
            if "refused" in told:
                raise JobFailed(str(told["refused"]), "media_refused")
            run.report("rendering", STORING_AT * float(told["progress"]))
        code = child.wait()
    log.error(
        "render child ended with %s: %s", code, (order.folder / "child.log").read_text("utf-8", "replace")[-4000:]
    )
    raise JobFailed(
        "The render stopped half-way: the machine may lack memory or room on its disk. What was finished is kept; "
        "try it again.",
        "render_stopped",
    )


def _lines(run: Run, child: "subprocess.Popen[bytes]") -> Iterator[bytes]:
    """The child's lines; looks up between them, so that a silent child too can be canceled."""
    assert child.stdout is not None
    fd = child.stdout.fileno()
    unread = b""
    share = 0.0
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        while True:
            if not selector.select(LOOK_UP_S):
                run.report("rendering", share)
                continue
            block = os.read(fd, 65536)
            if not block:
                return
            *lines, unread = (unread + block).split(b"\n")
            for line in lines:
                with suppress(ValueError, KeyError, TypeError):
                    share = STORING_AT * float(json.loads(line)["progress"])
                yield line


@contextmanager
def _child(log_path: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with (
        log_path.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-m", "automations.render_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,  # Ctrl-C in the worker's terminal is the worker's to pass on
        ) as child,
    ):
        try:
            yield child
        finally:
            if child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)


@contextmanager
def _folder(path: Path) -> Iterator[Path]:
    """An empty folder, gone afterwards; what a killed run left in it goes first."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    try:
        yield path.absolute()
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _hashes_of(session: Session, document: JsonObject) -> dict[str, str]:
    """Each asset that a timeline names, with its hash."""
    wanted = set(_paths_in(document))
    rows = session.execute(select(Asset.id, Asset.sha256).where(Asset.id.in_(wanted)))
    hashes = {row.id: row.sha256 for row in rows}
    if missing := wanted - hashes.keys():
        raise JobFailed(
            f"The cut names {len(missing)} files that are gone. Choose others in their place and try again.",
            "files_missing",
        )
    return hashes


def _paths_in(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "path" and isinstance(inner, str):
                yield inner
            else:
                yield from _paths_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths_in(inner)


def _with_places(value: JsonValue, places: dict[str, str]) -> JsonValue:
    if isinstance(value, dict):
        return {
            name: places[inner] if name == "path" and isinstance(inner, str) else _with_places(inner, places)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_places(inner, places) for inner in value]
    return value


def _end(session: Session, job: Job, at: datetime) -> None:
    if job.status is JobStatus.SUCCEEDED or job.export_id is None or session.get(Export, job.export_id) is None:
        return
    exports.fail_export(session, job.export_id, problem=job.problem, at=at, canceled=job.status is JobStatus.CANCELED)


RENDER_EXPORT = JobKind("render_export", "render", render_export, _end)
