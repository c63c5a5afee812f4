"""Brand kits: how a client's videos look and sound."""

from fastapi import APIRouter, Response

from api.deps import DbSession, IfMatch, Now, ReadSession, etag
from api.routes import StudioRoute
from api.schemas.brand_kits import BrandKitChanges, BrandKitOut
from engine.core import brand_kits

router = APIRouter(prefix="/clients/{client_id}/brand-kit", tags=["clients"], route_class=StudioRoute)


@router.get("", summary="A client's brand kit")
def get_brand_kit(client_id: str, response: Response, session: ReadSession) -> BrandKitOut:
    """How the client's videos look and sound."""
    kit = brand_kits.get_brand_kit(session, client_id)
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)


@router.patch("", summary="Change a brand kit")
def change_brand_kit(
    client_id: str, body: BrandKitChanges, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> BrandKitOut:
    """What is absent stays; a part that is given replaces that part. A logo is a picture and a typeface a font, of this
    client or of the whole studio (422 `wrong_file_type`)."""
    changes = body.model_dump(mode="json", exclude_unset=True)
    kit = brand_kits.change_brand_kit(session, client_id, revision, at=now, **changes)
    response.headers["ETag"] = etag(kit.revision)
    return BrandKitOut.model_validate(kit)
