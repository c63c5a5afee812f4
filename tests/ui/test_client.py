"""The client, against the real api."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

import httpx
import pytest

from api.schemas.auth import MeChanges
from engine.core.database import Database
from engine.ui.client import ApiProblem, StudioApi, Told, new_http
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import ApiStudio, Clock

T = TypeVar("T")


def asked(studio: ApiStudio, ask: Callable[[StudioApi], Awaitable[T]], *, signed_in: bool = True) -> T:
    """What the api answers to somebody."""

    async def there(url: str) -> T:
        async with new_http(url) as http:
            return await ask(StudioApi(http, f"bom={studio.token()}" if signed_in else ""))

    with studio.open() as client:
        return asyncio.run(there(str(client.base_url)))


def test_who_is_signed_in_is_told_and_changes_their_language(lite_studio: ApiStudio) -> None:
    async def change(api: StudioApi) -> str:
        me = await api.me()
        return (await api.change_me(MeChanges(language="en"), me.revision)).language

    assert asked(lite_studio, change) == "en"


def test_a_session_that_is_over_is_a_problem_of_its_own(lite_studio: ApiStudio) -> None:
    with pytest.raises(ApiProblem) as met:
        asked(lite_studio, lambda api: api.me(), signed_in=False)

    assert met.value.is_signed_out


def test_what_is_wrong_with_a_field_is_said_by_field(lite_studio: ApiStudio) -> None:
    with pytest.raises(ApiProblem) as met:
        asked(lite_studio, lambda api: api.change_me(MeChanges.model_construct(name="x" * 301), 1))

    assert met.value.code == "invalid_request"
    assert list(met.value.fields) == ["name"]


def test_a_studio_that_does_not_answer_is_a_problem_and_not_a_crash() -> None:
    async def ask() -> None:
        async with new_http("http://127.0.0.1:9") as http:
            await StudioApi(http, "").me()

    with pytest.raises(ApiProblem) as met:
        asyncio.run(ask())

    assert met.value.code == "unreachable"
    assert not met.value.is_signed_out


def test_an_answer_that_the_app_does_not_know_is_a_problem_and_not_a_crash() -> None:
    async def ask() -> None:
        strange = httpx.MockTransport(lambda _: httpx.Response(200, json={"somebody": "else"}))
        async with httpx.AsyncClient(transport=strange, base_url="http://studio") as http:
            await StudioApi(http, "").me()

    with pytest.raises(ApiProblem) as met:
        asyncio.run(ask())

    assert met.value.code == "answer_unknown"


def test_every_list_of_the_dashboard_can_be_asked_for(lite_studio: ApiStudio) -> None:
    async def everything(api: StudioApi) -> list[object]:
        first, last = date(2026, 11, 1), date(2026, 11, 22)
        return [
            (await api.clients()).items,
            (await api.projects(sort="due_on", status="review")).items,
            (await api.videos(status="ready")).items,
            (await api.jobs(status="failed")).items,
            (await api.questions()).items,
            (await api.spend("day", first, last, provider="replicate")).parts,
            (await api.budgets()).items,
            (await api.notifications()).items,
        ]

    assert asked(lite_studio, everything) == [[]] * 8


def test_the_stream_goes_on_from_the_last_event_that_was_seen(
    new_sqlite_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    database = Database.at(new_sqlite_url)
    studio = ApiStudio(database, tmp_path_factory.mktemp("data"), clock=Clock())

    async def told(api: StudioApi) -> list[Told]:
        made = [
            await api.http.post("/api/clients", json={"name": "Anna"}, headers={"Cookie": api.cookie}),
        ]
        client_id = made[0].json()["id"]
        seen: list[Told] = []
        last_id: str | None = None
        for name in ("Mei", "Juni"):
            async with api.told(last_id) as messages:
                project = {"client_id": client_id, "name": name}
                await api.http.post("/api/projects", json=project, headers={"Cookie": api.cookie})
                async for message in messages:
                    if name in message.data:
                        seen.append(message)
                        last_id = message.id
                        break
        return seen

    first, second = asked(studio, told)
    assert (first.kind, second.kind) == ("event", "event")
    assert first.id < second.id
    database.close()
