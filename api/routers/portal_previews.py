"""The portal's previews: a member of staff, sent here by the engine app, looks at it as the client sees it."""

from fastapi import APIRouter, Response

from api.deps import Now, TheStudio
from api.openapi import problems
from api.portal_deps import forget_cookie, keep_cookie, preview_cookie
from api.routes import StudioRoute
from api.schemas.portal import PreviewIn
from api.services.portal_previews import LASTS, begin_preview

router = APIRouter(prefix="/portal/preview", tags=["portal sign-in"], route_class=StudioRoute)


@router.post("", status_code=204, summary="Begin to look as a client sees it", responses=problems(401))
async def begin_portal_preview(body: PreviewIn, response: Response, studio: TheStudio, now: Now) -> None:
    """With the token of a link that the engine app made a moment ago; sets a cookie for ten minutes, with which the
    portal can be read and nothing be written (403 `preview_read_only`). Later it is 401 `preview_over`."""
    token = await studio.read(lambda session: begin_preview(session, studio.secret, body.token, at=now))
    keep_cookie(response, studio, preview_cookie(studio), token, seconds=int(LASTS.total_seconds()))


@router.delete("", status_code=204, summary="Stop looking as a client sees it")
async def end_portal_preview(response: Response, studio: TheStudio) -> None:
    """Takes the cookie back; who is signed in here themselves is so again."""
    forget_cookie(response, studio, preview_cookie(studio))
