"""Leases: which worker processes are alive, and who takes over from one that is not.

Called by automations.jobs. On PostgreSQL every worker has a lease row and renews it by the database's clock; on SQLite,
where one process works at a time, the kernel's lock on a file says so and lets go by itself when the process dies.
Law: who cannot renew its lease is gone before anybody may take over its work.
"""

import fcntl
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import delete, extract, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from engine.core.database import Database
from engine.core.errors import Unavailable
from engine.core.models import WorkerLease, new_id

log = logging.getLogger(__name__)

LEASE_S = 30.0
LOST_EXIT_CODE = 71


class WorkerRunning(Unavailable):
    """Another process works on this SQLite database."""

    code = "worker_running"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another process does the background work of this database already ({path} is locked). Stop that one, or "
            "use PostgreSQL, where any number may work."
        )


class Hold(Protocol):
    """A worker's right to work."""

    executor_id: str

    def begin(self) -> None:
        """Before any work is taken. Raises WorkerRunning."""

    def watch(self, take_over: Callable[[str], None]) -> None:
        """Once work can be taken over; take_over gets the executor id of a dead worker, perhaps twice."""

    def is_sure(self) -> bool:
        """Whether nobody can have taken over from us."""

    def end(self) -> None:
        """After the last work has ended."""


class SoleWorker:
    """The one worker of an SQLite database. Its id never changes, so that it finds its own work after a crash."""

    executor_id = "sole"

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def begin(self) -> None:
        """See Hold."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            raise WorkerRunning(self._path) from error
        self._file = file

    def watch(self, take_over: Callable[[str], None]) -> None:
        """Nobody else can be alive; our own work of before the crash comes back by our id."""

    def is_sure(self) -> bool:
        """The kernel holds the lock for as long as we live."""
        return True

    def end(self) -> None:
        """See Hold."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Lease:
    """One of many workers on PostgreSQL. A new id at every start."""

    def __init__(self, database: Database, queues: Sequence[str], lease_s: float = LEASE_S) -> None:
        self.executor_id = f"{socket.gethostname()}:{os.getpid()}:{new_id()}"
        self._database = database
        self._queues = list(queues)
        self._lease_s = lease_s
        self._renewed_at = 0.0
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    def begin(self) -> None:
        """Take the lease and keep it: begins before the engine does, whose start may take longer than a lease."""
        self._renewed_at = time.monotonic()
        with self._database.writing() as session:
            session.add(
                WorkerLease(
                    executor_id=self.executor_id,
                    host=socket.gethostname(),
                    process_id=os.getpid(),
                    queues=list(self._queues),
                    started_at=session.scalar(select(func.now())),
                    renewed_at_epoch_s=session.scalar(_now_epoch_s),
                )
            )
        self._start(self._renew_for_ever)
        self._start(self._end_when_lost)

    def watch(self, take_over: Callable[[str], None]) -> None:
        """See Hold."""
        self._start(self._take_over_for_ever, take_over)

    def is_sure(self) -> bool:
        """Half a lease is left, so nobody takes over before a request that leaves now is known to the vendor."""
        return time.monotonic() - self._renewed_at < self._lease_s / 2

    def end(self) -> None:
        """See Hold."""
        self._ended.set()
        for thread in self._threads:
            thread.join()
        with self._database.writing() as session:
            session.execute(delete(WorkerLease).where(WorkerLease.executor_id == self.executor_id))

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, name=f"lease {work.__name__}", daemon=True)
        thread.start()
        self._threads.append(thread)

    def _renew_for_ever(self) -> None:
        while not self._ended.wait(self._lease_s / 6):
            asked_at = time.monotonic()
            try:
                with self._database.writing() as session:
                    renewed = session.execute(
                        update(WorkerLease)
                        .where(WorkerLease.executor_id == self.executor_id)
                        .values(renewed_at_epoch_s=_now_epoch_s.scalar_subquery())
                        .returning(WorkerLease.executor_id)
                    ).first()
            except SQLAlchemyError:
                log.exception("the lease could not be renewed")
                continue
            if renewed is None and not self._ended.is_set():  # somebody took us for dead, and has our work
                os._exit(LOST_EXIT_CODE)
            self._renewed_at = asked_at

    def _end_when_lost(self) -> None:
        while not self._ended.wait(self._lease_s / 20):
            if time.monotonic() - self._renewed_at > self._lease_s * 0.6:
                os._exit(LOST_EXIT_CODE)

    def _take_over_for_ever(self, take_over: Callable[[str], None]) -> None:
        while not self._ended.wait(self._lease_s / 4):
            try:
                for executor_id in self._dead():
                    # The work first, the lease after: a crash between them only repeats it.
                    take_over(executor_id)
                    with self._database.writing() as session:
                        session.execute(delete(WorkerLease).where(WorkerLease.executor_id == executor_id))
            except SQLAlchemyError:
                log.exception("dead workers could not be looked for")

    def _dead(self) -> list[str]:
        with self._database.reading() as session:
            too_old = _now_epoch_s.scalar_subquery() - self._lease_s
            return list(
                session.scalars(select(WorkerLease.executor_id).where(WorkerLease.renewed_at_epoch_s < too_old))
            )


_now_epoch_s = select(extract("epoch", func.clock_timestamp()))
