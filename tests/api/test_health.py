"""Health, for whoever watches the machine, and what starts and stops with the api."""

from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from engine.core.database import Database
from tests.api.studio import ApiStudio


@dataclass
class Beside:
    """Something that runs beside the api and writes down what it is told."""

    name: str
    told: list[str]
    wrong: str | None = None
    refuses: bool = field(default=False)

    def start(self) -> None:
        """Begin, or refuse to."""
        self.told.append(f"{self.name} starts")
        if self.refuses:
            raise RuntimeError("no")

    def stop(self) -> None:
        """End."""
        self.told.append(f"{self.name} stops")

    def trouble(self) -> str | None:
        """What is wrong."""
        return self.wrong


def test_everything_that_is_needed_is_named(browser: httpx.Client) -> None:
    assert browser.get("/api/health").json() == {"status": "alive"}
    ready = browser.get("/api/ready")

    assert ready.status_code == 200, ready.text
    assert {"database", "disk"} <= {part["name"] for part in ready.json()["parts"]}


def test_what_is_missing_is_named_with_what_to_do(database: Database, tmp_path: Path) -> None:
    worker = Beside("worker", [], wrong="No worker has been heard of for 30 s. Start `bom worker`.")
    with ApiStudio(database, tmp_path / "data", companions=(worker,)).open() as browser:
        answer = browser.get("/api/ready")
        with database.writing() as session:
            session.execute(text("UPDATE alembic_version SET version_num = 'older'"))
        older = browser.get("/api/ready").json()
        alive = browser.get("/api/health")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    parts = {part["name"]: part for part in answer.json()["parts"]}
    assert (parts["worker"]["is_ready"], parts["database"]["is_ready"]) == (False, True)
    assert parts["worker"]["what_to_do"] == worker.wrong
    assert "Run `bom migrate`" in "".join(part["what_to_do"] for part in older["parts"]).replace("run", "Run")
    assert alive.status_code == 200


def test_a_database_that_is_gone_is_said_and_the_api_lives(lite_studio: ApiStudio, tmp_path: Path) -> None:
    with lite_studio.open() as browser:
        lite_studio.database.engine.dispose()
        (tmp_path / "bom.db").rename(tmp_path / "away.db")
        (tmp_path / "bom.db").mkdir()
        answer = browser.get("/api/ready")
        signed_in = browser.get("/api/clients", headers={"Cookie": "bom=x"})
        (tmp_path / "bom.db").rmdir()
        (tmp_path / "away.db").rename(tmp_path / "bom.db")
        again = browser.get("/api/ready")

    assert answer.status_code == 503
    assert str(tmp_path) not in answer.text
    assert signed_in.status_code == 503
    assert signed_in.json()["code"] == "database_unavailable"
    assert again.status_code == 200


def test_what_runs_beside_the_api_stops_in_the_other_order(database: Database, tmp_path: Path) -> None:
    told: list[str] = []
    beside = (Beside("worker", told), Beside("watcher", told))
    with ApiStudio(database, tmp_path / "data", companions=beside).open():
        assert told == ["worker starts", "watcher starts"]

    assert told == ["worker starts", "watcher starts", "watcher stops", "worker stops"]


def test_what_cannot_start_takes_down_what_had_started(lite_studio: ApiStudio) -> None:
    told: list[str] = []
    beside = (Beside("worker", told), Beside("watcher", told, refuses=True))
    studio = ApiStudio(lite_studio.database, lite_studio.folder, companions=beside)

    with pytest.raises(AssertionError, match="did not start"), studio.open():
        pass

    assert told == ["worker starts", "watcher starts", "worker stops"]
