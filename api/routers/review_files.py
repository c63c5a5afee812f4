"""Review files: a version's films for clients, by signed addresses that can be taken back. Needs no session.

At /media, as downloads are. Pages of the portal may show them from another origin.
"""

from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import FileResponse, StreamingResponse

from api.deps import Now, TheStudio
from api.file_answers import ANSWERS, FileAnswer, answer_file
from api.openapi import problems
from api.services.downloads import PLAYABLE
from api.services.review_links import wanted_export_ids, wanted_file
from api.services.zips import entries_of, zip_blocks
from api.studio import Studio
from engine.core.file_names import safe_name

router = APIRouter(prefix="/media/reviews", tags=["downloads"], route_class=APIRoute)

Token = Annotated[str, Path(max_length=1000, description="Names and signs the file.", examples=["eyJ2Ijoi4.Zm9v"])]
FileName = Annotated[str, Path(max_length=1000, description="Only what it is saved as.", examples=["film.mp4"])]
_ANSWERS = {**ANSWERS, **problems(403, 404, 410, 416, 422, 503)}
_ZIP = {
    200: {
        "description": "All films of the version.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    },
    **problems(403, 404, 409, 410, 422, 503),
}


@router.get(
    "/zip/{token}/{file_name}",
    summary="Hand out all films of a version",
    response_class=StreamingResponse,
    responses=_ZIP,
)
def fetch_review_zip(studio: TheStudio, now: Now, token: Token, file_name: FileName) -> StreamingResponse:
    """Made while it is fetched. 403 `not_paid_yet` where the project opens once it is paid."""
    with studio.database.reading() as session:
        entries = entries_of(session, wanted_export_ids(session, studio.secret, token, at=now))

    def blocks() -> Iterator[bytes]:
        return (block for block in zip_blocks(entries, studio.storage) if block)

    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(safe_name(file_name), safe='')}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return StreamingResponse(blocks(), media_type="application/zip", headers=headers)


@router.get(
    "/{token}/{file_name}",
    summary="Hand out a file of a version",
    response_class=FileResponse,
    responses=_ANSWERS,
)
def fetch_review_file(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """Takes Range, If-Range and If-None-Match. 410 `link_revoked` where the studio took the version's links back, 403
    `not_paid_yet` where it is to be saved and the project opens once it is paid."""
    return _answer(request, studio, now, token, file_name)


@router.head(
    "/{token}/{file_name}", summary="Tell of a file of a version", response_class=FileResponse, responses=_ANSWERS
)
def head_review_file(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """What fetching it would answer, without the bytes."""
    return _answer(request, studio, now, token, file_name)


def _answer(request: Request, studio: Studio, now: Now, token: str, file_name: str) -> Response:
    with studio.database.reading() as session:
        wanted = wanted_file(session, studio.secret, token, at=now)
    asset = wanted.asset
    origin = request.headers.get("origin", "").lower()
    headers = {"cross-origin-resource-policy": "cross-origin", "vary": "Origin"}
    if origin in studio.settings.portal_origins:
        headers["access-control-allow-origin"] = origin
    return answer_file(
        request,
        FileAnswer(
            studio.storage.local_path(asset.sha256),
            asset.sha256,
            asset.media_type,
            file_name,
            wanted.is_attachment or asset.media_type not in PLAYABLE,
            cache_control="private, max-age=3600",  # not immutable: it can be taken back
        ),
        headers,
    )
