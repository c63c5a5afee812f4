"""Cuts: a video as it would be rendered now, and what is chosen for the whole film."""

from typing import get_args

from fastapi import APIRouter, Response

from api.deps import DbSession, IfMatch, Now, ReadSession, SignedInStaff, etag
from api.openapi import problems
from api.routers.drafts import TheDrafts
from api.routes import StudioRoute
from api.schemas.cuts import CutChanges, CutOptions, CutOut, FormatOption, MotionOption, SafeZone, TransitionOption
from api.schemas.videos import CUT_SHIFT_MOST_MS, Motion
from api.services.cuts import as_cut, change_cut
from engine.core import exports, videos
from engine.render.formats import DRAFT, FORMAT_NAMES, FULL, PLATFORM_INSETS
from engine.render.motions import MOTIONS
from engine.render.sound.beds import BED_NAMES
from engine.render.timeline import (
    FPS,
    LONGEST_TRANSITION_FRAMES,
    CaptionName,
    CaptionPosition,
    Corner,
    Direction,
    TransitionKind,
)

router = APIRouter(tags=["videos"], route_class=StudioRoute)


@router.get("/videos/{video_id}/cut", summary="A video as it would be rendered now")
def get_cut(video_id: str, response: Response, session: ReadSession, drafts: TheDrafts) -> CutOut:
    """Of its scenes, their takes, the voice, the client's brand and what was chosen; `problems` says what to mend."""
    drafts.expect()
    cut = as_cut(session, videos.get_video(session, video_id))
    response.headers["ETag"] = etag(cut.revision)
    return cut


@router.patch("/videos/{video_id}/cut", summary="Choose for the whole film", responses=problems(409))
def change_film(
    video_id: str, body: CutChanges, response: Response, session: DbSession, revision: IfMatch, now: Now
) -> CutOut:
    """What is absent stays, and null is none. The first time If-Match is `"0"`; 409 `video_empty` without a scene."""
    cut = change_cut(session, videos.get_video(session, video_id), body, revision, at=now)
    response.headers["ETag"] = etag(cut.revision)
    return cut


@router.get("/cut-options", summary="What can be chosen for a film")
def get_cut_options(_me: SignedInStaff) -> CutOptions:
    """Styles, moves, music and formats as this studio's renderer has them, and what apps cover of a picture."""
    return CutOptions(
        fps=FPS,
        caption_styles=list(get_args(CaptionName)),
        caption_positions=list(get_args(CaptionPosition)),
        transitions=[
            TransitionOption(kind=kind, has_direction=kind == "slide", has_colour=kind == "dip")
            for kind in get_args(TransitionKind)
        ],
        transition_directions=list(get_args(Direction)),
        longest_transition_frames=LONGEST_TRANSITION_FRAMES,
        motions=[
            MotionOption(name=name, motion=Motion.model_validate(motion.model_dump()))
            for name, motion in MOTIONS.items()
        ],
        music_beds=list(BED_NAMES),
        logo_corners=list(get_args(Corner)),
        formats=[
            FormatOption(
                name=name,
                width=FULL[name].width,
                height=FULL[name].height,
                draft_width=DRAFT[name].width,
                draft_height=DRAFT[name].height,
            )
            for name in FORMAT_NAMES
        ],
        qualities=list(exports.QUALITIES),
        safe_zones=[
            SafeZone(
                platform=platform,
                format=name,
                x=insets.left,
                y=insets.top,
                width=1 - insets.left - insets.right,
                height=1 - insets.top - insets.bottom,
            )
            for platform, formats in PLATFORM_INSETS.items()
            for name, insets in formats.items()
        ],
        most_cut_shift_ms=CUT_SHIFT_MOST_MS,
    )
