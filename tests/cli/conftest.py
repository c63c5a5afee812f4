"""The studio of a test, and one that the tests of a module share."""

from pathlib import Path

import pytest

from tests.cli.studio import Studio


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    """A studio of this test's own."""
    return Studio(tmp_path)


@pytest.fixture(scope="module")
def shared_studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """A studio whose files and films the tests of one module look at and leave as they are."""
    return Studio(tmp_path_factory.mktemp("studio"))
