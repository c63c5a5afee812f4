"""Routes: what every JSON route does before its endpoint and after it.

Used as `APIRouter(route_class=StudioRoute)` by all routers that take or answer JSON; uploads bring their own.
Law: what no database can keep (a NUL, half a surrogate, a number beyond 64 bits) is refused here by its place, and a
body is measured before it is read.

A plain endpoint, the check of its answer, the writing of that answer as JSON and the end of its transaction are one
turn in a thread. Each turn more costs 0.2 ms, and far more where many people ask at once: the loop has to wait for
Python's lock after each.
"""

import inspect
import math
import re
from collections.abc import Callable, Coroutine, Iterator
from functools import partial, wraps
from typing import Any, Final

from anyio.to_thread import run_sync
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive

from api import deps
from api.errors import BodyTooLarge, NotJson, WrongMediaType
from api.openapi import problems
from api.services.representations import represent
from engine.core.errors import NotFound, RevisionOutdated

MOST_BODY_BYTES: Final = 1_000_000
_MOST_ID_CHARACTERS = 200
_DEEPEST = 60
_LARGEST_INTEGER = 2**63 - 1
_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")

Place = tuple[str | int, ...]
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StudioRoute(APIRoute):
    """See the module. The finished answer is left in `request.state.answer` for api.deps to keep beside its key."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        is_plain = not (inspect.iscoroutinefunction(endpoint) or inspect.isasyncgenfunction(endpoint))
        super().__init__(path, self._in_one_turn(endpoint) if is_plain else endpoint, **options)
        self._answer: TypeAdapter[Any] | None = TypeAdapter(self.response_model) if self.response_model else None
        self.responses = {**problems(*self._possible_problems()), **self.responses}

    def _possible_problems(self) -> set[int]:
        """The statuses that follow from what the route asks for; what its rules refuse, it names itself."""
        asked = set(_callables(self.dependant))
        possible = {422, 503}
        if self.methods and self.methods - {"GET", "HEAD"}:
            possible |= {400, 403, 413, 415}
        if self.dependant.path_params:
            possible.add(404)
        if deps.get_signed_in in asked:
            possible.add(401)
        if deps.get_owner in asked:
            possible.add(403)
        if deps.get_if_match in asked:
            possible |= {412, 428}
        if deps.answer_once in asked:
            possible.add(409)
        return possible

    def _in_one_turn(self, endpoint: Callable[..., Any]) -> Callable[..., Coroutine[Any, Any, Response]]:
        """The endpoint with all that comes after it; FastAPI sends an answer that is one already as it is."""

        def turn(asked: dict[str, Any]) -> Response:
            found = endpoint(**asked)
            given = next((value for value in asked.values() if isinstance(value, Response)), None)
            answer = found if isinstance(found, Response) else self._written(found, given)
            for session in asked.values():
                if isinstance(session, Session):
                    deps.finish(session, answer)
            return answer

        @wraps(endpoint)
        async def answered(**asked: Any) -> Response:
            return await run_sync(partial(turn, asked))

        return answered

    def _written(self, found: Any, given: Response | None) -> Response:
        """What the endpoint found, checked against what the route says that it answers, with the headers it gave."""
        status = (given.status_code if given else None) or self.status_code or 200
        if self._answer is None:
            answer = Response(status_code=status)
        else:
            content = self._answer.dump_json(self._answer.validate_python(found, from_attributes=True), by_alias=True)
            answer = Response(content, status, media_type="application/json")
        if given is not None:
            answer.raw_headers.extend(given.raw_headers)
        return answer

    def get_route_handler(self) -> Handler:
        """FastAPI's own handler, between our checks."""
        handle = super().get_route_handler()

        async def checked(outer: Request) -> Response:
            request = Request(outer.scope, _measured(outer))
            _check_address(request)
            body = await _read_json(request)
            try:
                answer = await handle(request)
            except RevisionOutdated as error:
                # Here and not in api.errors: once the transaction is rolled back, the row can no longer be read.
                error.facts |= {"current": represent(error.current, deps.studio_of(request)), "given": body}
                raise
            request.state.answer = answer
            return answer

        return checked


def _callables(dependant: Dependant) -> Iterator[Any]:
    yield dependant.call
    for needed in dependant.dependencies:
        yield from _callables(needed)


def _measured(request: Request) -> Receive:
    announced = request.headers.get("content-length", "0")
    if announced.isdecimal() and int(announced[:20]) > MOST_BODY_BYTES:
        raise BodyTooLarge(MOST_BODY_BYTES)
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > MOST_BODY_BYTES:
            raise BodyTooLarge(MOST_BODY_BYTES)
        return message

    return receive


def _check_address(request: Request) -> None:
    for name, value in request.path_params.items():
        if isinstance(value, str) and (len(value) > _MOST_ID_CHARACTERS or _is_unkeepable(value)):
            raise NotFound(name.removesuffix("_id").replace("_", " "), value[:40])
    wrong = []
    if request.scope["query_string"]:
        wrong += [("query", name) for name, value in request.query_params.multi_items() if _is_unkeepable(name + value)]
    wrong += [("header", name.decode("latin-1")) for name, value in request.headers.raw if b"\x00" in value]
    _refuse([(place, "Holds a character that cannot be kept.", "unkeepable_text") for place in wrong])


async def _read_json(request: Request) -> Any:
    """The body, which stays with the request for FastAPI to read again; None without one."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return None
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    says_json = content_type == "application/json" or (
        content_type.startswith("application/") and content_type.endswith("+json")
    )
    if content_type and not says_json:
        raise WrongMediaType(
            f"This address takes JSON (Content-Type: application/json), not {content_type[:60]}. Nothing was changed."
        )
    if not await request.body():
        return None
    if not says_json:
        raise WrongMediaType("Say what this is: send Content-Type: application/json. Nothing was changed.")
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise NotJson("The body is not JSON. Nothing was changed.") from None
    _refuse([(("body", *place), message, code) for place, message, code in _unkeepable(body, (), 0)])
    return body


def _unkeepable(value: Any, place: Place, depth: int) -> Iterator[tuple[Place, str, str]]:
    if depth > _DEEPEST:
        yield place, "Lies deeper than anything here.", "too_deep"
    elif isinstance(value, dict):
        for name, item in value.items():
            if _is_unkeepable(name):
                yield place, "Has a field whose name cannot be kept.", "unkeepable_text"
            yield from _unkeepable(item, (*place, name), depth + 1)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _unkeepable(item, (*place, index), depth + 1)
    elif isinstance(value, str) and _is_unkeepable(value):
        yield place, "Holds a character that cannot be kept.", "unkeepable_text"
    elif isinstance(value, int) and not -_LARGEST_INTEGER <= value <= _LARGEST_INTEGER:
        yield place, "Is a larger number than can be kept.", "number_too_large"
    elif isinstance(value, float) and not math.isfinite(value):
        yield place, "Is not a number.", "not_finite"


def _is_unkeepable(text: str) -> bool:
    return _UNKEEPABLE.search(text) is not None


def _refuse(wrong: list[tuple[Place, str, str]]) -> None:
    if wrong:
        raise RequestValidationError(
            [{"loc": _shown(place), "msg": message, "type": code} for place, message, code in wrong[:50]]
        )


def _shown(place: Place) -> Place:
    return tuple(part.encode("ascii", "replace").decode()[:60] if isinstance(part, str) else part for part in place)
