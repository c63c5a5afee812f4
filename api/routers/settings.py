"""Settings: choices of the studio. What a machine needs stands in its environment instead (`bom doctor`)."""

from fastapi import APIRouter, Response

from api.deps import DbSession, IfMatch, Now, ReadSession, SignedInOwner, SignedInStaff, TheStudio, etag
from api.routes import StudioRoute
from api.schemas.settings import ClientLoginOut, SettingsChanges, SettingsOut
from engine.core import audit, studio_settings

router = APIRouter(prefix="/settings", tags=["settings"], route_class=StudioRoute)


@router.get("", summary="The studio's choices")
def get_settings(response: Response, session: ReadSession) -> SettingsOut:
    """With the defaults where nothing was chosen yet."""
    choices = studio_settings.get_choices(session)
    response.headers["ETag"] = etag(choices.revision)
    return SettingsOut.model_validate(choices)


@router.get("/client-login", summary="Where clients sign in")
def get_client_login(studio: TheStudio, _staff: SignedInStaff) -> ClientLoginOut:
    """The portal's address, for a link on the studio's website; it is BOM_PORTAL_URL on the studio's machine."""
    settings = studio.settings
    return ClientLoginOut(portal_url=settings.portal_address, is_only_here=settings.portal_is_only_here)


@router.patch("", summary="Change the studio's choices")
def change_settings(
    body: SettingsChanges, response: Response, session: DbSession, me: SignedInOwner, revision: IfMatch, now: Now
) -> SettingsOut:
    """What is absent stays."""
    changes = body.model_dump(exclude_unset=True)
    choices = studio_settings.change_choices(session, revision, changes, at=now)
    audit.record(session, "settings_changed", by=me.actor, at=now, **changes)
    response.headers["ETag"] = etag(choices.revision)
    return SettingsOut.model_validate(choices)
