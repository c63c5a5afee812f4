"""Errors: what a rule, a request or the database refuses becomes problem+json. The only place that knows status codes.

Called by api.main (handlers) and api.middleware (answers made before a route is found).
Law: an answer never holds a stack, a path, a query or what was sent; a code never changes once it is out.
"""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import JsonValue
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import compile_path

from api.refusals import note_refusal
from api.schemas.problems import FieldProblem, Problem
from api.services.direct_files import DirectFileTooLarge, NotBytes
from api.services.review_links import LinkRevoked
from api.services.signed_links import LinkExpired, LinkInvalid
from api.services.uploads import UploadOverrun
from api.services.vendor_webhooks import WebhookTooLarge
from engine.core import errors
from engine.core.models import new_id
from engine.core.uploads import UploadTooLarge

log = logging.getLogger("bom.api")

STATUS: Final[Mapping[type[errors.DomainError], int]] = {
    errors.NotFound: 404,
    errors.Invalid: 422,
    errors.Conflict: 409,
    errors.RevisionOutdated: 412,
    errors.Refused: 403,
    errors.NotSignedIn: 401,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.DomainError: 409,
}
RETRY_AFTER_S: Final = 5
_BY_STATUS: Final[Mapping[int, tuple[str, str]]] = {
    400: ("bad_request", "This request cannot be read. Nothing was changed."),
    404: ("no_such_address", "There is nothing at this address. /api/openapi.json lists what there is."),
    405: ("method_not_allowed", "This address does not take this method. The Allow header names those that it takes."),
    413: ("too_large", "What was sent is larger than this address takes. Nothing was kept."),
    415: ("wrong_media_type", "This address takes another kind of content. Nothing was changed."),
    501: ("not_there_yet", "This is not possible yet."),
}


class PreconditionRequired(errors.DomainError):
    """An editable thing was to be changed without saying which revision was seen."""

    code = "if_match_missing"

    def __init__(self) -> None:
        super().__init__("Say which revision you saw: send the ETag of your last GET as If-Match. Nothing was changed.")


class WrongMediaType(errors.DomainError):
    """The body is of a kind that this route does not take."""

    code = "wrong_media_type"


class TusVersionUnknown(errors.DomainError):
    """The caller speaks another version of the upload protocol, or did not say which."""

    code = "tus_version_unknown"

    def __init__(self) -> None:
        super().__init__("Uploads speak tus 1.0.0: send Tus-Resumable: 1.0.0. Nothing was changed.")


class BodyTooLarge(errors.DomainError):
    """The body is longer than this route takes."""

    code = "too_large"

    def __init__(self, most_bytes: int) -> None:
        super().__init__(
            f"What was sent is larger than the {most_bytes // 1000} kB that this address takes. Nothing was kept.",
            most_bytes=most_bytes,
        )


class NotJson(errors.DomainError):
    """The body says that it is JSON and is not."""

    code = "json_invalid"


_OUR_STATUS: Final[Mapping[type[errors.DomainError], int]] = {
    TusVersionUnknown: 412,
    UploadTooLarge: 413,
    DirectFileTooLarge: 413,
    NotBytes: 415,
    UploadOverrun: 413,
    WebhookTooLarge: 413,
    LinkInvalid: 404,
    LinkExpired: 410,
    LinkRevoked: 410,
    PreconditionRequired: 428,
    WrongMediaType: 415,
    BodyTooLarge: 413,
    NotJson: 400,
    **STATUS,
}


