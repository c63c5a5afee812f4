"""Files of the library, as the api tells of them."""

from pathlib import PurePath
from typing import Final
from urllib.parse import urlencode

from api.schemas.assets import AssetChanges, AssetOut, AssetType
from api.schemas.fields import PageOf
from engine.ui.client.door import Door, on_revision

_LATEST: Final = 50


class Files(Door):
    """Every method raises ApiProblem."""

    async def files(
        self, kind: AssetType, *, client_id: str | None = None, limit: int = 50, cursor: str | None = None
    ) -> PageOf[AssetOut]:
        """Files of one kind, the newest first; of one client, or anybody's."""
        return await self.get("/assets", PageOf[AssetOut], type=kind, client_id=client_id, limit=limit, cursor=cursor)

    async def file(self, asset_id: str) -> AssetOut:
        """One file."""
        return await self.get(f"/assets/{asset_id}", AssetOut)

    async def change_file(self, asset_id: str, changes: AssetChanges, revision: int) -> AssetOut:
        """Rename a file, or note its licence."""
        return await self.send("PATCH", f"/assets/{asset_id}", AssetOut, changes, on_revision(revision))

    async def find_file(self, kind: AssetType, stem: str) -> AssetOut | None:
        """The file with this name among the latest, whatever its ending; None where there is none."""
        latest = await self.files(kind, limit=_LATEST)
        return next((file for file in latest.items if PurePath(file.file_name).stem == stem), None)


def upload_address(file_name: str, kind: AssetType, client_id: str | None) -> str:
    """Where a browser puts a small file."""
    whose = {"client_id": client_id} if client_id else {}
    return f"/api/assets?{urlencode({'file_name': file_name, 'type': kind, **whose})}"
