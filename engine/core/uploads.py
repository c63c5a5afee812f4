"""Uploads: files on their way in, from the first byte to an asset or a refusal.

Core: no HTTP, no vendor, no clock, and no bytes: those lie where api.services.uploads keeps them.
Law: nobody but its sender sees an upload, and nobody at all sees half a file; what is not finished in time is cleared.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.clients import get_client
from engine.core.errors import Invalid, NotFound
from engine.core.models import Asset, AssetType, JsonObject, Upload
from engine.core.texts import clean_name

MOST_BYTES: Final = 10 * 1024**3
"""An hour of a camera's own files; more goes into the inbox folder in parts."""
MOST_SHOWN: Final = 100
LASTS: Final = timedelta(days=3)
"""Over a weekend: a Friday's upload on a slow line goes on on Monday."""


class UploadTooLarge(Invalid):
    """More bytes than the studio takes in one file; nothing was sent yet."""

    code = "upload_too_large"

    def __init__(self) -> None:
        super().__init__(
            f"A file may have {MOST_BYTES // 1024**3} GB at most. Make it smaller, or send it in parts.",
            field="Upload-Length",
            most_bytes=MOST_BYTES,
        )


def begin_upload(
    session: Session,
    *,
    length_bytes: int,
    file_name: str,
    staff_id: str | None,
    asset_type: AssetType | None,
    client_id: str | None,
    at: datetime,
) -> Upload:
    """Expect a file. asset_type: what it is for, where the sender says so. Raises UploadTooLarge, Invalid, NotFound."""
    if length_bytes > MOST_BYTES:
        raise UploadTooLarge
    if length_bytes < 1:
        raise Invalid("An empty file cannot be used.", field="Upload-Length")
    if client_id is not None:
        get_client(session, client_id)
    upload = Upload(
        staff_id=staff_id,
        client_id=client_id,
        length_bytes=length_bytes,
        file_name=clean_name(file_name, "file_name"),
        asset_type=asset_type,
        problem="",
        problem_code="",
        problem_facts={},
        expires_at=at + LASTS,
        created_at=at,
    )
    session.add(upload)
    session.flush()
    return upload


def get_upload(session: Session, upload_id: str, staff_id: str) -> Upload:
    """One's own upload. Raises NotFound, for another's too."""
    upload = session.get(Upload, upload_id)
    if upload is None or upload.staff_id != staff_id:
        raise NotFound("upload", upload_id)
    return upload


def uploads_of(session: Session, staff_id: str, *, at: datetime) -> Sequence[Upload]:
    """One's own that are not cleared away yet, the newest first; 100 at most."""
    mine = select(Upload).where(Upload.staff_id == staff_id, Upload.expires_at > at)
    return session.scalars(mine.order_by(Upload.created_at.desc(), Upload.id.desc()).limit(MOST_SHOWN)).all()


def find_upload(session: Session, upload_id: str) -> Upload | None:
    """Anybody's upload, for the studio's own work on it."""
    return session.get(Upload, upload_id)


def finish_upload(session: Session, upload: Upload, asset: Asset) -> None:
    """It is whole and kept."""
    upload.asset_id = asset.id
    session.flush()


def refuse_upload(session: Session, upload: Upload, problem: str, code: str, facts: JsonObject) -> None:
    """It is whole and cannot be used. code, facts: for who says it in another language."""
    upload.problem, upload.problem_code, upload.problem_facts = problem, code, facts
    session.flush()


def expired_uploads(session: Session, *, at: datetime) -> Sequence[str]:
    """The ids of uploads whose time is over, finished ones too: their asset lives on without them."""
    return session.scalars(select(Upload.id).where(Upload.expires_at <= at).limit(500)).all()


def forget_upload(session: Session, upload_id: str) -> None:
    """Remove the row, if it is still there."""
    upload = session.get(Upload, upload_id)
    if upload is not None:
        session.delete(upload)
        session.flush()
