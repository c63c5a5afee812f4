"""`bom worker` works until it is asked to stop, and is alone on an SQLite file."""

import signal
import subprocess
from datetime import UTC, datetime

from automations.jobs import migrate_durable_engine
from migrations import migrate
from tests.cli.studio import Studio, assert_refused


def begun_worker(studio: Studio) -> "subprocess.Popen[str]":
    """A worker that has begun to work, on an empty studio."""
    database = studio.folder / "data" / "bom.db"
    url = f"sqlite:///{database}"
    migrate(url, at=datetime.now(UTC))
    migrate_durable_engine(url)
    process = studio.begin("worker", "--json")
    assert process.stdout is not None
    assert "paid" in process.stdout.readline()
    return process


def test_an_unknown_queue_is_refused_with_the_known_ones(studio: Studio) -> None:
    assert_refused(studio.bom("worker", "--queues", "paid,fast", "--json"), "'fast'", "render", "upkeep")


def test_a_worker_ends_cleanly_when_asked_and_its_double_is_told_why_it_may_not(studio: Studio) -> None:
    with begun_worker(studio) as worker:
        double = studio.bom("worker", "--json")
        worker.send_signal(signal.SIGTERM)
        code = worker.wait(60)

    assert double.code != 0
    assert "PostgreSQL" in double.said[-1]
    assert "Traceback" not in double.stderr
    assert code == 0
