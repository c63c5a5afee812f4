"""A version with a watermark comes with its mail when all its copies are there, or not at all."""

import threading
from pathlib import Path

from sqlalchemy import select

from automations import jobs
from automations.runs import Run, Workshop
from automations.workflows.hooks import DELIVER_EVENT
from automations.workflows.render import RENDER_EXPORT
from automations.workflows.watermarks import SEND_WATERMARKED, ask_sending, send_watermarked
from engine.core.actors import Actor
from engine.core.models import (
    Asset,
    AuditEntry,
    Event,
    Export,
    JobStatus,
    Mail,
    Notification,
    Sending,
    SendingStatus,
    Version,
    Video,
)
from engine.core.reviews.versions import files_of
from engine.render.media.probe import probe
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.cuts import SHORT, a_cut, asked
from tests.automations.waiting import now, wait_for_status, wait_until
from tests.core.domain import a_producer
from tests.core.reviews.domain import a_contact, a_film
from tests.emulators.replicate import png_of

KINDS = (RENDER_EXPORT, SEND_WATERMARKED, DELIVER_EVENT)


def sending_of(workshop: Workshop, video_id: str, export_ids: list[str]) -> tuple[str, str]:
    """The ids of a sending to somebody at the client, and of its job."""
    with workshop.database.writing() as session:
        video = session.get_one(Video, video_id)
        a_contact(session, video.client_id)
        sending = ask_sending(session, video, export_ids, message="Kijk je mee?", by=a_producer(session), at=now())
        assert sending.job_id is not None
        return sending.id, sending.job_id


def test_the_client_hears_of_it_once_every_film_has_its_watermark(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT, png_of((200, 40, 40)))
    export_id, export_job = asked(workshop, video_id)
    with working(KINDS):
        wait_for_status(workshop.database, export_job, JobStatus.SUCCEEDED)
        sending_id, job_id = sending_of(workshop, video_id, [export_id])
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
    assert job.problem == ""

    with workshop.database.reading() as session:
        version = session.scalars(select(Version)).one()
        sending = session.get_one(Sending, sending_id)
        assert (sending.status, sending.version_id) == (SendingStatus.SENT, version.id)
        assert version.watermark == sending.watermark
        (file,) = files_of(session, version.id)
        export = session.get_one(Export, export_id)
        assert file.asset.id == export.asset_id  # what is decided on is the film itself
        copy = session.get_one(Asset, str(file.review_copy["film"]))
        clean, marked = (probe(workshop.storage.local_path(asset.sha256)) for asset in (file.asset, copy))
        assert copy.sha256 != file.sha256
        assert (marked.width, marked.height, marked.duration_s) == (clean.width, clean.height, clean.duration_s)
        pictures = [session.get_one(Asset, str(file.review_copy[kind])) for kind in ("thumbnail", "filmstrip")]
        assert {picture.sha256 for picture in pictures}.isdisjoint(
            session.get_one(Asset, str(export.sidecars[kind])).sha256 for kind in ("thumbnail", "filmstrip")
        )
        assert all(asset.archived_at is not None for asset in (copy, *pictures))
        assert session.scalars(select(Event.type).where(Event.type == "version.sent")).all() == ["version.sent"]
        assert session.scalars(select(Mail.kind)).all() == ["new_version"]
        audited = session.scalars(select(AuditEntry).where(AuditEntry.action == "version_sent")).one()
        assert audited.subject_id == version.id
    assert list(Path(workshop.work_dir).iterdir()) == []

    again = Run(job_id, 2, workshop, threading.Event(), lambda: True)
    assert send_watermarked(again, sending_id) == {"sending_id": sending_id}  # as after a crash in its last moment
    with workshop.database.reading() as session:
        assert len(session.scalars(select(Version)).all()) == 1


@ON_SQLITE
def test_what_cannot_be_made_is_told_to_whoever_sent_it_and_to_no_client(
    workshop: Workshop, working: StartWorker
) -> None:
    video_id = a_cut(workshop, SHORT, png_of((200, 40, 40)))
    with workshop.database.writing() as session:
        # Its cut is empty, as that of a film whose pictures are gone would be worth.
        export_id = a_film(session, session.get_one(Video, video_id)).id
    with working(KINDS):
        sending_id, job_id = sending_of(workshop, video_id, [export_id])
        wait_for_status(workshop.database, job_id, JobStatus.FAILED)

    with workshop.database.reading() as session:
        sending = session.get_one(Sending, sending_id)
        assert sending.status is SendingStatus.FAILED
        assert sending.problem != ""
        line = session.scalars(select(Notification)).one()
        assert (line.kind, line.staff_id) == ("sending_failed", sending.staff_id)
        assert session.scalars(select(Version)).all() == []
        assert session.scalars(select(Mail)).all() == []


@ON_SQLITE
def test_one_that_is_stopped_is_sent_to_nobody(workshop: Workshop, working: StartWorker) -> None:
    video_id = a_cut(workshop, SHORT)
    with workshop.database.writing() as session:
        export_id = a_film(session, session.get_one(Video, video_id)).id
    sending_id, job_id = sending_of(workshop, video_id, [export_id])
    with workshop.database.writing() as session:
        jobs.cancel(session, job_id, by=Actor("staff", "jeroen"), at=now())

    def status() -> SendingStatus:
        with workshop.database.reading() as session:
            return session.get_one(Sending, sending_id).status

    with working(KINDS):
        wait_until(lambda: status() is SendingStatus.CANCELED, "it to be stopped")
    with workshop.database.reading() as session:
        assert session.scalars(select(Version)).all() == []
