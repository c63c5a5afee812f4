"""Uploads: files of any size, in parts that survive a lost connection (tus 1.0.0: creation, termination, expiration).

Small files go by PUT /api/assets in one request, large ones that lie on this machine by the inbox folder.
"""

import base64
import binascii
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Header, Request, Response
from fastapi.routing import APIRoute

from api.deps import ID, DbSession, Idempotency, Now, ReadSession, SignedInStaff, TheStudio
from api.errors import TusVersionUnknown, WrongMediaType
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.uploads import UploadOut, UploadsOut
from api.services.uploads import Uploads
from engine.core import uploads
from engine.core.errors import Invalid
from engine.core.models import AssetType, Upload

VERSION: Final = "1.0.0"
PART: Final = "application/offset+octet-stream"


def speaks_tus(
    response: Response,
    version: Annotated[
        str | None, Header(alias="Tus-Resumable", description="The protocol's version.", examples=[VERSION])
    ] = None,
) -> None:
    """Raises TusVersionUnknown."""
    if version != VERSION:
        raise TusVersionUnknown
    response.headers["Tus-Resumable"] = VERSION


def get_uploads(request: Request) -> Uploads:
    """What receives them on this machine."""
    receiving: Uploads = request.app.state.uploads
    return receiving


Receiving = Annotated[Uploads, Depends(get_uploads)]
router = APIRouter(prefix="/uploads", tags=["uploads"], route_class=StudioRoute)
parts = APIRouter(prefix="/uploads", tags=["uploads"], route_class=APIRoute)
"""Routes that take bytes and not JSON."""


@router.options("", status_code=204, summary="What uploads can do")
def describe_uploads(response: Response) -> None:
    """The protocol's version, its extensions and the largest file, before the first byte."""
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Tus-Version"] = VERSION
    response.headers["Tus-Extension"] = "creation,termination,expiration"
    response.headers["Tus-Max-Size"] = str(uploads.MOST_BYTES)


@router.post(
    "",
    status_code=201,
    summary="Begin an upload",
    dependencies=[Depends(speaks_tus), Idempotency],
    responses=problems(404, 409, 412, 413),
)
def begin_upload(
    request: Request,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    receiving: Receiving,
    now: Now,
    length: Annotated[
        int, Header(alias="Upload-Length", ge=0, le=2**62, description="Bytes of the file.", examples=[104_857_600])
    ],
    metadata: Annotated[
        str,
        Header(
            alias="Upload-Metadata",
            max_length=4000,
            description="Pairs of a key and a value in base64: `filename`, and if you like `type` and `client_id`.",
            examples=["filename b2xpZWJvbC5qcGc=,type aW1hZ2U="],
        ),
    ] = "",
) -> UploadOut:
    """Announce a file; the answer's Location is where its parts go. Too large a file is refused here."""
    told = _told(metadata)
    upload = uploads.begin_upload(
        session,
        length_bytes=length,
        file_name=told.get("filename") or told.get("name") or "file",
        staff_id=me.staff.id,
        asset_type=_asset_type(told.get("type")),
        client_id=told.get("client_id") or None,
        at=now,
    )
    receiving.expect(upload)
    response.headers["Location"] = f"{request.url.path}/{upload.id}"
    _say_offset(response, upload, 0)
    return _shown(upload, 0)


@router.head(
    "/{upload_id}",
    summary="How much of an upload has arrived",
    dependencies=[Depends(speaks_tus)],
    responses=problems(412),
)
async def head_upload(
    response: Response, me: SignedInStaff, studio: TheStudio, receiving: Receiving, upload_id: Annotated[str, ID]
) -> None:
    """Where to go on, after a connection was lost."""
    upload = await studio.read(lambda session: uploads.get_upload(session, upload_id, me.staff.id))
    await receiving.settle(upload_id)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Upload-Length"] = str(upload.length_bytes)
    _say_offset(response, upload, receiving.offset(upload))


