"""Passkeys: how a contact signs in with a key of their own device, without a mail.

Core: no HTTP, no clock. Called by api.services.portal_passkeys and api.services.housekeeping.
Law: what a passkey signs (the challenge) belongs to one browser and one purpose, lasts five minutes and is taken once.
It stands nowhere: it is made from the ticket that the browser keeps in a cookie and the studio's own key. A refusal
tells nobody which passkeys or people are known.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.core.contacts import mark_seen
from engine.core.errors import Conflict, Invalid, NotFound, NotSignedIn
from engine.core.letting_in import IS_LET_IN
from engine.core.locks import hold_lock
from engine.core.models import Contact, Passkey, SpentChallenge
from engine.core.texts import clean_name

LASTS: Final = timedelta(minutes=5)
MOST_OF_A_CONTACT: Final = 20
SIGN_IN: Final = "sign-in"


class PasskeyRefused(NotSignedIn):
    """Not a passkey of somebody who may sign in here, or not signed for this browser, or too late."""

    code = "passkey_refused"

    def __init__(self) -> None:
        super().__init__("This passkey does not work here. Try once more, or sign in with a link by mail.")


@dataclass(frozen=True)
class Site:
    """Where passkeys belong to. host: the portal's name, without a port; origin: what browsers say of its pages."""

    host: str
    origin: str


@dataclass(frozen=True)
class MadePasskey:
    """What a browser answers once a device has made a passkey; base64url."""

    credential_id: str
    client_data: str
    attestation: str


@dataclass(frozen=True)
class SignedByPasskey:
    """What a browser answers once a device has signed; base64url."""

    credential_id: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str


@dataclass(frozen=True)
class Challenge:
    """What one browser has to sign. ticket: what that browser keeps; purpose: SIGN_IN, or `to_add`."""

    ticket: str
    purpose: str
    key: bytes

    @property
    def signed(self) -> bytes:
        """256 bits, of a random ticket and a key that only the studio has."""
        return hmac.digest(self.key, f"passkey {self.purpose} {self.ticket}".encode(errors="replace"), hashlib.sha256)

    @property
    def expires_at(self) -> datetime | None:
        """Until when it is taken; None of a ticket that was made up."""
        seconds = re.fullmatch(r"([0-9]{10})\..*", self.ticket)
        return datetime.fromtimestamp(int(seconds[1]), UTC) if seconds else None


def prepare() -> None:
    """Load what checks signatures: a third of a second, once, for which no transaction should be kept waiting."""
    import webauthn  # noqa: F401


def new_ticket(*, at: datetime) -> str:
    """For a browser to keep, so that what is signed for it works in no other."""
    return f"{int((at + LASTS).timestamp())}.{secrets.token_urlsafe(32)}"


def to_add(contact_id: str) -> str:
    """The purpose of a passkey that is being made for this contact."""
    return f"add {contact_id}"


def add_passkey(
    session: Session, contact: Contact, made: MadePasskey, challenge: Challenge, site: Site, *, name: str, at: datetime
) -> Passkey:
    """Keep a passkey that signs this contact in from now on.

    Raises Invalid (passkey_refused), and Conflict (passkey_known, too_many_passkeys). A caller that raises on undoes
    that the challenge is spent, which harms nobody: it is this contact's own.
    """
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    refused = Invalid("This passkey could not be checked, and was not kept. Try once more.", code="passkey_refused")
    name = clean_name(name, "name")
    if not _spend(session, challenge, at):
        raise refused
    hold_lock(session, f"passkeys of {contact.id}")
    if len(passkeys_of(session, contact.id)) >= MOST_OF_A_CONTACT:
        raise Conflict("There are very many passkeys already. Remove one first.", code="too_many_passkeys")
    try:
        verified = verify_registration_response(
            credential={
                "id": made.credential_id,
                "rawId": made.credential_id,
                "type": "public-key",
                "response": {"clientDataJSON": made.client_data, "attestationObject": made.attestation},
            },
            expected_challenge=challenge.signed,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except Exception:  # whatever a stranger's bytes make its readers raise, they are no passkey
        raise refused from None
    credential_id = bytes_to_base64url(verified.credential_id)
    if session.scalar(select(Passkey.id).where(Passkey.credential_id == credential_id)) is not None:
        raise Conflict("This passkey is here already.", code="passkey_known")
    passkey = Passkey(
        contact_id=contact.id,
        credential_id=credential_id,
        public_key=bytes_to_base64url(verified.credential_public_key),
        sign_count=verified.sign_count,
        name=name,
        created_at=at,
    )
    session.add(passkey)
    session.flush()
    return passkey


def use_passkey(
    session: Session, signed: SignedByPasskey, challenge: Challenge, site: Site, *, at: datetime
) -> Contact | None:
    """Whose passkey signed this; None where it is nobody's who may sign in, or not signed for this browser and moment.

    The challenge is spent either way: a caller that raised would undo that.
    """
    from webauthn import verify_authentication_response
    from webauthn.helpers import base64url_to_bytes

    if not _spend(session, challenge, at):
        return None
    hold_lock(session, f"passkey {signed.credential_id}")
    found = session.execute(
        select(Passkey, Contact)
        .join(Contact, Contact.id == Passkey.contact_id)
        .where(Passkey.credential_id == signed.credential_id, IS_LET_IN)
    ).one_or_none()
    if found is None:
        return None
    passkey, contact = found
    try:
        if base64url_to_bytes(signed.user_handle).decode() != contact.id:
            return None
        verified = verify_authentication_response(
            credential={
                "id": signed.credential_id,
                "rawId": signed.credential_id,
                "type": "public-key",
                "response": {
                    "clientDataJSON": signed.client_data,
                    "authenticatorData": signed.authenticator_data,
                    "signature": signed.signature,
                    "userHandle": signed.user_handle,
                },
            },
            expected_challenge=challenge.signed,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except Exception:  # as above
        return None
    passkey.sign_count, passkey.last_used_at = verified.new_sign_count, at
    mark_seen(session, contact.id, at=at)
    session.flush()
    return contact


def passkeys_of(session: Session, contact_id: str) -> Sequence[Passkey]:
    """A contact's passkeys, the first one first."""
    rows = select(Passkey).where(Passkey.contact_id == contact_id).order_by(Passkey.created_at, Passkey.id)
    return session.scalars(rows).all()


def remove_passkey(session: Session, contact_id: str, passkey_id: str) -> None:
    """It signs nobody in any more. Raises NotFound, also where it is somebody else's."""
    passkey = session.get(Passkey, passkey_id)
    if passkey is None or passkey.contact_id != contact_id:
        raise NotFound("passkey", passkey_id)
    session.delete(passkey)
    session.flush()


def prune_challenges(session: Session, *, at: datetime) -> None:
    """Forget what is too late to be signed anyway."""
    session.execute(delete(SpentChallenge).where(SpentChallenge.expires_at < at))


def _spend(session: Session, challenge: Challenge, at: datetime) -> bool:
    """Whether it may be used, now and never again."""
    expires_at, sha256 = challenge.expires_at, hashlib.sha256(challenge.signed).hexdigest()
    if expires_at is None or not at < expires_at <= at + LASTS:
        return False
    hold_lock(session, f"passkey challenge {sha256}")
    if session.get(SpentChallenge, sha256) is not None:
        return False
    session.add(SpentChallenge(challenge_sha256=sha256, expires_at=expires_at))
    session.flush()
    return True
