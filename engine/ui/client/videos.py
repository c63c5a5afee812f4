"""Projects and videos, as the api tells of them."""

from api.schemas.fields import PageOf
from api.schemas.projects import ProjectOut, ProjectSort, ProjectStatus
from api.schemas.videos import VideoListed, VideoOut, VideoStatus
from engine.ui.client.door import Door


class Videos(Door):
    """Every method raises ApiProblem."""

    async def projects(
        self,
        *,
        sort: ProjectSort = "-created_at",
        status: ProjectStatus | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> PageOf[ProjectOut]:
        """Projects that are not put away."""
        return await self.get("/projects", PageOf[ProjectOut], sort=sort, status=status, limit=limit, cursor=cursor)

    async def videos(self, *, status: VideoStatus | None = None, limit: int = 50) -> PageOf[VideoListed]:
        """Videos, the last changed first."""
        return await self.get("/videos", PageOf[VideoListed], sort="-updated_at", status=status, limit=limit)

    async def video(self, video_id: str) -> VideoOut:
        """One video."""
        return await self.get(f"/videos/{video_id}", VideoOut)
