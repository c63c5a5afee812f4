"""`make screenshots`: every page of the app, in both themes and languages, wide, on a tablet, on a phone, to look at.

Not a measurement; it lives here because it uses the product from outside, as bench does. Fills build/screenshots, one
folder for each language; a file is named page-size-theme. The studio is `bom demo` on top of a busy day.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from api.studio import utc_now
from automations.known_prices import add_known_prices
from engine.core import staff
from engine.core.database import Database
from engine.core.models import Role
from engine.settings import Settings
from engine.ui.desk import UNDER_WAY
from engine.ui.notation import today
from engine.ui.pages.settings.sections import SECTIONS
from setup.browser import find_browser
from tests.api.studio import OWNER, PASSWORD, PRODUCER, password_hash
from tests.e2e.app_studio import Visitor
from tests.e2e.busy_studio import a_busy_day
from tests.e2e.test_playback import QUIET

FOLDER: Final = Path("build/screenshots")
STUDIO: Final = Path("build/screenshots-studio")
Theme = Literal["light", "dark"]
SIZES: Final = {"wide": (1280, 800), "tablet": (1024, 768), "phone": (390, 844)}
THEMES: Final[Mapping[str, Sequence[Theme]]] = {
    "wide": ("light", "dark"),
    "tablet": ("light",),
    "phone": ("light", "dark"),
}
"""On a tablet it is the room that differs, not the colours."""
LANGUAGES: Final = ("nl", "en")
STEPS: Final = ("script", "visuals", "audio", "preview", "export", "review")
TITLE: Final = "Oliebollen"
STILL_AFTER_S: Final = 8.0
"""What has not come to rest by then, such as a bar that moves, is taken as it is."""
LOOK_MS: Final = 250
LOOKS_AT_A_NEW_PAGE: Final = 3
CLIENT_LIMIT_MICROS: Final = 90_000_000
BECAUSE: Final = "Twee campagnes in december."


def take_all() -> int:
    """Make the studio, serve it, and take them all; how many there are."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    shutil.rmtree(STUDIO, ignore_errors=True)
    STUDIO.mkdir(parents=True)
    demo = subprocess.run([*_bom("demo"), "--data", str(STUDIO)], check=False, stderr=subprocess.PIPE, text=True)
    assert demo.returncode == 0, demo.stderr
    _let_people_in()
    with _served() as url:
        _draw_cards(url)
    _fill()
    with _served("--no-worker") as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
        count = sum(_take_language(browser, url, language) for language in LANGUAGES)
        browser.close()
    shutil.rmtree(STUDIO)
    return count


def _bom(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "engine.cli", *arguments]


def _let_people_in() -> None:
    database = Database.at(Settings(data_dir=STUDIO).database)
    with database.writing() as session:
        for email, role, name in ((OWNER, Role.OWNER, "Mira"), (PRODUCER, Role.PRODUCER, "Jeroen")):
            staff.add_staff(session, email=email, role=role, password_hash=password_hash(), name=name, at=utc_now())
    database.close()


def _draw_cards(url: str) -> None:
    """A picture for each scene of the demo's film."""
    with httpx.Client(base_url=url, timeout=30) as client:
        client.post("/api/auth/login", json={"email": OWNER, "password": PASSWORD}).raise_for_status()
        video = next(one for one in client.get("/api/videos?limit=100").json()["items"] if one["title"] == TITLE)
        scenes = client.get(f"/api/videos/{video['id']}").json()["scenes"]
        wanted = {"scene_ids": [scene["id"] for scene in scenes]}
        job = client.post(f"/api/videos/{video['id']}/pictures", json=wanted).json()
        while job["status"] in UNDER_WAY:
            time.sleep(LOOK_MS / 1000)
            job = client.get(f"/api/jobs/{job['id']}").json()
        assert job["status"] == "succeeded", job["problem"]


def _fill() -> None:
    """Prices and a busy day's work, beside the demo's film."""
    database = Database.at(Settings(data_dir=STUDIO).database)
    at = utc_now()
    with database.writing() as session:
        a_busy_day(session, at)
        add_known_prices(session, at=at)
    database.close()


