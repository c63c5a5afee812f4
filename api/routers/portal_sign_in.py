"""Portal sign-in: a contact uses a mailed link, its code or a passkey, and sees and ends their own sessions."""

from fastapi import APIRouter, Request, Response

from api.deps import IfMatch, Now, TheStudio, WhoCalls, etag
from api.openapi import problems
from api.portal_deps import (
    PortalRead,
    PortalWrite,
    SignedInContact,
    forget_cookie,
    intent_cookie,
    keep_cookie,
    passkey_cookie,
    portal_cookie,
)
from api.routes import StudioRoute
from api.schemas.auth import SessionsOut
from api.schemas.passkeys import SignedByPasskeyIn, SignInChallenge
from api.schemas.portal import CodeIn, LinkAsked, LinkWish, PortalMe, PortalMeChanges, TokenIn
from api.services import portal_sign_in as service
from api.services.portal_eyes import eyes_of
from api.services.portal_passkeys import as_bytes, challenge_of, site_of, use_passkey
from api.services.shown_portal import as_me
from api.services.shown_sessions import as_sessions
from api.studio import Studio
from engine.core import audit, passkeys, sessions, sign_in_links
from engine.core.contacts import change_contact
from engine.core.models import Contact

router = APIRouter(prefix="/portal", tags=["portal sign-in"], route_class=StudioRoute)
SIGNED_IN = problems(401)


@router.post("/sign-in/links", status_code=202, summary="Ask for a link to sign in", responses=problems(429))
async def ask_sign_in_link(
    body: LinkWish, request: Request, response: Response, studio: TheStudio, caller: WhoCalls
) -> LinkAsked:
    """The same answer after the same time for every address. The mail holds a link to `/login/link#<token>` of the
    portal (with `&next=<path>` where one was given) and a code of six digits; both work once, for ten minutes, and only
    with the cookie that this answer sets."""
    name = intent_cookie(studio)
    browser = await service.ask_link(studio, body.email, body.next, request.cookies.get(name, ""), caller)
    lasts_s = int(sign_in_links.LASTS.total_seconds())
    keep_cookie(response, studio, name, browser, seconds=lasts_s)
    return LinkAsked(lasts_s=lasts_s, code_digits=sign_in_links.CODE_DIGITS)


@router.post("/sign-in/token", summary="Sign in with a link's token", responses=problems(401))
async def use_sign_in_token(
    body: TokenIn, request: Request, response: Response, studio: TheStudio, caller: WhoCalls
) -> PortalMe:
    """Sets the session cookie. In another browser than the one that asked, and a second time, it is 401
    `sign_in_link_spent`; the mail's code is the way from another browser's mail."""
    browser, replaced = _cookies(request, studio)
    token, contact = await service.use_token(studio, body.token, browser, caller, replaced)
    return await _signed_in(request, response, studio, token, contact)


@router.post("/sign-in/code", summary="Sign in with a mail's code", responses=problems(401, 429))
async def use_sign_in_code(
    body: CodeIn, request: Request, response: Response, studio: TheStudio, caller: WhoCalls
) -> PortalMe:
    """Typed in the browser that asked. A wrong code is 401 `sign_in_code_wrong`, after five `sign_in_link_spent`."""
    browser, replaced = _cookies(request, studio)
    token, contact = await service.use_code(studio, body.code, browser, caller, replaced)
    return await _signed_in(request, response, studio, token, contact)


@router.post("/sign-in/passkey/challenge", summary="Ask what a passkey has to sign")
async def begin_passkey_sign_in(response: Response, studio: TheStudio) -> SignInChallenge:
    """It works with the cookie that this answer sets, for five minutes, once. Nobody says who they are: the device
    does."""
    ticket = passkeys.new_ticket(at=studio.clock())
    lasts_s = int(passkeys.LASTS.total_seconds())
    keep_cookie(response, studio, passkey_cookie(studio), ticket, seconds=lasts_s)
    signed = challenge_of(studio, ticket, passkeys.SIGN_IN).signed
    return SignInChallenge(challenge=as_bytes(signed), host=site_of(studio).host, lasts_s=lasts_s)


