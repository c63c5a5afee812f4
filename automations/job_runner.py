"""The job runner: does one run of a job and sees that something comes of it, whatever happens.

Called by automations.jobs, whose engine hands each run to one worker.
Law: a run ends its job or starts the next run; nothing that its work raises gets past here, and no stack reaches a
person. What a person canceled stays canceled, and what must not fail is tried again.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from automations.runs import Canceled, JobFailed, JobKind, Later, Run, Stopping, WaitsForPerson, Workshop
from engine.core import jobs
from engine.core.errors import DomainError
from engine.core.models import Job, JobStatus, JsonObject, new_id

log = logging.getLogger(__name__)
T = TypeVar("T")

STOP_DELAY_S = 2.0
"""After a clean stop a run waits so long for its next worker, which therefore is not the one that stops."""
CHANGED_RETRY_S = 0.1
DATABASE_RETRY_S = 5.0
DATABASE_PATIENCE_S = 600
"""So long the end of a run waits for the database; one that is given up after it is mended (jobs.mend_lost_runs)."""

StartRun = Callable[[Session, Job, float], None]
"""Starts the current run of a job after some seconds, in the session's transaction."""


class JobRunner:
    """Runs jobs of the kinds that it knows."""

    def __init__(
        self,
        workshop: Workshop,
        kinds: Sequence[JobKind],
        stopping: threading.Event,
        is_surely_ours: Callable[[], bool],
        start_run: StartRun,
    ) -> None:
        self._workshop = workshop
        self._kinds = {kind.name: kind for kind in kinds}
        self._stopping = stopping
        self._is_surely_ours = is_surely_ours
        self._start_run = start_run

    def run(self, job_id: str, number: int) -> None:
        """Do it; a run that comes while the worker stops is left to the next one."""
        if self._stopping.is_set():
            self._continue(job_id, number, Later(STOP_DELAY_S, stage=""))
        else:
            self._run(job_id, number)

    def _run(self, job_id: str, number: int) -> None:
        job = self._kept(lambda session: jobs.begin_run(session, job_id, number, at=self._workshop.now()))
        if job is None:
            return
        kind = self._kinds.get(job.kind)
        if job.status is JobStatus.CANCELED or kind is None:
            problem = f"This program does not know how to do “{job.kind}”. Update it, then try again."
            self._end(job_id, number, kind, JobStatus.FAILED, problem=problem, code="unknown_kind")
            return
        run = Run(job_id, number, self._workshop, self._stopping, self._is_surely_ours)
        try:
            result = kind.work(run, *job.arguments)
        except (Later, Stopping, StaleDataError, OperationalError) as reason:
            self._continue(job_id, number, _later(reason))
        except WaitsForPerson:
            if not self._kept(lambda session: jobs.wait_for_person(session, job_id, number, at=self._workshop.now())):
                self._continue(job_id, number, Later(0, stage=""))
        except Canceled:
            self._end(job_id, number, kind, JobStatus.CANCELED)
        except JobFailed as failed:
            self._end(
                job_id, number, kind, JobStatus.FAILED, problem=failed.message, code=failed.code, result=failed.result
            )
        except DomainError as refused:
            self._end(job_id, number, kind, JobStatus.FAILED, problem=refused.message, code=refused.code)
        except Exception:
            reference = new_id()
            log.exception("job %s failed (%s)", job_id, reference)
            if kind.unforeseen_retry_s is not None:
                self._continue(job_id, number, Later(kind.unforeseen_retry_s, "unforeseen"))
                return
            problem = f"Something unforeseen went wrong (reference {reference}). What was made is kept. Try it again."
            self._end(job_id, number, kind, JobStatus.FAILED, problem=problem, code="unforeseen")
        else:
            self._end(job_id, number, kind, JobStatus.SUCCEEDED, result=result)

    def _continue(self, job_id: str, number: int, later: Later) -> None:
        def write(session: Session) -> Job | None:
            job = jobs.continue_job(session, job_id, number, stage=later.stage, at=self._workshop.now())
            if job is not None:
                self._start_run(session, job, later.delay_s)
            return job

        self._kept(write)

    def _end(
        self,
        job_id: str,
        number: int,
        kind: JobKind | None,
        status: JobStatus,
        *,
        problem: str = "",
        code: str = "",
        result: JsonObject | None = None,
    ) -> None:
        def write(session: Session) -> Job | None:
            at = self._workshop.now()
            job = jobs.end_job(
                session, job_id, number, status, at=at, result=result, problem=problem, problem_code=code
            )
            if job is not None and kind is not None and kind.ends is not None:
                kind.ends(session, job, at)
            return job

        self._kept(write)

    def _kept(self, write: Callable[[Session], T]) -> T:
        """What `write` answers, once it is committed; a database that is away for some minutes is waited for."""
        began = time.monotonic()
        while True:
            try:
                with self._workshop.database.writing() as session:
                    return write(session)
            except StaleDataError:  # somebody changed the same row a moment sooner
                time.sleep(CHANGED_RETRY_S)
            except OperationalError:
                if time.monotonic() - began > DATABASE_PATIENCE_S:
                    raise
                log.exception("the database does not answer; waiting for it")
                time.sleep(1)


def _later(reason: Exception) -> Later:
    """When a run that had to give up goes on."""
    match reason:
        case Later():
            return reason
        case Stopping():
            return Later(STOP_DELAY_S, stage="")
        case StaleDataError():  # somebody changed the same row a moment sooner: it is seen as it is now
            return Later(CHANGED_RETRY_S, stage="")
    log.error("the database did not answer", exc_info=reason)
    return Later(DATABASE_RETRY_S, stage="database")
