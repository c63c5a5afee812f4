"""The engine app: how long a click takes to be answered, a cold load, and what eight open windows weigh.

Called by bench (`python -m bench app`). A real Chromium, with an empty cache for each load, beside the studio on the
same cores. The answer to a click is timed inside the page: from the button going up until what it leads to is told to
a screen reader, which Flutter does with the frame that shows it. Where a click leads to another page, its answer is
that page with its title; what it loads is timed apart.
"""

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from bench.load import wait_until_alive
from bench.processes import tree_mib
from bench.studio import EMAIL, PASSWORD, make_studio
from setup.browser import find_browser

ROUNDS: Final = 8
ANSWERED_WITHIN_MS: Final = 30_000
"""A click that leads elsewhere than this module thinks ends the measurement, and says what there is."""
FIRST_PAGES: Final = (
    ("Projecten", "^Concept, [0-9]+"),
    ("Bibliotheek", "^Film [0-9]+, (9:16|1:1|16:9), "),
    ("Klanten", "^Bakkerij [0-9]+\\n"),
    ("Kosten", "^Uitgegeven in |^Niets uitgegeven$"),
)
"""The pages with long lists, and what stands on them only once their first page is there."""
SCENES: Final = 24
SESSIONS: Final = 8
PORT: Final = "8792"
ARGUMENTS: Final = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--force-color-profile=srgb"]
WATCH: Final = """
window.addEventListener('flutter-first-frame', () => {
  const again = setInterval(() => {
    const asked = document.querySelector('flt-semantics-placeholder');
    if (asked) { asked.click(); clearInterval(again); }
  }, 20);
}, {once: true});
window.said = () => [...document.querySelectorAll('flt-semantics-host *')]
  .filter((node) => !node.children.length || node.hasAttribute('aria-label'))
  .map((node) => node.getAttribute('aria-label') || node.textContent || '');
window.titled = (wanted) => [...document.querySelectorAll('flt-semantics-host h1')]
  .some((title) => new RegExp(wanted).test(title.textContent || title.getAttribute('aria-label') || ''));
window.answered = (title, wanted, withinMs) => new Promise((resolve, reject) => {
  const giveUp = () => reject(new Error(`no "${wanted}", but ${window.said().join(" | ")}`));
  setTimeout(giveUp, withinMs);
  window.addEventListener('pointerup', () => {
    const began = performance.now();
    let sightMs = null;
    const look = () => {
      const ms = performance.now() - began;
      const isThere = window.said().some((text) => new RegExp(wanted).test(text));
      sightMs ??= isThere || (title && window.titled(title)) ? ms : null;
      isThere ? resolve([sightMs, ms]) : requestAnimationFrame(look);
    };
    look();
  }, {once: true, capture: true});
});
"""


@dataclass(frozen=True)
class Waits:
    """What people wait for, and what the studio weighs meanwhile."""

    clicks: int
    click_p50_ms: float
    click_p95_ms: float
    """Until the first sight of what was clicked for."""
    content_p95_ms: float
    """Until all that the bench waits for is there, with what had to be loaded."""
    first_pages_ms: dict[str, float]
    """From the click until the first page of a list is visible: the median of some rounds, by the page's name."""
    slowest: str
    """Which click that was, and how long."""
    cold_load_s: float
    """The median of three, from the address to the first heading, without a cache."""
    sessions_mib: float
    """The whole process and its children with eight windows open."""


def measure(folder: Path) -> Waits:
    """Serve a studio of some size, and use it."""
    shutil.rmtree(folder, ignore_errors=True)
    make_studio(folder, videos=10_000, projects=500, ledger_lines=50_000).close()
    with _served(folder) as (server, url), _browser() as browser:
        loads = [_cold_load_s(browser, url) for _ in range(3)]
        clicks = _clicks(browser, url)
        first_pages = _first_pages_ms(browser, url)
        pages = [_signed_in(browser, url) for _ in range(SESSIONS)]
        weight = tree_mib(server.pid)
        for page in pages:
            page.context.close()
    shutil.rmtree(folder)
    times = sorted(click.sight_ms for click in clicks)
    slowest = max(clicks, key=lambda click: click.sight_ms)
    return Waits(
        clicks=len(times),
        click_p50_ms=statistics.median(times),
        click_p95_ms=statistics.quantiles(times, n=20)[-1],
        content_p95_ms=statistics.quantiles([click.content_ms for click in clicks], n=20)[-1],
        slowest=f"{slowest.name}, {slowest.sight_ms:.0f} ms",
        first_pages_ms=first_pages,
        cold_load_s=statistics.median(loads),
        sessions_mib=weight,
    )


