"""Downloads: addresses that hand out one stored file for some hours, to whoever holds them.

Called by api.routers.downloads and wherever an answer shows a file.
Law: an address is worth nothing once it has expired or a letter of it is changed. What it hands out is what it named:
the bytes are found by their hash. A browser plays only kinds of files that cannot hold a script; all else is saved.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.core.errors import DomainError

LASTS: Final = timedelta(hours=12)
"""A film that is paused over lunch plays on."""
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


@dataclass(frozen=True)
class Download:
    """What an address hands out."""

    sha256: str
    media_type: str
    is_attachment: bool


def signed_url(
    secret: bytes, *, sha256: str, media_type: str, file_name: str, is_attachment: bool, at: datetime
) -> tuple[str, datetime]:
    """An address for a file and when it expires.

    Asked again within some hours it is the same address, so that a browser finds the file in its cache.
    """
    step = LASTS / 2
    begun = (at.timestamp() // step.total_seconds()) * step.total_seconds()
    expires_at = datetime.fromtimestamp(begun, UTC) + step + LASTS
    named = _Named(s=sha256, t=media_type, e=int(expires_at.timestamp()), a=is_attachment)
    payload = _encoded(json.dumps(named.model_dump(), separators=(",", ":")).encode())
    return f"/media/{payload}.{_signature(secret, payload)}/{quote(_shown_name(file_name), safe='')}", expires_at


def opened(secret: bytes, token: str, *, at: datetime) -> Download:
    """What an address hands out. Raises LinkInvalid, LinkExpired."""
    payload, _, signature = token.partition(".")
    if not hmac.compare_digest(_signature(secret, payload).encode(), signature.encode("utf-8", "replace")):
        raise LinkInvalid
    try:
        named = _Named.model_validate_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, ValidationError):
        raise LinkInvalid from None
    if at.timestamp() >= named.e:
        raise LinkExpired
    return Download(named.s, named.t, named.a or named.t not in PLAYABLE)


def _signature(secret: bytes, payload: str) -> str:
    key = hmac.digest(secret, b"download", hashlib.sha256)  # a key of its own: a signed quote is no link
    return _encoded(hmac.digest(key, payload.encode("utf-8", "replace"), hashlib.sha256))


def _encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _shown_name(file_name: str) -> str:
    """A name that every system can save: no path in it, and not longer than file systems take."""
    name = "".join("_" if character in '/\\:*?"<>|' or ord(character) < 32 else character for character in file_name)
    name = name.strip(". ") or "file"
    while len(name.encode()) > 200:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:-1]}{dot}{ending}" if dot and len(ending) < 20 else name[:-1]
    return name
