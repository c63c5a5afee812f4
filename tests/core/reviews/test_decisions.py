"""Decisions: one counts, it can be taken back for ten seconds, and then what follows from it follows once."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from engine.core.database import Database
from engine.core.errors import Conflict, Invalid, Refused
from engine.core.models import Contact, Decision, ProjectStatus, Verdict
from engine.core.projects import get_project, status_changes
from engine.core.reviews import decisions, notes, versions
from tests.core.domain import NOW, a_project, a_video
from tests.core.reviews.domain import a_contact, a_version, actor_of, video_of

SOON, AFTER = NOW + timedelta(seconds=9), NOW + timedelta(seconds=10)
AGREED = "Ik keur versie 1 goed; daarna gaat de film eruit."


def test_an_approval_says_who_approved_which_bytes_on_what_text(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)

        decision = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=NOW)

        assert (decision.contact_id, decision.agreed_text, decision.created_at) == (anna.id, AGREED, NOW)
        assert decision.files == {"9:16": versions.files_of(session, version.id)[0].sha256}


def test_nothing_follows_before_the_time_to_take_it_back_is_over(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)
        project = get_project(session, video_of(session, version).project_id)
        decision = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=NOW)
        assert project.status is ProjectStatus.REVIEW

        decisions.withdraw_decision(session, decision, by=anna, at=SOON)
        decisions.withdraw_decision(session, decision, by=anna, at=AFTER)

        assert decisions.take_effect(session, decision.id, at=AFTER) is None
        assert project.status is ProjectStatus.REVIEW
        assert decision.withdrawn_at == SOON
        again = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=AFTER)
        assert again.id != decision.id


def test_after_ten_seconds_it_counts_and_what_follows_follows_once(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)
        decision = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=NOW)

        with pytest.raises(Conflict, match="counts already"):
            decisions.withdraw_decision(session, decision, by=anna, at=AFTER)
        first, second = (decisions.take_effect(session, decision.id, at=AFTER) for _ in range(2))

        assert first is not None
        assert second is not None
        assert (first.is_first, second.is_first) == (True, False)
        assert first.project.status is ProjectStatus.APPROVED
        assert [move.by for move in status_changes(session, first.project.id)][-1] == f"contact:{anna.id}"


def test_asking_for_changes_counts_a_round_and_needs_words(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)

        with pytest.raises(Invalid, match="what should change"):
            decisions.decide(session, version, anna, Verdict.CHANGES_REQUESTED, agreed_text="Nee.", note=" ", at=NOW)
        notes.add_note(session, version, "Logo groter", by=actor_of(anna), at=NOW)
        decided = decisions.decide(
            session, version, anna, Verdict.CHANGES_REQUESTED, agreed_text="Nee.", note="", at=NOW
        )
        effect = decisions.take_effect(session, decided.id, at=AFTER)

        assert effect is not None
        assert effect.project.used_revision_rounds == 1
        assert effect.project.status is ProjectStatus.IN_PROGRESS


def test_a_project_is_approved_once_all_its_videos_are(database: Database) -> None:
    with database.writing() as session:
        project = a_project(session)
        one = a_version(session, a_video(session, project))
        other = a_version(session, a_video(session, project), by=actor_of(one))
        anna = a_contact(session, project.client_id)

        for version, status in ((one, ProjectStatus.REVIEW), (other, ProjectStatus.APPROVED)):
            decided = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=NOW)
            decisions.take_effect(session, decided.id, at=AFTER)

            assert project.status is status


def test_only_who_decided_takes_it_back_and_a_second_decision_is_told_of_the_first(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = a_contact(session, version.client_id)
        bas = a_contact(session, version.client_id, "Bas", "bas@bakkerij.example")
        decided = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text=AGREED, note="", at=NOW)

        with pytest.raises(Refused):
            decisions.withdraw_decision(session, decided, by=bas, at=SOON)
        with pytest.raises(Conflict, match="decided on already") as met:
            decisions.decide(session, version, bas, Verdict.CHANGES_REQUESTED, agreed_text="Nee.", note="Nee", at=NOW)
        assert met.value.facts == {"verdict": "approved"}


def test_of_twenty_who_decide_at_once_one_does(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        version_id, client_id = version.id, version.client_id
        people = [a_contact(session, client_id, f"P{n}", f"p{n}@bakkerij.example").id for n in range(20)]
    told: list[str] = []

    def decide(contact_id: str) -> None:
        try:
            with database.writing() as session:
                decisions.decide(
                    session,
                    versions.get_version(session, version_id),
                    session.get_one(Contact, contact_id),
                    Verdict.APPROVED,
                    agreed_text=AGREED,
                    note="",
                    at=NOW,
                )
            told.append("decided")
        except Conflict as met:
            told.append(met.code)

    threads = [threading.Thread(target=decide, args=(contact_id,)) for contact_id in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == ["decided"] + ["version_decided"] * 19
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Decision)) == 1
