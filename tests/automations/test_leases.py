"""A worker that stands still for too long is gone before its work is given to another."""

import multiprocessing
import os
import signal
from pathlib import Path

from sqlalchemy import select

from automations.jobs import migrate_durable_engine
from automations.leases import LOST_EXIT_CODE
from engine.core.database import Database
from engine.core.models import WorkerLease
from tests.automations.chaos import work_for_ever
from tests.automations.waiting import wait_until


def test_a_worker_that_stood_still_ends_itself_and_another_has_its_place(
    new_postgresql_url: str, tmp_path: Path
) -> None:
    migrate_durable_engine(new_postgresql_url)
    database = Database.at(new_postgresql_url)
    context = multiprocessing.get_context("forkserver")
    vendor_url = "http://127.0.0.1:9/v1"

    def alive() -> set[int]:
        with database.reading() as session:
            return set(session.scalars(select(WorkerLease.process_id)))

    crew = [
        context.Process(target=work_for_ever, args=(new_postgresql_url, tmp_path, vendor_url), daemon=True)
        for _ in range(2)
    ]
    for process in crew:
        process.start()
    still, lively = crew
    try:
        wait_until(lambda: alive() == {still.pid, lively.pid}, "both to have a lease")
        assert still.pid is not None
        os.kill(still.pid, signal.SIGSTOP)
        wait_until(lambda: alive() == {lively.pid}, "the other to take over")
        os.kill(still.pid, signal.SIGCONT)
        still.join(10)
        assert still.exitcode == LOST_EXIT_CODE
        assert lively.is_alive()
    finally:
        for process in crew:
            process.kill()
            process.join()
        database.close()
