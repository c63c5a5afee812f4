"""The client portal in a real browser: from the mail to the decision, on a phone and at a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from setup.browser import find_browser
from tests.e2e.portal_studio import ANNA, PortalStudio, code_in, is_portal_built, link_in

pytestmark = [
    pytest.mark.skipif(find_browser() is None, reason="needs Chromium"),
    pytest.mark.skipif(not is_portal_built(), reason="needs the portal, which `make setup` builds"),
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalStudio]:
    folder = tmp_path_factory.mktemp("portal")
    (folder / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    studio = PortalStudio(folder)
    studio.start()
    yield studio
    studio.stop()


class Client:
    """Anna at a browser of her own; what a page asks of other hosts, or complains about, is kept."""

    def __init__(self, browser: Browser, studio: PortalStudio, size: dict[str, int], locale: str = "nl-NL") -> None:
        self.studio = studio
        is_phone = size == PHONE
        self.context: BrowserContext = browser.new_context(
            base_url=studio.url, viewport=size, locale=locale, has_touch=is_phone, reduced_motion="reduce"
        )
        self.page: Page = self.context.new_page()
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith((self.studio.url, self.studio.api_url, "blob:", "data:")):
            self.foreign.append(url)

    def ask_link(self) -> str:
        """Ask for a link; the mail that comes."""
        self.page.goto("/login")
        self.page.get_by_label("Mailadres").fill(ANNA)
        self.page.get_by_role("button", name="Stuur me een link").click()
        self.page.get_by_role("heading", name="Kijk in je mail").wait_for()
        return self.studio.last_mail()


def test_a_client_signs_in_by_mail_notes_on_a_frame_and_approves_on_a_phone(
    browser: Browser, studio: PortalStudio
) -> None:
    version = studio.send("Oliebollen")
    anna = Client(browser, studio, PHONE)
    page = anna.page

    mail = anna.ask_link()
    page.get_by_label("Code uit de mail").fill(code_in(mail))
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("link", name="Oliebollen").click()
    page.get_by_role("heading", name="Oliebollen").wait_for()
    film = page.locator("video")
    expect(film).to_have_js_property("readyState", 4)
    page.get_by_role("slider", name="Plaats in de film").fill("45")
    expect(page.get_by_test_id("timecode")).to_have_text("00:01:15")
    page.get_by_label("Opmerking bij").fill("Logo graag groter")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("button", name="00:01:15")).to_be_visible()
    page.get_by_role("button", name="Goedkeuren").click()
    page.get_by_role("button", name="Ja, goedkeuren").click()
    expect(page.get_by_role("button", name="Terugdraaien")).to_be_visible()

    assert studio.notes_on(version) == [("Logo graag groter", 1500, None, None)]
    assert link_in(mail).startswith(f"{studio.url}/login/link#")
    assert not anna.foreign
    assert not anna.complaints
    anna.context.close()
