"""The engine app in a real browser: in, around, and out again, by mouse and by keyboard."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from api.studio import utc_now
from engine.core import staff as people
from engine.core.database import Database
from engine.core.models import Job, JobStatus, Question, Role
from setup.browser import find_browser
from tests.api.studio import PASSWORD, password_hash
from tests.e2e.app_studio import AppStudio, Visitor, served_studio

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    """A busy studio, served for all tests of this file."""
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio")) as studio:
        yield studio


@pytest.fixture
def visitor(browser: Browser, studio: AppStudio) -> Iterator[Visitor]:
    """Somebody who has not signed in yet. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, studio.url)
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


def test_a_wrong_password_is_refused_where_it_was_typed_and_the_address_stays(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.url}/projects")

    visitor.type_and_submit("een ander wachtwoord")

    expect(visitor.page.get_by_role("alert")).to_contain_text("klopt niet")
    expect(visitor.page.get_by_label("E-mailadres")).not_to_have_value("")


def test_signing_in_leads_to_the_page_that_was_asked_for(visitor: Visitor) -> None:
    visitor.sign_in("/projects")

    visitor.heading("Projecten").wait_for()
    visitor.sees("Campagne")


def test_an_account_with_a_second_factor_is_asked_for_its_code(visitor: Visitor, studio: AppStudio) -> None:
    with studio.database.writing() as session:
        person = people.add_staff(
            session, email="veilig@studio.example", role=Role.PRODUCER, password_hash=password_hash(), at=utc_now()
        )
        secret, _ = people.begin_totp(session, person, at=utc_now())
        people.confirm_totp(session, person, pyotp.TOTP(secret).at(utc_now() - timedelta(seconds=30)), at=utc_now())
    visitor.page.goto(visitor.url)

    visitor.type_and_submit(PASSWORD, email="veilig@studio.example")
    visitor.page.get_by_label("Code van je telefoon").fill(pyotp.TOTP(secret).at(utc_now()))
    visitor.page.keyboard.press("Enter")

    visitor.heading(re.compile("^Goede")).wait_for()


def test_no_script_can_read_the_session(visitor: Visitor) -> None:
    visitor.sign_in()

    assert visitor.page.evaluate("document.cookie") == ""
    assert "bom" in {cookie["name"] for cookie in visitor.context.cookies()}
    assert visitor.errors == []


def test_the_dashboard_says_what_needs_somebody_and_what_was_spent(visitor: Visitor) -> None:
    visitor.sign_in()

    visitor.sees(re.compile("Mislukt: Video renderen"))
    visitor.sees(re.compile("2 dagen te laat"))
    visitor.sees(re.compile("API-kosten deze maand: €\u00a0[0-9.]+,[0-9]{2}"))
    visitor.sees("Recente video's")


def test_a_job_is_followed_and_stopped_from_the_drawer(visitor: Visitor, studio: AppStudio) -> None:
    assert studio.day is not None
    visitor.sign_in()
    visitor.button(re.compile("^Taken")).click()
    visitor.sees(re.compile("renderen · 40%"))

    with studio.database.writing() as session:
        job = session.get_one(Job, studio.day.running_job_id)
        job.progress, job.updated_at = 0.8, utc_now()
    visitor.sees(re.compile("renderen · 80%"))
    visitor.button(re.compile("Video renderen stoppen")).click()

    visitor.sees("Gestopt")
    with studio.database.reading() as session:
        assert session.get_one(Job, studio.day.running_job_id).status is JobStatus.CANCELED


def test_a_question_about_money_is_answered_where_its_job_stands(visitor: Visitor, studio: AppStudio) -> None:
    assert studio.day is not None
    visitor.sign_in()
    visitor.button(re.compile("^Je antwoord is nodig")).click()
    visitor.sees(re.compile("bestelling van 14:05"))

    visitor.button("Deze bestelling gebruiken").click()
    visitor.sees("Vul het bestelnummer in.")
    visitor.button("Er is geen bestelling").click()

    expect(visitor.button("Er is geen bestelling")).to_have_count(0)
    with studio.database.reading() as session:
        (question,) = session.scalars(select(Question).where(Question.job_id == studio.day.waiting_job_id))
    assert question.answer is not None
    assert question.answer["void"] is True


def test_the_bell_is_read_and_stays_read(visitor: Visitor) -> None:
    visitor.sign_in()
    visitor.button(re.compile("^Meldingen, 1 nieuw")).click()
    visitor.sees(re.compile("webhook is uitgezet"))

    visitor.button("Alles gelezen").click()

    expect(visitor.button("Meldingen, 1 nieuw")).to_have_count(0)
    visitor.page.reload()
    visitor.button(re.compile("^Meldingen$")).wait_for()


