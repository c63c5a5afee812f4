"""An export is a whole film with all that belongs to it, or it is not there."""

import os
import signal
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from automations import jobs
from automations.assembly import assembled_timeline
from automations.runs import Workshop
from automations.workflows.hooks import DELIVER_EVENT
from automations.workflows.render import RENDER_EXPORT, SIDECARS, ask_render
from engine.core.actors import SYSTEM, Actor
from engine.core.assets import keep_asset
from engine.core.models import (
    Asset,
    AssetType,
    Event,
    Export,
    ExportStatus,
    JobStatus,
    TakeKind,
    TakeSource,
    Video,
    VideoStatus,
)
from engine.core.takes import keep_take
from engine.core.videos import get_timeline, save_timeline, scenes_of
from engine.render.media.probe import probe
from tests.automations.conftest import StartWorker
from tests.automations.waiting import now, wait_for_status, wait_until
from tests.core.domain import a_video
from tests.emulators.replicate import png_of

KINDS = (RENDER_EXPORT, DELIVER_EVENT)
JEROEN = Actor("staff", "jeroen")
SHORT = "Eén.\n---\nTwee."
MIDDLING, LONG = (
    "\n---\n".join(f"Dit is zin nummer {number} van een verhaal over brood." for number in range(scenes))
    for scenes in (12, 40)
)


def a_cut(workshop: Workshop, script: str, picture: bytes | None = None) -> str:
    """A video with a cut; the first scene shows `picture`, the others are title cards."""
    with workshop.database.writing() as session:
        video = a_video(session, script=script)
        if picture is not None:
            stored = workshop.storage.put(BytesIO(picture))
            asset = keep_asset(
                session,
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                type=AssetType.IMAGE,
                media_type="image/png",
                file_name="brood.png",
                facts={"kind": "image"},
                at=now(),
            )
            keep_take(
                session,
                video=video,
                scene=scenes_of(session, video.id)[0],
                kind=TakeKind.IMAGE,
                source=TakeSource.UPLOADED,
                asset=asset,
                at=now(),
            )
        document = assembled_timeline(session, video).model_dump(mode="json")
        save_timeline(session, video.id, document, None, at=now())
        return video.id


def asked(workshop: Workshop, video_id: str) -> tuple[str, str]:
    """The ids of a draft export and its job."""
    with workshop.database.writing() as session:
        video, timeline = session.get_one(Video, video_id), get_timeline(session, video_id)
        export, job = ask_render(session, video, timeline, format="9:16", quality="draft", by=JEROEN, at=now())
        return export.id, job.id


def export_of(workshop: Workshop, export_id: str) -> Export:
    with workshop.database.reading() as session:
        return session.get_one(Export, export_id)


def render_children_of(worker_pid: int | None) -> list[int]:
    """Render children of a worker that are alive."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            told = (folder / "cmdline").read_bytes()
            parent = (folder / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if b"automations.render_child" in told and int(parent) == worker_pid:
            found.append(int(folder.name))
    return found


def test_an_export_is_a_film_with_all_that_stands_beside_it(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT, png_of((200, 40, 40)))
    export_id, job_id = asked(workshop, video_id)
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
    assert job.problem == ""

    export = export_of(workshop, export_id)
    assert (export.status, set(export.sidecars)) == (ExportStatus.READY, set(SIDECARS))
    with workshop.database.reading() as session:
        film = session.get_one(Asset, export.asset_id)
        stored = {asset.sha256 for asset in session.scalars(select(Asset))}
        event = session.scalars(select(Event)).one()
        assert session.get_one(Video, video_id).status is VideoStatus.READY
    facts = probe(workshop.storage.local_path(film.sha256))
    assert (facts.width, facts.height) == (film.facts["width"], film.facts["height"]) == (360, 640)
    assert abs((facts.duration_s or 0) * 1000 - (export.duration_ms or 0)) < 50
    assert (event.type, event.payload["sha256"]) == ("video.exported", film.sha256)
    assert stored == {file.sha256 for file in workshop.storage.list()}
    assert list(workshop.work_dir.iterdir()) == []


def test_a_picture_that_cannot_be_opened_fails_the_export_with_its_scene(
    workshop: Workshop, working: StartWorker
) -> None:
    export_id, job_id = asked(workshop, a_cut(workshop, SHORT, b"no picture at all"))
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)

    export = export_of(workshop, export_id)
    assert (export.status, export.asset_id, export.problem) == (ExportStatus.FAILED, None, job.problem)
    assert job.problem_code == "media_refused"


def test_a_canceled_render_is_stopped_and_its_process_gone(workshop: Workshop, working: StartWorker) -> None:
    export_id, job_id = asked(workshop, a_cut(workshop, LONG))
    with working(KINDS):
        wait_until(lambda: render_children_of(os.getpid()) != [], "the render to begin")
        with workshop.database.writing() as session:
            jobs.cancel(session, job_id, by=SYSTEM, at=now())
        wait_until(lambda: render_children_of(os.getpid()) == [], "the child to be gone")
        wait_until(lambda: export_of(workshop, export_id).status is ExportStatus.CANCELED, "the export to say so")

    assert list(workshop.work_dir.iterdir()) == []


def test_a_render_whose_process_is_killed_fails_in_words_and_resumes_when_tried_again(
    workshop: Workshop, working: StartWorker
) -> None:
    export_id, job_id = asked(workshop, a_cut(workshop, MIDDLING))
    with working(KINDS):
        wait_until(lambda: any(workshop.render_cache_dir.glob("segment*")), "a segment to be finished")
        for child in render_children_of(os.getpid()):
            os.kill(child, signal.SIGKILL)
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)
        assert "What was finished is kept" in job.problem
        with workshop.database.writing() as session:
            again = jobs.retry(session, job_id, by=JEROEN, at=now()).id
        job = wait_for_status(workshop.database, again, JobStatus.SUCCEEDED)

    assert job.result is not None
    assert int(str(job.result["segments_reused"])) > 0
    assert export_of(workshop, export_id).status is ExportStatus.READY


def test_a_file_that_is_gone_is_told_before_anything_is_rendered(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT, png_of((1, 2, 3)))
    workshop.storage.delete(next(iter(workshop.storage.list())).sha256)
    _, job_id = asked(workshop, video_id)
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)

    assert "stored file" in job.problem


def test_the_same_cut_twice_reuses_every_segment(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT)
    with working(KINDS):
        wait_for_status(workshop.database, asked(workshop, video_id)[1], JobStatus.SUCCEEDED)
        job = wait_for_status(workshop.database, asked(workshop, video_id)[1], JobStatus.SUCCEEDED)

    assert job.result is not None
    assert job.result["segments_rendered"] == 0
