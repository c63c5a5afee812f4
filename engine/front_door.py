"""The front door: what stands between a browser and the engine app.

Made by engine.app. It shows the sign-in page, lets nobody else's browser further, hands out the typefaces, and tells
the app whose window has connected.
Law: the session stays in a cookie that no script can read; it is looked at here and sent on to the api, nowhere else.
No page that is handed out may load anything from another host: the browser itself is told to refuse it.
"""

import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from flet_web.fastapi import app_manager
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import engine.ui
from engine.ui.app_page import app_page
from engine.ui.plain_pages import language_wished, path_within
from engine.ui.sign_in import sign_in_page
from engine.ui.theme import TOKENS
from engine.ui.upload_page import upload_page
from engine.ui.words import Language

FONTS_DIR: Final = Path(engine.ui.__file__).parent / "fonts"
SCRIPTS_DIR: Final = FONTS_DIR.with_name("scripts")
TEXT_FONT: Final = "Inter-Regular.ttf"
FALLBACK_FONTS: Final = {
    "notocoloremoji": "NotoColorEmoji-Regular.ttf",
    "notosansarabic": "NotoSansArabic-Regular.ttf",
    "notosanshebrew": "NotoSansHebrew-Regular.ttf",
}
"""What Flutter calls a family, and which file has its signs."""
EARLIER_START: Final = 4001
"""A WebSocket's code for our own use."""
A_DAY: Final = "public, max-age=86400"
session_cookie: ContextVar[str] = ContextVar("session_cookie", default="")
"""The Cookie header that goes to the api for the window whose task this is."""

_OWN_ONLY: Final = "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
APP_POLICY: Final = (
    f"{_OWN_ONLY}; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "connect-src 'self' data: blob:; font-src 'self' data:"
)
"""Flutter starts by inline scripts, compiles WebAssembly and styles its own canvas."""


