"""A finished film in a real browser: it loads, plays, and shows the right picture wherever one jumps to."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, Playwright

from engine.render.export import ExportOrder, export
from engine.render.film.cache import RenderCache
from engine.render.film.facts import facts_of_scenes
from engine.render.formats import FORMAT_NAMES, FULL, FormatName
from engine.render.sidecars.subtitles import vtt_of
from engine.render.timeline import CardSource, ClipSource, Music, MusicBed, Scene, Timeline, Word
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.film_server import serving
from tests.material import make_clip, number_card, number_on

FPS = 30
CLIP_FRAMES, CARD_FRAMES = 100, 20
CUT_AT = 40
"""The clip is shown in two scenes, so that its numbers go on over a border of segments."""
BROWSER = find_browser()
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --autoplay-policy=no-user-gesture-required"
).split()
WIDTH, HEIGHT = 160, 90

PAGE = """<!doctype html><title>Film</title><link rel="icon" href="data:,">
<video src="film.mp4" preload="auto" muted playsinline><track default kind="captions" src="film.vtt"></video>"""

JUMP = """async seconds => {
  const video = document.querySelector("video");
  const there = new Promise(resolve => video.addEventListener("seeked", resolve, {once: true}));
  video.currentTime = seconds;
  await there;
}"""

DRAW = f"""() => {{
  const video = document.querySelector("video");
  const canvas = new OffscreenCanvas({WIDTH}, {HEIGHT});
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, {WIDTH}, {HEIGHT});
  const pixels = pen.getImageData(0, 0, {WIDTH}, {HEIGHT}).data;
  return Array.from(pixels.filter((_, index) => index % 4 === 1));
}}"""

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


@dataclass(frozen=True)
class Screen:
    """A film that stands open in a browser."""

    page: Page

    def ask(self, of_video: str) -> float:
        """A number that the player tells of the film."""
        answer: float = self.page.evaluate(f"Number(document.querySelector('video').{of_video})")
        return answer

    def wait_until(self, of_video: str) -> None:
        """Return once this is so of the player, and fail at once where the player gave up."""
        video = "document.querySelector('video')"
        self.page.wait_for_function(f"{video}.error !== null || {video}.{of_video}")
        assert self.page.evaluate(f"{video}.error?.message ?? null") is None

    def jump(self, to_s: float) -> None:
        """Go to that moment of the film."""
        self.page.evaluate(JUMP, to_s)

    def picture(self) -> np.ndarray:
        """What stands on the screen: green, shape (HEIGHT, WIDTH)."""
        return np.array(self.page.evaluate(DRAW), np.uint8).reshape(HEIGHT, WIDTH)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A film at its full size: a clip whose frames say their numbers, a title card, music, captions beside it."""
    place = tmp_path_factory.mktemp("film")
    clip = make_clip(place / "clip.mp4", [number_card(number) for number in range(CLIP_FRAMES)])
    timeline = Timeline(
        title="Zomer",
        scenes=(
            Scene(id="begin", source=ClipSource(path=clip), duration_frames=CUT_AT),
            Scene(
                id="rest",
                source=ClipSource(path=clip, trim_start_frames=CUT_AT),
                duration_frames=CLIP_FRAMES - CUT_AT,
            ),
            Scene(id="kaart", source=CardSource(heading="Tot ziens"), duration_frames=CARD_FRAMES),
        ),
        words=(Word(text="Brood", start_ms=500, end_ms=900), Word(text="<warm>.", start_ms=900, end_ms=1500)),
        captions=None,
        music=Music(source=MusicBed(name="warm")),
    )
    cache = RenderCache(place / "cache", 1 << 30)
    order = ExportOrder(timeline, "16:9", place / "film.mp4")
    export(order, facts_of_scenes(timeline, cache), cache, lambda _: None)
    for name in FORMAT_NAMES:
        draft = ExportOrder(timeline, name, place / f"{name.replace(':', 'x')}.mp4", draft=True)
        export(draft, facts_of_scenes(timeline, cache), cache, lambda _: None)
    (place / "film.vtt").write_text(vtt_of(timeline), "utf-8")
    (place / "film.html").write_text(PAGE, "utf-8")
    return place


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser_page(site: str, one_playwright: Playwright) -> Iterator[Page]:
    browser = one_playwright.chromium.launch(executable_path=BROWSER, args=QUIET)
    page = browser.new_page()
    page.set_default_timeout(240_000)  # only a hang takes longer
    yield page
    browser.close()


@pytest.fixture
def screen(browser_page: Page, site: str) -> Screen:
    """The film, freshly opened, with its first picture there."""
    browser_page.goto(f"{site}/film.html")
    opened = Screen(browser_page)
    opened.wait_until("readyState >= 2")
    return opened


def test_the_film_has_its_size_and_its_length_to_a_frame(screen: Screen) -> None:
    assert (screen.ask("videoWidth"), screen.ask("videoHeight")) == (1920, 1080)
    assert screen.ask("duration") == pytest.approx((CLIP_FRAMES + CARD_FRAMES) / FPS, abs=0.5 / FPS)


def test_the_film_opens_on_its_first_picture(screen: Screen) -> None:
    assert number_on(screen.picture()) == 0


@pytest.mark.parametrize("number", [99, 0, 50, 39, 40, 41, 75, 1])
def test_a_jump_shows_the_picture_of_that_moment(screen: Screen, number: int) -> None:
    screen.jump((number + 0.5) / FPS)

    wait_for(lambda: number_on(screen.picture()) == number, f"frame {number}")  # "seeked" comes before it is painted


def test_a_jump_to_the_last_frame_shows_the_card(screen: Screen) -> None:
    screen.jump((CLIP_FRAMES + CARD_FRAMES - 0.5) / FPS)

    def is_card() -> bool:
        shown = screen.picture().astype(int)
        return bool((np.abs(shown - shown[0, 0]) < 8).mean() > 0.6)  # a title on even ground, not eight hard fields

    wait_for(is_card, "the card")


def test_the_film_plays_with_sound_to_its_end(screen: Screen) -> None:
    screen.page.evaluate("document.querySelector('video').play()")

    screen.wait_until("currentTime > 0.7")
    assert screen.ask("webkitDecodedFrameCount") > 10
    assert screen.ask("webkitAudioDecodedByteCount") > 1000
    screen.wait_until("ended")
    assert screen.ask("currentTime") == pytest.approx((CLIP_FRAMES + CARD_FRAMES) / FPS, abs=1 / FPS)


def test_the_browser_reads_the_captions_beside_the_film(screen: Screen) -> None:
    screen.wait_until("textTracks[0].cues?.length > 0")

    cues = screen.page.evaluate(
        "[...document.querySelector('video').textTracks[0].cues]"
        ".map(cue => [cue.startTime, cue.endTime, cue.getCueAsHTML().textContent])"
    )
    ((start, end, text),) = cues
    assert text == "Brood <warm>."
    assert 0.3 < start < 0.5
    assert 1.5 <= end < CLIP_FRAMES / FPS


@pytest.mark.parametrize("name", FORMAT_NAMES)
def test_each_format_opens_in_its_shape(browser_page: Page, site: str, name: FormatName) -> None:
    browser_page.goto(f"{site}/film.html")
    shown = Screen(browser_page)
    browser_page.evaluate(f"document.querySelector('video').src = '{name.replace(':', 'x')}.mp4'")

    shown.wait_until("readyState >= 2")
    shape = shown.ask("videoWidth") / shown.ask("videoHeight")

    assert shape == pytest.approx(FULL[name].width / FULL[name].height)
