"""Downloads: one stored file by a signed address; needs no session, so that a film plays on when it ends.

Outside /api, at /media: a reverse proxy may hand these to another process.
"""

import re
from datetime import datetime
from pathlib import Path as FilePath
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import FileResponse

from api.deps import Now, TheStudio
from api.errors import problem_response
from api.openapi import Responses, problems
from api.services import downloads
from api.studio import Studio

router = APIRouter(prefix="/media", tags=["downloads"], route_class=APIRoute)

_ONE_RANGE = re.compile(r"bytes=(\d{1,18}-(\d{1,18})?|-\d{1,18})")
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}


_ANSWERS: Final[Responses] = {
    200: {"description": "The file.", "content": {"application/octet-stream": _FILE}},
    206: {"description": "The part that Range asks for.", "content": {"application/octet-stream": _FILE}},
    304: {"description": "The caller has it already (If-None-Match)."},
    **problems(404, 410, 416, 422, 503),
}
Token = Annotated[
    str, Path(max_length=1000, description="Names and signs the file.", examples=["eyJzIjoi4oCmIn0.Zm9v"])
]
FileName = Annotated[str, Path(max_length=1000, description="Only what it is saved as.", examples=["film.mp4"])]


@router.get("/{token}/{file_name}", summary="Hand out a file", response_class=FileResponse, responses=_ANSWERS)
def download(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """Takes Range, If-Range and If-None-Match."""
    return _answer(request, studio, now, token, file_name)


@router.head("/{token}/{file_name}", summary="Tell of a file", response_class=FileResponse, responses=_ANSWERS)
def head_download(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """What a download would answer, without the bytes."""
    return _answer(request, studio, now, token, file_name)


def _answer(request: Request, studio: Studio, now: datetime, token: str, file_name: str) -> Response:
    wanted = downloads.opened(studio.secret, token, at=now)
    path = studio.storage.local_path(wanted.sha256)
    tag = f'"{wanted.sha256}"'
    headers = {
        "etag": tag,
        "cache-control": "private, max-age=21600, immutable",
        # Should a browser ever be talked into opening it as a page, that page may do nothing.
        "content-security-policy": "sandbox; default-src 'none'; media-src 'self'; img-src 'self'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range")
    if asked is not None and not _ONE_RANGE.fullmatch(asked):
        _forget_range(request)
    elif asked is not None and request.headers.get("if-range", tag) == tag and _lies_beyond(asked, path):
        return problem_response(
            416,
            "range_not_satisfiable",
            "The part that was asked for lies beyond the end of the file. Content-Range says how long it is.",
            request_id=request.state.request_id,
            headers={"content-range": f"bytes */{path.stat().st_size}"},
        )
    return FileResponse(
        path,
        headers=headers,
        media_type=wanted.media_type,
        filename=file_name,
        content_disposition_type="attachment" if wanted.is_attachment else "inline",
    )


def _forget_range(request: Request) -> None:
    """What is not one range of bytes is answered with the whole file, as RFC 9110 (14.2) lets us."""
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]


def _lies_beyond(asked: str, path: FilePath) -> bool:
    first, _, last = asked.removeprefix("bytes=").partition("-")
    return int(first) >= path.stat().st_size if first else int(last) == 0
