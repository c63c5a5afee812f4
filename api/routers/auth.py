"""Auth: signing in and out, one's own sessions, password and second factor."""

from fastapi import APIRouter, Request, Response

from api.deps import (
    DbSession,
    IfMatch,
    Now,
    ReadSession,
    SignedInStaff,
    TheStudio,
    WhoCalls,
    cookie_name,
    etag,
)
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.auth import (
    LoginIn,
    MeChanges,
    PasswordChange,
    PasswordProof,
    SessionsOut,
    StaffOut,
    TotpBegun,
    TotpConfirmation,
)
from api.services import sign_in as service
from api.services.representations import as_staff
from api.services.shown_sessions import as_sessions
from api.studio import Studio
from engine.core import audit, sessions
from engine.core import staff as people

router = APIRouter(prefix="/auth", tags=["auth"], route_class=StudioRoute)


@router.post("/login", summary="Sign in", responses=problems(401, 429))
async def login(body: LoginIn, request: Request, response: Response, studio: TheStudio, caller: WhoCalls) -> StaffOut:
    """Set a session cookie. A wrong address, password or code are refused alike; an account with a second factor is
    answered with 401 `totp_required` once the password is right."""
    name = cookie_name(studio)
    token, staff = await service.sign_in(
        studio, body.email, body.password, body.totp, caller, replaces_token=request.cookies.get(name)
    )
    response.set_cookie(
        name,
        token,
        max_age=int(studio.settings.session_days * 86_400),
        path="/",
        secure=studio.settings.is_https,
        httponly=True,
        samesite="lax",
    )
    return as_staff(staff)


@router.post("/logout", status_code=204, summary="Sign out")
def logout(
    response: Response, session: DbSession, me: SignedInStaff, studio: TheStudio, caller: WhoCalls, now: Now
) -> None:
    """End this session."""
    sessions.end_session(session, me.staff.id, me.session.id, at=now)
    audit.record(session, "sign_out", by=me.actor, subject=("session", me.session.id), address=caller.address, at=now)
    _forget_cookie(response, studio)


@router.get("/me", summary="Who is signed in")
def get_me(response: Response, session: ReadSession, me: SignedInStaff) -> StaffOut:
    """The person whose session this is."""
    staff = people.get_staff(session, me.staff.id)
    response.headers["ETag"] = etag(staff.revision)
    return as_staff(staff)


@router.patch("/me", summary="Change one's own name or language")
def change_me(
    body: MeChanges, response: Response, session: DbSession, me: SignedInStaff, revision: IfMatch, now: Now
) -> StaffOut:
    """What is absent stays."""
    staff = people.change_staff(session, me.staff.id, revision, at=now, **body.model_dump(exclude_none=True))
    response.headers["ETag"] = etag(staff.revision)
    return as_staff(staff)


@router.get("/sessions", summary="One's own sessions")
def list_my_sessions(session: ReadSession, me: SignedInStaff, studio: TheStudio, now: Now) -> SessionsOut:
    """Browsers and programs that are signed in as this person, the last used first."""
    rows = sessions.list_sessions(session, me.staff.id, idle=service.idle_time(studio), at=now)
    return as_sessions(rows, me.session.id)


@router.delete("/sessions/{session_id}", status_code=204, summary="End one of one's own sessions")
def end_my_session(session_id: str, session: DbSession, me: SignedInStaff, caller: WhoCalls, now: Now) -> None:
    """It is out at once. Somebody else's session is not found."""
    sessions.end_session(session, me.staff.id, session_id, at=now)
    audit.record(session, "session_ended", by=me.actor, subject=("session", session_id), address=caller.address, at=now)


@router.delete("/sessions", status_code=204, summary="Sign out everywhere")
def end_all_my_sessions(
    response: Response, session: DbSession, me: SignedInStaff, studio: TheStudio, caller: WhoCalls, now: Now
) -> None:
    """End all of one's own sessions, this one too."""
    sessions.end_all(session, me.staff.id, at=now)
    audit.record(session, "signed_out_everywhere", by=me.actor, address=caller.address, at=now)
    _forget_cookie(response, studio)


@router.post("/password", status_code=204, summary="Change one's own password", responses=problems(429))
async def change_password(
    body: PasswordChange, me: SignedInStaff, studio: TheStudio, caller: WhoCalls, now: Now
) -> None:
    """All other sessions end. A wrong present password is 403 `password_wrong`."""
    await service.require_password(studio, me, body.current, caller)
    password_hash = await service.hash_new_password(body.new, email=me.staff.email)
    await service.change_password(studio, me, password_hash, caller, at=now)


@router.post("/totp", summary="Begin with one-time codes", responses=problems(409, 429))
async def begin_totp(
    body: PasswordProof, me: SignedInStaff, studio: TheStudio, caller: WhoCalls, now: Now
) -> TotpBegun:
    """A secret for a phone. Codes are asked for only once one is confirmed."""
    await service.require_password(studio, me, body.password, caller)
    secret, uri = await studio.write(lambda s: people.begin_totp(s, people.get_staff(s, me.staff.id), at=now))
    return TotpBegun(secret=secret, otpauth_uri=uri)


@router.post("/totp/confirm", status_code=204, summary="Confirm one-time codes", responses=problems(409))
def confirm_totp(body: TotpConfirmation, session: DbSession, me: SignedInStaff, caller: WhoCalls, now: Now) -> None:
    """From now on a code is asked for at sign-in. A code that does not fit is 422 `totp_wrong`."""
    people.confirm_totp(session, people.get_staff(session, me.staff.id), body.code, at=now)
    audit.record(session, "totp_on", by=me.actor, address=caller.address, at=now)


@router.post("/totp/disable", status_code=204, summary="End one-time codes", responses=problems(429))
async def end_totp(body: PasswordProof, me: SignedInStaff, studio: TheStudio, caller: WhoCalls, now: Now) -> None:
    """No code is asked for any more."""
    await service.require_password(studio, me, body.password, caller)
    await service.end_totp(studio, me, caller, at=now)


def _forget_cookie(response: Response, studio: Studio) -> None:
    response.delete_cookie(
        cookie_name(studio), path="/", secure=studio.settings.is_https, httponly=True, samesite="lax"
    )
