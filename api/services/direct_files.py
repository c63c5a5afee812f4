"""Direct files: a small file in one request.

Called by api.routers.assets. Law: measured while it arrives, looked at before it counts, gone where it is of no use.
"""

import tempfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Final

from anyio.to_thread import run_sync

from api.services.intake import FileUnusable, keep, take_in
from api.studio import Studio
from engine.core.clients import get_client
from engine.core.errors import DomainError
from engine.core.models import Asset, AssetType
from engine.core.texts import clean_name
from engine.render.media.flaws import Flaw

MOST_BYTES: Final = 100_000_000
"""In one request; more goes by /api/uploads, which survives a lost connection."""


class DirectFileTooLarge(DomainError):
    """More than goes in one request; nothing was kept."""

    code = "too_large"

    def __init__(self) -> None:
        super().__init__(
            "In one request go 100 MB at most. Nothing was kept; send this file by /api/uploads.",
            most_bytes=MOST_BYTES,
        )


class NotBytes(DomainError):
    """A form or JSON where a file's bytes are expected."""

    code = "wrong_media_type"

    def __init__(self, content_type: str) -> None:
        super().__init__(
            f"The body is the file itself (Content-Type: application/octet-stream), not {content_type[:60]}. "
            "Nothing was kept."
        )


async def store(
    studio: Studio,
    body: AsyncIterator[bytes],
    *,
    content_type: str,
    announced_bytes: str | None,
    file_name: str,
    wanted: AssetType | None,
    client_id: str | None,
    at: datetime,
) -> Asset:
    """Take a file in. Raises NotBytes, DirectFileTooLarge, FileUnusable, StorageFull, NotFound."""
    kind = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind.startswith("multipart/") or kind in {"application/json", "application/x-www-form-urlencoded"}:
        raise NotBytes(kind)
    if announced_bytes is not None and announced_bytes.isdecimal() and int(announced_bytes[:20]) > MOST_BYTES:
        raise DirectFileTooLarge
    name = clean_name(file_name, "file_name")
    if client_id is not None:
        await studio.read(lambda session: get_client(session, client_id))
    folder = studio.settings.data_dir / "uploads"
    await run_sync(lambda: folder.mkdir(parents=True, exist_ok=True))
    with tempfile.TemporaryDirectory(dir=folder, prefix="direct-") as place:
        path = Path(place) / "sent-in-one-request"  # no word of a refusal, which names it
        with path.open("wb") as file:
            async for block in body:
                if file.tell() + len(block) > MOST_BYTES:
                    raise DirectFileTooLarge
                await run_sync(file.write, block)
            if file.tell() == 0:
                raise FileUnusable(Flaw.EMPTY, "The file is empty. Nothing was kept.", name=name)
        taken = await run_sync(lambda: take_in(studio.storage, path, name, wanted))
        return await studio.write(lambda session: keep(session, taken, file_name=name, client_id=client_id, at=at))
