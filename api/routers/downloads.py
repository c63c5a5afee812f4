"""Downloads: one stored file by a signed address; needs no session, so that a film plays on when it ends.

Outside /api, at /media: a reverse proxy may hand these to another process.
"""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.routing import APIRoute
from starlette.responses import FileResponse

from api.deps import Now, TheStudio
from api.file_answers import ANSWERS, FileAnswer, answer_file
from api.services import downloads
from api.studio import Studio

router = APIRouter(prefix="/media", tags=["downloads"], route_class=APIRoute)

Token = Annotated[
    str, Path(max_length=1000, description="Names and signs the file.", examples=["eyJzIjoi4oCmIn0.Zm9v"])
]
FileName = Annotated[str, Path(max_length=1000, description="Only what it is saved as.", examples=["film.mp4"])]


@router.get("/{token}/{file_name}", summary="Hand out a file", response_class=FileResponse, responses=ANSWERS)
def download(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """Takes Range, If-Range and If-None-Match."""
    return _answer(request, studio, now, token, file_name)


@router.head("/{token}/{file_name}", summary="Tell of a file", response_class=FileResponse, responses=ANSWERS)
def head_download(request: Request, studio: TheStudio, now: Now, token: Token, file_name: FileName) -> Response:
    """What a download would answer, without the bytes."""
    return _answer(request, studio, now, token, file_name)


def _answer(request: Request, studio: Studio, now: datetime, token: str, file_name: str) -> Response:
    wanted = downloads.opened(studio.secret, token, at=now)
    path = studio.storage.local_path(wanted.sha256)
    return answer_file(request, FileAnswer(path, wanted.sha256, wanted.media_type, file_name, wanted.is_attachment))
