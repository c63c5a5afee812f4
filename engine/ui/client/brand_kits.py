"""Brand kits, as the api tells of them."""

from api.schemas.brand_kits import BrandKitChanges, BrandKitOut
from engine.ui.client.door import Door, on_revision


class BrandKits(Door):
    """Every method raises ApiProblem."""

    async def brand_kit(self, client_id: str) -> BrandKitOut:
        """How a client's videos look and sound."""
        return await self.get(f"/clients/{client_id}/brand-kit", BrandKitOut)

    async def change_brand_kit(self, client_id: str, changes: BrandKitChanges, revision: int) -> BrandKitOut:
        """Change how a client's videos look and sound."""
        return await self.send("PATCH", f"/clients/{client_id}/brand-kit", BrandKitOut, changes, on_revision(revision))
