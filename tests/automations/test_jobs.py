"""Background work is done once, told truly, stopped on request and never lost."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from automations import jobs
from automations.jobs import Schedule
from automations.leases import SoleWorker, WorkerRunning
from automations.runs import Canceled, JobFailed, JobKind, Later, Run, WaitsForPerson, Workshop
from engine.core.actors import SYSTEM, Actor
from engine.core.costs.quotes import QuoteNotAccepted
from engine.core.errors import Conflict
from engine.core.models import Job, JobStatus, JsonObject, PaidCall, PaidCallState, Question
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.waiting import job_of, now, wait_for_status, wait_until
from tests.core.domain import a_quote, a_video, prices_are_known

JEROEN = Actor("staff", "jeroen")


def greet(run: Run, name: str) -> JsonObject:
    run.report("greeting", 0.5)
    return {"said": f"Dag {name}"}


GREET = JobKind("greet", "deliver", greet)


def ask(workshop: Workshop, kind: JobKind, *arguments: str, **options: object) -> str:
    with workshop.database.writing() as session:
        return jobs.enqueue(session, kind, *arguments, at=now(), **options).id  # type: ignore[arg-type]


class Gate:
    """Work that waits at a gate, so that a test can look at it while it runs."""

    def __init__(self, queue: str = "render") -> None:
        self.entered: list[str] = []
        self.open = threading.Event()
        self.kind = JobKind("gate", queue, self._work)

    def _work(self, run: Run, name: str = "") -> None:
        self.entered.append(name)
        while not self.open.is_set():
            run.report("waiting", 0.25)
            run.pause(0.02)


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


def test_a_change_that_is_rolled_back_starts_no_job(workshop: Workshop, working: StartWorker) -> None:
    with working([GREET]):
        with pytest.raises(ZeroDivisionError), workshop.database.writing() as session:
            undone = jobs.enqueue(session, GREET, "niemand", at=now()).id
            raise ZeroDivisionError
        done = ask(workshop, GREET, "Anna")
        wait_for_status(workshop.database, done, JobStatus.SUCCEEDED)

    with workshop.database.reading() as session:
        assert session.get(Job, undone) is None


@ON_SQLITE
def test_a_job_says_when_it_began_what_came_of_it_and_when_it_ended(workshop: Workshop, working: StartWorker) -> None:
    with working([GREET]):
        job = wait_for_status(workshop.database, ask(workshop, GREET, "Zoë 🎉"), JobStatus.SUCCEEDED)

    assert job.result == {"said": "Dag Zoë 🎉"}
    assert job.started_at is not None
    assert job.finished_at is not None
    assert job.created_at <= job.started_at <= job.finished_at
    assert (job.progress, job.stage, job.problem) == (1.0, "greeting", "")


def test_the_same_job_asked_for_twice_is_done_once(workshop: Workshop, working: StartWorker) -> None:
    done: list[str] = []
    kind = JobKind("once", "deliver", lambda _run, name: done.append(name))
    with working([kind]):
        for _ in range(3):
            ask(workshop, kind, "brood", job_id="bread-today")
        wait_for_status(workshop.database, "bread-today", JobStatus.SUCCEEDED)
        ask(workshop, kind, "brood", job_id="bread-today")
        wait_for_status(workshop.database, ask(workshop, kind, "later"), JobStatus.SUCCEEDED)

    assert sorted(done) == ["brood", "later"]


@ON_SQLITE
@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (JobFailed("Two pictures are missing.", "pictures_missing"), "pictures_missing", "Two pictures are missing."),
        (QuoteNotAccepted("Nobody said yes."), "quote_not_accepted", "Nobody said yes."),
        (KeyError("/srv/secret/path"), "unforeseen", "Something unforeseen"),
    ],
)
def test_a_failed_job_tells_a_person_why_and_nobody_a_stack(
    error: Exception, code: str, told: str, workshop: Workshop, working: StartWorker
) -> None:
    ended: list[JobStatus] = []

    def fail(_run: Run) -> None:
        raise error

    def ends(_session: Session, job: Job, _at: object) -> None:
        ended.append(job.status)

    kind = JobKind("fails", "deliver", fail, ends)
    with working([kind]):
        job = wait_for_status(workshop.database, ask(workshop, kind), JobStatus.FAILED)

    assert (job.problem_code, job.problem[: len(told)]) == (code, told)
    assert "secret" not in job.problem
    assert ended == [JobStatus.FAILED]


def test_work_that_must_not_fail_goes_on_after_what_nobody_foresaw(workshop: Workshop, working: StartWorker) -> None:
    tries: list[int] = []

    def work(run: Run) -> None:
        tries.append(run.number)
        if len(tries) < 3:
            raise KeyError(run.job_id)

    kind = JobKind("stubborn", "paid", work, unforeseen_retry_s=0)
    with working([kind]):
        job = wait_for_status(workshop.database, ask(workshop, kind), JobStatus.SUCCEEDED, JobStatus.FAILED)

    assert (job.status, tries) == (JobStatus.SUCCEEDED, [1, 2, 3])


@ON_SQLITE
def test_a_kind_of_work_that_this_program_does_not_know_fails_with_what_to_do(
    workshop: Workshop, working: StartWorker
) -> None:
    with working([]):
        job = wait_for_status(workshop.database, ask(workshop, GREET, "Anna"), JobStatus.FAILED)

    assert "Update it" in job.problem


def test_work_that_asks_for_later_is_queued_again_and_ends_once(workshop: Workshop, working: StartWorker) -> None:
    runs: list[int] = []

    def work(run: Run) -> JsonObject:
        runs.append(run.number)
        if len(runs) < 2:
            raise Later(0.3, "vendor_busy")
        return {"runs": len(runs)}

    kind = JobKind("patient", "paid", work)
    with working([kind]):
        job_id = ask(workshop, kind)
        wait_until(lambda: job_of(workshop.database, job_id).stage == "vendor_busy", "the wait to be seen")
        assert job_of(workshop.database, job_id).status is JobStatus.QUEUED
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED)

    assert (runs, job.run) == ([1, 2], 2)


def test_a_queued_job_is_canceled_at_once_and_never_begins(
    gate: Gate, workshop: Workshop, working: StartWorker
) -> None:
    ended: list[str] = []
    kind = JobKind("never", "render", gate.kind.work, lambda _session, job, _at: ended.append(job.id))
    with working([gate.kind, kind]):
        ask(workshop, gate.kind, "first")
        wait_until(lambda: gate.entered == ["first"], "the first to begin")
        job_id = ask(workshop, kind, "second")
        with workshop.database.writing() as session:
            assert jobs.cancel(session, job_id, by=JEROEN, at=now()).status is JobStatus.CANCELED
        gate.open.set()
        wait_until(lambda: ended == [job_id], "what it set aside to be let go")

    assert gate.entered == ["first"]
    assert job_of(workshop.database, job_id).status is JobStatus.CANCELED


def test_a_running_job_stops_soon_after_it_is_canceled(gate: Gate, workshop: Workshop, working: StartWorker) -> None:
    stopped = threading.Event()

    def work(run: Run) -> None:
        try:
            gate.kind.work(run)
        except Canceled:
            stopped.set()
            raise

    kind = JobKind("long", "render", work)
    with working([kind]):
        job_id = ask(workshop, kind)
        wait_for_status(workshop.database, job_id, JobStatus.RUNNING)
        for _ in range(2):
            with workshop.database.writing() as session:
                jobs.cancel(session, job_id, by=JEROEN, at=now())
        assert stopped.wait(5)
        wait_for_status(workshop.database, ask(workshop, kind), JobStatus.RUNNING)
        gate.open.set()

    job = job_of(workshop.database, job_id)
    assert (job.status, job.problem) == (JobStatus.CANCELED, "Canceled by staff:jeroen.")


def test_a_job_that_is_over_is_not_canceled_and_one_that_went_well_not_done_again(
    workshop: Workshop, working: StartWorker
) -> None:
    with working([GREET]):
        job_id = wait_for_status(workshop.database, ask(workshop, GREET, "Anna"), JobStatus.SUCCEEDED).id

    for attempt in (jobs.cancel, jobs.retry):
        with pytest.raises(Conflict), workshop.database.writing() as session:
            attempt(session, job_id, by=SYSTEM, at=now())


def test_a_failed_job_is_done_again_as_a_new_one(workshop: Workshop, working: StartWorker) -> None:
    tries: list[str] = []

    def work(_run: Run, name: str) -> None:
        tries.append(name)
        if len(tries) == 1:
            raise JobFailed("Not yet.", "not_yet")

    kind = JobKind("second_time_lucky", "deliver", work)
    with working([kind]):
        failed = wait_for_status(workshop.database, ask(workshop, kind, "brood"), JobStatus.FAILED)
        assert failed.can_retry
        with workshop.database.writing() as session:
            again = jobs.retry(session, failed.id, by=JEROEN, at=now()).id
        job = wait_for_status(workshop.database, again, JobStatus.SUCCEEDED)

    assert tries == ["brood", "brood"]
    assert (job.retries_job_id, job_of(workshop.database, failed.id).status) == (failed.id, JobStatus.FAILED)


def test_the_urgent_job_goes_first(gate: Gate, workshop: Workshop, working: StartWorker) -> None:
    with working([gate.kind]):
        ask(workshop, gate.kind, "running")
        wait_until(lambda: gate.entered == ["running"], "the first to begin")
        for name, priority in (("b", 10), ("c", 10), ("a", 1)):
            last = ask(workshop, gate.kind, name, priority=priority)
        gate.open.set()
        wait_for_status(workshop.database, last, JobStatus.SUCCEEDED)
        wait_until(lambda: len(gate.entered) == 4, "all to begin")

    assert gate.entered == ["running", "a", "b", "c"]


@ON_SQLITE
def test_a_job_for_later_does_not_begin_before(workshop: Workshop, working: StartWorker) -> None:
    with working([GREET]):
        asked_at = now()
        job = wait_for_status(workshop.database, ask(workshop, GREET, "Anna", delay_s=0.5), JobStatus.SUCCEEDED)

    assert job.started_at is not None
    assert (job.started_at - asked_at).total_seconds() >= 0.5


def test_a_clean_stop_hands_unfinished_work_to_the_next_worker(
    gate: Gate, workshop: Workshop, working: StartWorker
) -> None:
    with working([gate.kind]):
        job_id = ask(workshop, gate.kind, "before the stop")
        wait_for_status(workshop.database, job_id, JobStatus.RUNNING)
    assert job_of(workshop.database, job_id).status is JobStatus.QUEUED

    gate.open.set()
    with working([gate.kind]):
        wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED)


def test_a_scheduled_job_starts_once_for_each_tick(workshop: Workshop, working: StartWorker) -> None:
    ticks: list[str] = []
    kind = JobKind("tick", "upkeep", lambda run: ticks.append(run.job_id))
    with working([kind], [Schedule("* * * * * *", kind)]):
        wait_until(lambda: len(ticks) >= 2, "two ticks")

    assert len(set(ticks)) == len(ticks)
    assert all(tick.startswith("tick@20") for tick in ticks)


def test_a_job_that_waits_for_a_person_goes_on_after_the_last_answer(workshop: Workshop, working: StartWorker) -> None:
    with workshop.database.writing() as session:
        prices_are_known(session)
        quote_id = a_quote(session, a_video(session)).id
        session.add(
            PaidCall(
                id="call", quote_id=quote_id, provider="replicate", model="m", request={}, request_sha256="",
                state=PaidCallState.UNKNOWN, sent_at=now(), created_at=now(),
            )
        )  # fmt: skip

    def work(run: Run) -> JsonObject:
        with run.workshop.database.writing() as session:
            question = session.query(Question).filter_by(job_id=run.job_id).one_or_none()
            if question is None:
                session.add(
                    Question(paid_call_id="call", job_id=run.job_id, attempt=1, text="Did it arrive?", created_at=now())
                )
            wait = question is None or question.answered_at is None
        if wait:
            raise WaitsForPerson
        return {"answered": True}

    kind = JobKind("asks", "paid", work)
    with working([kind]):
        job_id = ask(workshop, kind)
        wait_for_status(workshop.database, job_id, JobStatus.WAITING)
        with pytest.raises(Conflict, match="waits for your answer"), workshop.database.writing() as session:
            jobs.cancel(session, job_id, by=JEROEN, at=now())
        with workshop.database.writing() as session:
            jobs.wake(session, job_id, at=now())  # nothing is answered yet
            session.query(Question).filter_by(job_id=job_id).one().answered_at = now()
            session.flush()
            jobs.wake(session, job_id, at=now())
        job = wait_for_status(workshop.database, job_id, JobStatus.SUCCEEDED)

    assert (job.run, job.result) == (2, {"answered": True})


def test_a_second_worker_on_the_same_sqlite_file_is_refused(tmp_path: Path) -> None:
    first, second = SoleWorker(tmp_path / "lock"), SoleWorker(tmp_path / "lock")
    first.begin()

    with pytest.raises(WorkerRunning, match="PostgreSQL"):
        second.begin()

    first.end()
    second.begin()
    second.end()
