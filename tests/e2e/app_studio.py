"""The engine app and its api as one program on loopback, with real people to sign in as; and a browser to use it with.

Used by tests.e2e. Flet draws on a canvas: what a screen reader would be told is all that a test can find, so that a
control without an accessible name cannot be tested either.
"""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, BrowserContext, Locator, Page, WebSocket, expect
from playwright.sync_api import Error as PlaywrightError

from api.deps import cookie_name
from api.main import create_app
from api.serving import StudioServer, listen
from api.studio import Studio, utc_now
from engine.app import engine_app
from engine.core import staff
from engine.core.database import Database
from engine.core.models import Role
from engine.front_door import open_beside
from engine.settings import Settings
from tests.api.studio import OWNER, PASSWORD, password_hash
from tests.cli.studio import wait_for
from tests.e2e.busy_studio import Day, a_busy_day

PATIENCE_MS = 60_000
"""A shared machine may stand still for a while; only a hang takes longer."""
FAILURE_SHOWN_WITHIN_MS = 10_000
SEMANTICS_ON = """window.addEventListener('flutter-first-frame', () => {
  const again = setInterval(() => {
    const asked = document.querySelector('flt-semantics-placeholder');
    if (asked) { asked.click(); clearInterval(again); }
  }, 50);
}, {once: true});"""
LISTENING = """for (const [name, listens] of [['addEventListener', true], ['removeEventListener', false]]) {
  const known = EventTarget.prototype[name];
  EventTarget.prototype[name] = function (type, ...rest) {
    if (type === 'input') this.listens = listens;
    return known.call(this, type, ...rest);
  };
}"""
"""Marks the field that Flutter hears: it takes some frames after the click, longer than between a machine's click and
its first key, and drops what comes before."""
GO = """(path) => {
  history.pushState(null, '', path);
  dispatchEvent(new PopStateEvent('popstate', {state: null}));
}"""
TAKES_KEYS = """([field, withinMs]) => new Promise((answer) => {
  const end = performance.now() + withinMs;
  const look = () => {
    if (document.activeElement === field && field.listens)
      requestAnimationFrame(() => requestAnimationFrame(() => answer(true)));
    else if (performance.now() < end) requestAnimationFrame(look);
    else answer(false);
  };
  look();
})"""
TAKES_KEYS_WITHIN_MS = 3_000
FORGOTTEN = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage"
"""What a browser keeps of a site, but for its cache of files."""
_idle: WeakKeyDictionary[Browser, list[BrowserContext]] = WeakKeyDictionary()
"""Those that nobody uses just now: the app is loaded in a quarter of the time where its files are known already."""
_last_port = 0
"""Where the last studio was: a browser knows the files of the next one if that is there too."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class AppStudio:
    """A busy studio that is served."""

    database: Database
    folder: Path
    url: str = ""
    day: Day | None = None
    port: int = 0
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        with self.database.writing() as session:
            staff.add_staff(
                session, email=OWNER, role=Role.OWNER, password_hash=password_hash(), name="Jeroen", at=utc_now()
            )
            self.day = a_busy_day(session, utc_now())

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve it; a second time at the same address, as after a restart."""
        studio = Studio(self.database, Settings(data_dir=self.folder, **self.settings))
        api = create_app(studio)
        with self._listening() as listening:
            self.port = listening.getsockname()[1]
            self.url = f"http://127.0.0.1:{self.port}"
            cookie = cookie_name(studio)
            recordings = self.folder / "recordings"
            app = engine_app(self.url, browser_cookie=cookie, api_cookie=cookie, recordings_dir=recordings)
            open_beside(api, app)
            server = StudioServer(api)
            thread = threading.Thread(target=server.run, args=([listening],))
            thread.start()
            try:
                wait_for(lambda: server.started or not thread.is_alive(), "the studio")
                yield
            finally:
                server.end()
                thread.join()

    def _listening(self) -> socket.socket:
        """At the studio's own address; the first time at that of the last studio, unless that is still there."""
        global _last_port  # noqa: PLW0603
        try:
            listening = listen("127.0.0.1", self.port or _last_port)
        except OSError:
            if self.port:
                raise
            listening = listen("127.0.0.1", 0)
        _last_port = listening.getsockname()[1]
        return listening


@contextmanager
def served_studio(
    migrated_sqlite_file: Path, folder: Path, prepare: Callable[[AppStudio], None] | None = None, **settings: Any
) -> Iterator[AppStudio]:
    """A busy studio in this folder, served until the block ends. prepare: what happened in it before."""
    (folder / "bom.db").write_bytes(migrated_sqlite_file.read_bytes())
    database = Database.at(f"sqlite:///{folder / 'bom.db'}")
    studio = AppStudio(database, folder, settings=settings)
    if prepare is not None:
        prepare(studio)
    with studio.served():
        yield studio
    database.close()


