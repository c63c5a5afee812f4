"""Versions: what a client sees is what was sent, and the newest one counts."""

import pytest

from engine.core.database import Database
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import Decision, ProjectStatus, Verdict
from engine.core.projects import get_project, move_project
from engine.core.reviews import decisions, notes, versions
from tests.core.domain import NOW, a_producer, a_video
from tests.core.reviews.domain import LATER, a_contact, a_film, a_version, actor_of, an_asked_film, video_of


def test_a_version_names_the_bytes_of_its_films(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        wide, tall = a_film(session, video, "16:9"), a_film(session, video)

        version = versions.send_version(
            session, video, [tall.id, wide.id, tall.id], message="Kijk je mee?", by=a_producer(session), at=NOW
        )

        files = versions.files_of(session, version.id)
        assert version.number == 1
        assert [file.export.format for file in files] == ["16:9", "9:16"]
        assert [file.sha256 for file in files] == [file.asset.sha256 for file in files]


def test_sending_brings_a_project_into_review(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        project_id = video_of(session, version).project_id
        assert get_project(session, project_id).status is ProjectStatus.REVIEW

        move_project(session, project_id, ProjectStatus.APPROVED, by=actor_of(version), at=NOW)
        a_version(session, video_of(session, version), by=actor_of(version))

        assert get_project(session, project_id).status is ProjectStatus.REVIEW


def test_a_newer_version_voids_the_decision_and_carries_the_open_notes_along(database: Database) -> None:
    with database.writing() as session:
        first = a_version(session)
        anna = a_contact(session, first.client_id)
        open_note, _ = notes.add_note(session, first, "Logo groter", by=actor_of(anna), at=NOW, start_ms=2_000)
        answer, _ = notes.add_note(
            session, first, "Komt goed", by=actor_of(first), at=NOW, answers_note_id=open_note.id
        )
        done, _ = notes.add_note(session, first, "Muziek zachter", by=actor_of(anna), at=NOW)
        notes.settle_note(session, done, settled=True, by=actor_of(first), at=NOW)
        decision = decisions.decide(
            session, first, anna, Verdict.APPROVED, agreed_text="Ik keur dit goed.", note="", at=NOW
        )

        second = a_version(session, video_of(session, first), by=actor_of(first))

        session.refresh(decision)
        assert (second.number, decision.voided_by_version_id) == (2, second.id)
        assert first.replaced_at is not None
        (carried,) = notes.notes_of(session, second.id)
        assert (carried.text, carried.start_ms, carried.contact_id) == ("Logo groter", 2_000, anna.id)
        assert carried.carried_from_note_id == open_note.id != answer.id


def test_only_finished_films_of_this_video_are_sent_and_one_for_each_format(database: Database) -> None:
    with database.writing() as session:
        video, by = a_video(session), a_producer(session)
        film, double = a_film(session, video), a_film(session, video)
        another = a_film(session, a_video(session))

        def send(*ids: str) -> None:
            versions.send_version(session, video, ids, message="", by=by, at=NOW)

        with pytest.raises(Invalid, match="no film"):
            send()
        with pytest.raises(Invalid, match="Two films are in 9:16"):
            send(film.id, double.id)
        with pytest.raises(NotFound):
            send(film.id, another.id)
        with pytest.raises(Conflict, match="1:1 is not finished"):
            send(film.id, an_asked_film(session, video, "1:1").id)
        assert versions.current_version(session, video.id) is None


def test_another_clients_version_is_not_there(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        another = a_version(session, by=actor_of(version))

        assert versions.get_version(session, version.id, client_id=version.client_id) is version
        with pytest.raises(NotFound):
            versions.get_version(session, version.id, client_id=another.client_id)


def test_a_decision_stays_on_record_when_its_version_is_replaced(database: Database) -> None:
    with database.writing() as session:
        first = a_version(session)
        anna = a_contact(session, first.client_id)
        decided = decisions.decide(session, first, anna, Verdict.APPROVED, agreed_text="Goed.", note="", at=NOW)

        a_version(session, video_of(session, first), by=actor_of(first))

        with pytest.raises(Conflict, match="newer version"):
            decisions.decide(session, first, anna, Verdict.APPROVED, agreed_text="Goed.", note="", at=LATER)
        kept = session.get_one(Decision, decided.id)
        assert kept.files == {"9:16": versions.files_of(session, first.id)[0].sha256}
        assert decisions.take_effect(session, decided.id, at=LATER) is None
