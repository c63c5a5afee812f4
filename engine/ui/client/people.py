"""Staff and clients, as the api tells of them."""

from api.schemas.auth import MeChanges, StaffOut
from api.schemas.clients import ClientOut
from api.schemas.fields import PageOf
from api.schemas.notifications import NotificationsOut, ReadIn
from engine.ui.client.door import Door


class People(Door):
    """Every method raises ApiProblem."""

    async def me(self) -> StaffOut:
        """Who is signed in."""
        return await self.get("/auth/me", StaffOut)

    async def change_me(self, changes: MeChanges, revision: int) -> StaffOut:
        """Change one's own name or language."""
        return await self.send("PATCH", "/auth/me", StaffOut, changes, {"If-Match": f'"{revision}"'})

    async def sign_out(self) -> None:
        """End the session, for every window that uses it."""
        await self.call("POST", "/auth/logout")

    async def clients(self, *, limit: int = 50, cursor: str | None = None) -> PageOf[ClientOut]:
        """Clients at work, by name."""
        return await self.get("/clients", PageOf[ClientOut], limit=limit, cursor=cursor)

    async def notifications(self, *, limit: int = 20) -> NotificationsOut:
        """One's own notifications, the newest first."""
        return await self.get("/notifications", NotificationsOut, limit=limit)

    async def mark_all_read(self) -> None:
        """No notification is new any more."""
        await self.call("POST", "/notifications/read", ReadIn())
