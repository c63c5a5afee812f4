"""Videos: a script becomes scenes, and the video moves towards delivery."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import (
    DbSession,
    Idempotency,
    IfMatch,
    Now,
    PageQuery,
    ReadSession,
    SignedInStaff,
    TheStudio,
    etag,
    sorted_by,
)
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.fields import PageOf
from api.schemas.jobs import JobOut
from api.schemas.videos import (
    PicturesIn,
    SceneOrder,
    VideoChanges,
    VideoIn,
    VideoListed,
    VideoMove,
    VideoOut,
    VideoRow,
    VideoSort,
    VideoStatus,
)
from api.services.review_states import reviews_of
from api.services.shown_rows import facts_of
from api.services.shown_videos import as_video
from api.services.thumbnails import thumbnail_urls
from automations.workflows.generate import ask_offline_pictures
from engine.core import audit, models, videos
from engine.core.errors import Invalid

router = APIRouter(prefix="/videos", tags=["videos"], route_class=StudioRoute)

IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]


@router.get("", summary="Videos")
def list_videos(
    session: ReadSession,
    studio: TheStudio,
    now: Now,
    wish: PageQuery,
    sort: VideoSort = "-created_at",
    project_id: IdFilter = None,
    client_id: IdFilter = None,
    status: VideoStatus | None = None,
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
) -> PageOf[VideoListed]:
    """Videos, filtered, without their scripts."""
    page = videos.list_videos(
        session,
        sorted_by(wish, sort),
        project_id=project_id,
        client_id=client_id,
        status=models.VideoStatus(status) if status else None,
        archived=archived,
    )
    pictures = thumbnail_urls(session, page.items, studio.secret, now)
    reviews = reviews_of(session, [video.id for video in page.items], now)
    items = [
        VideoListed(**facts_of(video, VideoRow), thumbnail_url=pictures.get(video.id), review=reviews.get(video.id))
        for video in page.items
    ]
    return PageOf[VideoListed](items=items, next_cursor=page.next_cursor)


@router.post("", status_code=201, summary="Add a video", dependencies=[Idempotency], responses=problems(404, 409))
def create_video(body: VideoIn, response: Response, session: DbSession, studio: TheStudio, now: Now) -> VideoOut:
    """Its script is split into scenes at once."""
    video = videos.create_video(
        session,
        project_id=body.project_id,
        title=body.title,
        type=models.VideoType(body.type),
        language=body.language,
        script=body.script,
        at=now,
    )
    response.headers["ETag"] = etag(video.revision)
    return as_video(session, video, studio.secret, now)


@router.get("/{video_id}", summary="One video")
def get_video(video_id: str, response: Response, session: ReadSession, studio: TheStudio, now: Now) -> VideoOut:
    """With its script, its scenes and what is seen in each, and the voice."""
    video = videos.get_video(session, video_id)
    response.headers["ETag"] = etag(video.revision)
    return as_video(session, video, studio.secret, now)


@router.patch("/{video_id}", summary="Change a video")
def change_video(
    video_id: str,
    body: VideoChanges,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
) -> VideoOut:
    """What is absent stays. With a new script, a scene whose words stayed keeps its takes and its prompt."""
    video = videos.change_video(session, video_id, revision, at=now, **body.model_dump(exclude_unset=True))
    response.headers["ETag"] = etag(video.revision)
    return as_video(session, video, studio.secret, now)


@router.put("/{video_id}/scene-order", summary="Put the scenes in another order")
def order_scenes(
    video_id: str,
    body: SceneOrder,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
) -> VideoOut:
    """The script follows. If-Match holds the video's revision."""
    video = videos.order_scenes(session, video_id, body.scene_ids, revision, at=now)
    response.headers["ETag"] = etag(video.revision)
    return as_video(session, video, studio.secret, now)


@router.post("/{video_id}/moves", summary="Move a video", responses=problems(409))
def move_video(
    video_id: str,
    body: VideoMove,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    me: SignedInStaff,
    now: Now,
) -> VideoOut:
    """Written down with who and when. A move that leads nowhere is 409 `illegal_move`, with where it leads."""
    video = videos.get_video(session, video_id)
    videos.move_video(session, video, models.VideoStatus(body.to), by=me.actor, at=now)
    response.headers["ETag"] = etag(video.revision)
    return as_video(session, video, studio.secret, now)


@router.post("/{video_id}/archive", summary="Put a video away")
def archive_video(video_id: str, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now) -> VideoOut:
    """Nothing of it is lost: it leaves the lists."""
    video = videos.archive_video(session, video_id, at=now)
    audit.record(session, "video_archived", by=me.actor, subject=("video", video.id), at=now)
    return as_video(session, video, studio.secret, now)


@router.post("/{video_id}/restore", summary="Bring a video back")
def restore_video(video_id: str, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now) -> VideoOut:
    """It is in the lists again."""
    video = videos.restore_video(session, video_id, at=now)
    audit.record(session, "video_restored", by=me.actor, subject=("video", video.id), at=now)
    return as_video(session, video, studio.secret, now)


@router.post(
    "/{video_id}/pictures",
    status_code=202,
    summary="Draw title cards",
    dependencies=[Idempotency],
)
def draw_pictures(video_id: str, body: PicturesIn, session: DbSession, me: SignedInStaff, now: Now) -> JobOut:
    """For nothing, on this machine. Pictures that cost something begin with a quote."""
    video = videos.get_video(session, video_id)
    if not set(body.scene_ids) <= {scene.id for scene in videos.scenes_of(session, video_id)}:
        raise Invalid("Name scenes of this video. Load the video again.", field="scene_ids")
    job = ask_offline_pictures(session, video, body.scene_ids, body.aspect, by=me.actor, at=now)
    return JobOut.model_validate(job)
