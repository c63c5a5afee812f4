"""Pictures: a file from somebody's disk becomes a scene's picture, in one request."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from sqlalchemy.orm import Session

from api.deps import ID, Now, TheStudio, get_signed_in
from api.openapi import problems
from api.schemas.fields import Name
from api.schemas.videos import TakeOut
from api.services import direct_files
from api.services.shown_videos import as_take
from engine.core import assets, takes, videos
from engine.core.models import AssetType, TakeKind, TakeSource

router = APIRouter(prefix="/scenes", tags=["videos"], route_class=APIRoute)
"""It takes bytes and not JSON."""


@router.put(
    "/{scene_id}/picture",
    status_code=201,
    summary="Use a picture from disk",
    dependencies=[Depends(get_signed_in)],
    responses=problems(401, 403, 404, 413, 415, 422, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def bring_picture(
    request: Request,
    studio: TheStudio,
    now: Now,
    scene_id: Annotated[str, ID],
    file_name: Annotated[Name, Query(description="What people call it.", examples=["oliebol.jpg"])],
) -> TakeOut:
    """The body is the picture, 100 MB at most. It is kept in the library too, and shows in the scene at once; the takes
    that were there stay."""
    scene = await studio.read(lambda session: videos.get_scene(session, scene_id))
    video = await studio.read(lambda session: videos.get_video(session, scene.video_id))
    asset = await direct_files.store(
        studio,
        request.stream(),
        content_type=request.headers.get("content-type", ""),
        announced_bytes=request.headers.get("content-length"),
        file_name=file_name,
        wanted=AssetType.IMAGE,
        client_id=video.client_id,
        at=now,
    )

    def keep(session: Session) -> TakeOut:
        take = takes.keep_take(
            session,
            video=videos.get_video(session, scene.video_id),
            scene=videos.get_scene(session, scene_id),
            kind=TakeKind.IMAGE,
            source=TakeSource.UPLOADED,
            asset=assets.get_asset(session, asset.id),
            at=now,
        )
        return as_take(session, take, studio.secret, now)

    return await studio.write(keep)
