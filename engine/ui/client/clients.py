"""Clients and their contacts, as the api tells of them."""

from api.schemas.clients import (
    ClientChanges,
    ClientIn,
    ClientOut,
    ContactChanges,
    ContactIn,
    ContactOut,
)
from api.schemas.costs import SummaryOut
from api.schemas.fields import PageOf
from api.schemas.projects import ProjectOut
from engine.ui.client.door import Door, on_revision


class Clients(Door):
    """Every method raises ApiProblem."""

    async def clients(
        self, *, search: str = "", archived: bool = False, limit: int = 50, cursor: str | None = None
    ) -> PageOf[ClientOut]:
        """Clients at work, or those that are put away, by name. search: beginnings of words that they are found by."""
        asked = {"search": search or None, "archived": "true" if archived else None, "cursor": cursor}
        return await self.get("/clients", PageOf[ClientOut], limit=limit, **asked)

    async def add_client(self, client: ClientIn, intent: str) -> ClientOut:
        """A new client. intent: the same for a second click, which makes none."""
        return await self.send("POST", "/clients", ClientOut, client, {"Idempotency-Key": intent})

    async def client(self, client_id: str) -> ClientOut:
        """One client."""
        return await self.get(f"/clients/{client_id}", ClientOut)

    async def change_client(self, client_id: str, changes: ClientChanges, revision: int) -> ClientOut:
        """Change a client."""
        return await self.send("PATCH", f"/clients/{client_id}", ClientOut, changes, on_revision(revision))

    async def archive_client(self, client_id: str, *, keep_open_work: bool) -> ClientOut:
        """Put a client away. keep_open_work: somebody has seen what is open, which goes on."""
        query = "?keep_open_work=true" if keep_open_work else ""
        return await self.send("POST", f"/clients/{client_id}/archive{query}", ClientOut)

    async def restore_client(self, client_id: str) -> ClientOut:
        """Bring a client back."""
        return await self.send("POST", f"/clients/{client_id}/restore", ClientOut)

    async def client_projects(
        self, client_id: str, *, limit: int = 50, cursor: str | None = None
    ) -> PageOf[ProjectOut]:
        """A client's projects, the newest first."""
        return await self.get("/projects", PageOf[ProjectOut], client_id=client_id, limit=limit, cursor=cursor)

    async def client_cost(self, client_id: str) -> SummaryOut:
        """All that was spent for a client so far, by provider."""
        return await self.get("/costs/summary", SummaryOut, by="provider", client_id=client_id)

    async def contacts(self, client_id: str, *, limit: int = 200, cursor: str | None = None) -> PageOf[ContactOut]:
        """A client's people, by name."""
        return await self.get(f"/clients/{client_id}/contacts", PageOf[ContactOut], limit=limit, cursor=cursor)

    async def add_contact(self, client_id: str, contact: ContactIn, intent: str) -> ContactOut:
        """One more. intent: as for a client."""
        path = f"/clients/{client_id}/contacts"
        return await self.send("POST", path, ContactOut, contact, {"Idempotency-Key": intent})

    async def change_contact(
        self, client_id: str, contact_id: str, changes: ContactChanges, revision: int
    ) -> ContactOut:
        """Change a contact."""
        path = f"/clients/{client_id}/contacts/{contact_id}"
        return await self.send("PATCH", path, ContactOut, changes, on_revision(revision))

    async def invite_contact(self, client_id: str, contact_id: str, intent: str) -> ContactOut:
        """Mail a contact the way to the portal. intent: of one press of the button."""
        path = f"/clients/{client_id}/contacts/{contact_id}/invitations"
        return await self.send("POST", path, ContactOut, headers={"Idempotency-Key": intent})

    async def disable_contact(self, client_id: str, contact_id: str) -> ContactOut:
        """Let a contact in no more."""
        return await self.send("POST", f"/clients/{client_id}/contacts/{contact_id}/disable", ContactOut)

    async def enable_contact(self, client_id: str, contact_id: str) -> ContactOut:
        """Let a contact in again."""
        return await self.send("POST", f"/clients/{client_id}/contacts/{contact_id}/enable", ContactOut)
