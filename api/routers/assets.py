"""Assets: the stored files, with addresses to show and download them by."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.routing import APIRoute

from api.deps import (
    ID,
    DbSession,
    IfMatch,
    Now,
    PageQuery,
    ReadSession,
    SignedInStaff,
    TheStudio,
    etag,
    get_signed_in,
    sorted_by,
)
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.assets import AssetChanges, AssetOut, AssetSort
from api.schemas.assets import AssetType as AssetTypeName
from api.schemas.fields import Id, Name, PageOf
from api.services import direct_files
from api.services.shown_files import as_asset
from engine.core import assets, audit
from engine.core.models import AssetType

router = APIRouter(prefix="/assets", tags=["assets"], route_class=StudioRoute)
files = APIRouter(prefix="/assets", tags=["assets"], route_class=APIRoute)
"""The route that takes bytes and not JSON."""


@router.get("", summary="Files")
def list_assets(
    session: ReadSession,
    studio: TheStudio,
    wish: PageQuery,
    now: Now,
    sort: AssetSort = "-created_at",
    type: Annotated[AssetTypeName | None, Query(description="Only of this type.")] = None,  # noqa: A002
    client_id: Annotated[Id | None, Query(description="Only of this client.")] = None,
    archived: Annotated[bool, Query(description="Those that are put away.")] = False,
) -> PageOf[AssetOut]:
    """Stored files, the newest first unless another order is asked for."""
    page = assets.list_assets(
        session,
        sorted_by(wish, sort),
        type=AssetType(type) if type else None,
        client_id=client_id,
        archived=archived,
    )
    return PageOf(items=[as_asset(row, studio.secret, now) for row in page.items], next_cursor=page.next_cursor)


@files.put(
    "",
    status_code=201,
    summary="Store a small file",
    dependencies=[Depends(get_signed_in)],
    responses=problems(401, 403, 404, 413, 415, 422, 503),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
async def store_file(
    request: Request,
    response: Response,
    studio: TheStudio,
    now: Now,
    file_name: Annotated[Name, Query(description="What people call it.", examples=["oliebol.jpg"])],
    type: Annotated[AssetTypeName | None, Query(description="What it is for; the bytes decide.")] = None,  # noqa: A002
    client_id: Annotated[Id | None, Query(description="Whose it is; empty: anybody's.")] = None,
) -> AssetOut:
    """The body is the file, 100 MB at most; a larger one goes by /api/uploads. What cannot be used is not kept."""
    asset = await direct_files.store(
        studio,
        request.stream(),
        content_type=request.headers.get("content-type", ""),
        announced_bytes=request.headers.get("content-length"),
        file_name=file_name,
        wanted=AssetType(type) if type else None,
        client_id=client_id,
        at=now,
    )
    response.headers["ETag"] = etag(asset.revision)
    return as_asset(asset, studio.secret, now)


@router.get("/{asset_id}", summary="One file")
def get_asset(
    response: Response, session: ReadSession, studio: TheStudio, now: Now, asset_id: Annotated[str, ID]
) -> AssetOut:
    """With fresh addresses to show and download it by."""
    asset = assets.get_asset(session, asset_id)
    response.headers["ETag"] = etag(asset.revision)
    return as_asset(asset, studio.secret, now)


@router.patch("/{asset_id}", summary="Rename a file, or note its licence")
def change_asset(
    body: AssetChanges,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
    asset_id: Annotated[str, ID],
) -> AssetOut:
    """What is absent stays; the bytes never change."""
    asset = assets.change_asset(session, asset_id, revision, at=now, **body.model_dump(exclude_none=True))
    response.headers["ETag"] = etag(asset.revision)
    return as_asset(asset, studio.secret, now)


@router.post("/{asset_id}/archive", summary="Put a file away")
def archive_asset(
    session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now, asset_id: Annotated[str, ID]
) -> AssetOut:
    """It stays where it is used, and leaves the lists."""
    asset = assets.archive_asset(session, asset_id, at=now)
    audit.record(session, "file_archived", by=me.actor, subject=("asset", asset.id), at=now)
    return as_asset(asset, studio.secret, now)


@router.post("/{asset_id}/restore", summary="Bring a file back")
def restore_asset(
    session: DbSession, studio: TheStudio, me: SignedInStaff, now: Now, asset_id: Annotated[str, ID]
) -> AssetOut:
    """It is in the lists again."""
    asset = assets.restore_asset(session, asset_id, at=now)
    audit.record(session, "file_restored", by=me.actor, subject=("asset", asset.id), at=now)
    return as_asset(asset, studio.secret, now)
