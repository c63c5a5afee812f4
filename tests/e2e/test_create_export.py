"""The wizard's Export step in a real browser: from one click to a file that plays anywhere."""

from pathlib import Path

import av
import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from engine.core.models import Asset, Export, ExportStatus, Take
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


def exports_of(studio: MakingStudio, video_id: str) -> list[Export]:
    with studio.database.reading() as session:
        return list(session.scalars(select(Export).where(Export.video_id == video_id).order_by(Export.id)))


@pytest.fixture(scope="module")
def video_id(browser: Browser, making_studio: MakingStudio) -> str:
    """A short video with a voice."""
    video_id = making_studio.new_video("Klaar", "Vers brood.\n---\nKom langs.")
    somebody = Visitor(browser, making_studio.url)
    somebody.sign_in(f"/create/{video_id}/audio")
    somebody.button("Gratis proefstem").click()
    somebody.sees("Gekozen")
    somebody.leave()
    return video_id


def choose_upright_only(visitor: Visitor, video_id: str) -> None:
    """Open the Export step and leave the other formats out."""
    visitor.open(f"/create/{video_id}/export")
    for name in ("1:1 vierkant", "16:9 liggend"):
        visitor.page.get_by_role("checkbox", name=name).click()


def test_one_double_click_makes_one_film_that_is_downloaded_and_plays(
    visitor: Visitor, making_studio: MakingStudio, video_id: str, tmp_path: Path
) -> None:
    choose_upright_only(visitor, video_id)
    before = len(exports_of(making_studio, video_id))

    visitor.button("Exporteer 1 formaat").dblclick()

    visitor.button("9:16 Standaard downloaden").wait_for(timeout=240_000)  # a real film, beside other tests
    exports = exports_of(making_studio, video_id)
    assert len(exports) == before + 1
    export = exports[-1]
    assert export.status is ExportStatus.READY
    with visitor.page.expect_download() as download:
        visitor.button("9:16 Standaard downloaden").click()
    download.value.save_as(tmp_path / "film.mp4")
    with av.open(tmp_path / "film.mp4") as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, picture.width, picture.height) == ("h264", 1080, 1920)
        assert (sound.codec_context.name, sound.sample_rate) == ("aac", 48_000)
        assert export.duration_ms is not None
        assert film.duration == pytest.approx(export.duration_ms * 1000, abs=100_000)
    visitor.button("9:16 Standaard afspelen").click()
    played = "[...document.querySelectorAll('video')].at(-1)?.currentTime > 0.2"
    wait_for(lambda: bool(visitor.page.evaluate(played)), "the film to play")


def test_a_film_that_fails_says_why_and_can_be_tried_again(
    visitor: Visitor, making_studio: MakingStudio, video_id: str
) -> None:
    choose_upright_only(visitor, video_id)
    with making_studio.database.reading() as session:
        asset_id = session.scalars(select(Take.asset_id).where(Take.video_id == video_id)).one()
        sha256 = session.get_one(Asset, asset_id).sha256
    (stored,) = [path for path in (making_studio.folder / "media").rglob(f"*{sha256}*") if path.is_file()]
    kept = stored.read_bytes()
    stored.unlink()

    visitor.button("Exporteer 1 formaat").click()
    visitor.sees("Mislukt")
    visitor.button("9:16 Standaard opnieuw proberen").wait_for()

    stored.write_bytes(kept)
    visitor.button("9:16 Standaard opnieuw proberen").click()
    visitor.button("9:16 Standaard downloaden").wait_for(timeout=240_000)  # a real film, beside other tests
    wait_for(
        lambda: any(export.status is ExportStatus.READY for export in exports_of(making_studio, video_id)),
        "the second attempt to be ready",
    )
