"""Settings in a real browser, against a real vendor's emulator: keys, money, people, and two who change the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from api.studio import utc_now
from engine.core import staff, studio_settings
from engine.core.costs import budgets
from engine.core.models import Role, Staff
from setup.browser import find_browser
from tests.api.studio import PASSWORD, PRODUCER, password_hash
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.emulators.replicate import TOKEN, RunningReplicate, emulated_replicate

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


@pytest.fixture(scope="module")
def vendor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningReplicate]:
    with emulated_replicate(tmp_path_factory.mktemp("vendor") / "ledger.db") as vendor:
        yield vendor


@pytest.fixture(scope="module")
def studio(
    migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory, vendor: RunningReplicate
) -> Iterator[AppStudio]:
    """A busy studio without a key, with a producer beside its owner."""
    folder = tmp_path_factory.mktemp("studio")
    with served_studio(migrated_sqlite_file, folder, hire_producer, replicate_url=vendor.base_url) as studio:
        yield studio


def hire_producer(studio: AppStudio) -> None:
    with studio.database.writing() as session:
        staff.add_staff(session, email=PRODUCER, role=Role.PRODUCER, password_hash=password_hash(), at=utc_now())


@pytest.fixture(scope="module")
def visitor(browser: Browser, studio: AppStudio) -> Iterator[Visitor]:
    """The owner, at one window for all tests here. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, studio.url)
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


def fill(visitor: Visitor, label: str, value: str) -> None:
    field = visitor.page.get_by_label(label, exact=True).first
    visitor.type_in(field, value, replacing=True)
    expect(field).to_have_value(value)


def test_a_key_is_entered_once_and_a_click_says_whether_it_works(visitor: Visitor) -> None:
    visitor.open("/settings/providers")
    visitor.sees("Nog geen sleutel.")

    fill(visitor, "Sleutel", "r8_of_somebody_else")
    visitor.button("Sleutel bewaren").click()
    visitor.sees(re.compile("•+else"))
    visitor.button("Testen").click()
    visitor.sees(re.compile("De sleutel werkt niet"))
    fill(visitor, "Andere sleutel", TOKEN)
    visitor.button("Sleutel bewaren").click()
    visitor.sees(re.compile(f"•+{TOKEN[-4:]}"))
    visitor.button("Testen").click()

    visitor.sees(re.compile("De sleutel werkt: account "))
    assert TOKEN not in visitor.page.content()
    visitor.button("Sleutel verwijderen").click()
    visitor.sees(re.compile("Er wordt niets meer besteld"))
    visitor.button("Sleutel verwijderen").click()
    visitor.sees("Nog geen sleutel.")


def test_a_budget_is_raised_with_a_reason_and_a_comma(visitor: Visitor, studio: AppStudio) -> None:
    visitor.open("/settings/budgets")
    visitor.button("Budget van De hele studio wijzigen").click()

    visitor.sees("Reden")
    fill(visitor, "Reden", "Twee campagnes extra")
    fill(visitor, "Budget in euro's", "1.310,50")
    visitor.sees(re.compile("= €\u00a01.310,50"))
    visitor.button("Bewaren").dblclick()

    visitor.sees(re.compile("Het budget is nu €\u00a01.310,50"))
    visitor.sees("Reden: Twee campagnes extra")
    with studio.database.reading() as session:
        (budget,) = budgets.all_budgets(session, budgets.month_of(utc_now()))
    assert (budget.limit_micros, budget.revision) == (1_310_500_000, 2)


def test_somebody_is_let_in_and_signs_in_with_the_password_that_was_shown_once(
    visitor: Visitor, browser: Browser, studio: AppStudio
) -> None:
    visitor.open("/settings/staff")
    first_password = visitor.page.get_by_label("Eerste wachtwoord", exact=True)
    first_password.click()  # Flutter fills the browser's own field as it gets the keys
    expect(first_password).to_have_value(re.compile(".{12}"))
    password = first_password.input_value()
    fill(visitor, "Naam", "Sanne")
    visitor.button("Toevoegen").click()
    visitor.sees(re.compile("Dit is geen e-mailadres"))
    fill(visitor, "E-mailadres", "sanne@studio.example")
    visitor.button("Toevoegen").dblclick()
    visitor.sees("Sanne kan inloggen")
    visitor.sees(password)

    visitor.button("Doorgegeven").click()

    visitor.heading("Iemand toevoegen").wait_for()
    expect(visitor.page.get_by_text(password)).to_have_count(0)
    sanne = Visitor(browser, studio.url)
    sanne.page.goto(f"{studio.url}/settings")
    sanne.type_and_submit(password, email="sanne@studio.example")
    sanne.heading("Profiel").wait_for()
    sanne.leave()


def test_the_only_owner_stays_one_and_is_told_why(visitor: Visitor, studio: AppStudio) -> None:
    visitor.open("/settings/staff")

    visitor.button("Jeroen blokkeren").click()

    visitor.sees(re.compile("Dit is de enige eigenaar"))
    with studio.database.reading() as session:
        assert session.scalars(select(Staff.disabled_at).where(Staff.role == Role.OWNER)).all() == [None]


def test_a_producer_sees_no_staff_and_is_told_who_changes_money(browser: Browser, studio: AppStudio) -> None:
    producer = Visitor(browser, studio.url)
    producer.page.goto(f"{producer.url}/settings/budgets")
    producer.type_and_submit(PASSWORD, email=PRODUCER)
    producer.sees(re.compile("Alleen een eigenaar kan dit wijzigen"))

    expect(producer.page.get_by_role("button", name="Medewerkers")).to_have_count(0)
    expect(producer.page.get_by_role("button", name=re.compile("wijzigen"))).to_have_count(0)
    producer.page.goto(f"{producer.url}/settings/staff")
    producer.sees(re.compile("alleen voor eigenaren"))
    producer.leave()


def test_two_who_change_the_studio_see_both_and_nothing_is_overwritten(visitor: Visitor, studio: AppStudio) -> None:
    visitor.open("/settings/studio")
    fill(visitor, "Naam van de studio", "BOM Studio's Nijmegen")
    with studio.database.writing() as session:
        kept = studio_settings.get_choices(session)
        studio_settings.change_choices(session, kept.revision, {"studio_name": "BOM & Zn."}, at=utc_now())

    visitor.button("Bewaren").click()

    visitor.sees("Dit is ook ergens anders gewijzigd")
    visitor.sees("BOM & Zn.")
    with studio.database.reading() as session:
        assert studio_settings.get_choices(session).studio_name == "BOM & Zn."
    visitor.button("Die van jou houden").click()
    expect(visitor.button("Die van jou houden")).to_have_count(0)
    with studio.database.reading() as session:
        assert studio_settings.get_choices(session).studio_name == "BOM Studio's Nijmegen"
