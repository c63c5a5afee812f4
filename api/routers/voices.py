"""Voices: draft voices, recordings, and when each word is heard in them."""

from fastapi import APIRouter, Response

from api.deps import DbSession, Idempotency, IfMatch, Now, ReadSession, SignedInStaff, TheStudio, etag
from api.openapi import problems
from api.routes import StudioRoute
from api.schemas.jobs import JobOut
from api.schemas.voices import VoiceAsked, VoiceIn, VoiceMarkers, VoiceOut
from api.services.voices import as_voice, get_voice, move_words
from automations.workflows.voices import ask_draft_voice, ask_sync, ask_voice
from engine.core import assets, videos
from engine.core.errors import Invalid

router = APIRouter(tags=["videos"], route_class=StudioRoute)


@router.post(
    "/videos/{video_id}/voices",
    status_code=202,
    summary="Add a voice",
    dependencies=[Idempotency],
    responses=problems(409),
)
def add_voice(video_id: str, body: VoiceIn, session: DbSession, me: SignedInStaff, now: Now) -> VoiceAsked:
    """The job makes a take of it, finds the script's words in it and chooses it. A file in which the script is not
    heard becomes a take too, which says so. 409 `video_empty` without a script."""
    video = videos.get_video(session, video_id)
    if (body.source == "upload") != (body.asset_id is not None):
        raise Invalid("An upload names its file (asset_id), and a draft voice has none.", field="asset_id")
    if body.asset_id is None:
        job = ask_draft_voice(session, video, by=me.actor, at=now)
    else:
        job = ask_voice(session, video, assets.get_asset(session, body.asset_id), by=me.actor, at=now)
    return VoiceAsked(job=JobOut.model_validate(job))


@router.post(
    "/takes/{take_id}/sync",
    status_code=202,
    summary="Find the words of a voice again",
    dependencies=[Idempotency],
    responses=problems(409),
)
def sync_voice(take_id: str, session: DbSession, me: SignedInStaff, now: Now) -> VoiceAsked:
    """After the script was changed. What was moved by hand before is found anew; what is moved meanwhile stays."""
    job = ask_sync(session, get_voice(session, take_id), by=me.actor, at=now)
    return VoiceAsked(job=JobOut.model_validate(job))


@router.get("/takes/{take_id}/voice", summary="A voice with its words")
def get_voice_words(take_id: str, response: Response, session: ReadSession, studio: TheStudio, now: Now) -> VoiceOut:
    """When each is heard, where it is silent, and a waveform."""
    take = get_voice(session, take_id)
    response.headers["ETag"] = etag(take.revision)
    return as_voice(session, take, studio.secret, now)


@router.put("/takes/{take_id}/voice", summary="Move the words of a voice")
def move_voice_words(
    take_id: str,
    body: VoiceMarkers,
    response: Response,
    session: DbSession,
    studio: TheStudio,
    revision: IfMatch,
    now: Now,
) -> VoiceOut:
    """All of them, in order and within the file; else 422 `voice_words` names the word that is wrong."""
    take = move_words(session, take_id, body, revision, at=now)
    response.headers["ETag"] = etag(take.revision)
    return as_voice(session, take, studio.secret, now)
