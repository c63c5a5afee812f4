"""Portal passkeys: where they belong to, what a browser has to sign, and the session that comes of it.

Called by api.routers.portal_passkeys and api.routers.portal_sign_in.
Law: every attempt is counted before it is looked at, and a refusal is the same whatever was wrong.
"""

import base64
from typing import Final
from urllib.parse import urlsplit

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from api.services.portal_sign_in import Entered, begin, count_attempt
from api.services.sign_in import Caller
from api.studio import Studio
from engine.core import audit, passkeys, sign_in_limits

_ACCOUNT: Final = "portal passkey"
"""With an address behind it: whose passkey it is nobody knows yet."""


def site_of(studio: Studio) -> passkeys.Site:
    """The portal's own host and origin, as the settings have them; never a header that somebody typed."""
    origin = studio.settings.portal_origin
    return passkeys.Site(urlsplit(origin).hostname or "", origin)


def challenge_of(studio: Studio, ticket: str, purpose: str) -> passkeys.Challenge:
    """What the browser with this ticket has to sign."""
    return passkeys.Challenge(ticket, purpose, studio.secret)


async def use_passkey(
    studio: Studio, signed: passkeys.SignedByPasskey, ticket: str, caller: Caller, replaces: str
) -> Entered:
    """A new session's token and its contact; an older session of the same browser ends. Raises PasskeyRefused and
    TooMany."""
    at = studio.clock()
    await run_sync(passkeys.prepare)
    attempt_id = await count_attempt(studio, f"{_ACCOUNT} {caller.address}", caller, at)

    def sign_in(session: Session) -> Entered | None:
        challenge = challenge_of(studio, ticket, passkeys.SIGN_IN)
        contact = passkeys.use_passkey(session, signed, challenge, site_of(studio), at=at)
        if contact is None:
            audit.record(
                session, "portal_sign_in_refused", by="unknown", address=caller.address, at=at, because="passkey"
            )
            return None
        sign_in_limits.forgive(session, attempt_id)
        return begin(studio, session, contact, caller, replaces, at)

    entered = await studio.write(sign_in)
    if entered is None:
        raise passkeys.PasskeyRefused
    return entered


def as_bytes(value: bytes) -> str:
    """As the wire has them: base64url without padding."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
