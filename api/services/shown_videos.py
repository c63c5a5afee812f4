"""Shown videos: a video with its scenes and takes, and addresses to see and hear them by.

Called by api.routers.videos, api.routers.scenes and api.services.representations.
Law: one GET of a video is enough for a whole page of the wizard, in as many queries for a hundred scenes as for one.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.fields import JsonObject
from api.schemas.videos import SceneOut, TakeOut, VideoOut, VideoRow
from api.services.shown_files import file_url
from api.services.shown_rows import facts_of
from api.services.thumbnails import picture_url
from engine.core.models import Asset, Scene, Take, TakeKind, Video
from engine.core.videos import scenes_of

_LONG_FACTS = frozenset({"words", "peaks", "silences"})
"""Of a voice: GET /takes/{id}/voice tells them."""


def as_video(session: Session, video: Video, secret: bytes, at: datetime) -> VideoOut:
    """The video with its script, its scenes with what is seen in them, and the voice."""
    scenes = scenes_of(session, video.id)
    takes = _takes(session, [*(scene.chosen_take_id for scene in scenes), video.voice_take_id])
    shown = {take.id: take for take in as_takes(session, takes, secret, at)}
    return VideoOut(
        **facts_of(video, VideoRow),
        script=video.script,
        scenes=[_shown(scene, shown.get(scene.chosen_take_id or "")) for scene in scenes],
        voice=shown.get(video.voice_take_id or ""),
    )


def as_scene(session: Session, scene: Scene, secret: bytes, at: datetime) -> SceneOut:
    """One scene with what is seen in it."""
    takes = as_takes(session, _takes(session, [scene.chosen_take_id]), secret, at)
    return _shown(scene, takes[0] if takes else None)


def as_takes(session: Session, takes: Sequence[Take], secret: bytes, at: datetime) -> list[TakeOut]:
    """Takes in their order, each with its file."""
    wanted = sorted({take.asset_id for take in takes})
    assets: dict[str, Asset] = {}
    for start in range(0, len(wanted), 500):
        rows = session.scalars(select(Asset).where(Asset.id.in_(wanted[start : start + 500])))
        assets |= {asset.id: asset for asset in rows}
    return [_shown_take(take, assets[take.asset_id], secret, at) for take in takes]


def as_take(session: Session, take: Take, secret: bytes, at: datetime) -> TakeOut:
    """One take with its file."""
    (shown,) = as_takes(session, [take], secret, at)
    return shown


def _takes(session: Session, ids: Sequence[str | None]) -> list[Take]:
    wanted = sorted({id_ for id_ in ids if id_ is not None})
    return [
        take
        for start in range(0, len(wanted), 500)
        for take in session.scalars(select(Take).where(Take.id.in_(wanted[start : start + 500])))
    ]


def _shown(scene: Scene, take: TakeOut | None) -> SceneOut:
    return SceneOut(
        id=scene.id,
        video_id=scene.video_id,
        position=scene.position,
        text=scene.text,
        prompt=scene.prompt,
        chosen_take_id=scene.chosen_take_id,
        chosen_take=take,
        focus=scene.focus,
        motion=scene.motion,
        transition=scene.transition,
        cut_shift_ms=scene.cut_shift_ms,
        updated_at=scene.updated_at,
        revision=scene.revision,
    )


def _shown_take(take: Take, asset: Asset, secret: bytes, at: datetime) -> TakeOut:
    facts: JsonObject = take.facts
    if take.kind is TakeKind.VOICE:
        facts = {name: value for name, value in facts.items() if name not in _LONG_FACTS}
    return TakeOut(
        id=take.id,
        video_id=take.video_id,
        scene_id=take.scene_id,
        kind=take.kind.value,
        source=take.source.value,
        asset_id=take.asset_id,
        prompt=take.prompt,
        provider=take.provider,
        model=take.model,
        cost_micros=take.cost_micros,
        facts=facts,
        created_at=take.created_at,
        revision=take.revision,
        file_name=asset.file_name,
        media_type=asset.media_type,
        size_bytes=asset.size_bytes,
        width=_whole(asset.facts.get("width")),
        height=_whole(asset.facts.get("height")),
        duration_ms=_whole(take.facts.get("duration_ms")) or _whole(asset.facts.get("duration_s"), times=1000),
        thumbnail_url=picture_url(asset, secret, at),
        file_url=file_url(asset, secret, at),
    )


def _whole(fact: object, times: int = 1) -> int | None:
    """A number of a file's facts; what a browser records does not say how long it is, its voice's facts do."""
    return round(fact * times) if isinstance(fact, int | float) else None
