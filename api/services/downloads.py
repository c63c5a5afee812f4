"""Downloads: addresses that hand out one stored file for some hours, to whoever holds them.

Called by api.routers.downloads and wherever an answer shows a file.
Law: that of api.services.signed_links. What an address hands out is what it named:
the bytes are found by their hash. A browser plays only kinds of files that cannot hold a script; all else is saved.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from pydantic import Field

from api.services.signed_links import Expiring, opened_token, steady_expiry, token_of
from engine.core.file_names import safe_name

DOWNLOAD: Final = b"download"
"""What these addresses are signed for."""
PLAYABLE: Final = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "video/mp4",
        "video/webm",
        "audio/mpeg",
        "audio/mp4",
        "audio/wav",
        "audio/flac",
        "audio/ogg",
        "audio/aac",
        "audio/webm",
        "text/vtt",
    }
)


class _Named(Expiring):
    s: str = Field(pattern=r"^[0-9a-f]{64}$")
    """sha256"""
    t: str
    """media type"""
    a: bool
    """as an attachment"""
    x: str = Field(default="", max_length=36)
    """the export that it is, where to fetch it is written down"""


@dataclass(frozen=True)
class Download:
    """What an address hands out."""

    sha256: str
    media_type: str
    is_attachment: bool
    export_id: str
    """Of a film to be downloaded, which is written down; empty for all else."""


def signed_url(
    secret: bytes,
    *,
    sha256: str,
    media_type: str,
    file_name: str,
    is_attachment: bool,
    at: datetime,
    export_id: str = "",
) -> tuple[str, datetime]:
    """An address for a file and when it expires. export_id: of a film whose downloads are written down.

    Asked again within some hours it is the same address, so that a browser finds the file in its cache.
    """
    expires_at = steady_expiry(at)
    named: dict[str, str | int] = {"s": sha256, "t": media_type, "e": int(expires_at.timestamp()), "a": is_attachment}
    if export_id:
        named["x"] = export_id
    return f"/media/{token_of(secret, DOWNLOAD, named)}/{quote(safe_name(file_name), safe='')}", expires_at


def opened(secret: bytes, token: str, *, at: datetime) -> Download:
    """What an address hands out. Raises LinkInvalid, LinkExpired."""
    named = opened_token(secret, DOWNLOAD, token, _Named, at=at)
    return Download(named.s, named.t, named.a or named.t not in PLAYABLE, named.x)
