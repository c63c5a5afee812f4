"""Downloads: addresses that hand out one stored file for some hours, to whoever holds them.

Called by api.routers.downloads, api.services.zips and wherever an answer shows a file.
Law: an address is worth nothing once it has expired or a letter of it is changed. What it hands out is what it named:
the bytes are found by their hash. A browser plays only kinds of files that cannot hold a script; all else is saved.
"""

import base64
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.core.errors import DomainError
from engine.core.file_names import safe_name

DOWNLOAD: Final = b"download"
"""What these addresses are signed for."""
LASTS: Final = timedelta(hours=12)
"""A film that is paused over lunch plays on."""
_STEP_S: Final = int(LASTS.total_seconds()) // 2
_written: Final = json.JSONEncoder(separators=(",", ":")).encode
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


class LinkInvalid(DomainError):
    """The address was never made here, or was changed."""

    code = "link_invalid"

    def __init__(self) -> None:
        super().__init__("This link is not valid. Copy it whole, or open the file from the studio again.")


class LinkExpired(DomainError):
    """The address was made here and its time is over."""

    code = "link_expired"

    def __init__(self) -> None:
        super().__init__("This link has expired. Open the file from the studio again for a new one.")


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    s: str = Field(pattern=r"^[0-9a-f]{64}$")
    """sha256"""
    t: str
    """media type"""
    e: int
    """expires, seconds since 1970"""
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
    expires_at = _expires_at(int(at.timestamp()) // _STEP_S)
    named: dict[str, str | int] = {"s": sha256, "t": media_type, "e": int(expires_at.timestamp()), "a": is_attachment}
    if export_id:
        named["x"] = export_id
    payload = encoded(_written(named).encode())
    return (
        f"/media/{payload}.{signature_of(secret, DOWNLOAD, payload)}/{quote(safe_name(file_name), safe='')}",
        expires_at,
    )


def opened(secret: bytes, token: str, *, at: datetime) -> Download:
    """What an address hands out. Raises LinkInvalid, LinkExpired."""
    payload, _, signature = token.partition(".")
    if not is_signed(secret, DOWNLOAD, payload, signature):
        raise LinkInvalid
    try:
        named = _Named.model_validate_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, ValidationError):
        raise LinkInvalid from None
    if at.timestamp() >= named.e:
        raise LinkExpired
    return Download(named.s, named.t, named.a or named.t not in PLAYABLE, named.x)


def signature_of(secret: bytes, use: bytes, payload: str) -> str:
    """use: what it is good for; each has a key of its own, so that a signed quote is no link."""
    return encoded(hmac.digest(_key(secret, use), payload.encode("utf-8", "replace"), "sha256"))


@cache
def _key(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, use, "sha256")


@lru_cache(maxsize=8)
def _expires_at(step: int) -> datetime:
    return datetime.fromtimestamp((step + 1) * _STEP_S, UTC) + LASTS


def is_signed(secret: bytes, use: bytes, payload: str, signature: str) -> bool:
    """Whether we signed this for that use."""
    return hmac.compare_digest(signature_of(secret, use, payload).encode(), signature.encode("utf-8", "replace"))


def encoded(content: bytes) -> str:
    """Base64 that can stand in an address."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