def test_language_and_theme_are_switched_and_kept(visitor: Visitor) -> None:
    visitor.sign_in("/settings/appearance")

    visitor.page.get_by_role("radio", name="English").click()
    visitor.heading("Settings").wait_for()
    visitor.page.get_by_role("radio", name="Dark").click()
    visitor.button("Light theme").wait_for()
    visitor.page.reload()

    visitor.heading("Settings").wait_for()
    expect(visitor.page.get_by_role("radio", name="Dark")).to_be_checked()
    visitor.page.get_by_role("radio", name="Nederlands").click()
    visitor.heading("Instellingen").wait_for()


def test_signing_out_ends_every_window_of_this_browser(visitor: Visitor) -> None:
    visitor.sign_in()
    cookies = visitor.context.cookies()
    other = visitor.context.new_page()
    other.goto(f"{visitor.url}/clients")
    other.get_by_role("heading", name="Klanten").wait_for()

    visitor.button("Uitloggen").click()

    visitor.page.get_by_label("E-mailadres").wait_for()
    other.get_by_label("E-mailadres").wait_for()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.type_and_submit(PASSWORD)
    visitor.heading(re.compile("^Goede")).wait_for()  # a window of its own, though it is the same tab
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    visitor.page.reload()
    visitor.button("Donkere weergave").wait_for()  # and as large as the tab is now
    visitor.context.clear_cookies()
    visitor.context.add_cookies(cookies)  # type: ignore[arg-type]  # playwright's own two types for one thing
    assert visitor.context.request.get(f"{visitor.url}/api/auth/me").status == 401


def test_a_phone_has_the_same_places_at_its_bottom(browser: Browser, studio: AppStudio) -> None:
    phone = Visitor(browser, studio.url, width=390, height=844)
    phone.sign_in()

    phone.button("Klanten").click()

    phone.heading("Klanten").wait_for()
    phone.sees("Bakkerij Anna")
    bar = phone.button("Klanten").bounding_box()
    assert bar is not None
    assert bar["y"] > 700
    phone.leave()


@contextmanager
def program(*arguments: str) -> Iterator[str]:
    """`bom` with these arguments in a process of its own; the address that it says it is at."""
    command = [sys.executable, "-m", "engine.cli", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next((at for line in process.stderr if (at := re.search(r"http://127\.0\.0\.1:\d+", line))), None)
        assert found is not None
        yield found[0]
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0


def test_a_studio_that_stops_is_said_and_found_again_by_itself(
    browser: Browser, migrated_sqlite_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    database = Database.at(f"sqlite:///{tmp_path / 'bom.db'}")
    AppStudio(database, tmp_path)
    database.close()
    serve = ("serve", "--no-worker", "--data", str(tmp_path), "--port")

    with program(*serve, "0") as url:
        visitor = Visitor(browser, url)
        visitor.sign_in("/clients")
    expect(visitor.page.get_by_role("alert")).to_have_text(re.compile("De studio antwoordt niet"))
    with program(*serve, url.rsplit(":", 1)[1]):
        visitor.page.wait_for_event("load")
        visitor.heading("Klanten").wait_for()
        visitor.button("Instellingen").click()
        visitor.heading("Instellingen").wait_for()
        visitor.leave()


def test_the_app_runs_on_another_machine_for_the_same_studio(browser: Browser, studio: AppStudio) -> None:
    with program("app", "--api", studio.url, "--port", "0") as url:
        visitor = Visitor(browser, url)
        visitor.sign_in()
        visitor.sees(re.compile("API-kosten deze maand: "))
        visitor.button(re.compile("^Taken")).click()
        visitor.sees(re.compile("Video renderen"))
        assert [(cookie["name"], cookie["httpOnly"]) for cookie in visitor.context.cookies()] == [("bom_app", True)]

        visitor.button("Uitloggen").click()

        visitor.page.get_by_label("E-mailadres").wait_for()
        assert visitor.foreign == []
        visitor.leave()


def test_the_app_says_so_where_no_studio_answers() -> None:
    command = [sys.executable, "-m", "engine.cli", "app", "--api", "http://127.0.0.1:9", "--port", "0"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    assert answer.returncode == 2
    assert "No studio answers at http://127.0.0.1:9" in answer.stderr
    assert "Traceback" not in answer.stderr