@contextmanager
def _served(*how: str) -> Iterator[str]:
    """Without its worker the busy day's jobs stay as they are."""
    command = [*_bom("serve"), *how, "--port", "0", "--data", str(STUDIO)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BOM_")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as program:
        assert program.stderr is not None
        found = next((at for line in program.stderr if (at := re.search(r"http://127\.0\.0\.1:\d+", line))), None)
        try:
            assert found is not None, "the studio did not start"
            yield found[0]
        finally:
            program.terminate()


def _take_language(browser: Browser, url: str, language: str) -> int:
    """Everything in one language, each page in all sizes and their themes; how many that made."""
    folder = FOLDER / language
    folder.mkdir(parents=True)
    visitor = Visitor(browser, url)
    visitor.page.set_extra_http_headers({"Accept-Language": language})
    count = _take(visitor.page, folder, "sign-in", f"{url}/sign-in")
    visitor.context.request.post(f"{url}/api/auth/login", data={"email": OWNER, "password": PASSWORD})
    _choose(visitor, url, language)
    for name, path in _pages(visitor, url).items():
        count += _take(visitor.page, folder, name, f"{url}{path}")
    visitor.leave()
    return count


def _choose(visitor: Visitor, url: str, language: str) -> None:
    """The person's language; and, the first time, a client's budget and a provider's key."""
    asking = visitor.context.request
    revision = asking.get(f"{url}/api/auth/me").json()["revision"]
    asking.patch(f"{url}/api/auth/me", data={"language": language}, headers={"If-Match": f'"{revision}"'})
    client = next(one for one in asking.get(f"{url}/api/clients").json()["items"] if one["name"] == "Bakkerij Anna")
    budget = {"scope": "client_month", "scope_id": client["id"], "month": f"{today():%Y-%m}", "note": BECAUSE}
    asking.post(f"{url}/api/costs/budgets", data={**budget, "limit_micros": CLIENT_LIMIT_MICROS})
    asking.put(f"{url}/api/providers/replicate/key", data={"key": "r8_of_no_account_1f3a"})


def _pages(visitor: Visitor, url: str) -> dict[str, str]:
    """Each page's name and address."""
    videos = visitor.context.request.get(f"{url}/api/videos?limit=100").json()["items"]
    video = next(one for one in videos if one["title"] == TITLE and one["thumbnail_url"])
    whole = visitor.context.request.get(f"{url}/api/videos/{video['id']}").json()
    wizard = f"/create/{video['id']}"
    return {
        "dashboard": "/",
        "create": "/create",
        **{f"create-{number}-{step}": f"{wizard}/{step}" for number, step in enumerate(STEPS, 1)},
        "create-2-scene": f"{wizard}/visuals/{whole['scenes'][0]['id']}",
        "projects": "/projects",
        "project": f"/projects/{whole['project_id']}",
        "library": "/library",
        "clients": "/clients",
        "clients-import": "/clients/import",
        "client": f"/clients/{whole['client_id']}",
        "brand": f"/clients/{whole['client_id']}/brand",
        **{f"settings-{section.name}": section.path for section in SECTIONS},
        "uploads": "/uploads",
    }


def _take(page: Page, folder: Path, name: str, address: str) -> int:
    """One page in all sizes, opened anew in each, and in their themes."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        page.locator("h1, flt-semantics-host [role=button]").first.wait_for()  # some pages of a phone have no heading
        _at_rest(page, for_looks=LOOKS_AT_A_NEW_PAGE)
        for theme in THEMES[size]:
            page.emulate_media(color_scheme=theme)
            (folder / f"{name}-{size}-{theme}.png").write_bytes(_at_rest(page))
    return sum(len(THEMES[size]) for size in SIZES)


def _at_rest(page: Page, *, for_looks: int = 1) -> bytes:
    """The page once so many looks after another find it unchanged."""
    until = time.monotonic() + STILL_AFTER_S
    seen, alike = b"", 0
    while alike < for_looks and time.monotonic() < until:
        page.wait_for_timeout(LOOK_MS)
        now = page.screenshot()
        alike = alike + 1 if now == seen else 0
        seen = now
    return seen


if __name__ == "__main__":
    began = time.monotonic()
    made = take_all()
    sys.stdout.write(f"{made} screenshots in {FOLDER}, in {time.monotonic() - began:.0f} s\n")
