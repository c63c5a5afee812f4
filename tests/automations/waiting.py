"""Waiting for a fact in the database."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from engine.core.database import Database
from engine.core.models import Job, JobStatus

PATIENCE_S = 120.0
"""Only a hang takes longer; a shared machine may stand still for a minute."""


def wait_until(fact: Callable[[], bool], what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again until it is so."""
    end = time.monotonic() + patience_s
    while not fact():
        assert time.monotonic() < end, f"waited {patience_s:.0f} s for {what}"
        time.sleep(0.02)


def job_of(database: Database, job_id: str) -> Job:
    """The job's row as it is now."""
    with database.reading() as session:
        return session.get_one(Job, job_id)


def wait_for_status(database: Database, job_id: str, *statuses: JobStatus) -> Job:
    """The job, once it has one of these."""

    def has_status() -> bool:
        with database.reading() as session:
            job = session.get(Job, job_id)
            return job is not None and job.status in statuses

    wait_until(has_status, f"{job_id} to be {' or '.join(statuses)}")
    return job_of(database, job_id)


def now() -> datetime:
    """The real time."""
    return datetime.now(UTC)