@router.post("/sign-in/passkey", summary="Sign in with a passkey", responses=problems(401, 429))
async def use_sign_in_passkey(
    body: SignedByPasskeyIn, request: Request, response: Response, studio: TheStudio, caller: WhoCalls
) -> PortalMe:
    """Sets the session cookie. Whatever is wrong, it is 401 `passkey_refused`."""
    ticket = request.cookies.get(passkey_cookie(studio), "")
    _, replaced = _cookies(request, studio)
    signed = passkeys.SignedByPasskey(**body.model_dump())
    token, contact = await use_passkey(studio, signed, ticket, caller, replaced)
    forget_cookie(response, studio, passkey_cookie(studio))
    return await _signed_in(request, response, studio, token, contact)


@router.get("/me", summary="Who is signed in to the portal", responses=SIGNED_IN)
def get_portal_me(
    request: Request, response: Response, session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now
) -> PortalMe:
    """The contact, with the client's name and look."""
    contact = me.contact if me.is_preview else session.get_one(Contact, me.contact.id)
    response.headers["ETag"] = etag(contact.revision)
    return as_me(eyes_of(request, studio, session, contact, now), contact, is_preview=me.is_preview)


@router.patch("/me", summary="Change one's language or mails", responses=SIGNED_IN)
def change_portal_me(
    body: PortalMeChanges,
    request: Request,
    response: Response,
    session: PortalWrite,
    me: SignedInContact,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
) -> PortalMe:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    contact = change_contact(session, me.client_id, me.contact.id, revision, at=now, **changes)
    response.headers["ETag"] = etag(contact.revision)
    return as_me(eyes_of(request, studio, session, contact, now), contact)


@router.post("/sign-out", status_code=204, summary="Sign out of the portal", responses=SIGNED_IN)
def sign_out_of_portal(
    response: Response, session: PortalWrite, me: SignedInContact, studio: TheStudio, caller: WhoCalls, now: Now
) -> None:
    """End this session."""
    sessions.end_session(session, me.contact.id, me.session.id, at=now)
    audit.record(
        session, "portal_sign_out", by=me.actor, subject=("session", me.session.id), address=caller.address, at=now
    )
    forget_cookie(response, studio, portal_cookie(studio))


@router.get("/sessions", summary="One's own sessions in the portal", responses=SIGNED_IN)
def list_portal_sessions(session: PortalRead, me: SignedInContact, studio: TheStudio, now: Now) -> SessionsOut:
    """Browsers that are signed in as this contact, the last used first."""
    rows = sessions.list_sessions(session, me.contact.id, idle=service.idle_time(studio), at=now)
    return as_sessions(rows, me.session.id)


@router.delete(
    "/sessions/{session_id}", status_code=204, summary="End one of one's own portal sessions", responses=SIGNED_IN
)
def end_portal_session(session_id: str, session: PortalWrite, me: SignedInContact, caller: WhoCalls, now: Now) -> None:
    """It is out at once. Somebody else's session is not found."""
    sessions.end_session(session, me.contact.id, session_id, at=now)
    audit.record(
        session, "portal_session_ended", by=me.actor, subject=("session", session_id), address=caller.address, at=now
    )


@router.delete("/sessions", status_code=204, summary="Sign out of the portal everywhere", responses=SIGNED_IN)
def end_all_portal_sessions(
    response: Response, session: PortalWrite, me: SignedInContact, studio: TheStudio, caller: WhoCalls, now: Now
) -> None:
    """End all of one's own sessions, this one too."""
    sessions.end_all(session, me.contact.id, at=now)
    audit.record(session, "portal_signed_out_everywhere", by=me.actor, address=caller.address, at=now)
    forget_cookie(response, studio, portal_cookie(studio))


def _cookies(request: Request, studio: Studio) -> tuple[str, str]:
    """What this browser kept when it asked, and the session that a new one replaces."""
    return request.cookies.get(intent_cookie(studio), ""), request.cookies.get(portal_cookie(studio), "")


async def _signed_in(request: Request, response: Response, studio: Studio, token: str, contact: Contact) -> PortalMe:
    keep_cookie(
        response, studio, portal_cookie(studio), token, seconds=int(studio.settings.portal_session_days * 86_400)
    )
    forget_cookie(response, studio, intent_cookie(studio))
    at = studio.clock()
    return await studio.read(lambda s: as_me(eyes_of(request, studio, s, contact, at), contact))
