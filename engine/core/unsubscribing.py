"""Unsubscribing: a mail's reader wants no more of its kind, with one press in the mail program.

Core: no HTTP, no clock. Called by automations.workflows.mail (the token) and api.routers.unsubscribing.
Law: a token turns wishes of one contact off and does nothing else; it never signs anybody in.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from engine.core.errors import NotFound
from engine.core.models import Contact, JsonObject


def unsubscribe_token(contact_id: str, wishes: Sequence[str], key: bytes) -> str:
    """What a mail carries. wishes: what the mail was sent for. key: the studio's own."""
    named = f"{contact_id}.{'-'.join(wishes)}"
    return f"{named}.{_signature(named, key)}"


def unsubscribe(session: Session, token: str, key: bytes, *, at: datetime) -> tuple[Contact, str]:
    """Turn the wishes off; answers whose and which. Raises NotFound, also where it is forged."""
    named, _, signature = token.rpartition(".")
    contact_id, _, wishes = named.partition(".")
    is_ours = hmac.compare_digest(_signature(named, key).encode(), signature.encode("utf-8", "replace"))
    contact = session.get(Contact, contact_id) if is_ours else None
    if contact is None:
        raise NotFound("mail", "to unsubscribe from")
    off: JsonObject = dict.fromkeys(wishes.split("-"), False)
    if contact.notification_wishes | off != contact.notification_wishes:
        contact.notification_wishes = contact.notification_wishes | off
        contact.updated_at = at
        session.flush()
    return contact, wishes


def _signature(named: str, key: bytes) -> str:
    own = hmac.digest(key, b"unsubscribe", hashlib.sha256)
    signed = hmac.digest(own, named.encode("utf-8", "replace"), hashlib.sha256)
    return base64.urlsafe_b64encode(signed).decode().rstrip("=")
