"""Costs in a real browser: a month, its budget lifted, its lines, and the same as a spreadsheet."""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import func, select

from api.studio import utc_now
from engine.core import clients, projects
from engine.core.actors import SYSTEM
from engine.core.costs import budgets, ledger, totals
from engine.core.models import ApiUsage, BudgetScope, UsageKind
from engine.ui.notation import money, month_name, today
from engine.ui.words import Words
from setup.browser import find_browser
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.test_settings import fill

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
DUTCH = Words("nl")


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    """A busy studio, and a client whose name is a formula, with a voice that was paid back in part."""
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio"), spend_more) as studio:
        yield studio


def spend_more(studio: AppStudio) -> None:
    """A voice of a second client that cost more than estimated, and its refund; a budget that is nearly used up."""
    at = utc_now()
    with studio.database.writing() as session:
        client = clients.create_client(session, name="=Kaas & Zn.", at=at)
        project = projects.create_project(session, client_id=client.id, name="Kerst", at=at)
        line = ApiUsage(
            at=at - timedelta(minutes=1),
            client_id=client.id,
            project_id=project.id,
            kind=UsageKind.VOICE,
            provider="elevenlabs",
            model="eleven-v3",
            unit="1000_characters",
            quantity=3,
            amount_micros=12_600_000,
            estimated_micros=10_000_000,
        )
        session.add(line)
        session.flush()
        totals.count(session, line)
        ledger.refund(session, line.id, amount_micros=2_600_000, reason="te veel betaald", by=SYSTEM, at=at)
        budgets.set_budget(
            session,
            scope=BudgetScope.CLIENT_MONTH,
            scope_id=client.id,
            month=budgets.month_of(at),
            limit_micros=12_000_000,
            note="",
            at=at,
        )


def test_a_month_is_read_down_to_its_lines_and_its_budget_lifted(
    browser: Browser, studio: AppStudio, tmp_path: Path
) -> None:
    visitor = Visitor(browser, studio.url)
    visitor.sign_in("/costs")
    with studio.database.reading() as session:
        spent = int(session.scalar(select(func.sum(ApiUsage.amount_micros))) or 0)
    visitor.sees(f"Uitgegeven in {month_name(today(), DUTCH)}: {money(spent, DUTCH)}")
    visitor.sees("Is er bij Replicate een bestelling van 14:05 voor “Eén.”?")
    visitor.sees("Bijna op: 83% gebruikt.")
    visitor.sees("Kijk deze prijs na.")

    visitor.button("Budget van =Kaas & Zn. wijzigen").click()
    fill(visitor, "Budget in euro's", "20,00")
    visitor.button("Bewaren").click()
    visitor.sees("Schrijf op waarom, voor later.")
    fill(visitor, "Reden", "Kerst wordt groter")
    visitor.button("Bewaren").click()
    visitor.sees(re.compile("Het budget is nu €\u00a020,00"))
    with studio.database.reading() as session:
        limits = [budget.limit_micros for budget in budgets.all_budgets(session, budgets.month_of(utc_now()))]
    assert 20_000_000 in limits

    visitor.page.get_by_role("button", name=re.compile(r"^=Kaas & Zn\.\s*€\s10,00")).click()
    expect(visitor.page).to_have_url(re.compile(r"/costs/ledger\?client=.+&since=.+&until="))
    visitor.sees("2 boekingen · €\u00a010,00")
    visitor.sees("geschat €\u00a010,00")
    visitor.sees("te veel betaald (system)")
    with visitor.page.expect_download() as fetched:
        visitor.button("Download als CSV").click()
    fetched.value.save_as(tmp_path / "kosten.csv")
    _, *rows = csv.reader(StringIO((tmp_path / "kosten.csv").read_text("utf-8-sig")), delimiter=";")
    assert [(row[2], row[11]) for row in rows] == [("'=Kaas & Zn.", "-2,60"), ("'=Kaas & Zn.", "12,60")]
    fill(visitor, "Tot en met", "31-02-2026")
    visitor.sees("Vul een dag in, zoals 24-12-2026.")
    fill(visitor, "Tot en met", "1-1-2026")
    visitor.sees("De eerste dag ligt na de laatste.")
    visitor.page.go_back()
    visitor.sees("2 boekingen · €\u00a010,00")

    visitor.button("Kosten per maand").click()
    visitor.button("Vorige maand").click()
    expect(visitor.page).to_have_url(re.compile(r"/costs\?month=20[0-9-]+$"))
    visitor.sees("Niets uitgegeven")
    assert visitor.foreign == []
    visitor.leave()