class FrontDoor:
    """The engine app behind its door, as an ASGI app."""

    def __init__(self, flet_app: ASGIApp, http: httpx.AsyncClient, *, browser_cookie: str, api_cookie: str) -> None:
        """flet_app: the app as Flet makes it. http: the api. The session's cookie has a name in browsers and a name
        at the api, which is the same one where both are one origin."""
        self._flet = flet_app
        self._http = http
        self._browser_cookie = browser_cookie
        self._api_cookie = api_cookie
        self._index = ""
        self._start = secrets.token_hex(8)
        self._routes = Starlette(
            routes=[
                Route("/sign-in", self._sign_in),
                Route("/uploads", self._uploads),
                Route("/door", self._which_start),
                Route("/favicon.png", self._mark),
                Route("/icons/loading-animation.png", self._mark),
                Route("/assets/FontManifest.json", self._font_manifest),
                Route("/assets/fonts/{family}/{rest:path}", self._fallback_font),
                Mount("/fonts", _Unchanging(directory=FONTS_DIR)),
                Mount("/scripts", _Unchanging(directory=SCRIPTS_DIR)),
                Mount("/", self._app),
            ]
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._window(scope, receive, send)
            return
        await self._routes(scope, receive, _with_safety(send))

    @asynccontextmanager
    async def alive(self) -> AsyncIterator[None]:
        """What must run while the door is open, and be closed after: an app inside another gets no life-span."""
        await app_manager.start()
        try:
            yield
        finally:
            await app_manager.shutdown()
            await self._http.aclose()

    async def _window(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A window's line to the app. A page of an earlier start is refused: it would open a window here, and have its
        work taken over by it, in the moment before it is loaded anew."""
        connection = HTTPConnection(scope)
        if connection.query_params.get("start") != self._start:
            await receive()
            await send({"type": "websocket.close", "code": EARLIER_START})
            return
        cookie = self._cookie_of(connection)
        session_cookie.set(cookie)
        await self._flet(_scope_of_one_person(scope, cookie), receive, _dropping_late_words(send))

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        path = scope["path"]
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(404)
        if "." in path.rsplit("/", 1)[-1] and not path.endswith("/index.html"):
            await self._flet(scope, receive, send)
            return
        if not await self._is_signed_in(request):
            asked = path_within(path + (f"?{request.url.query}" if request.url.query else ""))
            answer: Response = RedirectResponse(f"/sign-in?next={quote(asked, safe='')}", 303)
        else:
            answer = HTMLResponse(await self._index_page())
        answer.headers["content-security-policy"] = APP_POLICY
        answer.headers["cross-origin-embedder-policy"] = "require-corp"
        answer.headers["cache-control"] = "no-store"
        await answer(scope, receive, send)

    async def _sign_in(self, request: Request) -> Response:
        next_path = path_within(request.query_params.get("next", "/"))
        if await self._is_signed_in(request):
            return RedirectResponse(next_path, 303)
        return _plain_page(request, lambda language, nonce: sign_in_page(language, next_path, nonce))

    async def _uploads(self, request: Request) -> Response:
        if not await self._is_signed_in(request):
            return RedirectResponse(f"/sign-in?next={quote(f'/uploads?{request.url.query}', safe='')}", 303)
        back_path = request.query_params.get("back", "/")
        return _plain_page(request, lambda language, nonce: upload_page(language, back_path, nonce))

    async def _which_start(self, _request: Request) -> Response:
        return PlainTextResponse(self._start, headers={"cache-control": "no-store"})

    async def _mark(self, _request: Request) -> Response:
        accent, ink = TOKENS.colours["light"].accent, TOKENS.colours["light"].on_accent
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="10" '
            f'fill="{accent}"/><path d="M15 12v16l14-8z" fill="{ink}"/></svg>'
        )
        return Response(drawing, media_type="image/svg+xml", headers={"cache-control": A_DAY})

    async def _font_manifest(self, _request: Request) -> Response:
        """Which fonts Flutter loads before it draws: not the twenty for formulas that Flet lists too."""
        listed = json.loads(await self._flet_file("/assets/FontManifest.json"))
        return JSONResponse([font for font in listed if not font["family"].startswith("packages/")])

    async def _fallback_font(self, request: Request) -> Response:
        """Flutter asks for slices of fonts that it knows from Google's. We have some whole, at one address each, and
        for all else our own typeface, which knows every sign of Europe's languages."""
        file = FALLBACK_FONTS.get(request.path_params["family"], TEXT_FONT)
        return RedirectResponse(f"/fonts/{file}", 307, {"cache-control": A_DAY})

    def _cookie_of(self, connection: HTTPConnection) -> str:
        token = connection.cookies.get(self._browser_cookie, "")
        return f"{self._api_cookie}={token}" if token.isascii() and token else ""

    async def _is_signed_in(self, request: Request) -> bool:
        """Whether the api knows the session. Where it does not answer, the app itself says so better than we can."""
        cookie = self._cookie_of(request)
        if not cookie:
            return False
        try:
            answer = await self._http.get("/api/auth/me", headers={"Cookie": cookie})
        except httpx.HTTPError:
            return True
        return answer.status_code != 401

    async def _index_page(self) -> str:
        """Flet's page, with our ground and mark while it loads."""
        if not self._index:
            self._index = app_page(await self._flet_file("/index.html"), self._start)
        return self._index

    async def _flet_file(self, path: str) -> str:
        inside = httpx.ASGITransport(self._flet)
        async with httpx.AsyncClient(transport=inside, base_url="http://app", trust_env=False) as flet:
            return (await flet.get(path)).text


def _plain_page(request: Request, page: Callable[[Language, str], str]) -> Response:
    """A page outside the app, in the language that is asked for, which runs its own scripts only."""
    language = language_wished(request.query_params.get("lang") or request.headers.get("accept-language", ""))
    nonce = secrets.token_urlsafe(16)
    policy = f"{_OWN_ONLY}; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'"
    headers = {"content-security-policy": policy, "cache-control": "no-store"}
    return HTMLResponse(page(language, nonce), headers=headers)


class _Unchanging(StaticFiles):
    """Typefaces and scripts: they change with a release only, so a browser need not ask each time."""

    def file_response(self, *arguments: Any, **more: Any) -> Response:
        answer = super().file_response(*arguments, **more)
        answer.headers["cache-control"] = A_DAY
        return answer


def open_beside(api: FastAPI, door: FrontDoor) -> None:
    """Let the door answer where no route of the api does, except under the api's own addresses; it lives as long.

    Not a mount at the root: that would take addresses of the api for its own, and answer 404 where the api says 405.
    """
    not_found, api_life = api.router.default, api.router.lifespan_context

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        is_api = scope["path"].startswith(("/api/", "/media/")) or scope["path"] in {"/api", "/media"}
        await (not_found if is_api else door)(scope, receive, send)

    @asynccontextmanager
    async def both(app: FastAPI) -> AsyncIterator[Mapping[str, Any] | None]:
        async with api_life(app) as state, door.alive():
            yield state

    api.router.default = answer
    api.router.lifespan_context = both  # type: ignore[assignment]  # typed as one or the other, not as both


def _scope_of_one_person(scope: Scope, cookie: str) -> Scope:
    """The scope, with the sign-in for the browser's name: by that name Flet 1.0.5 finds a window again that was away.

    Whoever signs in after somebody else, in the same tab, gets a window of their own and not the one before.
    """
    mark = sha256(cookie.encode()).hexdigest().encode()
    others = [(name, value) for name, value in scope["headers"] if name != b"user-agent"]
    return {**scope, "headers": [*others, (b"user-agent", mark)]}


def _dropping_late_words(send: Send) -> Callable[[Message], Awaitable[None]]:
    """What is said to a window that has just gone is dropped.

    Flet 1.0.5 takes it for the end of all, and never learns that the window is gone: it would be kept, and told of
    everything that happens, for as long as the studio runs.
    """

    async def send_or_drop(message: Message) -> None:
        with suppress(OSError):
            await send(message)

    return send_or_drop


def _with_safety(send: Send) -> Callable[[Message], Awaitable[None]]:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            del headers["access-control-allow-origin"]  # Flet lets every site read its files; ours are nobody's
            headers.setdefault("cache-control", "no-cache")
            headers.setdefault("content-security-policy", APP_POLICY)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers["x-frame-options"] = "DENY"
            headers["cross-origin-resource-policy"] = "same-origin"
            headers["cross-origin-opener-policy"] = "same-origin"
        await send(message)

    return send_with_headers
