"""Portal dependencies: who calls the portal's routes, and the client whose things they see.

Used by every router under /api/portal. The one place that decides what a contact may reach.
Law: a caller is a contact with a live session of the portal; a member of staff's session opens nothing here. Whatever a
route gets, it gets with the caller's `client_id`, so that another client's id is an id of nothing (404).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from api.deps import IdempotencyKey, Now, TheStudio, answered_before, reading, writing
from api.services.portal_previews import previewed_as
from api.services.portal_sign_in import find_contact_signed_in
from api.studio import Studio
from engine.core.actors import Actor
from engine.core.errors import NotSignedIn, Refused
from engine.core.models import Contact, SignInSession


class PreviewReadOnly(Refused):
    """Who looks as a client writes nothing in their name."""

    code = "preview_read_only"

    def __init__(self) -> None:
        super().__init__("This is a preview of what the client sees. Nothing was written; do that in the studio.")


@dataclass(frozen=True)
class PortalCaller:
    """A contact who is signed in to the portal. Read in a moment that is over: rows to read, not to change."""

    contact: Contact
    session: SignInSession
    is_preview: bool = False
    """Whether this is a member of staff who looks as the client (api.services.portal_previews): the contact is kept
    nowhere then, and the request writes nothing."""

    @property
    def client_id(self) -> str:
        """Whose things the caller sees: theirs and no others."""
        return self.contact.client_id

    @property
    def actor(self) -> Actor:
        """As records write it."""
        return Actor("contact", self.contact.id)


def portal_cookie(studio: Studio) -> str:
    """The portal's session cookie, of a name of its own: a browser may hold a member of staff's too."""
    return _guarded(studio, "bom-portal")


def intent_cookie(studio: Studio) -> str:
    """What a browser keeps between asking for a link and using it."""
    return _guarded(studio, "bom-portal-intent")


def preview_cookie(studio: Studio) -> str:
    """What a browser keeps while a member of staff looks as a client."""
    return _guarded(studio, "bom-portal-preview")


def passkey_cookie(studio: Studio) -> str:
    """What a browser keeps while a person looks for their passkey."""
    return _guarded(studio, "bom-portal-passkey")


def _guarded(studio: Studio, name: str) -> str:
    """__Host- makes browsers insist on TLS, this host and the path /; a portal under a path keeps its cookies from the
    rest of the site instead, and __Secure- insists on TLS."""
    settings = studio.settings
    if not settings.portal_is_https:
        return name
    return f"__Secure-{name}" if settings.portal_path else f"__Host-{name}"


def keep_cookie(response: Response, studio: Studio, name: str, value: str, *, seconds: int) -> None:
    """Set a cookie that no script reads and no other site sends along with a write."""
    settings = studio.settings
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=settings.portal_path or "/",
        secure=settings.portal_is_https,
        httponly=True,
        samesite="lax",
    )


def forget_cookie(response: Response, studio: Studio, name: str) -> None:
    """Take a cookie back."""
    settings = studio.settings
    response.delete_cookie(
        name, path=settings.portal_path or "/", secure=settings.portal_is_https, httponly=True, samesite="lax"
    )


async def get_portal_caller(request: Request, studio: TheStudio) -> PortalCaller:
    """Whoever is signed in to the portal, or looks as somebody who is. Raises NotSignedIn, PreviewReadOnly."""
    if preview := request.cookies.get(preview_cookie(studio)):
        return await _previewing(request, studio, preview)
    token = request.cookies.get(portal_cookie(studio), "")
    found = await find_contact_signed_in(studio, token) if token else None
    if found is None:
        raise NotSignedIn("Nobody is signed in here, or the session is over. Ask for a new link by mail.")
    row, contact = found
    return PortalCaller(contact, row)


async def _previewing(request: Request, studio: Studio, token: str) -> PortalCaller:
    at = studio.clock()
    contact, row = await studio.read(lambda session: previewed_as(session, studio.secret, token, at=at))
    if request.method not in {"GET", "HEAD"}:
        raise PreviewReadOnly
    return PortalCaller(contact, row, is_preview=True)


SignedInContact = Annotated[PortalCaller, Depends(get_portal_caller)]


async def read_portal_session(_caller: SignedInContact, studio: TheStudio) -> AsyncIterator[Session]:
    """A session that sees one moment and cannot write; only for a contact who is signed in."""
    async with reading(studio) as session:
        yield session


async def write_portal_session(request: Request, _caller: SignedInContact, studio: TheStudio) -> AsyncIterator[Session]:
    """The transaction of a contact's request."""
    async with writing(request, studio) as session:
        yield session


PortalRead = Annotated[Session, Depends(read_portal_session, scope="function")]
PortalWrite = Annotated[Session, Depends(write_portal_session, scope="function")]


async def answer_contact_once(
    request: Request, session: PortalWrite, caller: SignedInContact, now: Now, key: IdempotencyKey = None
) -> None:
    """Answer a contact's request that was answered before as before. Raises AnsweredBefore, KeyReused."""
    await answered_before(request, session, str(caller.actor), now, key)


PortalIdempotency: Final = Depends(answer_contact_once)
"""In `dependencies=[PortalIdempotency]` of every creating POST of the portal."""
