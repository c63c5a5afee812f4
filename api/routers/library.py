"""The library: every film, to find, see, put away and hand out."""

from collections.abc import Iterator
from typing import Annotated, Final
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Response
from fastapi.routing import APIRoute
from starlette.responses import StreamingResponse

from api.deps import DbSession, Idempotency, Now, PageQuery, ReadSession, SignedInStaff, TheStudio, etag, sorted_by
from api.openapi import Responses, problems
from api.routes import StudioRoute
from api.schemas.fields import Moment, PageOf, Search
from api.schemas.jobs import JobOut
from api.schemas.library import DuplicateIn, FilmOut, FilmSort, ZipIn, ZipOut
from api.schemas.videos import ExportStatus, Format, VideoOut, VideoType
from api.services.shown_films import as_films
from api.services.shown_videos import as_video
from api.services.zips import entries_of, opened_zip, zip_blocks, zip_url
from automations.workflows.push import ask_push
from engine.core import audit, library, models
from engine.core.duplicates import duplicate_video
from engine.core.file_names import safe_name
from engine.core.library import Filters

router = APIRouter(tags=["library"], route_class=StudioRoute)
zips = APIRouter(prefix="/media/zips", tags=["downloads"], route_class=APIRoute)

IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]
LengthFilter = Annotated[int | None, Query(ge=0, le=10**9, description="Milliseconds, included.", examples=[30_000])]


@router.get("/library", summary="Films")
def list_films(
    session: ReadSession,
    studio: TheStudio,
    now: Now,
    wish: PageQuery,
    sort: FilmSort = "-created_at",
    search: Search = None,
    client_id: IdFilter = None,
    project_id: IdFilter = None,
    status: ExportStatus | None = None,
    format: Format | None = None,  # noqa: A002  # the domain's word
    video_type: VideoType | None = None,
    since: Annotated[Moment | None, Query(description="Asked for from this moment on.")] = None,
    until: Annotated[Moment | None, Query(description="Asked for before this moment.")] = None,
    shortest_ms: LengthFilter = None,
    longest_ms: LengthFilter = None,
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
) -> PageOf[FilmOut]:
    """Exports, filtered, each with the names by which people know it. A search looks in titles and scripts."""
    given: Filters = {}
    if search is not None:
        given["search"] = search
    if client_id is not None:
        given["client_id"] = client_id
    if project_id is not None:
        given["project_id"] = project_id
    if status is not None:
        given["status"] = models.ExportStatus(status)
    if format is not None:
        given["format"] = format
    if video_type is not None:
        given["video_type"] = models.VideoType(video_type)
    if since is not None:
        given["since"] = since
    if until is not None:
        given["until"] = until
    if shortest_ms is not None:
        given["shortest_ms"] = shortest_ms
    if longest_ms is not None:
        given["longest_ms"] = longest_ms
    page = library.list_films(session, sorted_by(wish, sort), archived=archived, **given)
    return PageOf(items=as_films(session, page.items, studio.secret, now), next_cursor=page.next_cursor)


@router.post("/library/zips", summary="Hand out several films as one file", responses=problems(404, 409))
def make_zip(body: ZipIn, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now) -> ZipOut:
    """An address that works without a session for hours. 409 `export_unfinished` where one of them is not ready."""
    entries = entries_of(session, body.export_ids)
    ids = list(dict.fromkeys(body.export_ids))
    url, expires_at = zip_url(studio.secret, ids, f"films {now:%Y-%m-%d}.zip", at=now)
    size_bytes = sum(entry.size_bytes for entry in entries)
    audit.record(
        session,
        "films_zipped",
        by=me.actor,
        subject=("export", ids[0]) if len(ids) == 1 else ("", ""),
        at=now,
        films=len(ids),
        export_ids=" ".join(ids),
        expires_at=expires_at.isoformat(),
    )
    return ZipOut(url=url, expires_at=expires_at, films=len(entries), size_bytes=size_bytes)


@router.post("/exports/{export_id}/archive", summary="Put a film away", responses=problems(409))
def archive_export(export_id: str, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now) -> FilmOut:
    """Its file is kept. 409 `export_under_way` while it is still being made."""
    export = library.archive_export(session, export_id, at=now)
    audit.record(session, "export_archived", by=me.actor, subject=("export", export.id), at=now)
    return as_films(session, [export], studio.secret, now)[0]


@router.post("/exports/{export_id}/restore", summary="Bring a film back")
def restore_export(export_id: str, session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now) -> FilmOut:
    """It is in the library again."""
    export = library.restore_export(session, export_id, at=now)
    audit.record(session, "export_restored", by=me.actor, subject=("export", export.id), at=now)
    return as_films(session, [export], studio.secret, now)[0]


@router.post(
    "/exports/{export_id}/pushes",
    status_code=202,
    summary="Put a film into its folder",
    dependencies=[Idempotency],
    responses=problems(409),
)
def push_export(export_id: str, session: DbSession, me: SignedInStaff, now: Now) -> JobOut:
    """The folder of its client and project, as the studio has chosen it (`folder_template`), under the deliveries'
    folder of this machine. What lies there is never overwritten. The job's result says where the film lies."""
    job = ask_push(session, export_id, by=me.actor, at=now)
    audit.record(session, "export_pushed", by=me.actor, subject=("export", export_id), at=now)
    return JobOut.model_validate(job)


@router.post(
    "/videos/{video_id}/duplicates",
    status_code=201,
    summary="Begin a draft as another video is",
    dependencies=[Idempotency],
    responses=problems(409),
)
def duplicate(
    video_id: str,
    body: DuplicateIn,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    me: SignedInStaff,
    now: Now,
) -> VideoOut:
    """In the same project, with the same script, pictures and voice. Takes and what they cost stay where they were."""
    draft = duplicate_video(session, video_id, title=body.title, at=now)
    audit.record(session, "video_duplicated", by=me.actor, subject=("video", draft.id), at=now, original_id=video_id)
    response.headers["ETag"] = etag(draft.revision)
    return as_video(session, draft, studio.secret, now)


_ZIP: Final[Responses] = {
    200: {
        "description": "The films, each in the folder of its client and project.",
        "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
    },
    **problems(404, 409, 410, 422, 503),
}


@zips.get("/{token}/{file_name}", summary="Hand out several films", response_class=StreamingResponse, responses=_ZIP)
def fetch_zip(
    studio: TheStudio,
    now: Now,
    token: Annotated[str, Path(max_length=8000, description="Names and signs the films.", examples=["eyJ6Ijoi4.Zm9v"])],
    file_name: Annotated[str, Path(max_length=1000, description="Only what it is saved as.", examples=["films.zip"])],
) -> StreamingResponse:
    """Made while it is fetched; a fetch that broke off begins anew."""
    ids = opened_zip(studio.secret, token, at=now)
    with studio.database.reading() as session:
        entries = entries_of(session, ids)

    def blocks() -> Iterator[bytes]:
        return (block for block in zip_blocks(entries, studio.storage) if block)

    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(safe_name(file_name), safe='')}",
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        "cross-origin-resource-policy": "same-origin",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    return StreamingResponse(blocks(), media_type="application/zip", headers=headers)
