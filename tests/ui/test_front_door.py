"""The front door: who comes in, what is handed out, and what a browser is told to refuse."""

import asyncio
from collections.abc import Iterator

import httpx
import pytest
from starlette.types import Message

from engine.app import engine_app
from engine.front_door import open_beside
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import ApiStudio


@pytest.fixture
def door(lite_studio: ApiStudio) -> Iterator[httpx.Client]:
    """A browser at the door of a studio: nobody is signed in. The app asks the same process."""
    with lite_studio.open() as api, httpx.Client() as away:
        recordings = lite_studio.folder / "recordings"
        app = engine_app(str(api.base_url), browser_cookie="bom", api_cookie="bom", recordings_dir=recordings)
        behind = ApiStudio(lite_studio.database, lite_studio.folder)
        open_beside(behind.app, app)
        with behind.open() as browser:
            yield browser
        away.close()


def test_nobody_sees_the_app_before_signing_in(door: httpx.Client) -> None:
    answer = door.get("/projects?sort=due_on")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fprojects%3Fsort%3Ddue_on"


def test_a_session_that_is_over_leads_to_the_sign_in_page(door: httpx.Client) -> None:
    door.cookies.set("bom", "a-token-of-long-ago")

    assert door.get("/").status_code == 303


def test_who_is_signed_in_gets_the_app_and_is_not_asked_again(door: httpx.Client, lite_studio: ApiStudio) -> None:
    door.cookies.set("bom", lite_studio.token())

    page = door.get("/projects")
    assert page.status_code == 200
    assert "flutter_bootstrap.js" in page.text
    assert door.get("/sign-in?next=/clients").headers["location"] == "/clients"


@pytest.mark.parametrize("path", ["/", "/sign-in", "/main.dart.js", "/fonts/Inter-Regular.ttf"])
def test_no_page_may_load_from_another_host_or_be_framed(door: httpx.Client, path: str) -> None:
    headers = door.get(path).headers

    assert headers["content-security-policy"].startswith("default-src 'self'; object-src 'none'")
    assert "http" not in headers["content-security-policy"]
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/nothing", 404), ("DELETE", "/api/clients", 405)])
def test_the_apis_own_addresses_stay_its_own(door: httpx.Client, method: str, path: str, status: int) -> None:
    answer = door.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_flutters_own_fonts_are_enough_and_no_more(door: httpx.Client) -> None:
    families = [font["family"] for font in door.get("/assets/FontManifest.json").json()]

    assert "MaterialIcons" in families
    assert not any("math" in family for family in families)
    emoji = door.get("/assets/fonts/notocoloremoji/v32/x.2.woff2", follow_redirects=True)
    assert emoji.headers["content-type"] == "font/ttf"
    assert len(emoji.content) < 6_000_000
    arabic = door.get("/assets/fonts/notosansarabic/v18/x.2.woff2", follow_redirects=True)
    assert arabic.url.path == "/fonts/NotoSansArabic-Regular.ttf"
    assert arabic.status_code == 200


def test_a_page_of_an_earlier_start_gets_no_window(lite_studio: ApiStudio) -> None:
    said: list[Message] = []

    async def hear() -> Message:
        return {"type": "websocket.connect"}

    async def say(message: Message) -> None:
        said.append(message)

    async def connect() -> None:
        app = engine_app(
            "http://127.0.0.1:9", browser_cookie="bom", api_cookie="bom", recordings_dir=lite_studio.folder
        )
        line = {"type": "websocket", "path": "/ws", "headers": [], "query_string": b"start=0123456789abcdef"}
        await app(line, hear, say)

    asyncio.run(connect())
    assert [message["type"] for message in said] == ["websocket.close"]
