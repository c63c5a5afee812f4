"""Studio things: how the video and its scenes are held: which of their fields are edited, and how these are saved.

Called by engine.ui.pages.create.wizard; the client's picture style by the visuals step.
"""

from collections.abc import Callable
from typing import Final

from pydantic import JsonValue

from api.schemas.brand_kits import BrandKitChanges, BrandKitOut
from api.schemas.videos import SceneChanges, SceneOrder, SceneOut, VideoChanges, VideoOut
from engine.ui.client import StudioApi
from engine.ui.client.bodies import checked
from engine.ui.pages.create.kept import Fields, Kept, Told

WORDS_OF_VIDEO: Final = ("title", "language", "script")
SCENE_FIELDS: Final = ("prompt", "focus", "motion", "transition", "cut_shift_ms", "chosen_take_id")


def scene_key(scene_id: str) -> str:
    """Under which key the wizard holds a scene."""
    return f"scene:{scene_id}"


def told_of_video(video: VideoOut) -> Told:
    """What is edited of a video: its words and the order of its scenes."""
    words: dict[str, JsonValue] = {"title": video.title, "language": video.language, "script": video.script}
    order: list[JsonValue] = [scene.id for scene in video.scenes]
    return Told({**words, "scene_ids": order}, video.revision)


def told_of_scene(scene: SceneOut) -> Told:
    """What is edited of a scene."""
    return Told({name: getattr(scene, name) for name in SCENE_FIELDS}, scene.revision)


def held_video(api: StudioApi, video: VideoOut, take_scenes: Callable[[VideoOut], None]) -> Kept:
    """The video. take_scenes: told of the scenes that a saved script or order made."""

    async def save(fields: Fields, revision: int) -> Told:
        words = {name: fields[name] for name in WORDS_OF_VIDEO if name in fields}
        saved: VideoOut | None = None
        if words:
            saved = await api.change_video(video.id, checked(VideoChanges, words), revision)
        if "scene_ids" in fields:
            order = checked(SceneOrder, {"scene_ids": fields["scene_ids"]})
            now = saved or await api.video(video.id)
            # A script that was changed since has other scenes: the order of the old ones is nobody's wish any more.
            fits = sorted(order.scene_ids) == sorted(scene.id for scene in now.scenes)
            saved = await api.order_scenes(video.id, order, saved.revision if saved else revision) if fits else now
        assert saved is not None
        take_scenes(saved)
        return told_of_video(saved)

    async def load() -> Told:
        current = await api.video(video.id)
        take_scenes(current)
        return told_of_video(current)

    return Kept("video", told_of_video(video), save, load)


def held_scene(api: StudioApi, scene: SceneOut) -> Kept:
    """A scene."""

    async def save(fields: Fields, revision: int) -> Told:
        return told_of_scene(await api.change_scene(scene.id, checked(SceneChanges, fields), revision))

    async def load() -> Told:
        return told_of_scene(await api.scene(scene.id))

    return Kept(scene_key(scene.id), told_of_scene(scene), save, load)


def held_style(api: StudioApi, kit: BrandKitOut) -> Kept:
    """The client's picture style."""

    def told(current: BrandKitOut) -> Told:
        return Told({"picture_style": current.picture_style}, current.revision)

    async def save(fields: Fields, revision: int) -> Told:
        return told(await api.change_brand_kit(kit.client_id, checked(BrandKitChanges, fields), revision))

    async def load() -> Told:
        return told(await api.brand_kit(kit.client_id))

    return Kept("style", told(kit), save, load)
