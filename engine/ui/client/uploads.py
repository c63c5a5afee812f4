"""Uploads of large files, as the api tells of them."""

from api.schemas.uploads import UploadsOut
from engine.ui.client.door import Door


class Uploads(Door):
    """Every method raises ApiProblem."""

    async def uploads(self) -> UploadsOut:
        """One's own, the newest first."""
        return await self.get("/uploads", UploadsOut)
