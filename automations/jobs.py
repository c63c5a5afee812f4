"""Jobs: the one door to the durable engine (DBOS). Nobody else imports it.

Called by api.routers and api.services (enqueue, cancel, retry, wake, each in the caller's transaction), by api.main and
engine.cli (a Worker), and by automations.workflows.
Law: a job and its durable run are written in one transaction with the change that wanted them. A run either ends its
job, or starts the next run in the transaction in which it gives up; so no job is lost and none has two runs at work.

The engine keeps the queues, priorities, delays and schedules, hands each run to one worker, and gives a dead worker's
runs to another. It remembers no steps: work is safe from the top (automations.runs) and remembers in our own tables.
"""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TypeVar

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from pydantic import JsonValue
from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from automations.job_runner import JobRunner
from automations.leases import Hold
from automations.runs import JobKind, Workshop
from engine.core import jobs
from engine.core.actors import Actor
from engine.core.database import create_database_engine
from engine.core.locks import hold_lock
from engine.core.models import Job, new_id

log = logging.getLogger(__name__)
T = TypeVar("T")

APPLICATION = "bom"
VERSION = "1"
"""Never changes: a run that is pinned to an older version would be stranded by an update of the program."""
POLL_S = 0.2
UNWATCHED_POLL_S = 1.0
"""Each look at a queue costs 4 ms of a core, work or not; who waits for these does not count in tenths of a second."""
MOST_RECOVERIES = 1000
"""A run that takes its whole process with it each time; renders die in children of their own."""
_WORKFLOW = "run_job"
_GIVEN_UP = ["ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
_BATCH = 500
_JSON = DBOSPortableJSONSerializer()  # not the engine's own pickle, which runs what it reads

QUEUES: Mapping[str, int] = MappingProxyType(
    {"paid": 8, "render": 1, "voices": 1, "deliver": 4, "hooks": 8, "clients": 4, "upkeep": 1}
)
"""Each queue with how many of its jobs one worker does at once."""
UNWATCHED = frozenset({"deliver", "hooks", "upkeep"})
"""Queues whose work nobody watches being done."""


@dataclass(frozen=True)
class Schedule:
    """A kind of job that starts by the clock, once over all workers. cron: five fields, in `zone`."""

    cron: str
    kind: JobKind
    zone: str = "Europe/Amsterdam"


def migrate_durable_engine(url: str) -> None:
    """Make or update the engine's own tables beside ours."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_database_engine(url)
        try:
            with engine.connect():  # the file is in WAL mode before the engine first writes to it
                pass
        finally:
            engine.dispose()
    DBOS.migrate(url)
    engine = create_database_engine(url)
    client = DBOSClient(system_database_engine=engine, serializer=_JSON, application_name=APPLICATION)
    try:
        for name, at_once in QUEUES.items():
            poll_s = UNWATCHED_POLL_S if name in UNWATCHED else POLL_S
            client.register_queue(name, worker_concurrency=at_once, polling_interval_sec=poll_s)
    finally:
        client.destroy()
        engine.dispose()


def enqueue(
    session: Session,
    kind: JobKind,
    *arguments: JsonValue,
    at: datetime,
    job_id: str | None = None,
    priority: int = 10,
    asked_by: str = "",
    client_id: str | None = None,
    project_id: str | None = None,
    video_id: str | None = None,
    export_id: str | None = None,
    delay_s: float = 0.0,
) -> Job:
    """Have something done in the background, if and when the caller's transaction commits.

    job_id: the same twice is one job. priority: 1 goes first. Does not commit.
    """
    if job_id is not None:
        hold_lock(session, f"job {job_id}")  # of two who ask at once, the second finds the first one's
    job, is_new = jobs.new_job(
        session,
        job_id or new_id(),
        kind=kind.name,
        queue=kind.queue,
        priority=priority,
        arguments=list(arguments),
        asked_by=asked_by,
        client_id=client_id,
        project_id=project_id,
        video_id=video_id,
        export_id=export_id,
        at=at,
    )
    if is_new:
        _start_run(session, job, delay_s)
    return job


def cancel(session: Session, job_id: str, *, by: Actor, at: datetime) -> Job:
    """Stop a job: at once where nobody works on it, else as soon as its work looks up, within a second mostly.

    What is paid for already is kept; what was set aside and is not needed goes back. Raises NotFound, Conflict.
    """
    job, was_idle = jobs.cancel_job(session, job_id, by=by, at=at)
    if was_idle:
        _start_run(session, job)  # which finds it canceled and lets go of what it set aside
    return job


def retry(session: Session, job_id: str, *, by: Actor, at: datetime) -> Job:
    """Do a failed or canceled job again, as a new job with the same arguments. Raises NotFound, Conflict."""
    failed = jobs.require_retryable(session, job_id)
    job, _ = jobs.new_job(
        session,
        new_id(),
        kind=failed.kind,
        queue=failed.queue,
        priority=failed.priority,
        arguments=failed.arguments,
        asked_by=str(by),
        client_id=failed.client_id,
        project_id=failed.project_id,
        video_id=failed.video_id,
        export_id=failed.export_id,
        retries_job_id=failed.id,
        at=at,
    )
    _start_run(session, job)
    return job


def wake(session: Session, job_id: str, *, at: datetime) -> None:
    """Continue a job that waited for a person, if all its questions are answered now."""
    job = jobs.wake_job(session, job_id, at=at)
    if job is not None:
        _start_run(session, job)


def continue_sooner(session: Session, job_id: str, *, stage: str, at: datetime) -> None:
    """Continue a job now that lets time pass for what `stage` says; any other is left alone."""
    job = jobs.continue_sooner(session, job_id, stage=stage, at=at)
    if job is not None:
        _start_run(session, job)


def mend_lost_runs(workshop: Workshop) -> int:
    """Start runs again that the engine gave up though their job is not over; answers how many were mended.

    That happens when the database was away for longer than a run waits for it.
    """
    engine = workshop.database.engine
    client = DBOSClient(system_database_engine=engine, serializer=_JSON, application_name=APPLICATION)
    mended = 0
    for lost in client.list_workflows(
        name=_WORKFLOW, status=_GIVEN_UP, limit=_BATCH, sort_desc=True, load_input=False, load_output=False
    ):
        job_id, _, run = lost.workflow_id.rpartition("~")
        with workshop.database.writing() as session:
            at = workshop.now()
            job = jobs.continue_job(session, job_id, int(run), stage="", at=at)
            if job is not None:
                _start_run(session, job)
                mended += 1
    return mended


def forget_finished_runs(workshop: Workshop, before: datetime) -> int:
    """Delete the engine's own rows of runs that ended before then; answers how many. The jobs' rows stay."""
    client = DBOSClient(system_database_engine=workshop.database.engine, serializer=_JSON, application_name=APPLICATION)
    forgotten = 0
    while ids := [
        run.workflow_id
        for run in client.list_workflows(
            status=["SUCCESS", *_GIVEN_UP],
            completed_before=before.isoformat(),
            limit=_BATCH,
            load_input=False,
            load_output=False,
        )
    ]:
        client.delete_workflows(ids)
        forgotten += len(ids)
    return forgotten


def _start_run(session: Session, job: Job, delay_s: float = 0.0) -> None:
    bound = session.get_bind()
    engine = bound if isinstance(bound, Engine) else bound.engine
    # Cheap, and opens nothing: the run is written over the session's own connection.
    client = DBOSClient(
        system_database_engine=engine,
        serializer=_JSON,
        application_name=APPLICATION,
        lazy=True,
    )
    session.flush()
    options: EnqueueOptions = {
        "workflow_name": _WORKFLOW,
        "queue_name": job.queue,
        "workflow_id": f"{job.id}~{job.run}",
        "app_version": VERSION,
        "priority": job.priority,
    }
    if delay_s > 0:
        options["delay_seconds"] = delay_s
    client.enqueue_in_transaction(session, options, job.id, job.run)


class Worker:
    """Does the jobs of some queues, in threads of this process. One at a time in a process."""

    def __init__(
        self,
        database_url: str,
        workshop: Workshop,
        kinds: Sequence[JobKind],
        hold: Hold,
        schedules: Sequence[Schedule] = (),
        queues: Sequence[str] = tuple(QUEUES),
    ) -> None:
        """hold: the right to work on this database (automations.leases)."""
        self._database_url = database_url
        self._workshop = workshop
        self._hold = hold
        self._schedules = {schedule.kind.name: schedule for schedule in schedules}
        self._queues = list(queues)
        self._stopping = threading.Event()
        self._runner = JobRunner(workshop, kinds, self._stopping, hold.is_sure, _start_run)
        self._idle = threading.Condition()
        self._at_work = 0
        self._engine: Engine | None = None

    def start(self) -> None:
        """Begin to work, with what a dead predecessor left first. Raises WorkerRunning."""
        global _worker  # noqa: PLW0603  # the engine is one in a process, and so are we
        self._hold.begin()
        _worker = self
        try:
            self._start_engine()
        except BaseException:
            self._hold.end()
            raise
        self._hold.watch(_take_over)
        mend_lost_runs(self._workshop)

    def stop(self, patience_s: float = 20.0) -> bool:
        """Ask all work to stop, wait for it, and let go. What was under way is continued by the next worker.

        Answers whether all of it ended in time; if not, this process should end: its work is taken over then.
        """
        self._stopping.set()
        with self._idle:
            has_ended = self._idle.wait_for(lambda: self._at_work == 0, timeout=patience_s)
        DBOS.destroy()
        if has_ended:
            self._hold.end()
        if self._engine is not None:
            self._engine.dispose()
        return has_ended

    def run(self, job_id: str, number: int) -> None:
        """Do one run of a job, whatever comes of it. Called by the engine, in a thread of its own."""
        with self._idle:
            self._at_work += 1
        try:
            self._runner.run(job_id, number)
        finally:
            with self._idle:
                self._at_work -= 1
                self._idle.notify_all()

    def start_scheduled(self, kind_name: str, due_at: str) -> None:
        """Start a scheduled job; the same moment twice is one job."""
        schedule = self._schedules.get(kind_name)
        if schedule is None:  # of an older program
            return
        with self._workshop.database.writing() as session:
            enqueue(session, schedule.kind, at=self._workshop.now(), job_id=f"{kind_name}@{due_at}", asked_by="system")

    def _start_engine(self) -> None:
        self._engine = create_database_engine(self._database_url)
        DBOS(
            config={
                "name": APPLICATION,
                "system_database_url": self._database_url,
                "system_database_engine": self._engine,
                "run_migrations": False,
                "serializer": _JSON,
                "application_version": VERSION,
                "executor_id": self._hold.executor_id,
                "use_listen_notify": False,
                "log_level": "WARNING",
                "notification_listener_polling_interval_sec": POLL_S,  # nobody notifies; it is how long a stop takes
            }
        )
        DBOS.listen_queues(self._queues)
        DBOS.launch()
        if self._schedules:
            DBOS.apply_schedules(
                [
                    {
                        "schedule_name": name,
                        "workflow_fn": _start_scheduled,
                        "schedule": schedule.cron,
                        "cron_timezone": schedule.zone,
                        "context": name,
                    }
                    for name, schedule in self._schedules.items()
                ]
            )


def _take_over(executor_id: str) -> None:
    """Put a dead worker's runs back into their queues."""
    DBOS._recover_pending_workflows([executor_id])


_worker: Worker | None = None


@DBOS.workflow(name=_WORKFLOW, max_recovery_attempts=MOST_RECOVERIES)
def _run_job(job_id: str, number: int) -> None:
    assert _worker is not None, "the engine runs in a Worker alone"
    _worker.run(job_id, number)


@DBOS.workflow(name="start_scheduled")
def _start_scheduled(due_at: datetime, kind_name: str) -> None:
    assert _worker is not None, "the engine runs in a Worker alone"
    _worker.start_scheduled(kind_name, str(due_at))  # the engine hands the time over as JSON does: a string already
