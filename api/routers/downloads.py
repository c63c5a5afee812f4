"""Downloads: one stored file by a signed address; needs no session, so that a film plays on when it ends.

Outside /api, at /media: a reverse proxy may hand these to another process. That a film was downloaded is written down.
"""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Final

from anyio import from_thread
from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import FileResponse

from api.deps import Now, TheStudio, WhoCalls, get_signed_in
from api.file_answers import ANSWERS, FileAnswer, answer_file
from api.services import downloads
from api.studio import Studio
from engine.core import audit
from engine.core.actors import Actor
from engine.core.errors import NotSignedIn

WHOLE: Final = "bytes=0-"
"""A download that begins; one that goes on where it broke off asks for another range."""
BY_LINK: Final = "link"
router = APIRouter(prefix="/media", tags=["downloads"], route_class=APIRoute)

Token = Annotated[
    str, Path(max_length=1000, description="Names and signs the file.", examples=["eyJzIjoi4oCmIn0.Zm9v"])
]
FileName = Annotated[str, Path(max_length=1000, description="Only what it is saved as.", examples=["film.mp4"])]


@router.get("/{token}/{file_name}", summary="Hand out a file", response_class=FileResponse, responses=ANSWERS)
def download(
    request: Request, studio: TheStudio, caller: WhoCalls, now: Now, token: Token, file_name: FileName
) -> Response:
    """Takes Range, If-Range and If-None-Match."""
    answer = _answer(request, studio, now, token, file_name)
    export_id = downloads.opened(studio.secret, token, at=now).export_id
    if export_id and answer.status_code == HTTPStatus.OK and request.headers.get("range", WHOLE).startswith(WHOLE):
        from_thread.run(_write_down, request, studio, caller.address, export_id, now)
    return answer


@router.head("/{token}/{file_name}", summary="Tell of a file", response_class=FileResponse, responses=ANSWERS)
def head_download(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """What a download would answer, without the bytes."""
    return _answer(request, studio, now, token, file_name)


async def _write_down(request: Request, studio: Studio, address: str, export_id: str, now: datetime) -> None:
    """Who began to download a film: whoever is signed in in that browser, else somebody with the link."""
    try:
        by: Actor | str = (await get_signed_in(request)).actor
    except NotSignedIn:
        by = BY_LINK
    await studio.write(
        lambda session: audit.record(
            session, "film_downloaded", by=by, subject=("export", export_id), address=address, at=now
        )
    )


def _answer(request: Request, studio: Studio, now: datetime, token: str, file_name: str) -> Response:
    wanted = downloads.opened(studio.secret, token, at=now)
    path = studio.storage.local_path(wanted.sha256)
    return answer_file(request, FileAnswer(path, wanted.sha256, wanted.media_type, file_name, wanted.is_attachment))
