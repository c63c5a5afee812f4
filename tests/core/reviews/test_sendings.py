"""A version with a watermark is there once its copies are, and opens its films when it is approved."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from engine.core.database import Database
from engine.core.errors import Conflict
from engine.core.models import Project, Sending, SendingStatus, Verdict, Version, Video
from engine.core.reviews import decisions, sendings, versions
from engine.core.reviews.watermarks import is_open, watermark_of
from tests.core.domain import NOW, a_client, a_picture, a_producer, a_video
from tests.core.reviews.domain import LATER, a_contact, a_film, a_version, actor_of


def a_sending(session: Session, video: Video | None = None) -> Sending:
    """Of one film, with its job."""
    video = video or a_video(session)
    film = a_film(session, video)
    sending = sendings.ask_sending(session, video, [film.id], message="Kijk je mee?", by=a_producer(session), at=NOW)
    sending.job_id = "job"
    return sending


def sent(session: Session, sending: Sending) -> Version:
    copy = {"film": a_picture(session).id}
    for export_id in sending.export_ids:
        sendings.keep_copy(session, sending.id, str(export_id), dict(copy))
    version = sendings.finish_sending(session, sending.id, at=LATER)
    assert version is not None
    return version


def test_it_says_whose_film_it_is_what_for_and_the_clients_own_date(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session, "Bakkerij Anna")
        late = NOW.replace(hour=23, minute=30)  # past midnight in Amsterdam

        assert watermark_of(client, at=late) == "Bakkerij Anna · ter beoordeling · 23 november 2026"
        client.language = "en"
        assert watermark_of(client, at=NOW) == "Bakkerij Anna · review copy · 22 November 2026"


def test_until_its_copies_are_there_nothing_is_seen_of_it_and_nothing_else_is_sent(database: Database) -> None:
    with database.writing() as session:
        sending = a_sending(session)
        video = session.get_one(Video, sending.video_id)
        assert versions.current_version(session, video.id) is None
        film = a_film(session, video)
        by = a_producer(session, "ander@bom.example")
        for send in (versions.send_version, sendings.ask_sending):
            with pytest.raises(Conflict) as refused:
                send(session, video, [film.id], message="", by=by, at=NOW)
            assert refused.value.code == "sending_under_way"

        version = sent(session, sending)

        assert (version.number, version.message) == (1, "Kijk je mee?")
        (file,) = versions.files_of(session, version.id)
        assert file.sha256 == file.asset.sha256
        assert set(file.review_copy) == {"film"}
        assert session.get_one(Project, video.project_id).watermarks_reviews
        assert sendings.last_sending(session, video.id) is None
        assert sendings.finish_sending(session, sending.id, at=LATER) is None  # as after a crash in its last moment


def test_one_that_failed_is_told_until_something_was_sent_and_then_never_sent_over_it(database: Database) -> None:
    with database.writing() as session:
        sending = a_sending(session)
        video = session.get_one(Video, sending.video_id)
        sendings.end_sending(session, sending.id, job_id="another", problem="Vol.", canceled=False)
        assert sending.status is SendingStatus.PREPARING  # another job has it now

        sendings.end_sending(session, sending.id, job_id="job", problem="De schijf is vol.", canceled=False)

        told = sendings.last_sending(session, video.id)
        assert told is not None
        assert (told.status, told.problem) == (SendingStatus.FAILED, "De schijf is vol.")
        assert sendings.begin_sending(session, sending.id, job_id="retry").status is SendingStatus.PREPARING
        sendings.end_sending(session, sending.id, job_id="retry", problem="Vol.", canceled=False)
        film = a_film(session, video)
        by = a_producer(session, "ander@bom.example")
        versions.send_version(session, video, [film.id], message="", by=by, at=LATER)
        assert sendings.last_sending(session, video.id) is None
        with pytest.raises(Conflict) as refused:
            sendings.begin_sending(session, sending.id, job_id="late")
        assert refused.value.code == "sending_overtaken"


def test_its_films_open_when_an_approval_counts_and_stay_open(database: Database) -> None:
    with database.writing() as session:
        plain = a_version(session, by=a_producer(session, "ander@bom.example"))
        assert is_open(session, plain, at=NOW)
        version = sent(session, a_sending(session))
        anna = a_contact(session, version.client_id)
        assert not is_open(session, version, at=LATER)

        wish = decisions.decide(
            session, version, anna, Verdict.CHANGES_REQUESTED, agreed_text="Ja.", note="Muziek", at=LATER
        )
        assert not is_open(session, version, at=LATER + timedelta(minutes=1))
        decisions.withdraw_decision(session, wish, by=anna, at=LATER)
        decision = decisions.decide(session, version, anna, Verdict.APPROVED, agreed_text="Ja.", note="", at=LATER)
        assert not is_open(session, version, at=LATER)  # it can still be taken back
        counts_at = decision.takes_effect_at
        assert is_open(session, version, at=counts_at)
        decisions.take_effect(session, decision.id, at=counts_at)
        newer = a_version(session, session.get_one(Video, version.video_id), by=actor_of(version))
        session.refresh(decision)
        assert decision.voided_by_version_id == newer.id
        assert is_open(session, version, at=counts_at)
