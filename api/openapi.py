"""OpenAPI: the api's own description, with every refusal in it.

Called by api.routes (problems of each route) and api.main.
Law: an answer that a route can give stands in its description; tests/api/test_openapi.py holds it to that.
"""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.schemas.problems import Problem

Responses = dict[int | str, dict[str, Any]]

DESCRIPTION: Final = """\
Everything that BOM Studios keeps and does. Sign in with `POST /api/auth/login`, which sets a cookie.

- Lists come in pages: give `next_cursor` back as `cursor`, with the same other parameters.
- What can be edited has a revision: send the `ETag` of your GET as `If-Match`, and a change that somebody else made
  meanwhile is answered with 412 and both sides.
- A POST that makes something takes an `Idempotency-Key`: sent again, it makes nothing new and answers the same.
- Amounts are whole micro-euros (1,000,000 is € 1.00), times are UTC, dates are local.
- Every refusal is `application/problem+json` with a `code` that never changes.
"""

_SAID: Final[dict[int, str]] = {
    400: "This is not JSON.",
    401: "Nobody is signed in, or the session is over.",
    403: "This caller may not do this, or a page of another site asked for it.",
    404: "There is no such thing, or not for this caller.",
    409: "It cannot be done in the state that things are in.",
    410: "It was there and its time is over.",
    412: "Somebody changed it meanwhile: `facts.current` is how it is now, `facts.given` what was sent.",
    413: "What was sent is too large.",
    415: "What was sent is of another kind than this address takes.",
    416: "The file does not reach so far: Content-Range says how long it is.",
    422: "Something in the request cannot be used; `errors` names the fields.",
    428: "If-Match is missing.",
    429: "Too often in too short a time; Retry-After says when to try again.",
    503: "The database, or something else that this needs, is not there just now; Retry-After says when to try again.",
}
_SIGN_IN: Final = frozenset({"login", "use_sign_in_token", "use_sign_in_code"})
"""They answer 401 and need nobody to be signed in."""
_RETRY_AFTER: Final = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}


def problems(*statuses: int) -> Responses:
    """Refusals for a route's `responses`."""
    described: Responses = {}
    for status in sorted(statuses):
        described[status] = {
            "description": _SAID[status],
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        if status in {429, 503}:
            described[status]["headers"] = _RETRY_AFTER
    return described


def operation_id(route: APIRoute) -> str:
    """The endpoint's own name, which is the only one of its kind: clients are generated from it."""
    return route.name


def describe(app: FastAPI, cookie: str, portal_cookie: str) -> dict[str, Any]:
    """The whole description."""
    described = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    components = described.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}", mode="serialization")
    schemas |= {**problem.pop("$defs", {}), "Problem": problem}
    components["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": cookie},
        "portal": {"type": "apiKey", "in": "cookie", "name": portal_cookie},
    }
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    for path, operations in described["paths"].items():
        for operation in operations.values():
            if "401" in operation["responses"] and operation["operationId"] not in _SIGN_IN:
                operation["security"] = [{"portal" if path.startswith("/api/portal/") else "session": []}]
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                operation["responses"]["422"] = problems(422)[422]
            for parameter in operation.get("parameters", ()):
                _describe_parameter(parameter)
    return described


def _describe_parameter(parameter: dict[str, Any]) -> None:
    """An address and a header hold text: a parameter can be absent and cannot be null. If-Match cannot be absent."""
    schema = parameter["schema"]
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    if len(kinds) == 1:
        parameter["schema"] = {**kinds[0], **schema}
    elif kinds:
        schema["anyOf"] = kinds
    if parameter["name"] == "If-Match":
        parameter["required"] = True
