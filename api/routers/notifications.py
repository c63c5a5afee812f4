"""Notifications: lines under one's own bell."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import DbSession, Now, PageQuery, ReadSession, SignedInStaff, sorted_by
from api.routes import StudioRoute
from api.schemas.notifications import NotificationOut, NotificationSort, NotificationsOut, ReadIn
from engine.core import notifications

router = APIRouter(prefix="/notifications", tags=["notifications"], route_class=StudioRoute)


@router.get("", summary="One's own notifications")
def list_notifications(
    session: ReadSession,
    me: SignedInStaff,
    wish: PageQuery,
    sort: NotificationSort = "-created_at",
    unread: Annotated[bool, Query(description="Only those not read yet.")] = False,
) -> NotificationsOut:
    """With how many were not read yet."""
    page = notifications.list_notifications(session, me.staff.id, sorted_by(wish, sort), unread=unread)
    return NotificationsOut(
        items=[NotificationOut.model_validate(line) for line in page.items],
        next_cursor=page.next_cursor,
        unread=notifications.unread_count(session, me.staff.id),
    )


@router.post("/read", status_code=204, summary="Mark notifications as read")
def read_notifications(body: ReadIn, session: DbSession, me: SignedInStaff, now: Now) -> None:
    """These, or all. Somebody else's are left alone."""
    notifications.mark_read(session, me.staff.id, body.ids, at=now)
