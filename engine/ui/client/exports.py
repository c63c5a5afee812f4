"""Exports: finished and unfinished films, as the api tells of them."""

from api.schemas.fields import PageOf
from api.schemas.videos import ExportAsked, ExportIn, ExportOut
from engine.ui.client.door import Door


class Exports(Door):
    """Every method raises ApiProblem."""

    async def exports(self, video_id: str, *, limit: int = 50) -> PageOf[ExportOut]:
        """Films of one video, the newest first."""
        return await self.get("/exports", PageOf[ExportOut], video_id=video_id, sort="-created_at", limit=limit)

    async def ask_export(self, video_id: str, wanted: ExportIn, intent: str) -> ExportAsked:
        """Have a film rendered. Asked twice with one key, as by a double click, it is rendered once."""
        return await self.send("POST", f"/videos/{video_id}/exports", ExportAsked, wanted, {"Idempotency-Key": intent})
