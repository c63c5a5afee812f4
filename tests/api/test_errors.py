"""Refusals of the database and of chance, as a caller meets them."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from sqlalchemy import event, text

from api.deps import DbSession
from api.routes import StudioRoute
from engine.core.database import Database
from tests.api.studio import ApiStudio, assert_problem
from tests.cli.studio import ROOT

odd = APIRouter(route_class=StudioRoute)


@odd.post("/api/odd/{kind}")
def fail_oddly(kind: str, session: DbSession) -> None:
    """Goes wrong in a way that no route of ours does."""
    session.execute(
        text("INSERT INTO settings (name, value, revision, updated_at) VALUES ('kept', '{}', 1, '2026-11-22')")
    )
    if kind == "unforeseen":
        raise RuntimeError(f"the secret is hunter2 in {ROOT}")
    if kind == "query":
        session.execute(text("SELECT hunter2 FROM nowhere"))
    session.execute(
        text("INSERT INTO settings (name, value, revision, updated_at) VALUES ('kept', '{}', 1, '2026-11-22')")
    )


@pytest.fixture
def odd_api(studio: ApiStudio) -> Iterator[httpx.Client]:
    """An api with a route that goes wrong."""
    studio.app.include_router(odd)
    with studio.open() as client:
        client.cookies.set("bom", studio.token())
        yield client


def kept(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(text("SELECT count(*) FROM settings")) or 0


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [("unforeseen", 500, "unforeseen"), ("query", 500, "unforeseen"), ("twice", 409, "conflict")],
)
def test_what_nobody_foresaw_changes_nothing_and_tells_nothing(
    studio: ApiStudio, odd_api: httpx.Client, caplog: pytest.LogCaptureFixture, kind: str, status: int, code: str
) -> None:
    problem = assert_problem(odd_api.post(f"/api/odd/{kind}"), status, code)

    assert "hunter2" not in str(problem)
    assert kept(studio.database) == 0
    if status == 500:
        assert problem["facts"]["error_id"] in caplog.text
    assert odd_api.get("/api/health").status_code == 200


def test_a_database_that_somebody_else_holds_is_said_to_be_busy(lite_studio: ApiStudio, tmp_path: Path) -> None:
    @event.listens_for(lite_studio.database.engine, "connect")
    def lose_patience_soon(connection: sqlite3.Connection, _entry: object) -> None:
        connection.execute("PRAGMA busy_timeout=50")

    with lite_studio.open() as browser:
        browser.cookies.set("bom", lite_studio.token())
        lite_studio.database.engine.dispose()
        with closing(sqlite3.connect(tmp_path / "bom.db", isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            answer = browser.post("/api/clients", json={"name": "x"})
            assert browser.get("/api/clients").status_code == 200

    assert_problem(answer, 503, "database_unavailable")
    assert answer.headers["retry-after"] == "5"


def test_fifty_callers_at_once_all_get_their_turn(studio: ApiStudio, owner: httpx.Client) -> None:
    def add_and_look(number: int) -> tuple[int, int]:
        made = owner.post("/api/clients", json={"name": f"Klant {number:03}"})
        return made.status_code, owner.get(f"/api/clients/{made.json()['id']}").status_code

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(add_and_look, range(100)))

    assert answers == [(201, 200)] * 100
    names = [client["name"] for client in owner.get("/api/clients?limit=200").json()["items"]]
    assert names == [f"Klant {number:03}" for number in range(100)]
