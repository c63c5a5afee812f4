"""`bom app`: the engine app on this machine, for a studio that runs on another one.

Called by engine.cli.studio.
Law: the app here is what it is beside the api: one origin for the browser. What is the studio's own (/api, /media) is
fetched from there by this process, and the session is a cookie of this origin, which no script can read.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.background import BackgroundTask
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from api.errors import problem_response
from api.header_limit import LimitedHeaders
from api.middleware.origins import Origins
from api.serving import listen
from engine.app import engine_app
from engine.cli.outcome import BadInput, say
from engine.front_door import open_beside
from engine.settings import Settings
from engine.ui.client import new_http

COOKIE: Final = "bom_app"
KEPT_FROM_THEM: Final = frozenset({"host", "cookie", "origin", "referer", "connection", "transfer-encoding"})
KEPT_FROM_US: Final = frozenset({"set-cookie", "connection", "transfer-encoding", "strict-transport-security"})
METHODS: Final = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class Relay:
    """Fetches what is the studio's own, for pages of this origin."""

    def __init__(self, studio_url: str) -> None:
        self.cookie_name = "__Host-bom" if studio_url.startswith("https://") else "bom"
        self._http = new_http(studio_url)

    async def answer(self, request: Request) -> Response:
        """What the studio answers, as it comes."""
        headers = [(name, value) for name, value in request.headers.items() if name not in KEPT_FROM_THEM]
        if token := request.cookies.get(COOKIE):
            headers.append(("cookie", f"{self.cookie_name}={token}"))
        address = httpx.URL(path=request.url.path, query=request.url.query.encode())
        body = None if request.method in {"GET", "HEAD"} else request.stream()
        asked = self._http.build_request(request.method, address, headers=headers, content=body, timeout=None)
        try:
            theirs = await self._http.send(asked, stream=True)
        except httpx.HTTPError:
            said = "The studio does not answer. Nothing was changed; try again in a moment."
            return problem_response(502, "unreachable", said, request_id="")
        answer = StreamingResponse(theirs.aiter_raw(), theirs.status_code, background=BackgroundTask(theirs.aclose))
        for name, value in theirs.headers.multi_items():
            if name not in KEPT_FROM_US:
                answer.headers.append(name, value)
        if token := theirs.cookies.get(self.cookie_name):
            answer.set_cookie(COOKIE, token, path="/", httponly=True, samesite="strict")
        return answer

    @asynccontextmanager
    async def alive(self, _app: FastAPI) -> AsyncIterator[None]:
        """Its connections, while the app runs."""
        try:
            yield
        finally:
            await self._http.aclose()


def app_for(studio_url: str) -> FastAPI:
    """The engine app for the studio at that address, as an ASGI app."""
    relay = Relay(studio_url)
    settings = Settings()
    here = FastAPI(
        lifespan=relay.alive,
        openapi_url=None,
        redirect_slashes=False,
        middleware=[Middleware(Origins, settings=settings)],
    )
    for path in ("/api/{rest:path}", "/media/{rest:path}"):
        here.add_route(path, relay.answer, methods=METHODS)
    app = engine_app(
        studio_url,
        browser_cookie=COOKIE,
        api_cookie=relay.cookie_name,
        recordings_dir=settings.recordings_dir,
    )
    open_beside(here, app)
    return here


def run_app(studio_url: str, port: int, show: Callable[[str], str] | None) -> None:
    """Serve the app to this machine's browsers until stopped. show: opens its address, and says so. Raises BadInput."""
    address = urlsplit(studio_url)
    if address.scheme not in {"http", "https"} or not address.hostname or address.path.strip("/"):
        raise BadInput(f"'{studio_url}' is not the address of a studio. It looks like https://studio.example.")
    studio_url = studio_url.rstrip("/")
    try:
        httpx.get(f"{studio_url}/api/health", timeout=10, trust_env=False).raise_for_status()
    except httpx.HTTPError as problem:
        raise BadInput(
            f"No studio answers at {studio_url} ({problem}). Is it running, and is this its address?"
        ) from problem
    try:
        listening = listen("127.0.0.1", port)
    except OSError as problem:
        raise BadInput(f"Port {port} is taken ({problem.strerror}). Give another one with --port.") from problem
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    say(f"The app is at {url}, for {studio_url}. Ctrl-C stops.", "green")
    if show is not None:
        say(show(url))
    config = uvicorn.Config(
        app_for(studio_url),
        http=LimitedHeaders,
        log_config=None,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    with listening, suppress(KeyboardInterrupt):  # uvicorn hands the signal on once it has ended
        uvicorn.Server(config).run([listening])
    say("Stopped.")