def problem_response(
    status: int,
    code: str,
    detail: str,
    *,
    request_id: str,
    facts: Mapping[str, JsonValue] | None = None,
    field_problems: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """A problem as an answer."""
    problem = Problem(
        type=f"urn:bom:problem:{code}",
        title=HTTPStatus(status).phrase,
        status=status,
        code=code,
        detail=detail,
        request_id=request_id,
        facts=dict(facts or {}),
        errors=list(field_problems),
    )
    return JSONResponse(
        problem.model_dump(mode="json"), status, dict(headers or {}), media_type="application/problem+json"
    )


def answer_domain_error(error: errors.DomainError, request_id: str) -> Response:
    """The answer to a rule's no."""
    status = next(status for kind, status in _OUR_STATUS.items() if isinstance(error, kind))
    headers: dict[str, str] = {}
    if isinstance(error, errors.TooMany):
        headers["Retry-After"] = str(error.retry_after_s)
    elif status == 503:
        headers["Retry-After"] = str(RETRY_AFTER_S)
    elif status == 401:
        headers["WWW-Authenticate"] = 'Cookie realm="bom"'
    field = getattr(error, "field", None)
    wrong = [FieldProblem(field=field, message=error.message, code=error.code)] if isinstance(field, str) else []
    return problem_response(
        status,
        error.code,
        error.message,
        request_id=request_id,
        facts=error.facts,
        field_problems=wrong,
        headers=headers,
    )


def answer_unforeseen(error: BaseException, request_id: str) -> Response:
    """The answer to what nobody foresaw; the log has its stack under a short id."""
    error_id = new_id()[-8:]
    log.error("unforeseen error %s in request %s", error_id, request_id, exc_info=error)
    return problem_response(
        500,
        "unforeseen",
        f"Something unforeseen went wrong. Nothing was changed. The log tells more under {error_id}.",
        request_id=request_id,
        facts={"error_id": error_id},
    )


def add_error_handlers(app: FastAPI) -> None:
    """Let every refusal of a route become a problem."""
    app.add_exception_handler(errors.DomainError, _on_domain_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)
    app.add_exception_handler(ClientDisconnect, _on_gone)
    app.add_exception_handler(StaleDataError, _on_stale)
    app.add_exception_handler(IntegrityError, _on_integrity_error)
    app.add_exception_handler(DataError, _on_data_error)
    app.add_exception_handler(OperationalError, _on_operational_error)
    app.add_exception_handler(PoolTimeout, _on_operational_error)


def request_id_of(request: Request) -> str:
    """The id that api.middleware.requests gave it."""
    return str(request.scope.get("state", {}).get("request_id", ""))


async def _on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, errors.DomainError)
    await note_refusal(request, error)
    return answer_domain_error(error, request_id_of(request))


def _on_invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    wrong = [
        FieldProblem(
            field=".".join(str(part) for part in detail["loc"]),
            message=str(detail["msg"]).removeprefix("Value error, "),
            code=str(detail["type"]),
        )
        for detail in error.errors()[:50]
    ]
    named = ", ".join(dict.fromkeys(problem.field for problem in wrong[:5]))
    return problem_response(
        422,
        "invalid_request",
        f"Something in this request cannot be used: {named}. Nothing was changed; `errors` says why.",
        request_id=request_id_of(request),
        field_problems=wrong,
    )


def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code < 400:
        return Response(status_code=error.status_code, headers=error.headers)
    code, detail = _BY_STATUS.get(error.status_code, ("refused", "This is not possible. Nothing was changed."))
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods_of(request) or {headers.get("Allow", "")}))
    return problem_response(error.status_code, code, detail, request_id=request_id_of(request), headers=headers)


def _methods_of(request: Request) -> set[str]:
    """All that this address takes; the framework names those of the first route only."""
    return {
        method.upper()
        for path, operations in request.app.openapi()["paths"].items()
        if compile_path(path)[0].match(request.url.path)
        for method in operations
    }


def _on_gone(request: Request, _error: Exception) -> Response:
    """The sender's line broke off in the middle: nobody reads the answer, and nothing is wrong here."""
    log.info("the sender of request %s went away", request_id_of(request))
    return Response(status_code=400)


def _on_stale(request: Request, _error: Exception) -> Response:
    return problem_response(
        412,
        "revision_outdated",
        "Somebody else changed this at the same moment. Nothing was overwritten: read it again and compare.",
        request_id=request_id_of(request),
    )


def _on_integrity_error(request: Request, error: Exception) -> Response:
    log.warning("request %s broke a rule of the database: %s", request_id_of(request), _first_line(error))
    return problem_response(
        409,
        "conflict",
        "This contradicts something that is kept already, or was made at the same moment. Nothing was changed: "
        "read it again and retry.",
        request_id=request_id_of(request),
    )


def _on_data_error(request: Request, error: Exception) -> Response:
    log.warning("request %s held what the database cannot keep: %s", request_id_of(request), _first_line(error))
    return problem_response(
        422,
        "invalid",
        "Something in this request is too long, too large or cannot be kept. Nothing was changed.",
        request_id=request_id_of(request),
    )


def _on_operational_error(request: Request, error: Exception) -> Response:
    if isinstance(error, DBAPIError) and not _is_passing(error):
        return answer_unforeseen(error, request_id_of(request))
    log.error("request %s found no database: %s", request_id_of(request), _first_line(error))
    return problem_response(
        503,
        "database_unavailable",
        "The database does not answer just now. Nothing was changed; try again in a moment. "
        "If it stays so, /api/ready says what is wrong.",
        request_id=request_id_of(request),
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def _is_passing(error: DBAPIError) -> bool:
    """Whether it may be over in a moment: locked, full, out of reach; and not a mistake in a query."""
    state = getattr(error.orig, "sqlstate", None) or ""
    name = getattr(error.orig, "sqlite_errorname", None) or ""
    if name:
        return name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR"))
    return error.connection_invalidated or not state or state[:2] in {"08", "40", "53", "55", "57", "58"}


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0][:300]
