"""Voices: a draft voice, an uploaded or a recorded one becomes a take, with the time of each word.

Started by api.routers.voices through `ask_draft_voice`, `ask_voice` and `ask_sync`.
Law: a recording is never lost: what the script is not heard in becomes a take too, and says so. A job makes one take,
however often it runs again. Words that a person moved meanwhile are not overwritten.
"""

from collections.abc import Sequence
from datetime import datetime

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations import jobs
from automations.children import ChildWork, empty_folder, made_by_child
from automations.runs import JobFailed, JobKind, Run
from automations.voice_child import DRAFT_FILE, VoiceOrder
from automations.voices import VoiceFacts
from engine.core.actors import Actor
from engine.core.assets import get_asset, keep_asset
from engine.core.brand_kits import get_brand_kit, spoken_as
from engine.core.errors import Conflict, Invalid
from engine.core.locks import hold_lock
from engine.core.models import Asset, AssetType, Job, JsonObject, Take, TakeKind, TakeSource, Video
from engine.core.sentences import Language
from engine.core.storage import StoredFile
from engine.core.takes import change_facts, get_take, keep_take
from engine.core.videos import get_video, scenes_of
from engine.render.media.probe import MediaFacts, probe

STORING_AT = 0.95


def ask_draft_voice(session: Session, video: Video, *, by: Actor, at: datetime) -> Job:
    """Have the script said by this machine, for nothing. Raises Conflict (video_empty)."""
    return _asked(session, DRAFT_VOICE, video, [video.id], by, at)


def ask_voice(session: Session, video: Video, asset: Asset, *, by: Actor, at: datetime) -> Job:
    """Have the script found in a file, which becomes the voice. Raises Conflict (video_empty), Invalid."""
    if asset.client_id not in {None, video.client_id}:
        raise Invalid("That file is another client's. Pick one of this client.", field="asset_id")
    has_sound = asset.type is AssetType.AUDIO or (asset.type is AssetType.CLIP and asset.facts.get("audio_codec"))
    if not has_sound:
        raise Invalid(
            f"“{asset.file_name}” has no voice in it. Pick a recording, or a clip with sound.",
            field="asset_id",
            code="wrong_file_type",
        )
    return _asked(session, TAKE_IN_VOICE, video, [video.id, asset.id], by, at)


def ask_sync(session: Session, take: Take, *, by: Actor, at: datetime) -> Job:
    """Have the script as it is now found in a voice that is there. Raises Invalid, Conflict (video_empty)."""
    if take.kind is not TakeKind.VOICE:
        raise Invalid("This take is no voice, so no words are heard in it.", code="no_voice")
    return _asked(session, SYNC_VOICE, get_video(session, take.video_id), [take.id], by, at)


def make_draft_voice(run: Run, video_id: str) -> JsonObject:
    """Say the script and keep it as the voice."""
    shop = run.workshop
    with shop.database.reading() as session:
        if (kept := _take_of(session, video_id, run.job_id)) is not None:
            return {"take_id": kept.id}
        texts, language = _script(session, video_id)
        own = spoken_as(get_brand_kit(session, get_video(session, video_id).client_id))
    run.report("speaking", 0.0)
    with empty_folder(shop.work_dir / run.job_id) as folder:
        order = VoiceOrder(recording=None, texts=tuple(texts), language=language, own=own, folder=folder)
        facts = _facts_by_child(run, order, "speaking")
        run.report("storing", STORING_AT)
        media = probe(folder / DRAFT_FILE)
        stored = shop.storage.put(folder / DRAFT_FILE)
    with shop.database.writing() as session:
        video = get_video(session, video_id)
        asset = _keep_draft(session, video, stored, media, shop.now())
        take = _keep(session, video, asset, facts, run, TakeSource.OFFLINE)
        return {"take_id": take.id}


def take_in_voice(run: Run, video_id: str, asset_id: str) -> JsonObject:
    """Find the script in a file and keep the file as the voice."""
    shop = run.workshop
    with shop.database.reading() as session:
        if (kept := _take_of(session, video_id, run.job_id)) is not None:
            return {"take_id": kept.id}
        texts, language = _script(session, video_id)
        sha256 = get_asset(session, asset_id).sha256
    facts = _synced(run, sha256, texts, language)
    with shop.database.writing() as session:
        video, asset = get_video(session, video_id), get_asset(session, asset_id)
        take = _keep(session, video, asset, facts, run, TakeSource.UPLOADED)
        return {"take_id": take.id, "sync_quality": facts.sync_quality}


