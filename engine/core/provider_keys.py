"""Provider keys: a vendor's API key, entered once on a screen and kept sealed.

Core: no HTTP, no vendor, no clock. Called by api.services.providers and automations.vendors.
Law: a key is never told again, not by a screen, the record, or a backup that lacks the studio's secret. Without that
secret, or after it was changed, a key has to be entered anew.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.orm import Session

from engine.core.errors import Invalid
from engine.core.models import Setting

PROVIDERS: Final = ("replicate",)
"""Those that need one."""
SHORTEST, LONGEST = 8, 400
HINT_CHARACTERS: Final = 4


@dataclass(frozen=True)
class ProviderKey:
    """What may be told of a key."""

    provider: str
    hint: str
    """Its last characters, for a person who has several."""
    changed_at: datetime


def keep_key(session: Session, provider: str, key: str, *, secret: bytes, at: datetime) -> ProviderKey:
    """Keep this key in place of the one before. secret: the studio's. Raises Invalid."""
    key = key.strip()
    if not SHORTEST <= len(key) <= LONGEST or not key.isascii() or not key.isprintable() or " " in key:
        raise Invalid("That is no API key. Copy it whole, without spaces, from the provider's own page.", field="key")
    sealed = _seal(secret).encrypt(key.encode()).decode()
    row = session.get(Setting, _name(provider), with_for_update=True)
    if row is None:
        row = Setting(name=_name(provider), value={}, updated_at=at)
        session.add(row)
    else:
        row.revision += 1
    row.value = {"sealed": sealed, "hint": key[-HINT_CHARACTERS:]}
    row.updated_at = at
    session.flush()
    return ProviderKey(provider, key[-HINT_CHARACTERS:], at)


def forget_key(session: Session, provider: str) -> None:
    """Remove it, if there is one. Raises Invalid."""
    row = session.get(Setting, _name(provider))
    if row is not None:
        session.delete(row)
        session.flush()


def find_key(session: Session, provider: str) -> ProviderKey | None:
    """What may be told of the provider's key. Raises Invalid."""
    row = session.get(Setting, _name(provider))
    return ProviderKey(provider, str(row.value["hint"]), row.updated_at) if row else None


def open_key(session: Session, provider: str, secret: bytes) -> str | None:
    """The key itself; None where there is none, or none that this secret opens. Raises Invalid."""
    row = session.get(Setting, _name(provider))
    if row is None:
        return None
    try:
        return _seal(secret).decrypt(str(row.value["sealed"])).decode()
    except InvalidToken:
        return None


def _name(provider: str) -> str:
    if provider not in PROVIDERS:
        raise Invalid(f"There is no provider {provider[:40]!r} that takes a key.", field="provider")
    return f"provider_key:{provider}"


def _seal(secret: bytes) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"bom provider keys").derive(secret)
    return Fernet(base64.urlsafe_b64encode(derived))
