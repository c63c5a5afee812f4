"""Brand kits: how a client's videos look and sound."""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from api.deps import DbSession, IfMatch, Now, ReadSession, SignedInStaff, TheStudio, etag
from api.openapi import Responses, problems
from api.routers.drafts import TheDrafts
from api.routes import StudioRoute
from api.schemas.brand_kits import BrandKitChanges, BrandKitOut, BrandOptions, BrandShot, LogoColoursOut
from api.schemas.videos import Format
from api.services import brand_previews
from engine.core import audit, brand_kits
from engine.render.picture.text import FALLBACK_FAMILIES, families

router = APIRouter(tags=["clients"], route_class=StudioRoute)
_FRAME: Final[Responses] = {
    200: {"description": "The frame.", "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "The caller has it already (If-None-Match)."},
    **problems(409),
}


@router.get("/brand-options", summary="What the studio brings along for every brand")
def get_brand_options(_me: SignedInStaff) -> BrandOptions:
    """Typefaces that are there without an upload."""
    own = {"Inter", *(family for family in families() if family not in FALLBACK_FAMILIES)}
    return BrandOptions(families=sorted(own))


@router.get("/clients/{client_id}/brand-kit", summary="A client's brand kit")
def get_brand_kit(client_id: str, response: Response, session: ReadSession) -> BrandKitOut:
    """How the client's videos look and sound."""
    kit = brand_kits.get_brand_kit(session, client_id)
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)


@router.patch("/clients/{client_id}/brand-kit", summary="Change a brand kit")
def change_brand_kit(
    client_id: str,
    body: BrandKitChanges,
    response: Response,
    session: DbSession,
    me: SignedInStaff,
    revision: IfMatch,
    now: Now,
) -> BrandKitOut:
    """What is absent stays; a part that is given replaces that part. A logo is a picture and a typeface a font, of this
    client or of the whole studio (422 `wrong_file_type`)."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    kit = brand_kits.change_brand_kit(session, client_id, revision, at=now, **changes)
    audit.record_fields(
        session, "brand_kit_changed", by=me.actor, subject=("client", client_id), at=now, fields=changes
    )
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)


@router.get(
    "/clients/{client_id}/brand-kit/frame",
    summary="A frame in a client's brand",
    response_class=Response,
    responses=_FRAME,
)
async def get_brand_frame(
    request: Request,
    client_id: str,
    _me: SignedInStaff,
    drafts: TheDrafts,
    shot: Annotated[BrandShot, Query(description="A picture with captions, a title card, or one of the cards.")] = (
        "picture"
    ),
    format: Annotated[Format, Query(description="Which format's crop.")] = "9:16",  # noqa: A002
) -> Response:
    """Of the client's newest picture, drawn as its films are, as JPEG with a strong ETag."""
    tag, jpeg = await drafts.frame_of(
        lambda session: brand_previews.preview_film(session, client_id, shot),
        format,
        brand_previews.LOOKED_AT_MS,
        request.headers.get("if-none-match", ""),
    )
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if jpeg is None:
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)


@router.get("/clients/{client_id}/brand-kit/logo-colours", summary="The colours of a client's logo")
async def get_logo_colours(client_id: str, _me: SignedInStaff, studio: TheStudio) -> LogoColoursOut:
    """The most seen first; none without a logo."""
    return LogoColoursOut(colours=await brand_previews.logo_colours(studio, client_id))
