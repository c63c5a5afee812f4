"""What nobody needs goes at night; what anything names stays."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from sqlalchemy import text

from automations import jobs
from automations.runs import JobKind, Workshop
from automations.workflows.upkeep import TIDY_UP
from engine.core.assets import keep_asset
from engine.core.models import AssetType, Job, JobStatus
from tests.automations.conftest import StartWorker
from tests.automations.waiting import job_of, now, wait_for_status

GREET = JobKind("greet", "deliver", lambda _run: {"said": "dag"})


def test_old_runs_jobs_and_files_go_and_what_is_in_use_stays(workshop: Workshop, working: StartWorker) -> None:
    storage = workshop.storage
    kept, gone = storage.put(BytesIO(b"kept")), storage.put(BytesIO(b"gone"))
    with workshop.database.writing() as session:
        keep_asset(
            session,
            sha256=kept.sha256,
            size_bytes=kept.size_bytes,
            type=AssetType.DOCUMENT,
            media_type="text/plain",
            file_name="brief.txt",
            at=now(),
        )
        greeted = jobs.enqueue(session, GREET, at=now()).id
    (workshop.work_dir / "left-by-a-killed-render").mkdir(parents=True)
    with working([GREET]):
        wait_for_status(workshop.database, greeted, JobStatus.SUCCEEDED)

    a_year_on = replace(workshop, now=lambda: now() + timedelta(days=365))
    with working([TIDY_UP], shop=a_year_on):
        with workshop.database.writing() as session:
            tidied = jobs.enqueue(session, TIDY_UP, at=now()).id
        job = wait_for_status(workshop.database, tidied, JobStatus.SUCCEEDED, JobStatus.FAILED)

    assert job.result is not None
    assert (job.result["jobs_forgotten"], job.result["files_removed"]) == (1, 1)
    assert int(str(job.result["runs_forgotten"])) >= 1
    assert [file.sha256 for file in storage.list()] == [kept.sha256] != [gone.sha256]
    assert list(workshop.work_dir.iterdir()) == []
    with workshop.database.reading() as session:
        assert session.get(Job, greeted) is None


def test_young_things_stay(workshop: Workshop, working: StartWorker) -> None:
    young = workshop.storage.put(BytesIO(b"just uploaded"))
    with working([TIDY_UP]):
        with workshop.database.writing() as session:
            tidied = jobs.enqueue(session, TIDY_UP, at=now()).id
        wait_for_status(workshop.database, tidied, JobStatus.SUCCEEDED)

    assert workshop.storage.exists(young.sha256)


def test_a_run_that_the_engine_gave_up_is_started_again(workshop: Workshop, working: StartWorker) -> None:
    """As after a database that was away for longer than a run waits for it."""
    with workshop.database.writing() as session:
        greeted = jobs.enqueue(session, GREET, at=now()).id
        schema = "dbos." if session.get_bind().dialect.name == "postgresql" else ""
        given_up = text(f"UPDATE {schema}workflow_status SET status = 'ERROR' WHERE workflow_uuid = :id")
        session.execute(given_up, {"id": f"{greeted}~1"})

    with working([GREET]):
        wait_for_status(workshop.database, greeted, JobStatus.SUCCEEDED)

    assert job_of(workshop.database, greeted).run == 2
