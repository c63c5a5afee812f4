"""A workshop with a worker in it, over each database, and a clock that is the real one."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from automations.jobs import Schedule, Worker
from automations.leases import Hold, Lease, SoleWorker
from automations.runs import JobKind, Workshop
from engine.core.database import Database
from engine.core.storage import Storage
from tests.automations.waiting import now

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what the kind of database has no part in, so that it is waited for once and not twice."""


@pytest.fixture
def workshop(database: Database, tmp_path: Path) -> Workshop:
    """What work works with; no vendors yet."""
    return Workshop(
        database=database,
        storage=Storage(f"file://{tmp_path}/media", tmp_path / "media-cache"),
        vendors={},
        work_dir=tmp_path / "work",
        render_cache_dir=tmp_path / "render-cache",
        render_cache_limit_bytes=10**9,
        now=now,
    )


StartWorker = Callable[..., AbstractContextManager[Worker]]


@pytest.fixture
def working(workshop: Workshop, database_url: str, tmp_path: Path) -> StartWorker:
    """`with working([KIND]):` does the jobs of these kinds meanwhile."""

    @contextmanager
    def work(
        kinds: Sequence[JobKind], schedules: Sequence[Schedule] = (), shop: Workshop = workshop
    ) -> Iterator[Worker]:
        hold: Hold = (
            SoleWorker(tmp_path / "worker.lock")
            if database_url.startswith("sqlite")
            else Lease(workshop.database, ["paid"])
        )
        worker = Worker(database_url, shop, kinds, hold, schedules)
        worker.start()
        try:
            yield worker
        finally:
            assert worker.stop(patience_s=10)

    return work
