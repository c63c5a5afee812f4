"""Drafts: a small film of the cut as it is now, and any frame of it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request, Response

from api.deps import Now, SignedInStaff
from api.openapi import Responses, problems
from api.routes import StudioRoute
from api.schemas.drafts import DraftIn, DraftOut
from api.schemas.videos import Format
from api.services.drafts import Drafts

router = APIRouter(prefix="/videos", tags=["videos"], route_class=StudioRoute)


def get_drafts(request: Request) -> Drafts:
    """What makes them on this machine."""
    drafts: Drafts = request.app.state.drafts
    return drafts


TheDrafts = Annotated[Drafts, Depends(get_drafts)]
_FRAME: Final[Responses] = {
    200: {"description": "The frame.", "content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}},
    304: {"description": "The caller has it already (If-None-Match)."},
    **problems(409),
}


@router.post("/{video_id}/drafts", summary="Draft a video as it is now", responses=problems(409))
async def make_draft(video_id: str, body: DraftIn, _me: SignedInStaff, drafts: TheDrafts, now: Now) -> DraftOut:
    """Made while the caller waits, mostly within two seconds, of what changed only. Sent again, it is the same file. A
    newer request for the same video drops an older one, which is answered 409 `draft_superseded`; what cannot be drawn
    is 409 `draft_refused`, which names the scene."""
    return await drafts.make(video_id, body.format, at=now)


@router.get("/{video_id}/frames", summary="One frame of a video", response_class=Response, responses=_FRAME)
async def get_frame(
    request: Request,
    video_id: str,
    _me: SignedInStaff,
    drafts: TheDrafts,
    format: Annotated[Format, Query(description="Which format's crop.")] = "9:16",  # noqa: A002
    at_ms: Annotated[
        int, Query(ge=0, le=86_400_000, description="From the film's start; after its end, the last one.", examples=[0])
    ] = 0,
) -> Response:
    """Exactly as a draft of that format shows it, as JPEG with a strong ETag."""
    tag, jpeg = await drafts.frame(video_id, format, at_ms, request.headers.get("if-none-match", ""))
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if jpeg is None:
        return Response(status_code=304, headers=headers)
    return Response(jpeg, media_type="image/jpeg", headers=headers)
