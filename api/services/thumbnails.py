"""Thumbnails: a picture for each video of a list, with an address that works without a session.

Called by api.routers.videos and api.services.shown_videos. Law: three queries however many videos there are.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.services.downloads import signed_url
from engine.core.models import Asset, Export, ExportStatus, Scene, Take, Video


def thumbnail_urls(session: Session, videos: Sequence[Video], secret: bytes, at: datetime) -> Mapping[str, str]:
    """Video id to address: of its last finished film, else of its first scene's picture. Who has neither is absent."""
    ids = [video.id for video in videos]
    chosen = {**_scene_pictures(session, ids), **_film_pictures(session, ids)}
    rows = session.scalars(select(Asset).where(Asset.id.in_(sorted(set(chosen.values())))))
    urls = {asset.id: picture_url(asset, secret, at) for asset in rows}
    return {video_id: url for video_id, kept in chosen.items() if (url := urls.get(kept)) is not None}


def picture_url(asset: Asset, secret: bytes, at: datetime) -> str | None:
    """An address for the small picture that we drew of a file, else for the picture that it is; None for neither."""
    has_preview = asset.preview_sha256 is not None
    if not has_preview and not asset.media_type.startswith("image/"):
        return None
    url, _ = signed_url(
        secret,
        sha256=asset.preview_sha256 or asset.sha256,
        media_type="image/webp" if has_preview else asset.media_type,
        file_name=f"{asset.file_name}.webp" if has_preview else asset.file_name,
        is_attachment=False,
        at=at,
    )
    return url


def _film_pictures(session: Session, video_ids: Sequence[str]) -> dict[str, str]:
    finished = session.execute(
        select(Export.video_id, Export.sidecars)
        .where(Export.video_id.in_(video_ids), Export.status == ExportStatus.READY)
        .order_by(Export.finished_at, Export.id)
    )
    return {video_id: str(sidecars["thumbnail"]) for video_id, sidecars in finished if sidecars.get("thumbnail")}


def _scene_pictures(session: Session, video_ids: Sequence[str]) -> dict[str, str]:
    """Of each video's first scene that has a take; the last in the order given is the one that stays."""
    shown = session.execute(
        select(Scene.video_id, Take.asset_id)
        .join(Take, Take.id == Scene.chosen_take_id)
        .where(Scene.video_id.in_(video_ids))
        .order_by(Scene.position.desc())
    )
    return {row.video_id: row.asset_id for row in shown}
