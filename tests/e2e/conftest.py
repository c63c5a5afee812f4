"""One browser and one studio that makes pictures for all tests of the Create wizard in a process."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from setup.browser import find_browser
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio
from tests.e2e.test_playback import QUIET
from tests.emulators.contracts import ROOT as CONTRACTS
from tests.emulators.replicate import RunningReplicate, emulated_replicate

FAILURES = Path(__file__).resolve().parents[2] / "build/failures"
"""Where a picture lies of what somebody saw when a test failed."""
MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
"""It beeps twice a second."""


@pytest.fixture(scope="package")
def one_playwright() -> Iterator[Playwright]:
    """For every test with a browser: a process can have no second one at the same time. It ends with this folder, since
    no test could run an event loop of its own beside it."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(one_playwright: Playwright) -> Iterator[Browser]:
    browser = one_playwright.chromium.launch(executable_path=find_browser(), args=[*QUIET, *MICROPHONE])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def making_studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakingStudio]:
    """Served by a program of its own."""
    folder = tmp_path_factory.mktemp("making")
    (folder / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    with ExitStack() as stack:
        vendor: RunningReplicate | None = None
        if (CONTRACTS / "replicate/openapi.json").is_file():
            vendor = stack.enter_context(emulated_replicate(folder / "ledger.db"))
            vendor.vendor.output = None
        studio = MakingStudio(folder, vendor)
        studio.start()
        yield studio
        studio.stop()
        studio.database.close()


@pytest.fixture(scope="package")
def windows(browser: Browser) -> Iterator[list[Visitor]]:
    """The window that tests of the making studio share: to load the app takes longer than most of them."""
    windows: list[Visitor] = []
    yield windows
    for window in windows:
        window.leave()


@pytest.fixture
def visitor(
    request: pytest.FixtureRequest, windows: list[Visitor], browser: Browser, making_studio: MakingStudio
) -> Iterator[Visitor]:
    """Somebody at the making studio, at whatever page the last test left; after a failure at a new window."""
    if not windows:
        windows.append(Visitor(browser, making_studio.url))
    (visitor,) = windows
    before = request.session.testsfailed
    yield visitor
    foreign = visitor.foreign
    if foreign or request.session.testsfailed > before or visitor.page.get_by_role("dialog").count():
        windows.pop().leave()
    assert foreign == []


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure comes what the browser showed and said, and the last that the studio said."""
    report = yield
    if report.failed and isinstance(item, pytest.Function):
        visitor, studio = item.funcargs.get("visitor"), item.funcargs.get("making_studio")
        if isinstance(visitor, Visitor):
            report.sections.append(("what the browser showed", visitor.what_it_shows(FAILURES / f"{item.name}.png")))
        if isinstance(studio, MakingStudio):
            report.sections.append(("what the studio said last", "\n".join(studio.said.read_text().splitlines()[-60:])))
    return report
