"""Brand kits, as the api tells of them."""

from urllib.parse import urlencode

from api.schemas.brand_kits import BrandKitChanges, BrandKitOut, BrandOptions, BrandShot, LogoColoursOut
from api.schemas.videos import Format
from engine.ui.client.door import Door, on_revision


class BrandKits(Door):
    """Every method raises ApiProblem."""

    async def brand_kit(self, client_id: str) -> BrandKitOut:
        """How a client's videos look and sound."""
        return await self.get(f"/clients/{client_id}/brand-kit", BrandKitOut)

    async def change_brand_kit(self, client_id: str, changes: BrandKitChanges, revision: int) -> BrandKitOut:
        """Change how a client's videos look and sound."""
        return await self.send("PATCH", f"/clients/{client_id}/brand-kit", BrandKitOut, changes, on_revision(revision))

    async def brand_options(self) -> BrandOptions:
        """What the studio brings along for every brand."""
        return await self.get("/brand-options", BrandOptions)

    async def logo_colours(self, client_id: str) -> LogoColoursOut:
        """The colours that a client's logo is made of."""
        return await self.get(f"/clients/{client_id}/brand-kit/logo-colours", LogoColoursOut)


def brand_frame_address(client_id: str, shot: BrandShot, picture_format: Format, revision: int) -> str:
    """Where a browser finds a frame in the client's brand. revision: of the kit; another one looks otherwise."""
    query = urlencode({"shot": shot, "format": picture_format, "kit": revision})
    return f"/api/clients/{client_id}/brand-kit/frame?{query}"
