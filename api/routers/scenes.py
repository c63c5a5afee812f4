"""Scenes and takes: what is seen while something is said, and every variant of it."""

from fastapi import APIRouter, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, ReadSession, TheStudio, etag
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.videos import SceneChanges, SceneOut, TakeIn, TakeOut, TakesOut
from api.services.shown_videos import as_scene, as_take, as_takes
from api.services.timelines import checked_part
from engine.core import assets, takes, videos
from engine.core.errors import Invalid
from engine.core.models import TakeKind, TakeSource
from engine.render.timeline import Box, Motion, Transition

router = APIRouter(tags=["videos"], route_class=StudioRoute)


@router.get("/scenes/{scene_id}", summary="One scene")
def get_scene(scene_id: str, response: Response, session: ReadSession, studio: TheStudio, now: Now) -> SceneOut:
    """A part of a video's script."""
    scene = videos.get_scene(session, scene_id)
    response.headers["ETag"] = etag(scene.revision)
    return as_scene(session, scene, studio.secret, now)


@router.patch("/scenes/{scene_id}", summary="Change a scene")
def change_scene(
    scene_id: str,
    body: SceneChanges,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
) -> SceneOut:
    """What is absent stays, and null empties. Its words are changed in the video's script."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    for field, kind in (("focus", Box), ("motion", Motion), ("transition", Transition)):
        if field in changes:
            changes[field] = checked_part(kind, changes[field], field)
    chosen = {"chosen_take_id": changes.pop("chosen_take_id")} if "chosen_take_id" in changes else {}
    scene = videos.change_scene(session, scene_id, revision, at=now, **changes)
    if chosen:
        takes.show_in_scene(session, scene, chosen["chosen_take_id"], at=now)
    response.headers["ETag"] = etag(scene.revision)
    return as_scene(session, scene, studio.secret, now)


@router.get("/scenes/{scene_id}/takes", summary="All takes of a scene")
def list_scene_takes(scene_id: str, session: ReadSession, studio: TheStudio, now: Now) -> TakesOut:
    """The newest first, each with what it cost."""
    videos.get_scene(session, scene_id)
    return TakesOut(items=as_takes(session, takes.takes_of_scene(session, scene_id), studio.secret, now))


@router.get("/videos/{video_id}/takes", summary="All takes of a video")
def list_video_takes(video_id: str, session: ReadSession, studio: TheStudio, now: Now) -> TakesOut:
    """The newest first; its voices and those of scenes that are gone too."""
    videos.get_video(session, video_id)
    return TakesOut(items=as_takes(session, takes.takes_of_video(session, video_id), studio.secret, now))


@router.post("/videos/{video_id}/takes", status_code=201, summary="Use a file as a take", dependencies=[Idempotency])
def add_take(video_id: str, body: TakeIn, session: DbSession, studio: TheStudio, now: Now) -> TakeOut:
    """A file of the library becomes a variant, for nothing. Another client's file cannot be used."""
    video = videos.get_video(session, video_id)
    scene = videos.get_scene(session, body.scene_id) if body.scene_id is not None else None
    if scene is not None and scene.video_id != video.id:
        raise Invalid("That scene is of another video. Load the video again.", field="scene_id")
    if (scene is None) != (body.kind == "voice"):
        raise Invalid("A voice is for the whole video, and every other take is for a scene.", field="scene_id")
    asset = assets.get_asset(session, body.asset_id)
    if asset.client_id not in {None, video.client_id}:
        raise Invalid("That file is another client's. Pick one of this client.", field="asset_id")
    take = takes.keep_take(
        session,
        video=video,
        scene=scene,
        kind=TakeKind(body.kind),
        source=TakeSource.LIBRARY,
        asset=asset,
        at=now,
        choose=body.choose,
    )
    return as_take(session, take, studio.secret, now)


@router.post("/takes/{take_id}/choose", summary="Show this take", responses=problems(409))
def choose_take(take_id: str, session: DbSession, studio: TheStudio, now: Now) -> TakeOut:
    """In its scene, or as the video's voice. Going back to an earlier one costs nothing."""
    take = takes.get_take(session, take_id)
    takes.choose_take(session, take, at=now)
    return as_take(session, take, studio.secret, now)
