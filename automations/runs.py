"""Runs: what a piece of background work is, and what it can do while it runs.

Called by automations.jobs, which runs it, and by automations.workflows, which is it.
Law: work is safe from the top. It may be stopped anywhere, by kill -9 too, and is then run again from its first line;
what it did before, it finds in the database. So it never sleeps long: it asks to be continued later and lets go.
"""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pydantic import JsonValue
from sqlalchemy.orm import Session

from automations.post import Post
from engine.core import jobs
from engine.core.database import Database
from engine.core.models import Job, JsonObject
from engine.core.storage import Storage
from engine.providers.images import ImageVendor

REPORT_EVERY_S = 0.5


class Later(Exception):
    """Continue this job from the top after `delay_s`. stage: what it waits for meanwhile, as a code for screens."""

    def __init__(self, delay_s: float, stage: str) -> None:
        super().__init__(stage)
        self.delay_s = max(0.0, delay_s)
        self.stage = stage


class WaitsForPerson(Exception):
    """A Question row is open; continue this job once a person answered it."""


class Canceled(Exception):
    """A person canceled this job, or another run has taken it over: stop now and leave nothing running."""


class Stopping(Exception):
    """This process is asked to end: stop now; the job is continued elsewhere, or after the start."""


class JobFailed(Exception):
    """It cannot be done. The message is for a person: what happened, what is kept, what to do."""

    def __init__(self, message: str, code: str, result: JsonObject | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.result = result


@dataclass(frozen=True)
class Workshop:
    """What work works with."""

    database: Database
    storage: Storage
    vendors: Mapping[str, ImageVendor]
    """By the name in the price table."""
    work_dir: Path
    """For files on their way into storage; what a killed run left here is its next run's to remove."""
    render_cache_dir: Path
    render_cache_limit_bytes: int
    now: Callable[[], datetime]
    """The one clock of automations: aware UTC."""
    private_hosts: frozenset[str] = frozenset()
    """Hosts of a private network that events may be sent to (automations.outbound)."""
    post: Post | None = None
    """How mails leave; None where this worker sends none."""
    deliveries_dir: Path | None = None
    """Where finished films are put on this machine; None where they are not."""


@dataclass
class Run:
    """One durable run of a job, as its work sees it."""

    job_id: str
    number: int
    workshop: Workshop
    stopping: threading.Event
    is_surely_ours: Callable[[], bool]
    """Whether no other worker can have taken over this run; asked in the moment before money is spent."""
    _reported_at: float = field(default=0.0, init=False)
    _stage: str = field(default="", init=False)

    def report(self, stage: str, progress: float) -> None:
        """Say what it does and how far it is (0 to 1), and learn whether to go on.

        Writes when the stage is another, else twice a second at most. Raises Canceled, Stopping.
        """
        if self.stopping.is_set():
            raise Stopping
        now = time.monotonic()
        if stage == self._stage and now - self._reported_at < REPORT_EVERY_S:
            return
        with self.workshop.database.writing() as session:
            is_running = jobs.report_progress(
                session, self.job_id, self.number, stage=stage, progress=progress, at=self.workshop.now()
            )
        if not is_running:
            raise Canceled
        self._stage, self._reported_at = stage, now

    def pause(self, seconds: float) -> None:
        """Wait a moment. Raises Stopping at once where the process is to end."""
        if self.stopping.wait(seconds):
            raise Stopping


Work = Callable[..., JsonObject | None]
"""Called with the Run and the job's arguments; what it returns is the job's result."""


@dataclass(frozen=True)
class JobKind:
    """A kind of background work."""

    name: str
    queue: str
    work: Work
    ends: Callable[[Session, Job, datetime], None] | None = None
    """Called in the transaction that ends the job, however it ended, perhaps twice: lets go of what it set aside."""
    unforeseen_retry_s: float | None = None
    """What was not foreseen is tried again so much later, for as long as it takes. None: the job fails of it."""


Arguments = list[JsonValue]
