"""The page for large files in a real browser: a line that drops, a tab that is closed, a file that cannot be used."""

import hashlib
import re
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import select

from engine.core.models import Asset
from setup.browser import find_browser
from tests.api.studio import PASSWORD
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.line import Line

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
TITLE = "Grote bestanden uploaden"


@pytest.fixture
def studio(migrated_sqlite_file: Path, tmp_path: Path) -> Iterator[AppStudio]:
    """A studio, served."""
    with served_studio(migrated_sqlite_file, tmp_path) as studio:
        yield studio


@pytest.fixture
def line(studio: AppStudio) -> Iterator[Line]:
    """The line to the studio: slow enough to see an upload on its way."""
    line = Line(studio.port)
    line.up_bytes_per_s = 4_000_000
    yield line
    line.close()


@pytest.fixture
def visitor(browser: Browser, line: Line) -> Iterator[Visitor]:
    """Somebody on the page for large files. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, f"http://127.0.0.1:{line.port}")
    visitor.page.goto(f"{visitor.url}/uploads?back=/projects")
    visitor.type_and_submit(PASSWORD)
    visitor.heading(TITLE).wait_for()
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of 20 MB."""
    path = tmp_path_factory.mktemp("recording") / "Stem van O'Brien.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.random.default_rng(3).integers(-3000, 3000, 10_000_000, dtype=np.int16).tobytes())
    return path


def row(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("listitem").filter(has_text=name)


def assert_kept_whole(studio: AppStudio, recording: Path) -> None:
    with studio.database.reading() as session:
        (asset,) = session.scalars(select(Asset).where(Asset.file_name == recording.name)).all()
    assert asset.sha256 == hashlib.sha256(recording.read_bytes()).hexdigest()


def test_an_upload_goes_on_where_it_was_after_the_line_was_cut(
    visitor: Visitor, studio: AppStudio, line: Line, recording: Path, caplog: pytest.LogCaptureFixture
) -> None:
    begun = []
    visitor.page.on("request", lambda request: begun.append(request.url) if request.method == "POST" else None)
    visitor.page.locator("#files").set_input_files(recording)
    expect(row(visitor, recording.name)).to_contain_text(re.compile(r"\d\sMB van 20\sMB"))

    line.cut()
    expect(row(visitor, recording.name)).to_contain_text("Geen verbinding; gaat vanzelf verder.")
    line.mend()

    expect(row(visitor, recording.name)).to_contain_text("Staat in de bibliotheek")
    assert len([url for url in begun if url.endswith("/api/uploads")]) == 1
    assert "unforeseen" not in caplog.text
    assert_kept_whole(studio, recording)


def test_after_the_tab_was_closed_the_same_file_goes_on(visitor: Visitor, studio: AppStudio, recording: Path) -> None:
    visitor.page.locator("#files").set_input_files(recording)
    expect(row(visitor, recording.name)).to_contain_text(re.compile(r"1\d(,\d)?\sMB van 20\sMB"))
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    visitor.page.reload()

    expect(row(visitor, recording.name)).to_contain_text(re.compile(r"Half binnen \([1-9]\d?%\)\. Kies hetzelfde"))
    visitor.page.locator("#files").set_input_files(recording)
    expect(row(visitor, recording.name)).to_contain_text("Staat in de bibliotheek")

    expect(visitor.page.get_by_role("listitem")).to_have_count(1)
    assert_kept_whole(studio, recording)


def test_an_upload_is_paused_and_given_up(visitor: Visitor, studio: AppStudio, recording: Path) -> None:
    visitor.page.locator("#files").set_input_files(recording)
    expect(row(visitor, recording.name)).to_contain_text(re.compile(r"\d\sMB van 20\sMB"))

    visitor.page.get_by_role("button", name=f"Pauzeren: {recording.name}").click()
    expect(row(visitor, recording.name)).to_contain_text("Gepauzeerd bij")
    app = visitor.context.new_page()
    app.goto(f"{visitor.url}/")
    app.get_by_role("button", name=re.compile("^Taken")).click()
    app.get_by_label("Voortgang van Stem van O'Brien.wav").wait_for(state="attached")
    app.close()
    visitor.page.get_by_role("button", name=f"Verwijderen: {recording.name}").click()

    expect(visitor.page.get_by_text("Er wordt niets geüpload.")).to_be_visible()
    visitor.page.reload()
    visitor.heading(TITLE).wait_for()
    expect(visitor.page.get_by_text("Er wordt niets geüpload.")).to_be_visible()
    assert list((studio.folder / "uploads").iterdir()) == []


def test_what_cannot_be_used_says_why_and_leads_back(visitor: Visitor, studio: AppStudio, tmp_path: Path) -> None:
    odd = tmp_path / "film.mp4"
    odd.write_bytes(b"<script>alert(1)</script>" * 1000)
    empty = tmp_path / "leeg.mp4"
    empty.touch()
    visitor.page.locator("#files").set_input_files([odd, empty])

    expect(row(visitor, "film.mp4")).to_contain_text("“film.mp4” is tekst, geen beeld, film of geluid.")
    expect(row(visitor, "film.mp4")).to_have_class("refused")
    expect(visitor.page.get_by_role("alert")).to_have_text("leeg.mp4: Dit bestand is leeg.")
    assert visitor.page.get_by_role("link", name="Terug naar de studio").get_attribute("href") == "/projects"
