"""The record in a real browser: found by person, area, thing and day, and fetched as a spreadsheet."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.studio import utc_now
from engine.core import audit, clients
from engine.core.actors import SYSTEM, Actor
from engine.core.staff import find_staff
from setup.browser import find_browser
from tests.api.studio import OWNER
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.test_settings import fill

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
ENTRIES = 60


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    """A studio in which much was done."""
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio"), act_much) as studio:
        yield studio


def act_much(studio: AppStudio) -> None:
    """Two clients put away by the owner, a refused sign-in, a budget, and many jobs stopped a year ago by nobody."""
    at = utc_now()
    with studio.database.writing() as session:
        owner = find_staff(session, OWNER)
        assert owner is not None
        me = Actor("staff", owner.id)
        for name in ("Kaas & Zn.", "O'Brien & Zn. B.V. خبز 🥐"):
            client = clients.create_client(session, name=name, at=at)
            audit.record(session, "client_changed", by=me, subject=("client", client.id), at=at, fields="due_on, name")
            audit.record(session, "client_archived", by=me, subject=("client", client.id), at=at)
        audit.record(session, "sign_in_refused", by="=1+1@kaas.example", at=at, address="192.0.2.7", because="code")
        audit.record(
            session,
            "budget_lifted",
            by=me,
            subject=("budget", "01-gone"),
            at=at,
            from_micros=100_000_000,
            limit_micros=1_250_000_000,
            reason="Kerst",
        )
        for number in range(ENTRIES):
            earlier = at - timedelta(days=365, seconds=number)
            audit.record(session, "job_canceled", by=SYSTEM, subject=("job", str(number)), at=earlier)


def test_who_did_what_is_found_followed_and_fetched(browser: Browser, studio: AppStudio, tmp_path: Path) -> None:
    visitor = Visitor(browser, studio.url)
    visitor.sign_in("/settings/audit?area=work&who=system")
    visitor.sees("Taak gestopt")
    stopped = visitor.page.get_by_text("Taak gestopt")
    expect(stopped).to_have_count(25)
    visitor.button("Meer laten zien").click()
    expect(stopped).to_have_count(50)
    fill(visitor, "Vanaf (24-12-2026)", f"{utc_now():%d-%m-%Y}")
    visitor.sees("Niets gevonden")

    visitor.button("Filters wissen").click()
    visitor.sees("Budget verhoogd")
    visitor.sees("was €\u00a0100,00 · budget €\u00a01.250,00 · reden: Kerst")
    visitor.sees(re.compile(r"=1\+1@kaas\.example · vanaf 192\.0\.2\.7"))
    visitor.button("Alles van =1+1@kaas.example").click()
    expect(visitor.page).to_have_url(re.compile("who="))
    expect(visitor.page.get_by_text("Budget verhoogd")).to_have_count(0)
    with visitor.page.expect_download() as fetched:
        visitor.button("Download als CSV").click()
    fetched.value.save_as(tmp_path / "logboek.csv")
    _, *rows = csv.reader(StringIO((tmp_path / "logboek.csv").read_text("utf-8-sig")), delimiter=";")
    assert [(row[2], row[3]) for row in rows] == [("'=1+1@kaas.example", "Inloggen geweigerd")]
    visitor.page.go_back()

    visitor.button("Alles over Kaas & Zn.").click()
    visitor.sees("Alleen over “Kaas & Zn.”")
    visitor.sees("Klant gewijzigd")
    visitor.sees("gewijzigd: deadline, naam")
    expect(visitor.page).to_have_url(re.compile("about=client(:|%3A)"))
    visitor.button("Kaas & Zn. openen").click()
    expect(visitor.page).to_have_url(re.compile("/clients/[0-9a-f-]+$"))
    assert visitor.foreign == []
    visitor.leave()
