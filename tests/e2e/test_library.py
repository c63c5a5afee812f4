"""The library in a real browser: films are found, looked through, fetched together, put away and begun anew."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from api.studio import utc_now
from engine.core import clients, projects, videos
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.exports import ask_export, finish_export
from engine.core.models import AssetType
from engine.core.paging import PageWish
from engine.core.storage import Storage
from engine.settings import Settings
from setup.browser import find_browser
from tests.e2e.app_studio import AppStudio, Visitor, served_studio
from tests.e2e.test_settings import fill

BROWSER = find_browser()
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
FILMS = {"Zelfde naam": "Elke dag verse oliebollen.", "Zelfde: naam": "Kom proeven.", "خبز 🥐": "خبز طازج"}


@pytest.fixture(scope="module")
def studio(migrated_sqlite_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppStudio]:
    """A studio with three finished films of one client."""
    with served_studio(migrated_sqlite_file, tmp_path_factory.mktemp("studio"), make_films) as studio:
        yield studio


def make_films(studio: AppStudio) -> None:
    settings = Settings(data_dir=studio.folder)
    storage, at = Storage(settings.media, settings.media_cache_dir), utc_now()
    pictures = {"thumbnail": (240, 240), "filmstrip": (12 * 180, 180)}
    with studio.database.writing() as session:
        client = clients.create_client(session, name="O'Brien & Zn. B.V.", at=at)
        project = projects.create_project(session, client_id=client.id, name="Winter", at=at)
        for title, script in FILMS.items():
            video = videos.create_video(session, project_id=project.id, title=title, script=script, at=at)
            cut = videos.save_timeline(session, video.id, {}, None, at=at)
            export = ask_export(session, video, cut, format="1:1", quality="standard", by=SYSTEM, at=at)
            kept = {}
            for kind, size in {"film": (0, 0), **pictures}.items():
                drawn = BytesIO(title.encode())
                if kind != "film":
                    Image.new("RGB", size, "#c2410c").save(drawn := BytesIO(), "JPEG")
                    drawn.seek(0)
                stored = storage.put(drawn)
                kept[kind] = keep_asset(
                    session,
                    sha256=stored.sha256,
                    size_bytes=stored.size_bytes,
                    type=AssetType.CLIP if kind == "film" else AssetType.IMAGE,
                    media_type="video/mp4" if kind == "film" else "image/jpeg",
                    file_name=f"film.{'mp4' if kind == 'film' else 'jpg'}",
                    client_id=client.id,
                    at=at,
                )
            beside = {kind: kept[kind].id for kind in pictures}
            finish_export(session, export.id, asset=kept["film"], sidecars={**beside}, duration_ms=20_000, at=at)


@pytest.fixture
def visitor(browser: Browser, studio: AppStudio) -> Iterator[Visitor]:
    """Somebody who has not signed in yet. Whatever happens, nothing was asked of another host."""
    visitor = Visitor(browser, studio.url)
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


def test_films_are_found_fetched_together_put_away_and_begun_anew(
    visitor: Visitor, studio: AppStudio, tmp_path: Path
) -> None:
    visitor.sign_in("/library?search=kaas")
    visitor.sees("Geen film gevonden")
    fill(visitor, "Zoek in titels en scripts", "oliebol")
    films = visitor.page.get_by_role("button", name=re.compile("1:1, van O'Brien & Zn. B.V., "))
    expect(films).to_have_count(1)
    expect(visitor.page).to_have_url(re.compile("search=oliebol"))
    fill(visitor, "Zoek in titels en scripts", "")
    expect(films).to_have_count(3)

    for title in ("Zelfde naam", "Zelfde: naam", "خبز 🥐"):
        visitor.page.get_by_role("checkbox", name=f"{title} 1:1 selecteren").click()
    with visitor.page.expect_download() as fetched:
        visitor.button("Download 3 films (zip)").click()
    fetched.value.save_as(tmp_path / "films.zip")
    with zipfile.ZipFile(tmp_path / "films.zip") as zipped:
        assert {name: zipped.read(name).decode() for name in zipped.namelist()} == {
            "O'Brien & Zn. B.V/Winter/Zelfde naam 1x1.mp4": "Zelfde naam",
            "O'Brien & Zn. B.V/Winter/Zelfde_ naam 1x1.mp4": "Zelfde: naam",
            "O'Brien & Zn. B.V/Winter/خبز 🥐 1x1.mp4": "خبز 🥐",
        }

    visitor.button("Meer met خبز 🥐 1:1").click()
    visitor.page.get_by_role("menuitem", name="Archiveren").click()
    visitor.sees(re.compile("“خبز 🥐” is gearchiveerd"))
    expect(films).to_have_count(2)
    visitor.button("Ongedaan maken").click()
    expect(films).to_have_count(3)

    visitor.button("Meer met Zelfde naam 1:1").click()
    visitor.page.get_by_role("menuitem", name="Dupliceren als concept").click()
    expect(visitor.page).to_have_url(re.compile("/create/.*/script$"))
    visitor.page.get_by_role("textbox").first.wait_for()
    with studio.database.reading() as session:
        titles = [row.title for row in videos.list_videos(session, PageWish("-created_at")).items]
    assert titles.count("Zelfde naam (kopie)") == 1
