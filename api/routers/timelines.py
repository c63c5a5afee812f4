"""Timelines and exports: a video's cut, and the files that are rendered of it."""

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
    ExportAsked,
    ExportIn,
    ExportOut,
    ExportSort,
    ExportStatus,
    TimelineIn,
    TimelineOut,
)
from api.services.shown_exports import as_export, as_exports
from api.services.timelines import assemble, save_checked, up_to_date
from automations.workflows.render import ask_render
from engine.core import exports, models, videos

router = APIRouter(tags=["videos"], route_class=StudioRoute)

IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]


@router.get("/videos/{video_id}/timeline", summary="A video's cut")
def get_timeline(video_id: str, response: Response, session: ReadSession) -> TimelineOut:
    """404 until one was saved."""
    timeline = videos.get_timeline(session, video_id)
    response.headers["ETag"] = etag(timeline.revision)
    return TimelineOut.model_validate(timeline)


@router.put("/videos/{video_id}/timeline", summary="Save a video's cut")
def save_timeline(
    video_id: str, body: TimelineIn, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> TimelineOut:
    """Checked by the renderer's own rules (422 `timeline_invalid`, `timeline_file`). The first is sent with
    If-Match `"0"`. What it says of the whole film (captions, music, levels, logo, bar, end card) is kept as chosen;
    its scenes are made anew of the video before anything is rendered."""
    video = videos.get_video(session, video_id)
    timeline = save_checked(session, video, body.document, revision, at=now)
    response.headers["ETag"] = etag(timeline.revision)
    return TimelineOut.model_validate(timeline)


@router.put(
    "/videos/{video_id}/timeline/assembly",
    summary="Make a video's cut anew",
    responses=problems(409),
)
def assemble_timeline(
    video_id: str, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> TimelineOut:
    """Of its scenes, their chosen takes, the voice and the client's brand, in place of the saved one. 409
    `voice_outdated` where the script was changed since the voice was recorded; the first has If-Match `"0"`."""
    timeline = assemble(session, videos.get_video(session, video_id), revision=revision, at=now)
    response.headers["ETag"] = etag(timeline.revision)
    return TimelineOut.model_validate(timeline)


@router.get("/exports", summary="Exports")
def list_exports(
    session: ReadSession,
    studio: TheStudio,
    wish: PageQuery,
    now: Now,
    sort: ExportSort = "-created_at",
    video_id: IdFilter = None,
    project_id: IdFilter = None,
    client_id: IdFilter = None,
    status: ExportStatus | None = None,
) -> PageOf[ExportOut]:
    """Finished and unfinished files, filtered."""
    page = exports.list_exports(
        session,
        sorted_by(wish, sort),
        video_id=video_id,
        project_id=project_id,
        client_id=client_id,
        status=models.ExportStatus(status) if status else None,
    )
    return PageOf(items=as_exports(session, page.items, studio.secret, now), next_cursor=page.next_cursor)


@router.post(
    "/videos/{video_id}/exports",
    status_code=202,
    summary="Render a video",
    dependencies=[Idempotency],
    responses=problems(409),
)
def ask_export(
    video_id: str, body: ExportIn, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now
) -> ExportAsked:
    """In one format, of the video as it is now; later edits do not change it. 409 `voice_outdated` where the script was
    changed since the voice was recorded."""
    video = videos.get_video(session, video_id)
    timeline = up_to_date(session, video, at=now)
    export, job = ask_render(session, video, timeline, format=body.format, quality=body.quality, by=me.actor, at=now)
    return ExportAsked(export=as_export(session, export, studio.secret, now), job=JobOut.model_validate(job))


@router.get("/exports/{export_id}", summary="One export")
def get_export(export_id: str, response: Response, session: ReadSession, studio: TheStudio, now: Now) -> ExportOut:
    """How far it is, and addresses to play and download its files by once it is ready."""
    export = exports.get_export(session, export_id)
    response.headers["ETag"] = etag(export.revision)
    return as_export(session, export, studio.secret, now)
