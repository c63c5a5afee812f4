"""Cuts and drafts: a video as it would be rendered now, as the api tells of them."""

from urllib.parse import urlencode

from api.schemas.cuts import CutChanges, CutOptions, CutOut
from api.schemas.drafts import DraftIn, DraftOut
from api.schemas.videos import Format
from engine.ui.client.door import Door, on_revision


class Cuts(Door):
    """Every method raises ApiProblem."""

    async def cut(self, video_id: str) -> CutOut:
        """The film as it would be rendered now."""
        return await self.get(f"/videos/{video_id}/cut", CutOut)

    async def change_cut(self, video_id: str, changes: CutChanges, revision: int) -> CutOut:
        """Choose something for the whole film."""
        return await self.send("PATCH", f"/videos/{video_id}/cut", CutOut, changes, on_revision(revision))

    async def cut_options(self) -> CutOptions:
        """All that can be chosen for a film."""
        return await self.get("/cut-options", CutOptions)

    async def draft(self, video_id: str, picture_format: Format) -> DraftOut:
        """A small, quick film of the cut as it is now."""
        return await self.send("POST", f"/videos/{video_id}/drafts", DraftOut, DraftIn(format=picture_format))


def frame_address(video_id: str, picture_format: Format, at_ms: int, cut_sha256: str) -> str:
    """Where a browser finds exactly the frame at that place, as a picture. cut_sha256: of which cut; another cut has
    other frames, and so another address."""
    query = urlencode({"format": picture_format, "at_ms": at_ms, "cut": cut_sha256[:12]})
    return f"/api/videos/{video_id}/frames?{query}"
