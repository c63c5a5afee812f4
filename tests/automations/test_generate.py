"""Pictures are paid for once, kept whatever becomes of the rest, and never overspent."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import select

from api.schemas.jobs import JobOut
from automations import jobs
from automations.paid_calls import VENDOR_WORKS
from automations.paid_questions import Answer, QuestionAnswered, answer_question
from automations.runs import Workshop
from automations.workflows.generate import (
    COLLECT_PICTURES,
    DRAW_PICTURES,
    GENERATE_PICTURES,
    ask_offline_pictures,
    ask_pictures,
    bring_in_the_rest,
)
from automations.workflows.upkeep import TIDY_UP
from engine.core.costs import budgets, quotes
from engine.core.costs.quotes import QuoteNotAccepted
from engine.core.database import Database
from engine.core.errors import Conflict
from engine.core.models import (
    ApiUsage,
    Asset,
    Budget,
    BudgetScope,
    Job,
    JobStatus,
    Notification,
    PaidCall,
    PaidCallState,
    Question,
    Quote,
    QuoteStatus,
    Scene,
    Take,
    Video,
)
from engine.core.videos import scenes_of
from engine.providers.offline_pictures import OfflinePictures
from engine.providers.replicate import Replicate
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.waiting import job_of, now, wait_for_status, wait_until
from tests.core.domain import NOW, a_producer, a_quote, a_video, prices_are_known
from tests.emulators.replicate import TOKEN, BadDay, RunningReplicate, emulated_replicate

KINDS = (GENERATE_PICTURES, COLLECT_PICTURES, DRAW_PICTURES)
UNCLEAR: Final[tuple[BadDay, ...]] = ("lose", "hang", "break", "break_after", "truncate", "wrong_type", "throttle")
ONE_IMAGE_MICROS = 2580  # 0.3 dollar cent at 86 cents


@pytest.fixture
def replicate(tmp_path: Path) -> Iterator[RunningReplicate]:
    with emulated_replicate(tmp_path / "ledger.db") as running:
        yield running


@pytest.fixture
def workshop(workshop: Workshop, replicate: RunningReplicate) -> Iterator[Workshop]:
    """A workshop with an account at Replicate, which waits a third of a second for an answer."""
    account = Replicate(TOKEN, replicate.base_url, answer_timeout_s=0.3)
    yield replace(workshop, vendors={"replicate": account, "offline": OfflinePictures()})
    account.close()


class Studio:
    """Asking for pictures, and what came of it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing() as session:
            prices_are_known(session)
            self.jeroen = a_producer(session)
            self.video = a_video(session)

    def quote(self, images: int) -> str:
        with self.database.writing() as session:
            return a_quote(session, session.get_one(Video, self.video.id), images=images).id

    def accepted_quote(self, images: int) -> str:
        quote_id = self.quote(images)
        with self.database.writing() as session:
            total = session.get_one(Quote, quote_id).total_micros
            quotes.accept_quote(session, quote_id, total_micros=total, by=self.jeroen, at=NOW)
        return quote_id

    def pictures(self, images: int) -> str:
        quote_id = self.accepted_quote(images)
        with self.database.writing() as session:
            return ask_pictures(session, quote_id, by=self.jeroen, at=now()).id

    def booked_micros(self) -> list[int]:
        with self.database.reading() as session:
            return list(session.scalars(select(ApiUsage.amount_micros)))

    def takes(self) -> list[Take]:
        with self.database.reading() as session:
            return list(session.scalars(select(Take).order_by(Take.created_at)))

    def quote_status(self) -> list[QuoteStatus]:
        with self.database.reading() as session:
            return list(session.scalars(select(Quote.status)))

    def call_states(self) -> list[PaidCallState]:
        with self.database.reading() as session:
            return list(session.scalars(select(PaidCall.state)))

    def questions(self) -> list[Question]:
        with self.database.reading() as session:
            return list(session.scalars(select(Question)))


@pytest.fixture
def studio(workshop: Workshop) -> Studio:
    return Studio(workshop.database)


