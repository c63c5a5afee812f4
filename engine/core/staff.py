"""Staff: the people of the studio, what they may do, and their second factor.

Core: no HTTP, no clock. Called by api.services.sign_in, api.routers.staff and engine.cli.user.
Law: there is always an owner who can sign in; whoever is disabled is out at once; a one-time code works once.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

import pyotp
from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from engine.core import sessions
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import Role, Staff
from engine.core.revisions import require_revision
from engine.core.texts import clean_email, clean_language, clean_name

ISSUER: Final = "BOM Studios"
_STEP_S = 30
_DRIFT_STEPS = 1
"""A phone's clock may be half a minute off."""


class StaffChanges(TypedDict, total=False):
    """What may be changed of a person; what is absent stays."""

    name: str
    role: Role
    language: str


def add_staff(
    session: Session, *, email: str, role: Role, password_hash: str, name: str = "", language: str = "nl", at: datetime
) -> Staff:
    """A new person. Raises Invalid, and Conflict (email_in_use)."""
    cleaned = clean_email(email)
    if find_staff(session, cleaned) is not None:
        raise Conflict(f"{cleaned} is a member of staff already.", code="email_in_use")
    staff = Staff(
        email=cleaned,
        name=clean_name(name, "name") if name else "",
        role=role,
        language=clean_language(language),
        password_hash=password_hash,
        created_at=at,
        updated_at=at,
    )
    session.add(staff)
    session.flush()
    return staff


def find_staff(session: Session, email: str) -> Staff | None:
    """Whoever has this address, disabled or not."""
    return session.scalar(select(Staff).where(Staff.email == email.strip().lower()))


def get_staff(session: Session, staff_id: str) -> Staff:
    """Raises NotFound."""
    staff = session.get(Staff, staff_id)
    if staff is None:
        raise NotFound("member of staff", staff_id)
    return staff


def list_staff(session: Session) -> Sequence[Staff]:
    """Everybody, in the order in which they came."""
    return session.scalars(select(Staff).order_by(Staff.created_at, Staff.id).limit(500)).all()


def change_staff(
    session: Session, staff_id: str, revision: int, *, at: datetime, **changes: Unpack[StaffChanges]
) -> Staff:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid, Conflict (last_owner)."""
    staff = get_staff(session, staff_id)
    require_revision(staff, revision, "member of staff")
    if "name" in changes:
        staff.name = clean_name(changes["name"], "name")
    if "language" in changes:
        staff.language = clean_language(changes["language"])
    if "role" in changes and changes["role"] != staff.role:
        if staff.role == Role.OWNER:
            _require_another_owner(session, staff)
        staff.role = changes["role"]
    staff.updated_at = at
    session.flush()
    return staff


def disable_staff(session: Session, staff_id: str, *, at: datetime) -> Staff:
    """Nobody signs in as this person any more, and whoever is signed in is out. Raises NotFound, Conflict."""
    staff = get_staff(session, staff_id)
    if staff.disabled_at is None:
        if staff.role == Role.OWNER:
            _require_another_owner(session, staff)
        staff.disabled_at = staff.updated_at = at
        session.flush()
    sessions.end_all(session, staff.id, at=at)
    return staff


def enable_staff(session: Session, staff_id: str, *, at: datetime) -> Staff:
    """The person may sign in again. Raises NotFound."""
    staff = get_staff(session, staff_id)
    if staff.disabled_at is not None:
        staff.disabled_at = None
        staff.updated_at = at
        session.flush()
    return staff


def set_password(session: Session, staff: Staff, password_hash: str, *, but: str | None = None, at: datetime) -> None:
    """A new password; it ends all sessions, save the one with the id `but`."""
    staff.password_hash = password_hash
    staff.updated_at = at
    sessions.end_all(session, staff.id, but=but, at=at)
    session.flush()


def _require_another_owner(session: Session, staff: Staff) -> None:
    others = session.scalar(
        select(func.count()).where(Staff.role == Role.OWNER, Staff.disabled_at.is_(None), Staff.id != staff.id)
    )
    if staff.disabled_at is None and not others:
        raise Conflict(f"{staff.email} is the only owner. Make somebody else an owner first.", code="last_owner")


def begin_totp(session: Session, staff: Staff, *, at: datetime) -> tuple[str, str]:
    """A fresh secret and its otpauth: address for a phone; it counts once a code of it is confirmed.

    Raises Conflict (totp_on) where one is in use.
    """
    if staff.totp_confirmed_at is not None:
        raise Conflict("One-time codes are on already. Turn them off first.", code="totp_on")
    staff.totp_secret = pyotp.random_base32(32)
    staff.totp_last_step = None
    staff.updated_at = at
    session.flush()
    return staff.totp_secret, pyotp.TOTP(staff.totp_secret).provisioning_uri(name=staff.email, issuer_name=ISSUER)


def confirm_totp(session: Session, staff: Staff, code: str, *, at: datetime) -> None:
    """From now on a code is asked for. Raises Conflict (totp_not_begun), Invalid (totp_wrong)."""
    if staff.totp_secret is None or staff.totp_confirmed_at is not None:
        raise Conflict("There is nothing to confirm. Begin with a new secret.", code="totp_not_begun")
    if not take_code(session, staff, code, at=at):
        raise Invalid(
            "This code does not fit. Check the phone's clock and type the code that it shows now.",
            field="code",
            code="totp_wrong",
        )
    staff.totp_confirmed_at = staff.updated_at = at
    session.flush()


def end_totp(session: Session, staff: Staff, *, at: datetime) -> None:
    """No code is asked for any more."""
    staff.totp_secret = staff.totp_confirmed_at = staff.totp_last_step = None
    staff.updated_at = at
    session.flush()


def take_code(session: Session, staff: Staff, code: str, *, at: datetime) -> bool:
    """Whether the code fits now and was not used before; it is used up by that, also when two ask at once."""
    if staff.totp_secret is None:
        return False
    totp = pyotp.TOTP(staff.totp_secret)
    now_step = int(at.timestamp()) // _STEP_S
    digits = code.replace(" ", "")
    for step in range(now_step - _DRIFT_STEPS, now_step + _DRIFT_STEPS + 1):
        if digits.isascii() and totp.verify(digits, for_time=step * _STEP_S):
            taken = session.scalar(
                update(Staff)
                .where(Staff.id == staff.id, or_(Staff.totp_last_step.is_(None), Staff.totp_last_step < step))
                .values(totp_last_step=step)
                .returning(Staff.id)
                .execution_options(synchronize_session=False)
            )
            return taken is not None
    return False