def begin_typing(field: Locator) -> None:
    """Click a field of the app until it takes keys: one that the page is just scrolling to is missed."""

    def takes_keys() -> bool:
        field.click()
        return bool(field.page.evaluate(TAKES_KEYS, [field.element_handle(), TAKES_KEYS_WITHIN_MS]))

    wait_for(takes_keys, "the field to take keys")


class Visitor:
    """Somebody at a browser."""

    def __init__(self, browser: Browser, url: str, *, width: int = 1280, height: int = 800, scheme: str = "light"):
        self.url = url
        self._idle = _idle.setdefault(browser, [])
        self.context = self._idle.pop() if self._idle else _new_context(browser)
        self.page: Page = self.context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        self.page.set_default_timeout(PATIENCE_MS)
        self._is_signed_in = False
        self.foreign: list[str] = []
        self.errors: list[str] = []
        self.heard: list[str] = []
        """What went over the lines between window and studio."""
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("websocket", self._note_line)

    def _note(self, url: str) -> None:
        if not url.startswith((self.url, "blob:", "data:")):
            self.foreign.append(url)

    def _note_line(self, line: WebSocket) -> None:
        began_s = time.monotonic()
        self.heard.append(f"a line to {line.url}")
        line.on(
            "framesent", lambda sent: self.heard.append(f"{time.monotonic() - began_s:6.2f} s: sent {sent[:200]!r}")
        )
        line.on(
            "framereceived", lambda got: self.heard.append(f"{time.monotonic() - began_s:6.2f} s: got {got[:200]!r}")
        )
        line.on("close", lambda _: self.heard.append(f"{time.monotonic() - began_s:6.2f} s: the line ended"))

    def sign_in(self, path: str = "/") -> None:
        """As people do, beginning at the page that they want."""
        self.page.goto(f"{self.url}{path}")
        self.type_and_submit(PASSWORD)
        self._headings().first.wait_for()
        self._is_signed_in = True

    def open(self, path: str) -> None:
        """Sign in at this page; a second time go there without loading the app anew, as a link within it does."""
        if not self._is_signed_in:
            self.sign_in(path)
            return
        nowhere = self.heading("Deze pagina bestaat niet.")
        self.page.evaluate(GO, "/nowhere")
        nowhere.wait_for()
        self.page.evaluate(GO, path)
        nowhere.wait_for(state="detached")
        self._headings().first.wait_for()

    def _headings(self) -> Locator:
        return self.page.locator("flt-semantics-host").get_by_role("heading")

    def type_and_submit(self, password: str, *, email: str = OWNER) -> None:
        """Fill in the sign-in form."""
        self.page.get_by_label("E-mailadres").fill(email)
        self.page.get_by_label("Wachtwoord").fill(password)
        self.page.get_by_role("button", name="Inloggen").click()

    def type_in(self, field: Locator, typed: str, *, replacing: bool = False) -> None:
        """Click a field of the app, and type at its end as fast as a machine can; or in place of what it holds."""
        begin_typing(field)
        self.page.keyboard.press("Control+A" if replacing else "Control+End")
        if replacing:
            self.page.keyboard.press("Delete")
        self.page.keyboard.type(typed)

    def button(self, name: str | re.Pattern[str]) -> Locator:
        """A button by its accessible name."""
        return self.page.get_by_role("button", name=name).first

    def heading(self, name: str | re.Pattern[str]) -> Locator:
        """A heading."""
        return self.page.get_by_role("heading", name=name)

    def sees(self, said: str | re.Pattern[str]) -> None:
        """Wait until it stands on the screen, as text or as a name."""
        host = self.page.locator("flt-semantics-host")
        host.get_by_text(said).or_(self.page.get_by_label(said)).first.wait_for(state="attached")

    def what_it_shows(self, picture: Path) -> str:
        """For a failure: a picture of the window, and its address, words and complaints."""
        picture.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.page.screenshot(path=picture, timeout=FAILURE_SHOWN_WITHIN_MS)
            outline = self.page.locator("body").aria_snapshot(timeout=FAILURE_SHOWN_WITHIN_MS)
        except PlaywrightError as problem:
            outline = f"it shows nothing any more: {problem}"
        return "\n".join([self.page.url, outline, *self.errors[-20:], *self.heard[-60:]])

    def leave(self) -> None:
        """Close the windows, and let the browser forget who was there."""
        try:
            page = self.context.new_page()
            told = self.context.new_cdp_session(page)
            for window in self.context.pages:
                if window != page:
                    window.close()
            told.send("Storage.clearDataForOrigin", {"origin": self.url, "storageTypes": FORGOTTEN})
            self.context.clear_cookies()
            self.context.clear_permissions()
            page.close()
        except PlaywrightError:  # it hangs, or is gone
            self.context.close()
        else:
            self._idle.append(self.context)


def _new_context(browser: Browser) -> BrowserContext:
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce", viewport={"width": 1280, "height": 800})
    context.add_init_script(SEMANTICS_ON)
    context.add_init_script(LISTENING)
    return context
