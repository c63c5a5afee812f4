"""Client: the studio's api, typed. The one door out of engine.ui.

Called by pages and components through engine.ui.desk; made by engine.app, one for each window.
Law: what comes in is a model of api.schemas or a raised ApiProblem, never a dictionary. A caller's session goes along
as a cookie and is kept nowhere else.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from api.schemas.auth import MeChanges, StaffOut
from api.schemas.clients import ClientOut
from api.schemas.costs import AnswerIn, BudgetsOut, QuestionOut, SplitBy, SummaryOut
from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut, JobStatus
from api.schemas.notifications import NotificationsOut, ReadIn
from api.schemas.problems import Problem
from api.schemas.projects import ProjectOut, ProjectSort, ProjectStatus
from api.schemas.videos import VideoListed, VideoOut, VideoStatus

Answer = TypeVar("Answer", bound=BaseModel)
PATIENCE: Final = httpx.Timeout(20, connect=5)
STREAM_SILENCE_S: Final = 40.0
"""The stream says something every 15 s: after this much silence it is dead, whatever the network says."""


class ApiProblem(Exception):
    """The api said no, or nothing. `code` never changes; `message` is for a person, in English; `fields` by name."""

    def __init__(self, code: str, message: str, *, status: int = 0, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.fields = dict(fields or {})

    @property
    def is_signed_out(self) -> bool:
        """Whether the session is over."""
        return self.status == 401


@dataclass(frozen=True)
class Told:
    """One message of the event stream: `event` or `job`, its data as JSON, and the id to go on from, if any."""

    kind: str
    data: str
    id: str


@dataclass(frozen=True)
class StudioApi:
    """The api as one signed-in person. Every method raises ApiProblem."""

    http: httpx.AsyncClient
    cookie: str
    """The session as a Cookie header; empty where nobody is signed in."""

    async def me(self) -> StaffOut:
        """Who is signed in."""
        return await self._get("/auth/me", StaffOut)

    async def change_me(self, changes: MeChanges, revision: int) -> StaffOut:
        """Change one's own name or language."""
        return await self._send("PATCH", "/auth/me", StaffOut, changes, {"If-Match": f'"{revision}"'})

    async def sign_out(self) -> None:
        """End the session, for every window that uses it."""
        await self._call("POST", "/auth/logout")

    async def clients(self, *, limit: int = 50, cursor: str | None = None) -> PageOf[ClientOut]:
        """Clients at work, by name."""
        return await self._get("/clients", PageOf[ClientOut], limit=limit, cursor=cursor)

    async def projects(
        self,
        *,
        sort: ProjectSort = "-created_at",
        status: ProjectStatus | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> PageOf[ProjectOut]:
        """Projects that are not put away."""
        return await self._get("/projects", PageOf[ProjectOut], sort=sort, status=status, limit=limit, cursor=cursor)

    async def videos(self, *, status: VideoStatus | None = None, limit: int = 50) -> PageOf[VideoListed]:
        """Videos, the last changed first."""
        return await self._get("/videos", PageOf[VideoListed], sort="-updated_at", status=status, limit=limit)

    async def video(self, video_id: str) -> VideoOut:
        """One video."""
        return await self._get(f"/videos/{video_id}", VideoOut)

    async def jobs(self, *, status: JobStatus | None = None, limit: int = 50) -> PageOf[JobOut]:
        """Jobs, the last changed first."""
        return await self._get("/jobs", PageOf[JobOut], sort="-updated_at", status=status, limit=limit)

    async def cancel_job(self, job_id: str) -> JobOut:
        """Stop a job."""
        return await self._send("POST", f"/jobs/{job_id}/cancel", JobOut)

    async def retry_job(self, job_id: str) -> JobOut:
        """Do a failed job again. Asked twice, as by a double click, it is done once."""
        return await self._send("POST", f"/jobs/{job_id}/retry", JobOut, None, {"Idempotency-Key": f"retry-{job_id}"})

    async def questions(self) -> PageOf[QuestionOut]:
        """Questions that only a person can answer, the oldest first."""
        return await self._get("/questions", PageOf[QuestionOut], sort="created_at")

    async def answer_question(self, question_id: str, answer: AnswerIn) -> QuestionOut:
        """Say what was found at the vendor; its job goes on by itself."""
        return await self._send("POST", f"/questions/{question_id}/answer", QuestionOut, answer)

    async def spend(self, by: SplitBy, first_day: date, last_day: date, *, provider: str | None = None) -> SummaryOut:
        """What was spent, both days included, with all providers or one."""
        days = {"first_day": str(first_day), "last_day": str(last_day)}
        return await self._get("/costs/summary", SummaryOut, by=by, provider=provider, **days)

    async def budgets(self) -> BudgetsOut:
        """Budgets of this month, and those of projects."""
        return await self._get("/costs/budgets", BudgetsOut)

    async def notifications(self, *, limit: int = 20) -> NotificationsOut:
        """One's own notifications, the newest first."""
        return await self._get("/notifications", NotificationsOut, limit=limit)

    async def mark_all_read(self) -> None:
        """No notification is new any more."""
        await self._call("POST", "/notifications/read", ReadIn())

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

    async def _get(self, path: str, model: type[Answer], **query: str | int | None) -> Answer:
        asked = {name: value for name, value in query.items() if value is not None}
        return _read(await self._call("GET", path, query=asked), model)

    async def _send(
        self,
        method: str,
        path: str,
        model: type[Answer],
        body: BaseModel | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        return _read(await self._call(method, path, body, headers=headers), model)

    async def _call(
        self,
        method: str,
        path: str,
        body: BaseModel | None = None,
        *,
        query: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
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
    return ApiProblem(problem.code, problem.detail, status=problem.status, fields=fields)


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
