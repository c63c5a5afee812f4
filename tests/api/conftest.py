import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from engine.core.database import Database
from tests.api.portal import StandingStudio
from tests.api.studio import ApiStudio


@pytest.fixture
def studio(database: Database, tmp_path: Path) -> ApiStudio:
    """An api over a fresh database, once of each kind."""
    return ApiStudio(database, tmp_path / "data")


@pytest.fixture
def browser(studio: ApiStudio) -> Iterator[httpx.Client]:
    """A client that nobody is signed in with."""
    with studio.open() as client:
        yield client


@pytest.fixture
def owner(studio: ApiStudio, browser: httpx.Client) -> httpx.Client:
    """A client that the owner is signed in with."""
    browser.cookies.set("bom", studio.token())
    return browser


@pytest.fixture
def lite_studio(new_sqlite_url: str, tmp_path: Path) -> Iterator[ApiStudio]:
    """An api over SQLite only, for what has nothing to do with the kind of database."""
    database = Database.at(new_sqlite_url)
    yield ApiStudio(database, tmp_path / "data")
    database.close()


@pytest.fixture
def lite_owner(lite_studio: ApiStudio) -> Iterator[httpx.Client]:
    """A client that the owner is signed in with, over SQLite only."""
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        yield client


@pytest.fixture(scope="session")
def standing_server(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandingStudio]:
    """A server over SQLite that stands until the end of the process."""
    folder = tmp_path_factory.mktemp("standing")
    shutil.copyfile(migrated_sqlite_file, folder / "bom.db")
    database = Database.at(f"sqlite:///{folder / 'bom.db'}")
    studio = StandingStudio(database, folder / "data")
    with studio.open():
        yield studio
    database.close()


@pytest.fixture
def standing_studio(standing_server: StandingStudio, migrated_sqlite_file: Path) -> StandingStudio:
    """The studio of the standing server, in which nothing has happened yet."""
    standing_server.begin_anew(migrated_sqlite_file)
    return standing_server
