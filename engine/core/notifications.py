"""Notifications: lines under somebody's bell.

Core: no HTTP, no vendor, no clock. Called by the rules that something must be told of, and api.routers.notifications.
Law: what a workflow tells twice is told once (`once_key`); nobody is told of his own act.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.core.locks import hold_lock
from engine.core.models import JsonObject, Notification, Role, Staff
from engine.core.paging import Page, PageWish, read_page


def notify_staff(
    session: Session,
    staff_ids: Sequence[str],
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    at: datetime,
) -> None:
    """Tell these members of staff. once_key: names what is told; each of them is told of it once."""
    keys = {f"{once_key}:{staff_id}": staff_id for staff_id in staff_ids}
    told = set(session.scalars(select(Notification.once_key).where(Notification.once_key.in_(keys))))
    session.add_all(
        Notification(staff_id=staff_id, kind=kind, facts=facts, path=path, once_key=key, created_at=at)
        for key, staff_id in keys.items()
        if key not in told
    )
    session.flush()


def notify_contact(
    session: Session,
    contact_id: str,
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    is_mailed: bool,
    at: datetime,
) -> bool:
    """Tell a contact in the portal; False where it was told before. is_mailed: it needs no place in a digest."""
    key = f"{once_key}:{contact_id}"
    hold_lock(session, f"notice {key}")
    if session.scalar(select(Notification.id).where(Notification.once_key == key)) is not None:
        return False
    session.add(
        Notification(
            contact_id=contact_id,
            kind=kind,
            facts=facts,
            path=path,
            once_key=key,
            created_at=at,
            mailed_at=at if is_mailed else None,
        )
    )
    session.flush()
    return True


def notify_owners(session: Session, *, kind: str, facts: JsonObject, path: str, once_key: str, at: datetime) -> None:
    """Tell every owner who can still sign in."""
    owners = session.scalars(select(Staff.id).where(Staff.role == Role.OWNER, Staff.disabled_at.is_(None))).all()
    notify_staff(session, owners, kind=kind, facts=facts, path=path, once_key=once_key, at=at)


def notify_everybody(
    session: Session,
    *,
    kind: str,
    facts: JsonObject,
    path: str,
    once_key: str,
    at: datetime,
    but: str | None = None,
) -> None:
    """Tell all staff. but: the id of who did it."""
    staff = session.scalars(select(Staff.id).where(Staff.disabled_at.is_(None))).all()
    told = [staff_id for staff_id in staff if staff_id != but]
    notify_staff(session, told, kind=kind, facts=facts, path=path, once_key=once_key, at=at)


def unread_count(session: Session, staff_id: str) -> int:
    """How many lines wait under the bell."""
    count = session.scalar(
        select(func.count())
        .select_from(Notification)
        .where(Notification.staff_id == staff_id, Notification.read_at.is_(None))
    )
    return count or 0


def mark_read(session: Session, staff_id: str, notification_ids: Sequence[str] | None, *, at: datetime) -> None:
    """Mark these as read, or all where None is given. Another's are left alone."""
    unread = update(Notification).where(Notification.staff_id == staff_id, Notification.read_at.is_(None))
    if notification_ids is not None:
        unread = unread.where(Notification.id.in_(notification_ids))
    session.execute(unread.values(read_at=at).execution_options(synchronize_session=False))


def mark_seen(session: Session, contact_id: str, path: str, *, at: datetime) -> None:
    """A contact has this page of the portal before them: no digest tells them of what stands on it."""
    unread = update(Notification).where(
        Notification.contact_id == contact_id, Notification.path == path, Notification.read_at.is_(None)
    )
    session.execute(unread.values(read_at=at).execution_options(synchronize_session=False))


def list_notifications(session: Session, staff_id: str, wish: PageWish, *, unread: bool = False) -> Page[Notification]:
    """Somebody's lines, all or those not read yet; sorts: created_at. Raises Invalid."""
    rows = select(Notification).where(Notification.staff_id == staff_id)
    if unread:
        rows = rows.where(Notification.read_at.is_(None))
    return read_page(session, rows, wish, sorts={"created_at": Notification.created_at}, unique=Notification.id)
