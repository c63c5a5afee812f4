"""Shown files: an asset as the api shows it, with addresses that work without a session.

Called by the routers of all features that show files.
"""

from datetime import datetime

from api.schemas.assets import AssetOut
from api.services.downloads import signed_url
from engine.core.models import Asset


def as_asset(asset: Asset, secret: bytes, at: datetime) -> AssetOut:
    """The file's facts, an address to save it, and one to show its preview where there is one."""
    download_url, _ = signed_url(
        secret,
        sha256=asset.sha256,
        media_type=asset.media_type,
        file_name=asset.file_name,
        is_attachment=True,
        at=at,
    )
    return AssetOut(
        id=asset.id,
        revision=asset.revision,
        type=asset.type.value,
        media_type=asset.media_type,
        file_name=asset.file_name,
        size_bytes=asset.size_bytes,
        sha256=asset.sha256,
        client_id=asset.client_id,
        facts=asset.facts,
        licence_note=asset.licence_note,
        created_at=asset.created_at,
        archived_at=asset.archived_at,
        download_url=download_url,
        preview_url=preview_url(asset, secret, at),
        play_url=play_url(asset, secret, at),
    )


def preview_url(asset: Asset, secret: bytes, at: datetime) -> str | None:
    """An address for the small picture that we drew of it; None where it is no picture."""
    if asset.preview_sha256 is None:
        return None
    url, _ = signed_url(
        secret,
        sha256=asset.preview_sha256,
        media_type="image/webp",
        file_name=f"{asset.file_name}.webp",
        is_attachment=False,
        at=at,
    )
    return url


def play_url(asset: Asset, secret: bytes, at: datetime) -> str | None:
    """An address for a player; None for what is neither film nor sound."""
    if not asset.media_type.startswith(("video/", "audio/")):
        return None
    return file_url(asset, secret, at)


def file_url(asset: Asset, secret: bytes, at: datetime) -> str:
    """An address to show the file by, and not to save it."""
    url, _ = signed_url(
        secret,
        sha256=asset.sha256,
        media_type=asset.media_type,
        file_name=asset.file_name,
        is_attachment=False,
        at=at,
    )
    return url
