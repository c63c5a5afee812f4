"""A client at a browser: what people do in the portal, in their own words. Used by tests.e2e.test_portal."""

import json
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize

from tests.e2e.app_studio import PATIENCE_MS
from tests.e2e.portal_studio import PortalStudio
from tests.material import number_on

PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
DESK: Final[ViewportSize] = {"width": 1280, "height": 800}
AXE: Final = Path(__file__).resolve().parents[2] / "portal/node_modules/axe-core/axe.min.js"
DRAWN: Final = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
FIELDS: Final = """async (film, frame) => {
  const slider = document.querySelector("input[type=range]");
  while (!(Number(slider.value) === frame && film.readyState >= 2 && !film.seeking))
    await new Promise(requestAnimationFrame);
  const {videoWidth: width, videoHeight: height} = film;
  const canvas = Object.assign(document.createElement("canvas"), {width, height: 1});
  const context = canvas.getContext("2d");
  context.drawImage(film, 0, height / 2, width, 1, 0, 0, width, 1);
  return Array.from(context.getImageData(0, 0, width, 1).data).filter((_, index) => index % 4 === 1);
}"""
"""The middle line of the picture, once the player says that it stands at a frame."""


class Client:
    """What their pages ask of other hosts, and complain about, is kept."""

    def __init__(self, browser: Browser, studio: PortalStudio, size: ViewportSize) -> None:
        self.studio = studio
        self.context: BrowserContext = browser.new_context(
            base_url=studio.url,
            viewport=size,
            locale="nl-NL",
            has_touch=size == PHONE,
            reduced_motion="reduce",
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, url: str) -> None:
        if not url.startswith((self.studio.url, self.studio.api_url, "blob:", "data:")):
            self.foreign.append(url)

    def ask_link(self, email: str) -> str:
        """Ask for a link; the mail that comes."""
        self.page.goto("/login")
        self.page.get_by_label("Mailadres").fill(email)
        self.press("Stuur me een link")
        self.page.get_by_role("heading", name="Kijk in je mail").wait_for()
        return self.studio.last_mail(email)

    def is_signed_in(self) -> None:
        """Begin with a session, for tests of what comes after."""
        cookie = {"name": "bom-portal", "value": self.studio.session_token(), "url": self.studio.url}
        self.context.add_cookies([cookie])  # type: ignore[list-item]  # Playwright's own type is private

    def has_a_device_for_passkeys(self) -> None:
        """Whose owner's finger lies on it already."""
        line = self.context.new_cdp_session(self.page)
        line.send("WebAuthn.enable")
        device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        line.send("WebAuthn.addVirtualAuthenticator", {"options": device})

    def press(self, name: str, **more: Any) -> None:
        """A button, by its name."""
        self.page.get_by_role("button", name=name, exact=True, **more).click()

    @property
    def film(self) -> Locator:
        """The film on the page."""
        return self.page.locator("video").first

    def shown_number(self, frame: int) -> int:
        """What the film's own picture says it is, once the player says that it is this frame."""
        line = np.asarray(self.film.evaluate(FIELDS, frame), np.uint8)
        return number_on(np.tile(line, (8, 1)))

    def draw(self, *places: tuple[float, float]) -> None:
        """Draw a line over the picture; places in fractions of it."""
        box = self.film.bounding_box()
        assert box is not None
        points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in places]
        self.page.mouse.move(*points[0])
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*point, steps=4)
        self.page.mouse.up()

    def barriers(self) -> list[str]:
        """What axe finds that keeps people out (WCAG 2.2 A and AA, and good advice); in the dark, contrasts alone."""
        self.page.evaluate(AXE.read_text())
        found: list[str] = []
        schemes: tuple[Literal["dark", "light"], ...] = ("dark", "light")
        for scheme in schemes:
            self.page.emulate_media(color_scheme=scheme)
            self.page.evaluate(DRAWN)
            rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
            for one in self.page.evaluate("rules => axe.run(document, rules)", rules)["violations"]:
                where = json.dumps([node["target"] for node in one["nodes"]])
                found.append(f"{self.page.url} ({scheme}): {one['id']}: {where}")
        return found

    def leave(self) -> None:
        """Close the browser; nothing was asked of another host, and no page complained."""
        self.context.close()
        assert self.foreign == [], self.foreign
        assert self.complaints == [], self.complaints
