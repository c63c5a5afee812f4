"""Portal previews: a member of staff looks at the portal as a client sees it, and changes nothing there.

Called by api.routers.reviews, api.routers.portal_previews and api.portal_deps.
Law: the link works for a minute and what it opens for ten; either is signed for its own use, names who looks and at
whose portal, and is worth nothing once that person is let in no more. Nothing counts as seen, and nothing is written.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from api.services.signed_links import Expiring, LinkExpired, LinkInvalid, opened_token, token_of
from engine.core.errors import NotSignedIn
from engine.core.models import Client, Contact, SignInSession, Staff

LINK: Final = b"portal preview link"
LOOK: Final = b"portal preview"
LINK_LASTS: Final = timedelta(minutes=1)
LASTS: Final = timedelta(minutes=10)


class PreviewOver(NotSignedIn):
    """The link was used too late, or is not one of ours."""

    code = "preview_over"

    def __init__(self) -> None:
        super().__init__("This preview is over. Open it again from the studio.")


class _Named(Expiring):
    s: str
    """staff id"""
    c: str
    """client id"""


def link_token(secret: bytes, staff_id: str, client_id: str, *, at: datetime) -> str:
    """What the link to a preview carries, behind its #."""
    return _signed(secret, LINK, staff_id, client_id, at + LINK_LASTS)


def begin_preview(session: Session, secret: bytes, token: str, *, at: datetime) -> str:
    """What the browser keeps while somebody looks. Raises PreviewOver."""
    named = _opened(session, secret, LINK, token, at)
    return _signed(secret, LOOK, named.s, named.c, at + LASTS)


def previewed_as(session: Session, secret: bytes, token: str, *, at: datetime) -> tuple[Contact, SignInSession]:
    """Somebody at the client who is nobody: kept nowhere, the author of nothing. Raises PreviewOver."""
    named = _opened(session, secret, LOOK, token, at)
    client, staff = session.get_one(Client, named.c), session.get_one(Staff, named.s)
    nobody = Contact(
        id=client.id,
        client_id=client.id,
        name=staff.name,
        email=staff.email,
        language=client.language,
        notification_wishes={},
        revision=1,
    )
    return nobody, SignInSession(id=client.id, last_used_at=at)


def _signed(secret: bytes, use: bytes, staff_id: str, client_id: str, expires_at: datetime) -> str:
    named = _Named(s=staff_id, c=client_id, e=int(expires_at.timestamp()))
    return token_of(secret, use, named.model_dump())


def _opened(session: Session, secret: bytes, use: bytes, token: str, at: datetime) -> _Named:
    try:
        named = opened_token(secret, use, token, _Named, at=at)
    except (LinkInvalid, LinkExpired):
        raise PreviewOver from None
    staff = session.get(Staff, named.s)
    if staff is None or staff.disabled_at is not None or not session.get(Client, named.c):
        raise PreviewOver
    return named
