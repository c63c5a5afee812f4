"""File answers: a stored file as HTTP, with ranges, so that players seek and downloads go on where they broke off.

Used by api.routers.downloads and api.routers.review_files, which decide who gets which file.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from fastapi import Request, Response
from starlette.responses import FileResponse

from api.errors import problem_response
from api.openapi import Responses, problems

_ONE_RANGE = re.compile(r"bytes=(\d{1,18}-(\d{1,18})?|-\d{1,18})")
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
ANSWERS: Final[Responses] = {
    200: {"description": "The file.", "content": {"application/octet-stream": _FILE}},
    206: {"description": "The part that Range asks for.", "content": {"application/octet-stream": _FILE}},
    304: {"description": "The caller has it already (If-None-Match)."},
    **problems(404, 410, 416, 422, 503),
}


@dataclass(frozen=True)
class FileAnswer:
    """What is handed out, and how."""

    path: Path
    sha256: str
    media_type: str
    file_name: str
    is_attachment: bool
    cache_control: str = "private, max-age=21600, immutable"


def answer_file(request: Request, file: FileAnswer, more_headers: Mapping[str, str] | None = None) -> Response:
    """Takes Range, If-Range and If-None-Match."""
    tag = f'"{file.sha256}"'
    headers = {
        "etag": tag,
        "cache-control": file.cache_control,
        # Should a browser ever be talked into opening it as a page, that page may do nothing.
        "content-security-policy": "sandbox; default-src 'none'; media-src 'self'; img-src 'self'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
        **(more_headers or {}),
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    asked = request.headers.get("range")
    if asked is not None and not _ONE_RANGE.fullmatch(asked):
        _forget_range(request)
    elif asked is not None and request.headers.get("if-range", tag) == tag and _lies_beyond(asked, file.path):
        return problem_response(
            416,
            "range_not_satisfiable",
            "The part that was asked for lies beyond the end of the file. Content-Range says how long it is.",
            request_id=request.state.request_id,
            headers={"content-range": f"bytes */{file.path.stat().st_size}"},
        )
    return FileResponse(
        file.path,
        headers=headers,
        media_type=file.media_type,
        filename=file.file_name,
        content_disposition_type="attachment" if file.is_attachment else "inline",
    )


def _forget_range(request: Request) -> None:
    """What is not one range of bytes is answered with the whole file, as RFC 9110 (14.2) lets us."""
    request.scope["headers"] = [(name, value) for name, value in request.scope["headers"] if name != b"range"]


def _lies_beyond(asked: str, path: Path) -> bool:
    first, _, last = asked.removeprefix("bytes=").partition("-")
    return int(first) >= path.stat().st_size if first else int(last) == 0
