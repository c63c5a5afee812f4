"""A job's row tells the truth, whatever comes late or twice."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from engine.core import jobs
from engine.core.actors import SYSTEM
from engine.core.database import Database
from engine.core.errors import Conflict, NotFound
from engine.core.models import Job, JobStatus
from engine.core.paging import PageWish
from tests.core.domain import NOW


def a_job(session: Session, job_id: str = "bread") -> Job:
    job, _ = jobs.new_job(
        session, job_id, kind="bake", queue="deliver", priority=10, arguments=[], asked_by="system", at=NOW
    )
    return job


def test_the_same_id_twice_is_one_job(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        job, is_new = jobs.new_job(
            session, "bread", kind="other", queue="paid", priority=1, arguments=[1], asked_by="", at=NOW
        )

    assert (job.kind, is_new) == ("bake", False)


def test_a_run_that_comes_too_late_changes_nothing(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        jobs.begin_run(session, "bread", 1, at=NOW)
        jobs.continue_job(session, "bread", 1, stage="oven_busy", at=NOW)

        assert jobs.begin_run(session, "bread", 1, at=NOW) is None
        assert jobs.end_job(session, "bread", 1, JobStatus.FAILED, at=NOW) is None
        assert not jobs.report_progress(session, "bread", 1, stage="late", progress=0.9, at=NOW)
        assert (job := jobs.get_job(session, "bread")).status is JobStatus.QUEUED
        assert (job.run, job.stage, job.progress) == (2, "oven_busy", 0.0)


@pytest.mark.parametrize("status", [JobStatus.SUCCEEDED, JobStatus.FAILED])
def test_a_job_that_ended_stays_as_it_ended(status: JobStatus, database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        jobs.begin_run(session, "bread", 1, at=NOW)
        jobs.end_job(session, "bread", 1, status, at=NOW, problem="Burnt.")

        assert jobs.begin_run(session, "bread", 1, at=NOW) is None
        assert jobs.end_job(session, "bread", 1, JobStatus.CANCELED, at=NOW) is None
        assert jobs.continue_job(session, "bread", 1, stage="", at=NOW) is None
        with pytest.raises(Conflict, match="over already"):
            jobs.cancel_job(session, "bread", by=SYSTEM, at=NOW)
        assert jobs.get_job(session, "bread").status is status


def test_what_was_canceled_while_it_ran_stays_canceled_however_its_work_ended(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        jobs.begin_run(session, "bread", 1, at=NOW)

        _, was_idle = jobs.cancel_job(session, "bread", by=SYSTEM, at=NOW)
        ended = jobs.end_job(session, "bread", 1, JobStatus.SUCCEEDED, at=NOW + timedelta(seconds=5))

    assert not was_idle
    assert ended is not None
    assert (ended.status, ended.finished_at, ended.problem) == (JobStatus.CANCELED, NOW, "Canceled by system.")


def test_progress_never_leaves_its_range(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        jobs.begin_run(session, "bread", 1, at=NOW)
        for told, kept in ((1.5, 1.0), (-1.0, 0.0), (0.25, 0.25)):
            assert jobs.report_progress(session, "bread", 1, stage="baking", progress=told, at=NOW)
            session.expire_all()
            assert jobs.get_job(session, "bread").progress == kept


def test_only_what_failed_or_was_canceled_is_done_again(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        with pytest.raises(Conflict, match="queued"):
            jobs.require_retryable(session, "bread")
        with pytest.raises(NotFound):
            jobs.require_retryable(session, "cake")


def test_jobs_that_ended_long_ago_are_forgotten_and_no_others(database: Database) -> None:
    with database.writing() as session:
        for name, days in (("old", 200), ("young", 1)):
            a_job(session, name)
            jobs.begin_run(session, name, 1, at=NOW)
            jobs.end_job(session, name, 1, JobStatus.SUCCEEDED, at=NOW - timedelta(days=days))
        a_job(session, "waiting")

        assert jobs.forget_ended_jobs(session, before=NOW - timedelta(days=180)) == 1
        left = jobs.list_jobs(session, PageWish(sort="created_at"))

    assert {job.id for job in left.items} == {"young", "waiting"}


def test_a_run_that_was_overtaken_while_a_person_is_asked_ends_nothing(database: Database) -> None:
    with database.writing() as session:
        a_job(session)
        jobs.begin_run(session, "bread", 1, at=NOW)

        assert jobs.end_job(session, "bread", 1, JobStatus.CANCELED, at=NOW) is None
        assert jobs.get_job(session, "bread").status is JobStatus.RUNNING
