"""The engine app: Flet's entry point. Theme, routes and the shell, for each window that connects.

Made by engine.cli (`bom serve` beside the api, `bom app` for an api elsewhere).
Law: the app knows the api's address and a window's cookie, and nothing else of the studio.
"""

import asyncio
import logging
from pathlib import Path
from typing import Final
from urllib.parse import quote

import flet as ft
import flet_web.fastapi as flet_web

from engine.front_door import FrontDoor, session_cookie
from engine.ui.client import ApiProblem, StudioApi, new_http
from engine.ui.components.shell import Shell
from engine.ui.components.texts import text
from engine.ui.desk import Desk, DeskContext, Feed, View, is_tall, layout_of
from engine.ui.drawing import keep_drawing, watch_drawing
from engine.ui.live import follow, follow_uploads
from engine.ui.pages.clients.brand.page import BrandPage
from engine.ui.pages.clients.client import ClientPage
from engine.ui.pages.clients.import_page import ImportPage
from engine.ui.pages.clients.page import ClientsPage
from engine.ui.pages.costs.ledger import LedgerPage
from engine.ui.pages.costs.page import CostsPage
from engine.ui.pages.create.frame import VideoPage
from engine.ui.pages.create.start import CreatePage
from engine.ui.pages.dashboard.page import DashboardPage
from engine.ui.pages.library.page import LibraryPage
from engine.ui.pages.not_found import NotFoundPage
from engine.ui.pages.projects.form import NewProjectPage
from engine.ui.pages.projects.page import ProjectsPage
from engine.ui.pages.projects.project import ProjectPage
from engine.ui.pages.settings.page import SettingsPage
from engine.ui.theme import FONTS, flet_theme
from engine.ui.words import Words

log = logging.getLogger(__name__)

FORGOTTEN_AFTER_S: Final = 600
"""How long a window that went away finds everything as it was; what was typed is kept by the api, not here."""
THEME_KEY: Final = "bom.theme"
PREFERENCES_WITHIN_S: Final = 3


def engine_app(api_url: str, *, browser_cookie: str, api_cookie: str, recordings_dir: Path) -> FrontDoor:
    """The app as an ASGI app. api_url: where this process reaches the api. The cookies are names: see FrontDoor.
    recordings_dir: where sound lies that is being recorded."""
    http = new_http(api_url)

    async def open_window(page: ft.Page) -> None:
        await Window(page, StudioApi(http, session_cookie.get()), recordings_dir).open()

    flet_app = flet_web.app(
        open_window,
        app_name=Words("nl")("app.name"),
        app_short_name=Words("nl")("app.name"),
        no_cdn=True,
        session_timeout_seconds=FORGOTTEN_AFTER_S,
    )
    return FrontDoor(flet_app, http, browser_cookie=browser_cookie, api_cookie=api_cookie)


