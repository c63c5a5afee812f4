"""The library, as the api tells of it."""

from collections.abc import Mapping, Sequence

from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut
from api.schemas.library import DuplicateIn, FilmOut, ZipIn, ZipOut
from api.schemas.videos import VideoOut
from engine.ui.client.door import Door


class Library(Door):
    """Every method raises ApiProblem."""

    async def films(
        self, asked: Mapping[str, str | int | None], *, limit: int = 12, cursor: str | None = None
    ) -> PageOf[FilmOut]:
        """Films. asked: the filters and the order, by the api's own names."""
        return await self.get("/library", PageOf[FilmOut], limit=limit, cursor=cursor, **asked)

    async def zip_films(self, export_ids: Sequence[str]) -> ZipOut:
        """Where to fetch these as one file."""
        return await self.send("POST", "/library/zips", ZipOut, ZipIn(export_ids=list(export_ids)))

    async def push_film(self, export_id: str, intent: str) -> JobOut:
        """Have it put into its folder. intent: the same for a second click, which does it once."""
        return await self.send("POST", f"/exports/{export_id}/pushes", JobOut, headers={"Idempotency-Key": intent})

    async def archive_film(self, export_id: str) -> FilmOut:
        """Put it away; its file is kept."""
        return await self.send("POST", f"/exports/{export_id}/archive", FilmOut)

    async def restore_film(self, export_id: str) -> FilmOut:
        """Bring it back."""
        return await self.send("POST", f"/exports/{export_id}/restore", FilmOut)

    async def duplicate_video(self, video_id: str, title: str, intent: str) -> VideoOut:
        """A new draft that begins as this video is. intent: as for a push."""
        key = {"Idempotency-Key": intent}
        return await self.send("POST", f"/videos/{video_id}/duplicates", VideoOut, DuplicateIn(title=title), key)
