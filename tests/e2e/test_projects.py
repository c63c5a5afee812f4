"""Projects in a real browser: made, moved by hand and by menu, found again by their address, and edited by two."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from api.studio import utc_now
from engine.core import projects
from engine.core.models import Project, ProjectStatus
from engine.core.paging import PageWish
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.test_settings import fill

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
ODD_NAME = "O'Brien & Zn. 🎂 حملة"


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    """A busy studio."""
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio")) as studio:
        yield studio


@pytest.fixture(scope="module")
def visitor(browser: Browser, studio: AppStudio) -> Iterator[Visitor]:
    """Somebody at one window for all tests here. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, studio.url)
    yield visitor
    assert visitor.foreign == []
    assert visitor.errors == []
    visitor.leave()


def kept(studio: AppStudio, name: str) -> Project:
    """The project of that name as the studio has it."""
    with studio.database.reading() as session:
        (found,) = projects.list_projects(session, PageWish("name"), search=name).items
        return found


def drag(visitor: Visitor, grip: Locator, place: Locator) -> None:
    """As a hand does: press, move in steps, let go."""
    grip.wait_for(state="attached")
    from_box, to_box = grip.bounding_box(), place.bounding_box()
    assert from_box is not None
    assert to_box is not None
    mouse = visitor.page.mouse
    mouse.move(from_box["x"] + 40, from_box["y"] + 60)
    mouse.down()
    for part in (0.2, 0.6, 1.0):
        mouse.move(
            from_box["x"] + 40 + part * (to_box["x"] + 60 - from_box["x"] - 40),
            from_box["y"] + 60 + part * (to_box["y"] + 40 - from_box["y"] - 60),
            steps=4,
        )
    mouse.up()


def stands_in(visitor: Visitor, card: str, column: str) -> bool:
    card_box, column_box = part(visitor, card).bounding_box(), part(visitor, column).bounding_box()
    return bool(card_box and column_box and column_box["x"] <= card_box["x"] < column_box["x"] + column_box["width"])


def menu_item(visitor: Visitor, name: str) -> Locator:
    """Flutter calls an item of a menu a button where it has no picture."""
    return visitor.page.get_by_role("menuitem", name=name).or_(visitor.button(name)).first


def part(visitor: Visitor, identifier: str) -> Locator:
    return visitor.page.locator(f'[flt-semantics-identifier="{identifier}"]')


def test_a_project_is_made_and_goes_its_way_by_hand_and_by_menu(visitor: Visitor, studio: AppStudio) -> None:
    visitor.open("/projects")
    visitor.button("Nieuw project").click()
    visitor.heading("Nieuw project").wait_for()
    visitor.button("Project maken").click()
    visitor.sees("Kies een klant.")
    visitor.page.get_by_role("button", name="Klant", exact=True).click()
    visitor.page.get_by_role("button", name="Bakkerij Anna", exact=True).click()
    fill(visitor, "Naam", ODD_NAME)
    fill(visitor, "Video's in het pakket", "4")
    fill(visitor, "Klaar op (24-12-2026)", "1-2-2020")
    visitor.sees(re.compile("al voorbij; dat mag"))
    fill(visitor, "Prijs in euro's", "1.250,50")
    visitor.button("Project maken").dblclick()
    visitor.heading(ODD_NAME).wait_for()
    visitor.sees("0 van 4 video's")
    visitor.sees(re.compile("Dit project heeft €\u00a00,00 aan API-kosten"))
    made = kept(studio, "obrien حملة")
    assert (made.price_micros, str(made.due_on)) == (1_250_500_000, "2020-02-01")

    visitor.button("Alle projecten").click()
    drag(visitor, part(visitor, f"project-{made.id}"), part(visitor, "column-approved"))
    visitor.sees(re.compile("Daarvandaan kan het alleen naar “In productie”"))
    assert kept(studio, "حملة").status is ProjectStatus.DRAFT
    drag(visitor, part(visitor, f"project-{made.id}"), part(visitor, "column-in_progress"))
    visitor.sees(re.compile("staat nu op “In productie”"))
    wait_for(lambda: stands_in(visitor, f"project-{made.id}", "column-in_progress"), "the card to stand there")
    visitor.button(f"{ODD_NAME} verplaatsen").click()
    menu_item(visitor, "Naar “Bij de klant”").click()
    visitor.sees(re.compile("staat nu op “Bij de klant”"))

    assert kept(studio, "حملة").status is ProjectStatus.REVIEW
    with studio.database.reading() as session:
        moves = projects.status_changes(session, made.id)
    assert [move.to_status for move in moves] == ["in_progress", "review"]
    assert {move.by.partition(":")[0] for move in moves} == {"staff"}


def test_what_is_looked_for_stands_in_the_address_and_stays_there(visitor: Visitor) -> None:
    visitor.open("/projects?view=list&search=brien%20campagne")
    rows = visitor.page.get_by_role("button", name=re.compile("^Campagne .* van Fietsen van O'Brien"))
    expect(rows).to_have_count(5)
    expect(visitor.page.get_by_role("button", name=re.compile("van Bakkerij Anna"))).to_have_count(0)

    fill(visitor, "Zoek op project of klant", "anna")
    expect(visitor.page).to_have_url(re.compile(r"search=anna$"))
    visitor.page.get_by_role("button", name=re.compile("^Campagne .* van Bakkerij Anna")).first.wait_for()
    visitor.page.reload()
    visitor.page.get_by_role("button", name=re.compile("^Campagne .* van Bakkerij Anna")).first.wait_for()
    visitor.page.go_back()

    expect(rows).to_have_count(5)
    fill(visitor, "Zoek op project of klant", "bestaat niet")
    visitor.sees("Geen project gevonden")
    visitor.button("Filters wissen").click()
    visitor.page.get_by_role("button", name=re.compile("^Campagne .* van Bakkerij Anna")).first.wait_for()


def test_two_who_edit_a_project_see_both_and_nothing_is_overwritten(visitor: Visitor, studio: AppStudio) -> None:
    with studio.database.writing() as session:
        client_id = projects.list_projects(session, PageWish("name")).items[0].client_id
        project = projects.create_project(session, client_id=client_id, name="Lustrum", at=utc_now())
    visitor.open(f"/projects/{project.id}")
    visitor.button("Bewerken").click()
    fill(visitor, "Pakket", "Groei")
    with studio.database.writing() as session:
        projects.change_project(session, project.id, 1, package_tier="Basis", at=utc_now())
    visitor.page.keyboard.press("Enter")
    visitor.sees("Dit is ook ergens anders gewijzigd")
    visitor.sees("Basis")
    assert kept(studio, "lustrum").package_tier == "Basis"

    visitor.button("Die van jou houden").click()

    expect(visitor.button("Die van jou houden")).to_have_count(0)
    visitor.sees("Groei")
    assert kept(studio, "lustrum").package_tier == "Groei"
    visitor.button("Meer").click()
    menu_item(visitor, "Project archiveren").click()
    visitor.sees(re.compile("Dit project is gearchiveerd"))
    visitor.button("Terugzetten").click()
    visitor.button("Bewerken").wait_for()
    assert kept(studio, "lustrum").archived_at is None
