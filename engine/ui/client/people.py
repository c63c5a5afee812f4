"""Staff and clients, as the api tells of them."""

from api.schemas.auth import MeChanges, StaffOut
from api.schemas.brand_kits import BrandKitChanges, BrandKitOut
from api.schemas.clients import ClientIn, ClientOut
from api.schemas.fields import PageOf
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

    async def clients(self, *, limit: int = 50, cursor: str | None = None) -> PageOf[ClientOut]:
        """Clients at work, by name."""
        return await self.get("/clients", PageOf[ClientOut], limit=limit, cursor=cursor)

    async def add_client(self, client: ClientIn, intent: str) -> ClientOut:
        """A new client. intent: the same for a second click, which makes none."""
        return await self.send("POST", "/clients", ClientOut, client, {"Idempotency-Key": intent})

    async def brand_kit(self, client_id: str) -> BrandKitOut:
        """How a client's videos look and sound."""
        return await self.get(f"/clients/{client_id}/brand-kit", BrandKitOut)

    async def change_brand_kit(self, client_id: str, changes: BrandKitChanges, revision: int) -> BrandKitOut:
        """Change how a client's videos look and sound."""
        return await self.send("PATCH", f"/clients/{client_id}/brand-kit", BrandKitOut, changes, on_revision(revision))

    async def notifications(self, *, limit: int = 20) -> NotificationsOut:
        """One's own notifications, the newest first."""
        return await self.get("/notifications", NotificationsOut, limit=limit)

    async def mark_all_read(self) -> None:
        """No notification is new any more."""
        await self.call("POST", "/notifications/read", ReadIn())
