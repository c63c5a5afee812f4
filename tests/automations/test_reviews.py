"""What follows from a decision: once, after its ten seconds, also when this machine was down meanwhile."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.runs import Run, Workshop
from automations.workflows.reviews import (
    TAKE_EFFECT,
    decision_was_made,
    message_was_written,
    note_was_settled,
    take_effect,
    take_up_lost_decisions,
)
from engine.core import messages
from engine.core.database import Database
from engine.core.models import Decision, Event, Job, JobStatus, Mail, Notification, ProjectStatus, Verdict, Version
from engine.core.projects import get_project
from engine.core.reviews import decisions, notes
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.waiting import wait_for_status
from tests.core.domain import NOW
from tests.core.reviews.domain import a_contact, a_version, actor_of, video_of


def a_decision(session: Session, verdict: Verdict = Verdict.APPROVED, note: str = "") -> Decision:
    """Of yesterday: its ten seconds are over by the real clock."""
    version = a_version(session)
    anna = a_contact(session, version.client_id)
    decision = decisions.decide(session, version, anna, verdict, agreed_text="Ja.", note=note, at=NOW)
    decision_was_made(session, decision, version, at=NOW + decisions.TAKES_EFFECT_AFTER)
    return decision


@pytest.mark.parametrize(
    ("verdict", "note", "status", "event"),
    [
        (Verdict.APPROVED, "", ProjectStatus.APPROVED, "video.approved"),
        (Verdict.CHANGES_REQUESTED, "Logo groter", ProjectStatus.IN_PROGRESS, "video.changes_requested"),
    ],
)
def test_the_project_moves_and_staff_and_programs_are_told_once(
    workshop: Workshop,
    database: Database,
    working: StartWorker,
    verdict: Verdict,
    note: str,
    status: ProjectStatus,
    event: str,
) -> None:
    with database.writing() as session:
        decision = a_decision(session, verdict, note)
        decision_id = decision.id

    with working([TAKE_EFFECT]):
        wait_for_status(database, f"decision:{decision_id}", JobStatus.SUCCEEDED)
        with database.writing() as session:
            assert take_up_lost_decisions(session, at=workshop.now()) == 0
    again = Run(f"decision:{decision_id}", 2, workshop, threading.Event(), lambda: True)
    assert take_effect(again, decision_id) == {"took_effect": True}  # as after a crash in its last moment

    with database.reading() as session:
        version = session.scalars(select(Decision)).one().version_id
        told = session.scalars(select(Event).where(Event.type == event)).one()
        assert told.payload["version_id"] == version
        assert get_project(session, told.project_id or "").status is status
        assert [line.kind for line in session.scalars(select(Notification))] == ["decision"]
        (mail,) = session.scalars(select(Mail)).all()
        assert (mail.kind, mail.to_email) == ("decision", "jeroen@bom.example")
        assert mail.facts["texts"] == ([note] if note else [])


@ON_SQLITE
def test_a_decision_whose_job_was_lost_is_taken_up_at_night(
    workshop: Workshop, database: Database, working: StartWorker
) -> None:
    with database.writing() as session:
        decision = a_decision(session)
        job = session.get_one(Job, f"decision:{decision.id}")
        job.status = JobStatus.FAILED  # as nothing that we know of leaves it
        at = NOW + timedelta(days=1)
        assert take_up_lost_decisions(session, at=at) == 1
        assert take_up_lost_decisions(session, at=at) == 1  # the same job
        decision_id = decision.id
        project_id = video_of(session, session.get_one(Version, decision.version_id)).project_id

    with working([TAKE_EFFECT]):
        wait_for_status(database, f"decision:{decision_id}:{at:%Y%m%d}", JobStatus.SUCCEEDED)

    with database.reading() as session:
        assert get_project(session, project_id).status is ProjectStatus.APPROVED


def test_programs_hear_of_messages_and_of_notes_that_are_settled_or_opened_again(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna, jeroen = a_contact(session, version.client_id), actor_of(version)
        note, _ = notes.add_note(session, version, "Logo groter", by=actor_of(anna), at=NOW, start_ms=1500)
        for settled in (True, True, False):
            was_settled = note.resolved_at is not None
            notes.settle_note(session, note, settled=settled, by=jeroen, at=NOW)
            note_was_settled(session, note, version, was_settled=was_settled, by=jeroen, at=NOW)
        message, _ = messages.write_message(session, version.client_id, "Wanneer?", by=actor_of(anna), at=NOW)
        message_was_written(session, message, at=NOW)

    with database.reading() as session:
        told = session.scalars(select(Event).order_by(Event.id)).all()
        assert [event.type for event in told] == ["note.settled", "note.settled", "message.written"]
        done, opened, written = (event.payload for event in told)
        assert (done["is_settled"], done["settled_by_name"], done["is_studio"]) == (True, "Jeroen", True)
        assert (opened["is_settled"], opened["note_id"], opened["start_ms"]) == (False, note.id, 1500)
        assert (written["author_name"], written["is_studio"], written["text"]) == ("Anna", False, "Wanneer?")
        assert (told[2].client_id, told[2].project_id) == (version.client_id, None)

    with suppress(RuntimeError), database.writing() as session:
        message, _ = messages.write_message(session, version.client_id, "Nee toch niet", by=jeroen, at=NOW)
        message_was_written(session, message, at=NOW)
        raise RuntimeError  # as where the request goes wrong in the end
    with database.reading() as session:
        assert len(session.scalars(select(Event)).all()) == 3
