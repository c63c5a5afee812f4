"""The whole way of a video by keyboard alone: from signing in to an export that is under way."""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from sqlalchemy import select

from engine.core.models import Export, Video
from setup.browser import find_browser
from tests.api.studio import OWNER, PASSWORD
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
MOST_STOPS = 80
HERE = "document.activeElement?.ariaLabel || document.activeElement?.innerText || ''"


def tab_to(visitor: Visitor, name: str) -> None:
    """Go from control to control until the one with this name has the keys."""
    reached = []
    for _ in range(MOST_STOPS):
        reached.append(str(visitor.page.evaluate(HERE)).strip())
        if re.match(name, reached[-1]):
            return
        before = visitor.page.evaluate(HERE)
        visitor.page.keyboard.press("Tab")
        with suppress(PlaywrightTimeout):  # two neighbours of one name
            visitor.page.wait_for_function(f"before => ({HERE}) !== before", arg=before, timeout=3000)
    pytest.fail(f"{name} is not reached by Tab, but {reached} are")


def video_called(studio: MakingStudio, title: str) -> Video | None:
    with studio.database.reading() as session:
        return session.scalar(select(Video).where(Video.title == title))


def test_a_video_is_made_from_sign_in_to_export_without_a_mouse(browser: Browser, making_studio: MakingStudio) -> None:
    visitor = Visitor(browser, making_studio.url)
    keys = visitor.page.keyboard
    visitor.page.goto(f"{visitor.url}/create")
    expect(visitor.page.get_by_label("E-mailadres")).to_be_focused()
    keys.type(OWNER)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    visitor.heading("Nieuwe video").wait_for()

    for place in ("Overzicht", "Projecten", "Bibliotheek", "Kosten", "Klanten", "Instellingen"):
        tab_to(visitor, place)
    keys.press("?")
    visitor.page.get_by_text("dit overzicht").wait_for()
    keys.press("Escape")
    visitor.page.get_by_text("dit overzicht").wait_for(state="detached")

    tab_to(visitor, "Titel van de video")
    keys.type("Met de toetsen")
    keys.press("Enter")
    visitor.page.wait_for_url(re.compile("/script$"))
    video = video_called(making_studio, "Met de toetsen")
    assert video is not None
    visitor.page.get_by_role("textbox", name="Script").wait_for()
    tab_to(visitor, r"Script(\n|$)")  # an empty field is told with what to write in it
    keys.type("Vers brood.\n---\nKom langs.")
    wait_for(lambda: making_studio.video(video.id).script.endswith("Kom langs."), "the script to be kept")

    tab_to(visitor, "Stap 2")
    keys.press("Enter")
    visitor.button("Gratis titelkaarten").wait_for()
    tab_to(visitor, "Gratis titelkaarten")
    keys.press("Enter")
    visitor.button("Scène 2 eerder").wait_for()
    tab_to(visitor, "Scène 2 eerder")
    keys.press("Enter")
    wait_for(lambda: making_studio.sentences(video.id)[0] == "Kom langs.", "the second scene to come first")

    tab_to(visitor, "Stap 5")
    keys.press("Space")
    visitor.button(re.compile("^Exporteer 3")).wait_for()
    tab_to(visitor, "1:1 vierkant")
    keys.press("Space")
    tab_to(visitor, "Exporteer 2")
    keys.press("Enter")

    def formats() -> set[str]:
        with making_studio.database.reading() as session:
            return set(session.scalars(select(Export.format).where(Export.video_id == video.id)))

    wait_for(lambda: formats() == {"9:16", "16:9"}, "both films to be asked for")
    visitor.leave()
