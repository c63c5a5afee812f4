"""The client portal: how soon a review page is there on a phone, how soon a touch is answered, and what it weighs.

Called by bench (`python -m bench portal`). A real Chromium with nothing in its cache for each load, beside the studio
and the portal on the same cores. A touch is timed inside the page: from its own time stamp until the frame after the
one in which what it leads to is there, as a person sees it (Interaction to Next Paint asks for the next frame only).
"""

import shutil
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from automations.jobs import migrate_durable_engine
from bench.app import ARGUMENTS
from bench.material import photo
from bench.studio import NOW
from migrations import migrate
from setup.browser import find_browser
from tests.e2e.portal_client import PHONE
from tests.e2e.portal_studio import PortalStudio

LOADS: Final = 10
WATCH: Final = """
window.lcp = 0;
new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.lcp = entry.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
window.answered = (event, wanted) => new Promise((resolve) => {
  window.addEventListener(event, ({timeStamp}) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve(performance.now() - timeStamp);
    const look = () => requestAnimationFrame(wanted() ? () => channel.port2.postMessage(null) : look);
    look();
  }, {once: true, capture: true});
});
"""
"""A message that is sent in a frame's callback comes back once that frame is painted."""


@dataclass(frozen=True)
class Touch:
    """Something that a client does on the page: what it is, which event begins it, and what is there afterwards."""

    name: str
    event: str
    wanted: str


PLAY: Final = Touch("play", "pointerup", "!document.querySelector('video').paused")
SEEK: Final = Touch("seek", "pointerdown", "Number(document.querySelector('input[type=range]').value) > 30")
NOTE: Final = Touch("write a note", "keydown", "!document.querySelector('[aria-label=Versturen]').disabled")
DECIDE: Final = Touch("open the decision", "pointerup", "document.querySelector('[role=dialog] textarea')")


@dataclass(frozen=True)
class Waits:
    """What a client waits for."""

    paint_median_ms: float
    paint_p95_ms: float
    touch_median_ms: float
    touch_p95_ms: float
    slowest: str
    """Which touch that was, and how long."""
    scripts_kb: float
    """JavaScript of one load, as it went over the wire, in units of 1000 bytes."""


def measure(folder: Path) -> Waits:
    """Serve a studio with its portal, and look at a version as a client on a phone, each time with an empty cache."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    studio = _studio(folder)
    paints: list[float] = []
    touches: list[tuple[str, float]] = []
    weights: list[int] = []
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
            for number in range(LOADS + 1):
                version = studio.send(f"Film {number}")
                context = _phone(browser, studio)
                page, weight = context.new_page(), _Weight()
                weight.watch(page)
                page.goto(f"/videos/{version.video_id}", wait_until="load")
                page.wait_for_load_state("networkidle")
                if number:  # the first one warms the servers up, as somebody has looked before
                    paints.append(float(page.evaluate("window.lcp")))
                    weights.append(weight.script_bytes)
                    touches += _touches(page)
                context.close()
            browser.close()
    finally:
        studio.stop()
    shutil.rmtree(folder)
    times = sorted(ms for _, ms in touches)
    name, slowest_ms = max(touches, key=lambda touch: touch[1])
    return Waits(
        paint_median_ms=statistics.median(paints),
        paint_p95_ms=_p95(paints),
        touch_median_ms=statistics.median(times),
        touch_p95_ms=_p95(times),
        slowest=f"{name}, {slowest_ms:.0f} ms",
        scripts_kb=statistics.median(weights) / 1000,
    )


def _studio(folder: Path) -> PortalStudio:
    """With films as large as clients get them, and a poster that is a photograph."""
    url = f"sqlite:///{folder / 'bom.db'}"
    migrate(url, at=NOW)
    migrate_durable_engine(url)
    studio = PortalStudio(folder, sizes={"9:16": (1080, 1920)}, poster=photo(3).resize((1080, 1920)))
    studio.start()
    return studio


def _phone(browser: Browser, studio: PortalStudio) -> BrowserContext:
    """A phone that has never been here, of somebody who has just signed in."""
    context = browser.new_context(
        base_url=studio.url, viewport=PHONE, locale="nl-NL", has_touch=True, device_scale_factor=3, is_mobile=True
    )
    context.add_init_script(WATCH)
    context.add_cookies([{"name": "bom-portal", "value": studio.session_token(), "url": studio.url}])
    return context


class _Weight:
    """What a page's scripts weigh on the wire, compressed as they come."""

    def __init__(self) -> None:
        self.script_bytes = 0
        self._scripts: set[str] = set()

    def watch(self, page: Page) -> None:
        """Count from now on."""
        line = page.context.new_cdp_session(page)
        line.on("Network.responseReceived", self._note)
        line.on("Network.dataReceived", self._add)
        line.send("Network.enable")

    def _note(self, told: dict[str, Any]) -> None:
        if told["type"] == "Script":
            self._scripts.add(told["requestId"])

    def _add(self, told: dict[str, Any]) -> None:
        if told["requestId"] in self._scripts:
            self.script_bytes += told["encodedDataLength"]


def _touches(page: Page) -> list[tuple[str, float]]:
    """Each thing that a client does, and ms until they see it."""
    box = page.get_by_role("slider").bounding_box()
    assert box is not None
    strip = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    timed = [
        _timed(page, PLAY, page.get_by_role("button", name="Afspelen").click),
        _timed(page, SEEK, lambda: page.mouse.click(*strip)),
    ]
    page.get_by_label("Opmerking bij").focus()
    timed.append(_timed(page, NOTE, lambda: page.keyboard.type("L")))
    timed.append(_timed(page, DECIDE, page.get_by_role("button", name="Wijzigingen vragen").click))
    return timed


def _timed(page: Page, touch: Touch, act: Callable[[], None]) -> tuple[str, float]:
    page.evaluate(f"() => {{ window.answer = window.answered('{touch.event}', () => {touch.wanted}); }}")
    act()
    return touch.name, float(page.evaluate("window.answer"))


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1]