@contextmanager
def _served(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    url = f"http://127.0.0.1:{PORT}"
    server = subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "serve", "--port", PORT, "--data", str(folder)],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "BOM_DATABASE_URL": ""},
    )
    try:
        wait_until_alive(url)
        yield server, url
    finally:
        server.terminate()
        server.wait()


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        yield browser
        browser.close()


def _signed_in(browser: Browser, url: str) -> Page:
    """A new window of somebody who has signed in."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL", reduced_motion="reduce")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(url)
    page.get_by_label("E-mailadres").fill(EMAIL)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("heading", name="Recente video's").wait_for(timeout=60_000)
    return page


def _cold_load_s(browser: Browser, url: str) -> float:
    """From the address to the dashboard's content, with nothing in the cache."""
    page = _signed_in(browser, url)
    again = page.context.browser.new_context(  # type: ignore[union-attr]  # it was made by one
        viewport={"width": 1280, "height": 800}, storage_state=page.context.storage_state(), locale="nl-NL"
    )
    page.context.close()
    again.add_init_script(WATCH)
    cold = again.new_page()
    cold.goto(url)
    cold.get_by_role("heading", name="Recente video's").wait_for(timeout=60_000)
    took_ms = cold.evaluate("performance.now()")
    again.close()
    return float(took_ms) / 1000


@dataclass(frozen=True)
class Click:
    """What was clicked, and how long until its first sight and until all of it was there."""

    name: str
    sight_ms: float
    content_ms: float


def _clicks(browser: Browser, url: str) -> list[Click]:
    """Each click on the way through the app, several times."""
    page = _signed_in(browser, url)
    video = f"{url}/create/{_long_video(page, url)}"
    ways = (
        ("Projecten", "^Projecten", "^Concept, [0-9]+"),
        ("Klanten", "^Klanten", "^Bakkerij [0-9]+\\n"),
        ("Instellingen", "^Instellingen", "^Naam$"),
        ("Maken", "^Maken", "^Nieuwe video$"),
        ("Overzicht", "^Goede", "^Recente video's$"),
        ("Taken", "", "^Er loopt niets$|^Afgelopen$"),
        ("Meldingen", "", "^Geen meldingen$|^Alles gelezen$"),
        ("Donkere weergave", "", "^Lichte weergave$"),
        ("Lichte weergave", "", "^Donkere weergave$"),
    )
    steps = (
        ("Stap 2: Beelden", "", "^Scène 3 eerder$"),
        ("Scène 3 eerder", "", "^Ongedaan maken: volgorde$"),
        ("Ongedaan maken: volgorde", "", "^Opnieuw doen: volgorde$"),
        ("Stap 3: Audio", "", "^Opnemen$"),
        ("Stap 5: Export", "", "^Kwaliteit$"),
        ("Stap 1: Script", "", "^Scènes$"),
    )
    timed = []
    for _ in range(ROUNDS):
        page.goto(url)
        page.get_by_role("heading", name="Recente video's").wait_for()
        timed += [_click(page, *way) for way in ways]
        page.goto(f"{video}/script")
        page.get_by_role("button", name="Stap 2: Beelden").wait_for()
        timed += [_click(page, *step) for step in steps]
    page.context.close()
    return timed


def _first_pages_ms(browser: Browser, url: str) -> dict[str, float]:
    """Each page with a long list, from the dashboard on, several times."""
    page = _signed_in(browser, url)
    timed: dict[str, list[float]] = {name: [] for name, _ in FIRST_PAGES}
    for _ in range(ROUNDS):
        for name, wanted in FIRST_PAGES:
            _click(page, "Overzicht", "", "^Recente video's$")
            timed[name].append(_click(page, name, "", wanted).content_ms)
    page.context.close()
    return {name: statistics.median(times) for name, times in timed.items()}


def _long_video(page: Page, url: str) -> str:
    """A video of many scenes; its id."""
    project_id = page.request.get(f"{url}/api/projects?limit=1").json()["items"][0]["id"]
    script = "\n---\n".join(f"Zin {number} gaat over brood." for number in range(SCENES))
    made = page.request.post(f"{url}/api/videos", data={"project_id": project_id, "title": "Lang", "script": script})
    return str(made.json()["id"])


def _click(page: Page, name: str, title: str, wanted: str) -> Click:
    """Click it and wait for what it leads to. title: of the page that it leads to, empty where that stays."""
    button = page.get_by_role("button", name=name).first
    button.wait_for()
    page.evaluate("(what) => { window.answer = window.answered(...what); }", [title, wanted, ANSWERED_WITHIN_MS])
    button.click()
    sight_ms, content_ms = page.evaluate("window.answer")
    return Click(name, float(sight_ms), float(content_ms))