@parts.patch(
    "/{upload_id}",
    status_code=204,
    summary="Send a part of an upload",
    dependencies=[Depends(speaks_tus)],
    responses=problems(401, 403, 404, 409, 412, 413, 415, 422, 503),
    openapi_extra={
        "requestBody": {"required": True, "content": {PART: {"schema": {"type": "string", "format": "binary"}}}}
    },
)
async def send_part(
    request: Request,
    response: Response,
    me: SignedInStaff,
    studio: TheStudio,
    receiving: Receiving,
    upload_id: Annotated[str, ID],
    offset: Annotated[
        int, Header(alias="Upload-Offset", ge=0, le=2**62, description="Where this part begins.", examples=[0])
    ],
) -> None:
    """Put bytes at the end. What arrived before a connection broke is kept."""
    content_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if content_type != PART:
        raise WrongMediaType(f"A part is sent as Content-Type: {PART}. Nothing was changed.")
    upload = await studio.read(lambda session: uploads.get_upload(session, upload_id, me.staff.id))
    arrived = await receiving.receive(upload, offset, request.stream())
    _say_offset(response, upload, arrived)


@router.get("", summary="One's own uploads")
def list_uploads(session: ReadSession, me: SignedInStaff, receiving: Receiving, now: Now) -> UploadsOut:
    """Under way, and finished or refused within the last days."""
    mine = uploads.uploads_of(session, me.staff.id, at=now)
    return UploadsOut(items=[_shown(upload, receiving.offset(upload)) for upload in mine])


@router.get("/{upload_id}", summary="An upload")
def get_upload(
    session: ReadSession, me: SignedInStaff, receiving: Receiving, upload_id: Annotated[str, ID]
) -> UploadOut:
    """How far it is, and the asset that it became."""
    upload = uploads.get_upload(session, upload_id, me.staff.id)
    return _shown(upload, receiving.offset(upload))


@router.delete(
    "/{upload_id}",
    status_code=204,
    summary="Give an upload up",
    dependencies=[Depends(speaks_tus)],
    responses=problems(412),
)
async def end_upload(me: SignedInStaff, studio: TheStudio, receiving: Receiving, upload_id: Annotated[str, ID]) -> None:
    """What has arrived is removed; the asset of a finished upload stays."""
    await studio.read(lambda session: uploads.get_upload(session, upload_id, me.staff.id))
    await receiving.settle(upload_id)
    await studio.write(lambda session: uploads.forget_upload(session, upload_id))
    receiving.forget(upload_id)


def _told(metadata: str) -> dict[str, str]:
    """The pairs of Upload-Metadata. Raises Invalid."""
    told = {}
    try:
        for pair in filter(None, (pair.strip() for pair in metadata.split(","))):
            key, _, value = pair.partition(" ")
            told[key.lower()] = base64.b64decode(value, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        raise Invalid(
            "Upload-Metadata is not pairs of a key and UTF-8 text in base64.", field="Upload-Metadata"
        ) from None
    return told


def _asset_type(told: str | None) -> AssetType | None:
    """What the file is for; a media type such as image/jpeg, which some clients send, says nothing that we believe."""
    if not told or "/" in told:
        return None
    try:
        return AssetType(told)
    except ValueError:
        raise Invalid(
            f"A file is for {', '.join(AssetType)}; not for {told[:40]!r}.", field="Upload-Metadata"
        ) from None


def _say_offset(response: Response, upload: Upload, arrived: int) -> None:
    response.headers["Upload-Offset"] = str(arrived)
    response.headers["Upload-Expires"] = upload.expires_at.strftime("%a, %d %b %Y %H:%M:%S GMT")


def _shown(upload: Upload, arrived: int) -> UploadOut:
    if upload.problem:
        state = "refused"
    elif upload.asset_id:
        state = "ready"
    else:
        state = "arriving" if arrived < upload.length_bytes else "checking"
    return UploadOut.model_validate(
        {
            "id": upload.id,
            "state": state,
            "file_name": upload.file_name,
            "length_bytes": upload.length_bytes,
            "arrived_bytes": arrived,
            "asset_id": upload.asset_id,
            "problem": upload.problem,
            "problem_code": upload.problem_code,
            "problem_facts": upload.problem_facts,
            "expires_at": upload.expires_at,
        }
    )
