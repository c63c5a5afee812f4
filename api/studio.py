"""The studio as a running program: its database, settings, clock, and what starts and stops with it.

Made by api.main; every route reaches it through api.deps.
Law: who needs the database waits for a turn without holding a thread. Threads that wait for SQLite's write lock, while
its holder waits for a thread, would stand still until a time-out.
"""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol, TypeVar

import anyio
from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from engine.core.database import Database
from engine.core.errors import Unavailable
from engine.core.storage import Storage
from engine.settings import Settings, signing_secret

T = TypeVar("T")
LONGEST_WAIT_S: Final = 20
_KEPT_FOR_OTHERS = 4
"""Connections that requests leave to background work in the same process."""
_READERS = 3
"""Who reads works in Python more than in the database, and Python lets one thread work at a time: with fifteen of them
fifty people at once wait 415 ms (p95), with three 110, with two 150 (`bench load`, in turns)."""


class Companion(Protocol):
    """Something that runs beside the api: the durable engine, the inbox watcher."""

    name: str
    """One word, as in /api/ready."""

    def start(self) -> None:
        """Begin; called in a thread before the first request."""

    def stop(self) -> None:
        """End what is in hand in a way that can be resumed; called in a thread after the last request."""

    def trouble(self) -> str | None:
        """What is wrong and what to do, or None while all is well. Quick, and raises nothing."""


class Turns:
    """How many requests may use the database at once: on SQLite one writes, first come, first served."""

    def __init__(self, database: Database) -> None:
        pool = database.engine.pool
        connections = pool.size() if isinstance(pool, QueuePool) else 8
        writers = 1 if database.engine.dialect.name == "sqlite" else max(1, connections // 3)
        self._writers = anyio.CapacityLimiter(writers)
        self._readers = anyio.CapacityLimiter(max(1, min(_READERS, connections - writers - _KEPT_FOR_OTHERS)))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[None]:
        """Wait for a turn to write. Raises Unavailable (busy)."""
        async with _turn(self._writers):
            yield

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[None]:
        """Wait for a turn to read. Raises Unavailable (busy)."""
        async with _turn(self._readers):
            yield


@asynccontextmanager
async def _turn(limiter: anyio.CapacityLimiter) -> AsyncIterator[None]:
    borrower = object()
    try:
        limiter.acquire_on_behalf_of_nowait(borrower)
    except anyio.WouldBlock:
        with anyio.move_on_after(LONGEST_WAIT_S) as waiting:
            await limiter.acquire_on_behalf_of(borrower)
        if waiting.cancelled_caught:
            busy = "The studio is very busy just now. Nothing was changed; try again in a moment."
            raise Unavailable(busy, code="busy") from None
    try:
        yield
    finally:
        limiter.release_on_behalf_of(borrower)


def utc_now() -> datetime:
    """The time, as every clock of the studio tells it."""
    return datetime.now(UTC)


@dataclass
class Studio:
    """What a request may use."""

    database: Database
    settings: Settings
    clock: Callable[[], datetime] = utc_now
    companions: Sequence[Companion] = ()
    portal_key: str = field(default="", repr=False)
    """What the portal's process beside this one proves itself with; empty where there is none."""
    turns: Turns = field(init=False)
    storage: Storage = field(init=False)
    secret: bytes = field(init=False, repr=False)
    """Signs links and quotes."""
    is_stopping: bool = False
    """Set when the server is asked to end, so that streams end too."""

    def __post_init__(self) -> None:
        self.turns = Turns(self.database)
        self.storage = Storage(
            self.settings.media, self.settings.media_cache_dir, verify_reads=self.settings.verify_reads
        )
        self.secret = signing_secret(self.settings)

    async def read(self, work: Callable[[Session], T]) -> T:
        """What `work` finds, read in one moment, in a thread."""

        def in_thread() -> T:
            with self.database.reading() as session:
                return work(session)

        async with self.turns.reading():
            return await run_sync(in_thread)

    async def write(self, work: Callable[[Session], T]) -> T:
        """Do `work` in a transaction of its own, in a thread, and commit it."""

        def in_thread() -> T:
            with self.database.writing() as session:
                return work(session)

        async with self.turns.writing():
            return await run_sync(in_thread)
