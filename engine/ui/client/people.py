"""Whoever sits at the window, as the api tells of them."""

from collections.abc import Sequence

from api.schemas.auth import MeChanges, StaffOut
from api.schemas.notifications import NotificationsOut, ReadIn
from engine.ui.client.door import Door, on_revision


class People(Door):
    """Every method raises ApiProblem."""

    async def me(self) -> StaffOut:
        """Who is signed in."""
        return await self.get("/auth/me", StaffOut)

    async def change_me(self, changes: MeChanges, revision: int) -> StaffOut:
        """Change one's own name or language."""
        return await self.send("PATCH", "/auth/me", StaffOut, changes, on_revision(revision))

    async def sign_out(self) -> None:
        """End the session, for every window that uses it."""
        await self.call("POST", "/auth/logout")

    async def notifications(self, *, limit: int = 20, unread: bool = False) -> NotificationsOut:
        """One's own notifications, the newest first; or only those that were not read yet."""
        asked = {"unread": "true" if unread else None}
        return await self.get("/notifications", NotificationsOut, limit=limit, **asked)

    async def mark_read(self, ids: Sequence[str]) -> None:
        """These notifications are not new any more."""
        await self.call("POST", "/notifications/read", ReadIn(ids=list(ids)))

    async def mark_all_read(self) -> None:
        """No notification is new any more."""
        await self.call("POST", "/notifications/read", ReadIn())
