"""The studio's choices, what it keeps, and what its machine lacks, as the api tells of them."""

from api.schemas.health import FindingsOut, StorageOut
from api.schemas.settings import ClientLoginOut, SettingsChanges, SettingsOut
from engine.ui.client.door import Door, on_revision


class StudioSettings(Door):
    """Every method raises ApiProblem."""

    async def studio_settings(self) -> SettingsOut:
        """What the studio has chosen."""
        return await self.get("/settings", SettingsOut)

    async def change_studio_settings(self, changes: SettingsChanges, revision: int) -> SettingsOut:
        """Change what is given; owners only."""
        return await self.send("PATCH", "/settings", SettingsOut, changes, on_revision(revision))

    async def client_login(self) -> ClientLoginOut:
        """Where clients find their portal."""
        return await self.get("/settings/client-login", ClientLoginOut)

    async def storage(self) -> StorageOut:
        """What is kept, and the room that is left."""
        return await self.get("/storage", StorageOut)

    async def findings(self) -> FindingsOut:
        """Everything that was looked at on the studio's machine; takes it about a second."""
        return await self.get("/findings", FindingsOut)
