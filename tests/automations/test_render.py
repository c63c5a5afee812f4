"""An export is a whole film with all that belongs to it, or it is not there."""

import os
import signal

from sqlalchemy import select

from automations import jobs
from automations.runs import Workshop
from automations.workflows.hooks import DELIVER_EVENT
from automations.workflows.render import RENDER_EXPORT, SIDECARS
from engine.core.actors import SYSTEM
from engine.core.models import (
    Asset,
    Event,
    Export,
    ExportStatus,
    JobStatus,
    Video,
    VideoStatus,
)
from engine.render.media.probe import probe
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.cuts import JEROEN, LONG, MIDDLING, SHORT, a_cut, asked, render_children_of
from tests.automations.waiting import now, wait_for_status, wait_until
from tests.emulators.replicate import png_of

KINDS = (RENDER_EXPORT, DELIVER_EVENT)


def export_of(workshop: Workshop, export_id: str) -> Export:
    with workshop.database.reading() as session:
        return session.get_one(Export, export_id)


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


@ON_SQLITE
def test_a_picture_that_cannot_be_opened_fails_the_export_with_its_scene(
    workshop: Workshop, working: StartWorker
) -> None:
    export_id, job_id = asked(workshop, a_cut(workshop, SHORT, b"no picture at all"))
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)

    export = export_of(workshop, export_id)
    assert (export.status, export.asset_id, export.problem) == (ExportStatus.FAILED, None, job.problem)
    assert job.problem_code == "media_refused"


@ON_SQLITE
def test_a_canceled_render_is_stopped_and_its_process_gone(workshop: Workshop, working: StartWorker) -> None:
    export_id, job_id = asked(workshop, a_cut(workshop, LONG))
    with working(KINDS):
        wait_until(lambda: render_children_of(os.getpid()) != [], "the render to begin")
        with workshop.database.writing() as session:
            jobs.cancel(session, job_id, by=SYSTEM, at=now())
        wait_until(lambda: render_children_of(os.getpid()) == [], "the child to be gone")
        wait_until(lambda: export_of(workshop, export_id).status is ExportStatus.CANCELED, "the export to say so")

    assert list(workshop.work_dir.iterdir()) == []


@ON_SQLITE
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


@ON_SQLITE
def test_a_file_that_is_gone_is_told_before_anything_is_rendered(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT, png_of((1, 2, 3)))
    workshop.storage.delete(next(iter(workshop.storage.list())).sha256)
    _, job_id = asked(workshop, video_id)
    with working(KINDS):
        job = wait_for_status(workshop.database, job_id, JobStatus.FAILED)

    assert "stored file" in job.problem


@ON_SQLITE
def test_the_same_cut_twice_reuses_every_segment(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT)
    with working(KINDS):
        wait_for_status(workshop.database, asked(workshop, video_id)[1], JobStatus.SUCCEEDED)
        job = wait_for_status(workshop.database, asked(workshop, video_id)[1], JobStatus.SUCCEEDED)

    assert job.result is not None
    assert job.result["segments_rendered"] == 0
