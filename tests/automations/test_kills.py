"""Whatever is killed, nothing is lost and nothing paid for twice. `python -m bench kills` does it a hundred times."""

import multiprocessing
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from sqlalchemy import select

from engine.core.database import Database
from engine.core.models import Asset, Event, ExportStatus, JobStatus
from tests.automations.chaos import run_chaos, work_for_ever, workshop_in
from tests.automations.cuts import MIDDLING, a_cut, asked, render_children_of
from tests.automations.test_render import export_of
from tests.automations.waiting import wait_for_status, wait_until
from tests.emulators.contracts import contract_path

NO_VENDOR = "http://127.0.0.1:9/v1"


def test_a_process_that_is_killed_again_and_again_loses_nothing_and_pays_once(
    new_sqlite_url: str, tmp_path: Path
) -> None:
    contract_path("replicate/openapi.json")

    counted = run_chaos(new_sqlite_url, tmp_path, workers=1, kills=6, quotes_at_once=6)

    assert counted.faults == {}, counted


def test_four_workers_that_are_killed_at_random_lose_nothing_and_pay_once(
    new_postgresql_url: str, tmp_path: Path
) -> None:
    contract_path("replicate/openapi.json")

    counted = run_chaos(new_postgresql_url, tmp_path, workers=4, kills=6, quotes_at_once=6)

    assert counted.faults == {}, counted


def test_a_worker_killed_while_it_renders_takes_its_child_along_and_the_next_one_goes_on(
    new_sqlite_url: str, tmp_path: Path
) -> None:
    database = Database.at(new_sqlite_url)
    workshop = workshop_in(database, tmp_path, NO_VENDOR)
    context = multiprocessing.get_context("forkserver")

    def start() -> ForkServerProcess:
        process = context.Process(target=work_for_ever, args=(new_sqlite_url, tmp_path, NO_VENDOR), daemon=True)
        process.start()
        return process

    export_id, job_id = asked(workshop, a_cut(workshop, MIDDLING))
    worker = start()
    try:
        wait_until(lambda: len(list(workshop.render_cache_dir.glob("segment*"))) >= 2, "some segments to be finished")
        child = render_children_of(worker.pid)
        worker.kill()
        worker.join()
        wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in child), "the child to be gone")
        assert export_of(workshop, export_id).status is ExportStatus.RENDERING
        worker = start()
        job = wait_for_status(database, job_id, JobStatus.SUCCEEDED, JobStatus.FAILED)
    finally:
        worker.kill()
        worker.join()

    assert child
    assert (job.status, job.problem) == (JobStatus.SUCCEEDED, "")
    assert job.result is not None
    assert int(str(job.result["segments_reused"])) >= 2
    with database.reading() as session:
        named = set(session.scalars(select(Asset.sha256)))
        assert len(session.scalars(select(Event)).all()) == 1
    assert {file.sha256 for file in workshop.storage.list()} == named
    database.close()