class Window:
    """One browser window: it has a desk, and follows the studio while somebody looks."""

    def __init__(self, page: ft.Page, api: StudioApi, recordings_dir: Path) -> None:
        self._page = page
        self._api = api
        self._recordings_dir = recordings_dir
        self._preferences = ft.SharedPreferences()
        self._following: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Show the app, or the sign-in page where nobody is signed in."""
        page = self._page
        _outlive_late_answers(page)
        keep_drawing(page)
        page.title = Words("nl")("app.name")
        page.fonts = dict(FONTS)
        page.theme, page.dark_theme = flet_theme("light"), flet_theme("dark")
        page.padding = 0
        try:
            me = await self._api.me()
        except ApiProblem as problem:
            if problem.is_signed_out:
                self._leave()
            else:
                page.add(text(Words("nl")("problem.unreachable")), text(Words("en")("problem.unreachable")))
            return
        page.theme_mode = await self._kept_theme()
        desk = Desk(
            api=self._api,
            feed=Feed(),
            me=me,
            words=Words(me.language),
            layout=layout_of(page.width),
            is_tall=is_tall(page.height),
            view=View(page.theme_mode, page.platform_brightness),
            leave=self._leave,
            keep_theme=self._keep_theme,
            browser_store=self._preferences,
            recordings_dir=self._recordings_dir,
        )
        page.on_resize = lambda event: _take_shape(desk, event.width, event.height)
        page.on_platform_brightness_change = lambda _: self._take_brightness(desk)
        page.on_keyboard_event = desk.take_key
        page.on_connect = lambda _: self._come_back(desk)
        page.on_disconnect = lambda _: self._rest()
        page.on_close = lambda _: self._rest()
        page.data = desk
        page.render(lambda: App(desk))
        watch_drawing(page, desk.words("problem.drawing"))
        self._follow(desk)

    def _come_back(self, desk: Desk) -> None:
        """The window was away, or loaded anew, perhaps in another size and by night."""
        watch_drawing(self._page, desk.words("problem.drawing"))
        _take_shape(desk, self._page.width, self._page.height)
        self._take_brightness(desk)
        self._follow(desk)

    def _take_brightness(self, desk: Desk) -> None:
        desk.view.device = self._page.platform_brightness

    def _follow(self, desk: Desk) -> None:
        self._rest()
        self._following = [asyncio.create_task(follow(desk)), asyncio.create_task(follow_uploads(desk))]

    def _rest(self) -> None:
        for task in self._following:
            task.cancel()
        self._following = []

    def _leave(self) -> None:
        self._rest()
        where = quote(self._page.route or "/", safe="/")  # filters stand behind a ? of their own
        self._page.run_task(ft.UrlLauncher().launch_url, f"/sign-in?next={where}", web_only_window_name="_self")

    def _keep_theme(self, mode: ft.ThemeMode) -> None:
        self._page.theme_mode = mode
        self._page.update()
        self._page.run_task(self._preferences.set, THEME_KEY, mode.value)

    async def _kept_theme(self) -> ft.ThemeMode:
        try:
            kept = await asyncio.wait_for(self._preferences.get(THEME_KEY), PREFERENCES_WITHIN_S)
        except (TimeoutError, RuntimeError):  # a browser that keeps nothing, or a page older than this program
            return ft.ThemeMode.SYSTEM
        return ft.ThemeMode(kept) if kept in {mode.value for mode in ft.ThemeMode} else ft.ThemeMode.SYSTEM


@ft.component
def App(desk: Desk) -> ft.Control:  # noqa: N802  # named like what it draws
    """All pages, around one desk."""
    routes = [
        ft.Route(
            component=Shell,
            children=[
                ft.Route(index=True, component=DashboardPage),
                ft.Route(path="create", component=CreatePage),
                ft.Route(path="create/in/:project_id", component=CreatePage),
                ft.Route(path="create/:video_id/:step?/:part?", component=VideoPage),
                ft.Route(path="projects", component=ProjectsPage),
                ft.Route(path="projects/new", component=NewProjectPage),
                ft.Route(path="projects/:project_id", component=ProjectPage),
                ft.Route(path="projects/:project_id/videos/:video_id", component=VideoPage),
                ft.Route(path="library", component=LibraryPage),
                ft.Route(path="costs", component=CostsPage),
                ft.Route(path="costs/ledger", component=LedgerPage),
                ft.Route(path="clients", component=ClientsPage),
                ft.Route(path="clients/import", component=ImportPage),
                ft.Route(path="clients/:client_id", component=ClientPage),
                ft.Route(path="clients/:client_id/brand", component=BrandPage),
                ft.Route(path="settings/:section?", component=SettingsPage),
                ft.Route(path=":rest*", component=NotFoundPage),
            ],
        )
    ]
    return DeskContext(desk, lambda: ft.Router(routes))


def _outlive_late_answers(page: ft.Page) -> None:
    """Drop a browser's answer to a control that has left the screen meanwhile.

    Flet 1.0.5 takes it for an error of the connection and hears nothing more from the window: a recorder that was asked
    something just before its page was left would end it. Gone as soon as Flet lets such an answer pass by itself.
    """
    take = page.session.handle_invoke_method_results

    def take_or_drop(control_id: int, call_id: str, result: object, error: str | None) -> None:
        try:
            take(control_id, call_id, result, error)
        except RuntimeError as late:
            log.debug("%s", late)

    page.session.handle_invoke_method_results = take_or_drop  # type: ignore[method-assign]


def _take_shape(desk: Desk, width_px: float | None, height_px: float | None) -> None:
    layout, tall = layout_of(width_px), is_tall(height_px)
    if (layout, tall) != (desk.layout, desk.is_tall):
        desk.layout, desk.is_tall = layout, tall
