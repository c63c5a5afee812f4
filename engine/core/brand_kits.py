"""Brand kits: how a client's videos look and sound.

Core: no HTTP, no vendor, no clock. Called by api.routers.brand_kits, automations.assembly and engine.cli.demo.
Law: every client has one, from its first moment; the shapes of its parts are checked where they come in.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.assets import get_asset
from engine.core.errors import Invalid, NotFound
from engine.core.models import AssetType, BrandKit, JsonObject
from engine.core.revisions import require_revision
from engine.core.texts import clean_prose


class BrandKitChanges(TypedDict, total=False):
    """What may be changed of a brand kit; what is absent stays."""

    colours: JsonObject
    fonts: JsonObject
    caption_style: JsonObject
    cards: JsonObject
    music: JsonObject
    picture_style: str
    logo_light_asset_id: str | None
    logo_dark_asset_id: str | None
    pronunciations: list[JsonObject]


def get_brand_kit(session: Session, client_id: str) -> BrandKit:
    """Raises NotFound."""
    kit = session.scalar(select(BrandKit).where(BrandKit.client_id == client_id))
    if kit is None:
        raise NotFound("client", client_id)
    return kit


def change_brand_kit(
    session: Session, client_id: str, revision: int, *, at: datetime, **changes: Unpack[BrandKitChanges]
) -> BrandKit:
    """Change what is given; the shapes are checked where they come in. Raises NotFound, RevisionOutdated, Invalid."""
    kit = get_brand_kit(session, client_id)
    require_revision(kit, revision, "brand kit")
    if "picture_style" in changes:
        changes["picture_style"] = clean_prose(changes["picture_style"], "picture_style", longest=2000)
    _require_files(session, kit.client_id, changes)
    for name, value in changes.items():
        setattr(kit, name, value)
    kit.updated_at = at
    session.flush()
    return kit


def spoken_as(kit: BrandKit) -> dict[str, str]:
    """How the client's own words are said, by the word; of a word that stands there twice, the last."""
    pairs = [(pair.get("word"), pair.get("say")) for pair in kit.pronunciations if isinstance(pair, dict)]
    return {word: say for word, say in pairs if isinstance(word, str) and isinstance(say, str) and word and say}


_FILES: Final = (
    ("logo_light_asset_id", None, (AssetType.IMAGE,), "a picture"),
    ("logo_dark_asset_id", None, (AssetType.IMAGE,), "a picture"),
    ("fonts", "display_asset_id", (AssetType.FONT,), "a typeface"),
    ("fonts", "text_asset_id", (AssetType.FONT,), "a typeface"),
    ("music", "asset_id", (AssetType.MUSIC, AssetType.AUDIO), "music"),
)
"""Which parts name a file, and what it must be."""


def _require_files(session: Session, client_id: str, changes: Mapping[str, object]) -> None:
    """Raises NotFound, and Invalid (wrong_file_type, wrong_client)."""
    for part, inner, types, what in _FILES:
        value = changes.get(part)
        asset_id = value.get(inner) if inner is not None and isinstance(value, dict) else value
        if not isinstance(asset_id, str):
            continue
        asset, field = get_asset(session, asset_id), f"{part}.{inner}" if inner else part
        if asset.type not in types:
            raise Invalid(
                f"“{asset.file_name}” is not {what}. Choose another file.", field=field, code="wrong_file_type"
            )
        if asset.client_id not in {None, client_id}:
            raise Invalid(
                f"“{asset.file_name}” is another client's. Choose one of this client.", field=field, code="wrong_client"
            )
