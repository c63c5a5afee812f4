"""Sign-in: from an address and a password to a session, telling nobody which part was wrong.

Called by api.routers.auth.
Law: every refusal costs one password check and says the same, whether the account exists, is disabled, or the password
is wrong. An attempt counts before it is checked. No transaction is open while a password is hashed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy.orm import Session

from api.studio import Studio
from engine.core import audit, passwords, sessions, sign_in_limits
from engine.core import staff as people
from engine.core.actors import Actor
from engine.core.errors import NotSignedIn, Refused, TooMany
from engine.core.models import SignInSession, Staff

_HASHERS: Final = CapacityLimiter(2)
"""argon2 takes 64 MiB and a core each time: a hundred at once must not take the machine."""


@dataclass(frozen=True)
class Caller:
    """Where a request comes from."""

    address: str
    user_agent: str


@dataclass(frozen=True)
class SignedIn:
    """Who is signed in, in which session. Read in a moment that is over: rows to read, not to change."""

    staff: Staff
    session: SignInSession

    @property
    def actor(self) -> Actor:
        """As records write it."""
        return Actor("staff", self.staff.id)


class CodeWanted(NotSignedIn):
    """The password was right and the account also asks for a one-time code."""

    code = "totp_required"


def _refusal() -> NotSignedIn:
    return NotSignedIn("The e-mail address, the password or the code does not fit.", code="sign_in_refused")


async def sign_in(
    studio: Studio, email: str, password: str, code: str | None, caller: Caller, replaces_token: str | None
) -> tuple[str, Staff]:
    """A new session's token and its person; an older session of the same browser ends.

    Raises NotSignedIn (sign_in_refused, totp_required), TooMany.
    """
    at = studio.clock()
    try:
        attempt_id = await studio.write(lambda s: sign_in_limits.count_attempt(s, email, caller.address, at=at))
    except TooMany:
        await studio.write(
            lambda s: audit.record(s, "sign_in_blocked", by=email.lower(), address=caller.address, at=at)
        )
        raise
    found = await studio.read(lambda s: people.find_staff(s, email))
    password_hash = found.password_hash if found else None
    fits = await run_sync(passwords.is_password, password, password_hash, limiter=_HASHERS)

    def finish(session: Session) -> tuple[str, Staff] | NotSignedIn:
        staff = people.find_staff(session, email)
        if not fits or staff is None or staff.disabled_at is not None or staff.password_hash != password_hash:
            audit.record(session, "sign_in_refused", by=email.lower(), address=caller.address, at=at)
            return _refusal()
        if staff.totp_confirmed_at is not None:
            if not code:
                sign_in_limits.forgive(session, attempt_id)
                return CodeWanted("This account also asks for the code that your phone shows.")
            if not people.take_code(session, staff, code, at=at):
                audit.record(
                    session, "sign_in_refused", by=email.lower(), address=caller.address, at=at, because="code"
                )
                return _refusal()
        sign_in_limits.forgive_account(session, email)
        if replaces_token and (old := sessions.find_session(session, replaces_token, idle=idle_time(studio), at=at)):
            sessions.end_session(session, old[1].id, old[0].id, at=at)
        token, row = sessions.begin_session(
            session,
            staff,
            lasts=timedelta(days=studio.settings.session_days),
            address=caller.address,
            user_agent=caller.user_agent,
            at=at,
        )
        actor = Actor("staff", staff.id)
        audit.record(session, "sign_in", by=actor, subject=("session", row.id), address=caller.address, at=at)
        sign_in_limits.prune_attempts(session, at=at)
        sessions.prune_sessions(session, at=at)
        return token, staff

    outcome = await studio.write(finish)
    if isinstance(outcome, NotSignedIn):
        raise outcome
    return outcome


async def find_signed_in(studio: Studio, token: str) -> SignedIn | None:
    """Whose session this is; notes now and then that it is in use."""
    at = studio.clock()
    found = await studio.read(lambda s: sessions.find_session(s, token, idle=idle_time(studio), at=at))
    if found is None:
        return None
    row, staff = found
    if row.last_used_at < at - sessions.USED_EVERY:
        await studio.write(lambda s: sessions.mark_used(s, row.id, at=at))
    return SignedIn(staff, row)


async def is_still_signed_in(studio: Studio, signed_in: SignedIn) -> bool:
    """Whether the session of an answer that goes on for long is still alive. A stream alone does not keep it so."""
    at, session_id = studio.clock(), signed_in.session.id
    return await studio.read(lambda s: sessions.is_alive(s, session_id, idle=idle_time(studio), at=at))


async def require_password(studio: Studio, signed_in: SignedIn, password: str, caller: Caller) -> None:
    """Ask who is signed in for the password once more. Raises Refused (password_wrong), TooMany."""
    at = studio.clock()
    email = signed_in.staff.email
    attempt_id = await studio.write(lambda s: sign_in_limits.count_attempt(s, email, caller.address, at=at))
    if not await run_sync(passwords.is_password, password, signed_in.staff.password_hash, limiter=_HASHERS):
        await studio.write(
            lambda s: audit.record(s, "password_refused", by=signed_in.actor, address=caller.address, at=at)
        )
        raise Refused("This is not your present password. Nothing was changed.", code="password_wrong")
    await studio.write(lambda s: sign_in_limits.forgive(s, attempt_id))


async def hash_new_password(password: str, *, email: str) -> str:
    """The hash of a new password. Raises Invalid where it is too easy."""
    passwords.check_new_password(password, email=email)
    return await run_sync(passwords.hash_password, password, limiter=_HASHERS)


def idle_time(studio: Studio) -> timedelta:
    """How long a session may lie unused."""
    return timedelta(hours=studio.settings.session_idle_hours)


async def change_password(studio: Studio, me: SignedIn, password_hash: str, caller: Caller, *, at: datetime) -> None:
    """Keep a new password; all sessions but this one end."""

    def change(session: Session) -> None:
        people.set_password(session, people.get_staff(session, me.staff.id), password_hash, but=me.session.id, at=at)
        audit.record(session, "password_changed", by=me.actor, address=caller.address, at=at)

    await studio.write(change)


async def end_totp(studio: Studio, me: SignedIn, caller: Caller, *, at: datetime) -> None:
    """Ask for no code any more."""

    def end(session: Session) -> None:
        people.end_totp(session, people.get_staff(session, me.staff.id), at=at)
        audit.record(session, "totp_off", by=me.actor, address=caller.address, at=at)

    await studio.write(end)