def sync_voice(run: Run, take_id: str) -> JsonObject:
    """Find the script as it is now in a voice that is there."""
    shop = run.workshop
    with shop.database.reading() as session:
        take = get_take(session, take_id)
        revision, made_by = take.revision, take.facts.get("made_by", "")
        texts, language = _script(session, take.video_id)
        sha256 = get_asset(session, take.asset_id).sha256
    facts = _synced(run, sha256, texts, language)
    with shop.database.writing() as session:
        take = get_take(session, take_id)
        if take.revision != revision:
            raise JobFailed(
                "The words of this voice were moved while they were being searched. What you moved is kept; "
                "start the search again if you want it.",
                "take_changed",
            )
        kept = facts.model_copy(update={"made_by": made_by})
        change_facts(session, take.id, revision, kept.model_dump(mode="json"), at=shop.now())
    return {"take_id": take_id, "sync_quality": facts.sync_quality}


def _asked(
    session: Session, kind: JobKind, video: Video, arguments: Sequence[JsonValue], by: Actor, at: datetime
) -> Job:
    if not scenes_of(session, video.id):
        raise Conflict(f"“{video.title}” has no script yet, so there is nothing to say. Write it first.", code=EMPTY)
    return jobs.enqueue(
        session,
        kind,
        *arguments,
        at=at,
        asked_by=str(by),
        client_id=video.client_id,
        project_id=video.project_id,
        video_id=video.id,
    )


def _synced(run: Run, sha256: str, texts: Sequence[str], language: Language) -> VoiceFacts:
    """The facts of a stored file, found by a child. Raises NotFound, StorageDamaged, JobFailed."""
    shop = run.workshop
    run.report("listening", 0.0)
    with empty_folder(shop.work_dir / run.job_id) as folder:
        recording = shop.storage.local_path(sha256).absolute()
        order = VoiceOrder(recording=recording, texts=tuple(texts), language=language, folder=folder)
        return _facts_by_child(run, order, "listening")


def _facts_by_child(run: Run, order: VoiceOrder, stage: str) -> VoiceFacts:
    work = ChildWork("automations.voice_child", order, order.folder, stage, STORING_AT)
    return VoiceFacts.model_validate(made_by_child(run, work)).model_copy(update={"made_by": run.job_id})


def _script(session: Session, video_id: str) -> tuple[list[str], Language]:
    video = get_video(session, video_id)
    texts = [scene.text for scene in scenes_of(session, video_id)]
    if not texts:
        raise JobFailed("The script was emptied meanwhile, so there is nothing to say. Nothing was changed.", EMPTY)
    return texts, "en" if video.language == "en" else "nl"


def _take_of(session: Session, video_id: str, job_id: str) -> Take | None:
    """The take that an earlier run of this job made."""
    voices = session.scalars(select(Take).where(Take.video_id == video_id, Take.kind == TakeKind.VOICE))
    return next((take for take in voices if take.facts.get("made_by") == job_id), None)


def _keep(session: Session, video: Video, asset: Asset, facts: VoiceFacts, run: Run, source: TakeSource) -> Take:
    """The take of this job, heard from now on; the one that is there where another run was quicker."""
    hold_lock(session, f"job {run.job_id}")
    is_offline = source is TakeSource.OFFLINE
    return _take_of(session, video.id, run.job_id) or keep_take(
        session,
        video=video,
        scene=None,
        kind=TakeKind.VOICE,
        source=source,
        asset=asset,
        provider="offline" if is_offline else "",
        model="espeak-ng" if is_offline else "",
        facts=facts.model_dump(mode="json"),
        at=run.workshop.now(),
    )


def _keep_draft(session: Session, video: Video, stored: StoredFile, media: MediaFacts, at: datetime) -> Asset:
    return keep_asset(
        session,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        type=AssetType.AUDIO,
        media_type="audio/wav",
        file_name=f"{video.title[:250]} draft voice.wav",
        client_id=video.client_id,
        facts=media.model_dump(mode="json", exclude_none=True),
        at=at,
    )


EMPTY = "video_empty"
DRAFT_VOICE = JobKind("draft_voice", "voices", make_draft_voice)
TAKE_IN_VOICE = JobKind("take_in_voice", "voices", take_in_voice)
SYNC_VOICE = JobKind("sync_voice", "voices", sync_voice)
