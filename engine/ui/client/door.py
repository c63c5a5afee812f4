"""Door: one signed-in person's connection to the api.

Called by the feature modules of this package.
Law: what comes in is a model of api.schemas or a raised ApiProblem, never a dictionary. A caller's session goes along
as a cookie and is kept nowhere else.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel, JsonValue, ValidationError

from api.schemas.problems import Problem

Answer = TypeVar("Answer", bound=BaseModel)
PATIENCE: Final = httpx.Timeout(20, connect=5)
STREAM_SILENCE_S: Final = 40.0
"""The stream says something every 15 s: after this much silence it is dead, whatever the network says."""


class ApiProblem(Exception):
    """The api said no, or nothing. `code` never changes; `message` is for a person, in English; `fields` by name;
    `facts` are what the refusal is about."""

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: int = 0,
        fields: Mapping[str, str] | None = None,
        facts: Mapping[str, JsonValue] | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.fields = dict(fields or {})
        self.facts = dict(facts or {})

    @property
    def is_signed_out(self) -> bool:
        """Whether the session is over."""
        return self.status == 401

    @property
    def is_passing(self) -> bool:
        """Whether the same may well be done in a moment: the studio is gone or too busy, and nothing was refused."""
        return self.code == "unreachable" or self.status == 429 or self.status >= 500


@dataclass(frozen=True)
class Told:
    """One message of the event stream: `event` or `job`, its data as JSON, and the id to go on from, if any."""

    kind: str
    data: str
    id: str


@dataclass(frozen=True)
class Door:
    """The api as one person. Every method raises ApiProblem."""

    http: httpx.AsyncClient
    cookie: str
    """The session as a Cookie header; empty where nobody is signed in."""

    @asynccontextmanager
    async def told(self, last_event_id: str | None) -> AsyncIterator[AsyncIterator[Told]]:
        """What happens from now on, or since the event with that id."""
        headers = {"Cookie": self.cookie} | ({"Last-Event-ID": last_event_id} if last_event_id else {})
        silence = httpx.Timeout(STREAM_SILENCE_S, connect=PATIENCE.connect)
        try:
            async with self.http.stream("GET", "/api/events/stream", headers=headers, timeout=silence) as answer:
                if answer.is_error:
                    await answer.aread()
                    raise _problem_of(answer)
                yield _messages(answer.aiter_lines())
        except httpx.HTTPError as error:
            raise _unreachable() from error

    async def get(self, path: str, model: type[Answer], **query: str | int | None) -> Answer:
        """Ask for something. A query that is None is left out."""
        asked = {name: value for name, value in query.items() if value is not None}
        return _read(await self.call("GET", path, query=asked), model)

    async def send(
        self,
        method: str,
        path: str,
        model: type[Answer],
        body: BaseModel | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Have something done, and read what it became. What a body leaves unset is not sent."""
        return _read(await self.call(method, path, body, headers=headers), model)

    async def send_file(
        self, path: str, model: type[Answer], content: bytes, media_type: str, **query: str | int
    ) -> Answer:
        """Have a file stored that was made here, and read what it became."""
        headers = {"Cookie": self.cookie, "Content-Type": media_type}
        try:
            answer = await self.http.put(f"/api{path}", params=query, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise _unreachable() from error
        if not answer.is_success:
            raise _problem_of(answer)
        return _read(answer, model)

    async def call(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Any request; the answer as it came."""
        try:
            answer = await self.http.request(
                method,
                f"/api{path}",
                params=query,
                json=body.model_dump(mode="json", exclude_unset=True) if body is not None else None,
                headers={"Cookie": self.cookie, **(headers or {})},
            )
        except httpx.HTTPError as error:
            raise _unreachable() from error
        if not answer.is_success:
            raise _problem_of(answer)
        return answer


def new_http(api_url: str) -> httpx.AsyncClient:
    """Connections to the api, shared by all windows of one process."""
    return httpx.AsyncClient(base_url=api_url, timeout=PATIENCE, trust_env=False, follow_redirects=False)


def on_revision(revision: int) -> dict[str, str]:
    """The header that says which revision was seen: on another one nothing is changed."""
    return {"If-Match": f'"{revision}"'}


def _read(answer: httpx.Response, model: type[Answer]) -> Answer:
    try:
        return model.model_validate_json(answer.content)
    except ValidationError as error:
        raise ApiProblem(
            "answer_unknown",
            "The studio answered in a way that this app does not know. Nothing was lost; update both and try again.",
        ) from error


def _problem_of(answer: httpx.Response) -> ApiProblem:
    try:
        problem = Problem.model_validate_json(answer.content)
    except ValidationError:
        return ApiProblem("unforeseen", f"The studio answered {answer.status_code}.", status=answer.status_code)
    fields = {wrong.field.removeprefix("body."): wrong.message for wrong in problem.errors}
    return ApiProblem(problem.code, problem.detail, status=problem.status, fields=fields, facts=problem.facts)


def _unreachable() -> ApiProblem:
    return ApiProblem("unreachable", "The studio does not answer. What you typed is still here; try again in a moment.")


async def _messages(lines: AsyncIterator[str]) -> AsyncIterator[Told]:
    """Server-sent events, as the standard writes them: fields until an empty line."""
    kind = data = event_id = ""
    async for line in lines:
        if not line:
            if data:
                yield Told(kind, data, event_id)
            kind = data = event_id = ""
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "event":
                kind = value
            case "data":
                data = f"{data}\n{value}" if data else value
            case "id":
                event_id = value
