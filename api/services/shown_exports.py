"""Shown exports: finished files with the addresses to play and download them by.

Called by api.routers.timelines. Law: as few queries for a page of exports as for one.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.videos import ExportOut
from api.services.downloads import signed_url
from engine.core.file_names import film_name
from engine.core.models import Asset, Export, Video


def as_exports(session: Session, exports: Sequence[Export], secret: bytes, at: datetime) -> list[ExportOut]:
    """The exports as the api shows them, in their order."""
    wanted = {str(id_) for export in exports for id_ in (export.asset_id, *export.sidecars.values()) if id_}
    assets = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(wanted)))}
    videos = {export.video_id for export in exports}
    titles = {row.id: row.title for row in session.execute(select(Video.id, Video.title).where(Video.id.in_(videos)))}
    return [_shown(export, assets, titles[export.video_id], secret, at) for export in exports]


def as_export(session: Session, export: Export, secret: bytes, at: datetime) -> ExportOut:
    """One export as the api shows it."""
    (shown,) = as_exports(session, [export], secret, at)
    return shown


def _shown(export: Export, assets: Mapping[str, Asset], title: str, secret: bytes, at: datetime) -> ExportOut:
    names: dict[str, str] = {}

    def url(asset: Asset, *, is_attachment: bool) -> str:
        ending = asset.file_name.rpartition(".")[2]
        name = names.get(ending) or names.setdefault(ending, film_name(title, export.format, ending))
        address, _ = signed_url(
            secret,
            sha256=asset.sha256,
            media_type=asset.media_type,
            file_name=name,
            is_attachment=is_attachment,
            export_id=export.id if is_attachment else "",
            at=at,
        )
        return address

    film = assets.get(export.asset_id or "")
    beside = {kind: asset for kind, id_ in export.sidecars.items() if (asset := assets.get(str(id_)))}
    sidecar_urls = {kind: url(asset, is_attachment=False) for kind, asset in beside.items()}
    return ExportOut.model_validate(export).model_copy(
        update={
            "download_url": url(film, is_attachment=True) if film else None,
            "play_url": url(film, is_attachment=False) if film else None,
            "thumbnail_url": sidecar_urls.get("thumbnail"),
            "sidecar_urls": sidecar_urls,
        }
    )
