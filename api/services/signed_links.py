"""Signed links: what an address names, signed for one use and worth nothing once it expires.

Called by api.services.downloads, .zips, .review_links and .portal_previews.
Law: an address is worth nothing once a letter of it is changed. Each use has a key of its own, so that what was signed
for one is nothing for another.
"""

import base64
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.core.errors import DomainError

LASTS: Final = timedelta(hours=12)
"""A film that is paused over lunch plays on."""
_STEP_S: Final = int(LASTS.total_seconds()) // 2
_written: Final = json.JSONEncoder(separators=(",", ":")).encode


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


class Expiring(BaseModel):
    """What an address names, in short words."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    e: int
    """expires, seconds since 1970"""


Named = TypeVar("Named", bound=Expiring)


def token_of(secret: bytes, use: bytes, named: Mapping[str, str | int]) -> str:
    """What stands in an address. named: as a model of Expiring has it."""
    payload = _encoded(_written(named).encode())
    return f"{payload}.{_signature_of(secret, use, payload)}"


def opened_token(secret: bytes, use: bytes, token: str, model: type[Named], *, at: datetime) -> Named:
    """What a token names. Raises LinkInvalid, LinkExpired."""
    payload, _, signature = token.partition(".")
    if not _is_signed(secret, use, payload, signature):
        raise LinkInvalid
    try:
        named = model.model_validate_json(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, ValidationError):
        raise LinkInvalid from None
    if at.timestamp() >= named.e:
        raise LinkExpired
    return named


def steady_expiry(at: datetime) -> datetime:
    """LASTS or somewhat more from now, and the same for some hours, so that a browser finds a file in its cache."""
    return _expires_at(int(at.timestamp()) // _STEP_S)


@lru_cache(maxsize=8)
def _expires_at(step: int) -> datetime:
    return datetime.fromtimestamp((step + 1) * _STEP_S, UTC) + LASTS


def _signature_of(secret: bytes, use: bytes, payload: str) -> str:
    """use: what it is good for."""
    return _encoded(hmac.digest(_key(secret, use), payload.encode("utf-8", "replace"), "sha256"))


@cache
def _key(secret: bytes, use: bytes) -> bytes:
    return hmac.digest(secret, use, "sha256")


def _is_signed(secret: bytes, use: bytes, payload: str, signature: str) -> bool:
    """Whether we signed this for that use."""
    return hmac.compare_digest(_signature_of(secret, use, payload).encode(), signature.encode("utf-8", "replace"))


def _encoded(content: bytes) -> str:
    """Base64 that can stand in an address."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")
