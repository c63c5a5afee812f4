"""Jobs: background work as people see it, and the moves that its row can make.

Core: no HTTP, no durable engine, no clock. Called by automations.jobs (the moves) and api.routers.jobs (the lists).
Law: a job that has ended stays ended, and a run that is not the job's current one changes nothing. Who changes a row
has locked it first, so the two are decided in one place.

    queued ⇄ running → succeeded, failed, canceled        running → waiting → queued (a person answered)

Two kinds have money in them and therefore their names here: who buys pictures lets go of its quote when it ends, so it
is not done again but asked for anew; who brings in what was bought cannot be stopped.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from pydantic import JsonValue
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.costs.quotes import scenes_left
from engine.core.errors import Conflict, NotFound
from engine.core.models import BRINGS_IN_PICTURES, BUYS_PICTURES, Job, JobStatus, JsonObject
from engine.core.models.money import Question
from engine.core.paging import Page, PageWish, read_page

ENDED: Final = frozenset({JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELED})
SORTS: Final = {"created_at": Job.created_at, "updated_at": Job.updated_at}
UNDER_WAY: Final = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.WAITING)


def get_job(session: Session, job_id: str) -> Job:
    """Raises NotFound."""
    job = session.get(Job, job_id)
    if job is None:
        raise NotFound("job", job_id)
    return job


def list_jobs(
    session: Session,
    wish: PageWish,
    *,
    status: JobStatus | None = None,
    video_id: str | None = None,
    project_id: str | None = None,
) -> Page[Job]:
    """Jobs, filtered; sorts: created_at, updated_at. Raises Invalid for a sort or cursor that is not of this list."""
    rows = select(Job)
    if status is not None:
        rows = rows.where(Job.status == status)
    if video_id is not None:
        rows = rows.where(Job.video_id == video_id)
    if project_id is not None:
        rows = rows.where(Job.project_id == project_id)
    return read_page(session, rows, wish, sorts=SORTS, unique=Job.id)


def unfinished_jobs(session: Session) -> Sequence[Job]:
    """Jobs that are not over, the oldest first."""
    return session.scalars(
        select(Job).where(Job.status.in_(UNDER_WAY)).order_by(Job.created_at, Job.id).limit(500)
    ).all()


def jobs_changed_since(session: Session, since: datetime, *, limit: int) -> Sequence[Job]:
    """Jobs that changed at `since` or later, in the order in which they did; the latest where they are too many."""
    changed = select(Job).where(Job.updated_at >= since).order_by(Job.updated_at.desc(), Job.id.desc())
    return session.scalars(changed.limit(limit)).all()[::-1]


def begin_run(session: Session, job_id: str, run: int, *, at: datetime) -> Job | None:
    """A durable run has started. The job, or None where the run is an old one or the job has ended.

    A canceled job comes back as it is: what it set aside is still to be let go.
    """
    job = _locked(session, job_id, run)
    if job is None or job.status in ENDED - {JobStatus.CANCELED}:
        return None
    if job.status is not JobStatus.CANCELED:
        job.status = JobStatus.RUNNING
        job.started_at = job.started_at or at
        job.updated_at = at
    session.flush()
    return job


def report_progress(session: Session, job_id: str, run: int, *, stage: str, progress: float, at: datetime) -> bool:
    """Say how far it is. False where the job is not running any more: canceled, or continued by another run."""
    reported = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.run == run, Job.status == JobStatus.RUNNING)
        .values(stage=stage, progress=min(1.0, max(0.0, progress)), updated_at=at)
        .execution_options(synchronize_session=False)
        .returning(Job.id)
    )
    return reported.first() is not None


def continue_job(session: Session, job_id: str, run: int, *, stage: str, at: datetime) -> Job | None:
    """End this run; the caller starts the next one, whose number the answered job has. None: it is not ours to do."""
    job = _locked(session, job_id, run)
    if job is None or job.status in ENDED - {JobStatus.CANCELED}:
        return None
    job.run += 1
    if job.status is not JobStatus.CANCELED:
        job.status = JobStatus.QUEUED
        job.stage = stage
    job.updated_at = at
    session.flush()
    return job


def wait_for_person(session: Session, job_id: str, run: int, *, at: datetime) -> bool:
    """End this run until a person answered all the job's questions. False: they are answered already, so go on."""
    job = _locked(session, job_id, run)
    if job is None or job.status is not JobStatus.RUNNING:
        return True
    if not has_open_question(session, job_id):
        return False
    job.status = JobStatus.WAITING
    job.stage = "question"
    job.updated_at = at
    session.flush()
    return True


def end_job(
    session: Session,
    job_id: str,
    run: int,
    status: JobStatus,
    *,
    at: datetime,
    result: JsonObject | None = None,
    problem: str = "",
    problem_code: str = "",
) -> Job | None:
    """The job is over. What a person canceled stays canceled. None: another run has it now, or it was over.

    "canceled" only confirms what a person decided: a run that was merely overtaken ends nothing.
    """
    job = _locked(session, job_id, run)
    if job is None or job.status in ENDED - {JobStatus.CANCELED}:
        return None
    if status is JobStatus.CANCELED is not job.status:
        return None
    if job.status is not JobStatus.CANCELED:
        job.status = status
        job.problem = problem
        job.problem_code = problem_code
    job.result = result
    job.progress = 1.0 if job.status is JobStatus.SUCCEEDED else job.progress
    job.finished_at = job.finished_at or at
    job.updated_at = at
    session.flush()
    return job