def test_without_a_persons_yes_nothing_is_ordered(studio: Studio, replicate: RunningReplicate) -> None:
    quote_id = studio.quote(1)

    with pytest.raises(QuoteNotAccepted), studio.database.writing() as session:
        ask_pictures(session, quote_id, by=studio.jeroen, at=now())

    assert replicate.ledger.charges() == 0


def test_each_picture_is_bought_booked_and_shown_once(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    with studio.database.writing() as session:
        budget = budgets.set_budget(
            session,
            scope=BudgetScope.PROJECT,
            scope_id=studio.video.project_id,
            month="",
            limit_micros=1_000_000,
            note="",
            at=NOW,
        ).id
    with working(KINDS, shop=workshop):
        job = wait_for_status(studio.database, studio.pictures(3), JobStatus.SUCCEEDED, JobStatus.FAILED)

    assert (job.status, job.result) == (JobStatus.SUCCEEDED, {"pictures": 3})
    assert replicate.ledger.charges() == 3
    assert studio.booked_micros() == [ONE_IMAGE_MICROS] * 3
    assert studio.quote_status() == [QuoteStatus.SETTLED]
    takes = studio.takes()
    with studio.database.reading() as session:
        kept = session.get_one(Budget, budget)
        assert (kept.booked_micros, kept.reserved_micros) == (3 * ONE_IMAGE_MICROS, 0)
        chosen = set(session.scalars(select(Scene.chosen_take_id)))
        facts = [asset.facts for asset in session.scalars(select(Asset))]
    assert chosen == {take.id for take in takes}
    assert [(found["width"], found["height"]) for found in facts] == [(96, 128)] * 3
    assert {take.cost_micros for take in takes} == {ONE_IMAGE_MICROS}
    assert list(workshop.work_dir.iterdir()) == []


@ON_SQLITE
def test_bad_answers_of_every_kind_never_buy_a_picture_twice(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.retry_after_s = 1
    replicate.vendor.next_orders = list(UNCLEAR)
    with working(KINDS, shop=workshop):
        wait_for_status(studio.database, studio.pictures(len(UNCLEAR)), JobStatus.SUCCEEDED)

    assert replicate.vendor.next_orders == []
    assert replicate.ledger.charges() == len(UNCLEAR)
    assert studio.booked_micros() == [ONE_IMAGE_MICROS] * len(UNCLEAR)
    assert len(studio.takes()) == len(UNCLEAR)


@ON_SQLITE
@pytest.mark.parametrize(("day", "charges"), [("refuse", 2), ("fail", 3), ("abort", 3)])
def test_what_was_paid_for_is_kept_when_a_picture_fails(
    day: BadDay, charges: int, studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.next_orders = [day]
    with working(KINDS, shop=workshop):
        job = wait_for_status(studio.database, studio.pictures(3), JobStatus.FAILED)

    assert job.problem.startswith("2 of 3 pictures were made and are kept. picture 1: ")
    assert job.problem_code == "pictures_missing"
    assert replicate.ledger.charges() == charges
    assert studio.booked_micros() == [ONE_IMAGE_MICROS] * 2
    assert studio.quote_status() == [QuoteStatus.SETTLED]


@ON_SQLITE
def test_a_picture_that_cannot_be_opened_is_booked_and_not_kept(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.output = b"\x89PNG\r\n\x1a\n" + bytes(100)
    with working(KINDS, shop=workshop):
        job = wait_for_status(studio.database, studio.pictures(1), JobStatus.FAILED)

    assert "billed all the same" in job.problem
    assert studio.booked_micros() == [ONE_IMAGE_MICROS]
    assert list(workshop.storage.list()) == []


@ON_SQLITE
def test_a_vendor_that_is_not_set_up_is_named_and_nothing_bought(
    studio: Studio, working: StartWorker, workshop: Workshop
) -> None:
    with working(KINDS, shop=replace(workshop, vendors={})):
        job = wait_for_status(studio.database, studio.pictures(1), JobStatus.FAILED)

    assert "replicate is not set up here" in job.problem


def asked_question(studio: Studio, replicate: RunningReplicate) -> tuple[str, Question]:
    """A job whose order got no answer, at a vendor whose list does not tell."""
    replicate.vendor.next_orders = ["lose"]
    replicate.vendor.next_reads = ["unlisted"]
    job_id = studio.pictures(1)
    wait_for_status(studio.database, job_id, JobStatus.WAITING)
    return job_id, studio.questions()[0]


def test_a_person_who_finds_the_order_has_it_adopted(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    with working(KINDS, shop=workshop):
        job_id, question = asked_question(studio, replicate)
        assert "Look at replicate" in question.text
        found = Answer(adopt=replicate.ledger.orders()[0].id)
        with studio.database.writing() as session:
            answer_question(session, question.id, found, by=studio.jeroen, at=now())
            assert session.scalar(select(Notification.kind)) == "paid_call_question"
        wait_for_status(studio.database, job_id, JobStatus.SUCCEEDED)

    assert (replicate.ledger.charges(), studio.booked_micros()) == (1, [ONE_IMAGE_MICROS])


@ON_SQLITE
def test_a_person_who_finds_no_order_has_it_sent_once_more(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    with working(KINDS, shop=workshop):
        job_id, question = asked_question(studio, replicate)
        with studio.database.writing() as session:
            answer_question(session, question.id, Answer(void=True), by=studio.jeroen, at=now())
        with pytest.raises(QuestionAnswered), studio.database.writing() as session:
            answer_question(session, question.id, Answer(void=True), by=studio.jeroen, at=now())
        wait_for_status(studio.database, job_id, JobStatus.SUCCEEDED)

    assert (replicate.ledger.charges(), studio.booked_micros()) == (2, [ONE_IMAGE_MICROS])  # as the person said


def test_canceling_keeps_what_was_ordered_and_gives_the_rest_back(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.next_orders = ["slow", "slow"]
    with working(KINDS, shop=workshop):
        job_id = studio.pictures(2)
        wait_until(lambda: replicate.ledger.charges() == 2, "both to be ordered")
        with studio.database.writing() as session:
            jobs.cancel(session, job_id, by=studio.jeroen, at=now())
        wait_for_status(studio.database, f"{job_id}:rest", JobStatus.QUEUED, JobStatus.RUNNING)
        with pytest.raises(Conflict, match="ends by itself"), studio.database.writing() as session:
            jobs.cancel(session, f"{job_id}:rest", by=studio.jeroen, at=now())
        for order in replicate.ledger.orders():
            replicate.ledger.finish(order.id, "succeeded")
        wait_for_status(studio.database, f"{job_id}:rest", JobStatus.SUCCEEDED)

    assert job_of(studio.database, job_id).status is JobStatus.CANCELED
    assert studio.booked_micros() == [ONE_IMAGE_MICROS] * 2
    assert len(studio.takes()) == 2
    assert studio.quote_status() == [QuoteStatus.SETTLED]


def left_by_its_job(studio: Studio, job_id: str) -> None:
    """As after an update to a program that did not know the job, or a row that somebody changed by hand."""
    with studio.database.writing() as session:
        session.get_one(Job, job_id).status = JobStatus.FAILED


def test_at_night_what_was_ordered_and_nobody_works_on_is_brought_in_and_the_rest_given_back(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.next_orders = ["slow"]
    with working(KINDS, shop=workshop):
        job_id = studio.pictures(1)
        wait_until(lambda: studio.call_states() == [PaidCallState.ACCEPTED], "the order to be accepted")
    left_by_its_job(studio, job_id)
    studio.accepted_quote(1)  # and nobody began with it
    replicate.ledger.finish(replicate.ledger.orders()[0].id, "succeeded")

    at_night = replace(workshop, now=lambda: now() + timedelta(hours=8))
    with working([*KINDS, TIDY_UP], shop=at_night):
        with studio.database.writing() as session:
            jobs.enqueue(session, TIDY_UP, at=now())
        wait_until(lambda: studio.quote_status() == [QuoteStatus.SETTLED] * 2, "both quotes to be settled")

    assert studio.booked_micros() == [ONE_IMAGE_MICROS]
    assert len(studio.takes()) == 1
    assert replicate.ledger.charges() == 1


@ON_SQLITE
def test_a_question_whose_job_is_gone_is_answered_for_the_job_that_brings_in_the_rest(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    with working(KINDS, shop=workshop):
        job_id, question = asked_question(studio, replicate)
    left_by_its_job(studio, job_id)
    with studio.database.writing() as session:
        assert bring_in_the_rest(session, at=now() + timedelta(hours=8)) == 1
    with working(KINDS, shop=workshop):
        rest_id = studio.questions()[0].job_id
        assert rest_id != job_id
        wait_for_status(studio.database, rest_id, JobStatus.WAITING)
        with studio.database.writing() as session:
            found = Answer(adopt=replicate.ledger.orders()[0].id)
            answer_question(session, question.id, found, by=studio.jeroen, at=now())
        wait_for_status(studio.database, rest_id, JobStatus.SUCCEEDED)

    assert studio.booked_micros() == [ONE_IMAGE_MICROS]
    assert studio.quote_status() == [QuoteStatus.SETTLED]


@ON_SQLITE
def test_what_is_ordered_waits_for_a_vendor_that_is_not_set_up_any_more(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.next_orders = ["slow"]
    with working(KINDS, shop=workshop):
        job_id = studio.pictures(1)
        wait_until(lambda: job_of(studio.database, job_id).stage == VENDOR_WORKS, "the order to be left alone")
    with working(KINDS, shop=replace(workshop, vendors={})):
        wait_until(lambda: job_of(studio.database, job_id).stage == "vendor_missing", "the job to wait")

    assert studio.quote_status() == [QuoteStatus.ACCEPTED]


@ON_SQLITE
def test_pictures_that_failed_are_not_bought_again_without_a_new_quote_for_their_scenes(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    replicate.vendor.next_orders = ["refuse"]
    with working(KINDS, shop=workshop):
        job = wait_for_status(studio.database, studio.pictures(3), JobStatus.FAILED)
    with studio.database.reading() as session:
        first = scenes_of(session, studio.video.id)[0].id

    with pytest.raises(Conflict) as refused, studio.database.writing() as session:
        jobs.retry(session, job.id, by=studio.jeroen, at=now())

    assert job.result is not None
    assert job.result["failed_scene_ids"] == [first]
    assert (refused.value.code, refused.value.facts["scene_ids"]) == ("needs_new_quote", [first])
    assert not JobOut.model_validate(job).can_retry
    assert replicate.ledger.charges() == 2


def test_a_job_canceled_before_it_began_gives_all_the_money_back(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    job_id = studio.pictures(2)
    with studio.database.writing() as session:
        jobs.cancel(session, job_id, by=studio.jeroen, at=now())
    with working(KINDS, shop=workshop):
        wait_until(lambda: studio.quote_status() == [QuoteStatus.SETTLED], "the money to go back")

    assert (replicate.ledger.charges(), studio.booked_micros()) == (0, [])


@ON_SQLITE
def test_title_cards_cost_nothing_and_need_no_quote(
    studio: Studio, working: StartWorker, workshop: Workshop, replicate: RunningReplicate
) -> None:
    with studio.database.writing() as session:
        video = session.get_one(Video, studio.video.id)
        scenes = [scene.id for scene in scenes_of(session, video.id)]
        job_id = ask_offline_pictures(session, video, scenes, "16:9", by=studio.jeroen, at=now()).id
    with working(KINDS, shop=workshop):
        wait_for_status(studio.database, job_id, JobStatus.SUCCEEDED)

    assert [(take.provider, take.cost_micros) for take in studio.takes()] == [("offline", 0)] * 3
    assert studio.booked_micros() == []
    assert len(list(workshop.storage.list())) == 3
    assert list(workshop.work_dir.iterdir()) == []
