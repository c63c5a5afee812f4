"""Videos, as the api tells of them."""

from api.schemas.fields import PageOf
from api.schemas.scripts import ScriptIn, ScriptSplitOut
from api.schemas.videos import (
    SceneChanges,
    SceneOrder,
    SceneOut,
    TakeOut,
    TakesOut,
    VideoChanges,
    VideoIn,
    VideoListed,
    VideoOut,
    VideoStatus,
)
from engine.ui.client.door import Door, on_revision


class Videos(Door):
    """Every method raises ApiProblem."""

    async def videos(
        self,
        *,
        status: VideoStatus | None = None,
        project_id: str | None = None,
        limit: int = 50,
        cursor: str | None = None,
    ) -> PageOf[VideoListed]:
        """Videos, the last changed first."""
        asked = {"status": status, "project_id": project_id, "cursor": cursor}
        return await self.get("/videos", PageOf[VideoListed], sort="-updated_at", limit=limit, **asked)

    async def add_video(self, video: VideoIn, intent: str) -> VideoOut:
        """A new video. intent: the same for a second click, which makes none."""
        return await self.send("POST", "/videos", VideoOut, video, {"Idempotency-Key": intent})

    async def video(self, video_id: str) -> VideoOut:
        """One video."""
        return await self.get(f"/videos/{video_id}", VideoOut)

    async def change_video(self, video_id: str, changes: VideoChanges, revision: int) -> VideoOut:
        """Change its words. A new script makes other scenes."""
        return await self.send("PATCH", f"/videos/{video_id}", VideoOut, changes, on_revision(revision))

    async def archive_video(self, video_id: str) -> VideoOut:
        """Put it away; nothing of it is lost."""
        return await self.send("POST", f"/videos/{video_id}/archive", VideoOut)

    async def restore_video(self, video_id: str) -> VideoOut:
        """Bring it back."""
        return await self.send("POST", f"/videos/{video_id}/restore", VideoOut)

    async def order_scenes(self, video_id: str, order: SceneOrder, revision: int) -> VideoOut:
        """Put its scenes in another order. revision: the video's."""
        return await self.send("PUT", f"/videos/{video_id}/scene-order", VideoOut, order, on_revision(revision))

    async def split_script(self, script: ScriptIn) -> ScriptSplitOut:
        """Which scenes a text would make. Nothing is kept."""
        return await self.send("POST", "/scripts/split", ScriptSplitOut, script)

    async def scene(self, scene_id: str) -> SceneOut:
        """One scene."""
        return await self.get(f"/scenes/{scene_id}", SceneOut)

    async def change_scene(self, scene_id: str, changes: SceneChanges, revision: int) -> SceneOut:
        """Change what is seen in it and how."""
        return await self.send("PATCH", f"/scenes/{scene_id}", SceneOut, changes, on_revision(revision))

    async def takes(self, video_id: str) -> TakesOut:
        """All takes of a video, the newest first."""
        return await self.get(f"/videos/{video_id}/takes", TakesOut)

    async def choose_take(self, take_id: str) -> TakeOut:
        """Show this take, or hear it."""
        return await self.send("POST", f"/takes/{take_id}/choose", TakeOut)
