"""Takes: every variant of a picture, clip or voice that was made or brought in, with what it cost.

Core: no HTTP, no vendor, no clock. Called by api.routers.videos and automations.workflows.
Law: a take's file is never overwritten; choosing an earlier one costs nothing. One paid call is one take.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import Invalid, NotFound
from engine.core.models import Asset, AssetType, JsonObject, Scene, Take, TakeKind, TakeSource, Video
from engine.core.revisions import require_revision

_FITTING = {
    TakeKind.IMAGE: {AssetType.IMAGE},
    TakeKind.CLIP: {AssetType.CLIP},
    TakeKind.AVATAR: {AssetType.CLIP},
    TakeKind.VOICE: {AssetType.AUDIO, AssetType.CLIP},
}


def keep_take(
    session: Session,
    *,
    video: Video,
    scene: Scene | None,
    kind: TakeKind,
    source: TakeSource,
    asset: Asset,
    at: datetime,
    prompt: str = "",
    provider: str = "",
    model: str = "",
    cost_micros: int = 0,
    paid_call_id: str | None = None,
    facts: JsonObject | None = None,
    choose: bool = True,
) -> Take:
    """Keep a variant and, unless told otherwise, show it.

    scene: None for a voice, which belongs to the whole video. cost_micros: what was booked for it.
    Asked again for the same paid call, it answers with the take that is there. Raises Invalid (wrong_file_type).
    """
    if paid_call_id is not None:
        kept = session.scalar(select(Take).where(Take.paid_call_id == paid_call_id))
        if kept is not None:
            return kept
    if asset.type not in _FITTING[kind]:
        raise Invalid(
            f"“{asset.file_name}” is {asset.type}, which cannot be used as {kind}. Pick another file.",
            field="asset_id",
            code="wrong_file_type",
        )
    take = Take(
        video_id=video.id,
        scene_id=scene.id if scene else None,
        kind=kind,
        source=source,
        asset_id=asset.id,
        prompt=prompt,
        provider=provider,
        model=model,
        cost_micros=cost_micros,
        paid_call_id=paid_call_id,
        facts=facts or {},
        created_at=at,
        updated_at=at,
    )
    session.add(take)
    session.flush()
    if choose:
        choose_take(session, take, at=at)
    return take


def choose_take(session: Session, take: Take, *, at: datetime) -> None:
    """Show this take in its scene, or hear it in its video."""
    if take.kind is TakeKind.VOICE:
        video = session.get_one(Video, take.video_id)
        video.voice_take_id = take.id
        video.updated_at = at
    elif take.scene_id is not None:
        scene = session.get_one(Scene, take.scene_id)
        scene.chosen_take_id = take.id
        scene.updated_at = at
    session.flush()


def show_in_scene(session: Session, scene: Scene, take_id: str | None, *, at: datetime) -> None:
    """Show this take of the scene; None: its title card, as before anything was chosen. Every take stays.

    Raises NotFound where the scene has no such take.
    """
    if take_id is not None and get_take(session, take_id).scene_id != scene.id:
        raise NotFound("take of this scene", take_id)
    scene.chosen_take_id = take_id
    scene.updated_at = at
    session.flush()


def get_take(session: Session, take_id: str) -> Take:
    """Raises NotFound."""
    take = session.get(Take, take_id)
    if take is None:
        raise NotFound("take", take_id)
    return take


def change_facts(session: Session, take_id: str, revision: int, facts: JsonObject, *, at: datetime) -> Take:
    """Say anew what belongs to a take, such as a voice's word times. The shape is checked where it comes in.

    Raises NotFound, RevisionOutdated.
    """
    take = get_take(session, take_id)
    require_revision(take, revision, "take")
    take.facts = facts
    take.updated_at = at
    session.flush()
    return take


def takes_of_scene(session: Session, scene_id: str) -> Sequence[Take]:
    """All takes of a scene, the newest first."""
    return session.scalars(
        select(Take).where(Take.scene_id == scene_id).order_by(Take.created_at.desc(), Take.id.desc()).limit(500)
    ).all()


def takes_of_video(session: Session, video_id: str) -> Sequence[Take]:
    """All takes of a video, its voices and those of scenes that are gone included, the newest first."""
    return session.scalars(
        select(Take).where(Take.video_id == video_id).order_by(Take.created_at.desc(), Take.id.desc()).limit(2000)
    ).all()