def cancel_job(session: Session, job_id: str, *, by: Actor, at: datetime) -> tuple[Job, bool]:
    """A person's stop. Answers the job, and whether nobody was working on it, so that its end has to be seen to.

    Canceling again changes nothing. Raises NotFound, Conflict (job_ended, question_open, brings_in_paid).
    """
    get_job(session, job_id)
    job = session.get_one(Job, job_id, with_for_update=True, populate_existing=True)
    if job.status is JobStatus.CANCELED:
        return job, False
    if job.status in ENDED:
        raise Conflict("This job is over already, so it cannot be canceled.", code="job_ended")
    if job.kind == BRINGS_IN_PICTURES:
        raise Conflict(
            "This job orders nothing: it brings in pictures that are paid for, and ends by itself. Let it run.",
            code="brings_in_paid",
        )
    if job.status is JobStatus.WAITING and has_open_question(session, job_id):
        raise Conflict(
            "This job waits for your answer about something that may have been paid for. Answer that first.",
            code="question_open",
        )
    was_idle = job.status is not JobStatus.RUNNING
    job.status = JobStatus.CANCELED
    job.problem = f"Canceled by {by}."
    job.problem_code = "canceled"
    job.finished_at = job.updated_at = at
    if was_idle:
        job.run += 1
    session.flush()
    return job, was_idle


def wake_job(session: Session, job_id: str, *, at: datetime) -> Job | None:
    """Its last question is answered. The job with the number of its next run, for the caller to start; else None."""
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.status is not JobStatus.WAITING or has_open_question(session, job_id):
        return None
    job.status = JobStatus.QUEUED
    job.stage = ""
    job.run += 1
    job.updated_at = at
    session.flush()
    return job


def require_retryable(session: Session, job_id: str) -> Job:
    """The job, if it ended without success and no money was given back. Raises NotFound, Conflict (job_not_failed,
    needs_new_quote, whose facts name the scenes that a new quote is for)."""
    job = get_job(session, job_id)
    if job.status not in {JobStatus.FAILED, JobStatus.CANCELED}:
        raise Conflict(
            f"This job is {job.status}; only one that failed or was canceled can be done again.", code="job_not_failed"
        )
    if not job.can_retry:
        raise Conflict(
            "The money for these pictures is given back, and what was made is kept. Ask the price of the scenes that "
            "have no picture yet, and accept that.",
            code="needs_new_quote",
            video_id=job.video_id,
            scene_ids=list[JsonValue](scenes_left(session, str(job.arguments[0]))),
        )
    return job


def continue_sooner(session: Session, job_id: str, *, stage: str, at: datetime) -> Job | None:
    """What a job lets time pass for, as `stage` says, has happened. The job with the number of its next run, for the
    caller to start; None where it waits for something else, or not at all."""
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None or job.status is not JobStatus.QUEUED or job.stage != stage:
        return None
    job.stage = ""
    job.run += 1
    job.updated_at = at
    session.flush()
    return job


def jobs_on_quotes(session: Session) -> Sequence[Job]:
    """Jobs under way that buy pictures or bring them in; their first argument is the quote's id."""
    kinds = Job.kind.in_([BUYS_PICTURES, BRINGS_IN_PICTURES])
    return session.scalars(select(Job).where(Job.status.in_(UNDER_WAY), kinds)).all()


def forget_ended_jobs(session: Session, *, before: datetime) -> int:
    """Delete jobs that ended before then; answers how many."""
    gone = session.execute(
        delete(Job)
        .where(Job.status.in_(ENDED), Job.finished_at < before)
        .execution_options(synchronize_session=False)
        .returning(Job.id)
    )
    return len(gone.all())


def has_open_question(session: Session, job_id: str) -> bool:
    """Whether it waits for a person's answer."""
    found = session.scalar(
        select(Question.id).where(Question.job_id == job_id, Question.answered_at.is_(None)).limit(1)
    )
    return found is not None


def new_job(
    session: Session,
    job_id: str,
    *,
    kind: str,
    queue: str,
    priority: int,
    arguments: list[JsonValue],
    asked_by: str,
    at: datetime,
    client_id: str | None = None,
    project_id: str | None = None,
    video_id: str | None = None,
    export_id: str | None = None,
    retries_job_id: str | None = None,
) -> tuple[Job, bool]:
    """The job of this id, and whether it is new: the same id twice is one job."""
    there = session.get(Job, job_id, with_for_update=True)
    if there is not None:
        return there, False
    job = Job(
        id=job_id,
        kind=kind,
        queue=queue,
        priority=priority,
        status=JobStatus.QUEUED,
        run=1,
        arguments=arguments,
        asked_by=asked_by,
        client_id=client_id,
        project_id=project_id,
        video_id=video_id,
        export_id=export_id,
        retries_job_id=retries_job_id,
        created_at=at,
        updated_at=at,
    )
    session.add(job)
    session.flush()
    return job, True


def _locked(session: Session, job_id: str, run: int) -> Job | None:
    job = session.get(Job, job_id, with_for_update=True, populate_existing=True)
    return job if job is not None and job.run == run else None
