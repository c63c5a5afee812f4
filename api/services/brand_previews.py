"""Brand previews: a frame of a film in the client's brand as it is now, and the colours of its logo.

Called by api.routers.brand_kits. Law: the frame is drawn by the renderer that makes the films, from the kit as it is
kept; a client without a film yet sees its brand on a card.
"""

from pathlib import Path
from typing import Final

from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.brand_kits import BrandShot
from api.services.intake import unusable
from api.studio import Studio
from automations.assembly import brand_of, captions_of
from automations.cuts import FilmChoices
from engine.core.assets import get_asset
from engine.core.brand_kits import get_brand_kit
from engine.core.clients import get_client
from engine.core.models import Asset, AssetType, BrandKit, Client, Scene, Take, Video
from engine.core.scripts import spoken_words
from engine.render.media.colours import colours_of
from engine.render.media.sandbox import MediaRefused
from engine.render.timeline import CardSource, ImageSource, Timeline, Word
from engine.render.timeline import Scene as Shot

FRAMES: Final = 90
LOOKED_AT_MS: Final = 1200
"""In the midst of the sample words."""
MOST_WORDS: Final = 6
_SAMPLE: Final = {"nl": "Elke ochtend vers uit de oven", "en": "Fresh from the oven every morning"}
_WORD_MS: Final = 400


def preview_film(session: Session, client_id: str, shot: BrandShot) -> Timeline:
    """A film of one scene, as the client's films look. Raises NotFound."""
    client, kit = get_client(session, client_id), get_brand_kit(session, client_id)
    picture = _newest_picture(session, client_id)
    text = " ".join(spoken_words(picture.text)[:MOST_WORDS]) if picture else _SAMPLE.get(client.language, _SAMPLE["nl"])
    source = _source(shot, kit, client, picture.asset_id if picture else None, text)
    scene = Shot(id=shot, source=source, duration_frames=FRAMES, text=text)
    has_words = shot == "picture"
    return Timeline(
        title=client.name,
        language="en" if client.language == "en" else "nl",
        scenes=(scene,),
        words=_timed(text) if has_words else (),
        captions=captions_of(kit) if has_words else None,
        brand=brand_of(session, kit, FilmChoices()),
    )


class _Picture:
    """What is seen and said in a scene of the client's newest video."""

    def __init__(self, asset_id: str, text: str) -> None:
        self.asset_id, self.text = asset_id, text


def _newest_picture(session: Session, client_id: str) -> _Picture | None:
    newest = session.execute(
        select(Asset.id, Scene.text)
        .join(Take, Take.asset_id == Asset.id)
        .join(Scene, Scene.chosen_take_id == Take.id)
        .join(Video, Video.id == Scene.video_id)
        .where(Video.client_id == client_id, Asset.type == AssetType.IMAGE, Video.archived_at.is_(None))
        .order_by(Video.created_at.desc(), Video.id.desc(), Scene.position)
        .limit(1)
    ).first()
    return _Picture(newest.id, newest.text) if newest else None


def _source(
    shot: BrandShot, kit: BrandKit, client: Client, picture_id: str | None, text: str
) -> ImageSource | CardSource:
    words = {card: said for card in ("intro", "end") if isinstance(said := kit.cards.get(card), str) and said}
    match shot:
        case "picture" if picture_id is not None:
            return ImageSource(path=Path(picture_id))
        case "intro":
            return CardSource(layout="statement", heading=words.get("intro", client.name))
        case "end":
            return CardSource(layout="end", heading=words.get("end", client.name))
    return CardSource(layout="outline" if shot == "picture" else "split", heading=text)


def _timed(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start_ms=number * _WORD_MS, end_ms=(number + 1) * _WORD_MS)
        for number, word in enumerate(text.split())
    )


async def logo_colours(studio: Studio, client_id: str) -> list[str]:
    """The colours of the client's logo, the most seen first; none without a logo. Raises NotFound, Invalid."""

    def find(session: Session) -> tuple[str, str] | None:
        kit = get_brand_kit(session, client_id)
        asset_id = kit.logo_light_asset_id or kit.logo_dark_asset_id
        if asset_id is None:
            return None
        asset = get_asset(session, asset_id)
        return asset.sha256, asset.file_name

    logo = await studio.read(find)
    if logo is None:
        return []
    sha256, name = logo
    path = await run_sync(studio.storage.local_path, sha256)
    try:
        return await run_sync(colours_of, path)
    except MediaRefused as refused:
        raise unusable(refused, path, name) from None
