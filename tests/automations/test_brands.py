"""Brands: a new video looks and sounds as its client does, down to the pixels of the finished film."""

from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from automations.assembly import INTRO_FRAMES, assembled_timeline
from automations.timeline_files import hashes_in, with_places
from engine.core import assets, brand_kits
from engine.core.database import Database
from engine.core.models import AssetType
from engine.core.storage import Storage
from engine.render.export import ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.media.typefaces import rewritten_typeface
from engine.render.picture.spans import Span
from engine.render.picture.text import FONTS
from engine.render.timeline import FPS, BrandFonts, Timeline
from tests.automations.test_assembly import with_voice
from tests.core.domain import NOW, a_video

ACCENT, GROUND, INK = (0x0A, 0x7D, 0x4F), (0xFF, 0xF3, 0xE0), (0x10, 0x20, 0x60)
COLOURS = {"accent": "#0A7D4F", "ground": "#FFF3E0", "ink": "#102060", "on_accent": None}


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path.joinpath("media").as_uri(), tmp_path / "media-cache")


def branded_film(database: Database, storage: Storage) -> Timeline:
    """A new video of a client with colours, a typeface and cards of its own; its paths are files."""
    font, _ = rewritten_typeface(FONTS / "Anton-Regular.ttf")
    stored = storage.put(BytesIO(font))
    with database.writing() as session:
        video = a_video(session, script="Elke ochtend vers uit de oven.")
        asset = assets.keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.FONT,
            media_type="font/ttf",
            file_name="Huisletter.ttf",
            at=NOW,
        )
        brand_kits.change_brand_kit(
            session,
            video.client_id,
            1,
            colours={**COLOURS},
            fonts={"display_asset_id": asset.id, "text": "Anton"},
            cards={"intro": "Bakkerij", "end": "Tot zo"},
            at=NOW,
        )
        document = assembled_timeline(session, video).model_dump(mode="json")
        places = {one: str(storage.local_path(sha256)) for one, sha256 in hashes_in(session, document).items()}
    return Timeline.model_validate(with_places(document, places))


def frame_of(film: Timeline, number: int, folder: Path) -> np.ndarray:
    """One frame of the finished file."""
    cache, out = RenderCache(folder / "cache", 1 << 30), folder / "film.mp4"
    order = ExportOrder(film, "1:1", out, draft=True, span=Span(number, number + 1))
    export(order, facts_of_scenes(film, cache), cache, lambda _: None)
    with av.open(str(out)) as container:
        return np.asarray(next(container.decode(video=0)).to_ndarray(format="rgb24"))


def is_near(colour: np.ndarray, wanted: tuple[int, int, int]) -> bool:
    return bool(np.abs(colour.astype(int) - np.array(wanted)).max() <= 14)


def test_the_frames_of_a_new_video_carry_the_clients_colours_and_typeface(
    new_sqlite_url: str, storage: Storage, tmp_path: Path
) -> None:
    database = Database.at(new_sqlite_url)
    film = branded_film(database, storage)
    database.close()
    ours = film.model_copy(update={"brand": film.brand.model_copy(update={"fonts": BrandFonts()})})

    intro, end = frame_of(film, INTRO_FRAMES // 2, tmp_path), frame_of(film, film.duration_frames - 30, tmp_path)
    in_our_letters = frame_of(ours, INTRO_FRAMES // 2, tmp_path)

    Image.fromarray(intro).save(tmp_path / "intro.png")  # for whoever looks into a failure
    assert is_near(intro[4, 4], GROUND)
    assert (np.abs(intro.astype(int) - np.array(INK)).max(axis=2) < 40).any()
    assert is_near(end[end.shape[0] // 2, 4], ACCENT)
    assert (np.abs(intro.astype(int) - in_our_letters).max(axis=2) > 60).mean() > 0.01


def test_an_intro_card_comes_first_and_all_that_is_said_after_it(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Eén.\n---\nTwee.")
        with_voice(session, video)
        plain = assembled_timeline(session, video)
        brand_kits.change_brand_kit(session, video.client_id, 1, cards={"intro": "Bakkerij Anna"}, at=NOW)

        film = assembled_timeline(session, video)

    later_ms = INTRO_FRAMES * 1000 // FPS
    assert film.scenes[0].id == "intro"
    assert film.duration_frames == plain.duration_frames + INTRO_FRAMES
    assert film.voice is not None
    assert plain.voice is not None
    assert film.voice.start_ms == plain.voice.start_ms + later_ms
    assert [word.start_ms for word in film.words] == [word.start_ms + later_ms for word in plain.words]
    assert Timeline.model_validate(film.model_dump()) == film
