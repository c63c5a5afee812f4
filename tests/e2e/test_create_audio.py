"""The wizard's Audio step in a real browser: no voice is lost, and every word can be moved."""

import io
import re
import wave

import numpy as np
import pytest
from playwright.sync_api import Browser, Playwright
from sqlalchemy import select

from engine.core.models import Asset, Take, TakeKind
from engine.ui.pages.create.audio.recordings import BYTES_EACH, RATE_HZ
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio
from tests.e2e.test_playback import QUIET

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


def voices(studio: MakingStudio, video_id: str) -> list[Take]:
    """The voices of a video, the newest first."""
    with studio.database.reading() as session:
        wanted = select(Take).where(Take.video_id == video_id, Take.kind == TakeKind.VOICE)
        return list(session.scalars(wanted.order_by(Take.id.desc())))


def with_draft_voice(visitor: Visitor, studio: MakingStudio) -> str:
    """A video with a voice, open at the Audio step; its id."""
    video_id = studio.new_video("Stem")
    visitor.open(f"/create/{video_id}/audio")
    visitor.button("Gratis proefstem").click()
    visitor.sees(re.compile("^Golfvorm van de stem"))
    return video_id


def starts(studio: MakingStudio, video_id: str) -> list[int]:
    """Where the words of its voice begin."""
    (take,) = voices(studio, video_id)
    words = take.facts["words"]
    assert isinstance(words, list)
    return [word["start_ms"] for word in words]  # type: ignore[index, call-overload, misc]  # JSON


def a_tone(seconds: float) -> bytes:
    """A recording in which nobody says anything."""
    made = io.BytesIO()
    with wave.open(made, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(16_000)
        wav.writeframes((np.sin(np.arange(int(seconds * 16_000)) / 9) * 9000).astype("<i2").tobytes())
    return made.getvalue()


def test_a_free_voice_is_made_and_a_word_of_it_dragged_and_put_back(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = with_draft_voice(visitor, making_studio)

    visitor.sees("Golfvorm van de stem met 11 woorden")
    visitor.sees(re.compile("“Elke”"))
    visitor.sees("Gekozen")
    before = starts(making_studio, video_id)
    board = visitor.page.get_by_label(re.compile("^Golfvorm")).bounding_box()
    assert board is not None
    (take,) = voices(making_studio, video_id)
    duration_ms = visitor.context.request.get(f"{visitor.url}/api/takes/{take.id}/voice").json()["duration_ms"]
    at_x, at_y = board["x"] + before[1] * board["width"] / duration_ms, board["y"] + board["height"] / 2
    visitor.page.mouse.move(at_x, at_y)
    visitor.page.mouse.down()
    visitor.page.mouse.move(at_x + 14, at_y, steps=7)
    visitor.page.mouse.up()

    wait_for(lambda: starts(making_studio, video_id)[1] > before[1], "the dragged word to be kept")
    visitor.button("Ongedaan maken: moment van een woord").click()
    wait_for(lambda: starts(making_studio, video_id) == before, "the word to be put back")


def test_a_word_is_moved_by_keyboard_and_in_milliseconds_and_moved_back(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = with_draft_voice(visitor, making_studio)
    before = starts(making_studio, video_id)

    visitor.page.keyboard.press("ArrowRight")
    visitor.sees(re.compile("“dag”"))
    for _ in range(3):
        visitor.page.keyboard.press(".")
    wait_for(lambda: starts(making_studio, video_id)[1] == before[1] + 30, "the word to be kept 30 ms later")
    field = visitor.page.get_by_label("Woord van (ms)", exact=True)
    visitor.type_in(field, "straks", replacing=True)
    visitor.page.keyboard.press("Enter")
    visitor.sees(re.compile("^Geen tijd"))
    visitor.type_in(field, f"{before[1] + 70} ms", replacing=True)
    visitor.page.keyboard.press("Enter")
    wait_for(lambda: starts(making_studio, video_id)[1] == before[1] + 70, "the typed place to be kept")


def test_a_recording_is_kept_as_a_voice(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Opname")
    visitor.open(f"/create/{video_id}/audio")

    visitor.button("Opnemen").click()
    visitor.sees("Opname loopt")
    visitor.sees("0:02")
    visitor.button("Stoppen en bewaren").click()

    visitor.sees(re.compile("niet herkend"))
    (take,) = voices(making_studio, video_id)
    with making_studio.database.reading() as session:
        assert session.get_one(Asset, take.asset_id).size_bytes > 1.5 * RATE_HZ * BYTES_EACH
    visitor.sees(re.compile("Opname .*afspelen"))


def test_a_recording_outlives_its_tab(visitor: Visitor, browser: Browser, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Weg")
    other = Visitor(browser, making_studio.url)
    other.sign_in(f"/create/{video_id}/audio")
    other.button("Opnemen").click()
    other.sees("0:01")
    other.leave()

    visitor.open(f"/create/{video_id}/audio")
    visitor.sees(re.compile("^Opname van .* nog niet bewaard als stem"))
    visitor.page.get_by_role("button", name="Bewaren", exact=True).click()

    wait_for(lambda: len(voices(making_studio, video_id)) == 1, "the recording to become a voice")
    visitor.sees(re.compile("^Golfvorm"))
    assert list((making_studio.folder / "recordings").glob(f"{video_id}*")) == []


def test_a_microphone_that_is_refused_is_said_and_a_file_can_be_chosen(
    one_playwright: Playwright, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Bestand")
    deaf = one_playwright.chromium.launch(executable_path=find_browser(), args=QUIET)
    visitor = Visitor(deaf, making_studio.url)
    visitor.open(f"/create/{video_id}/audio")
    visitor.button("Opnemen").click()
    visitor.sees(re.compile("microfoon is niet beschikbaar"))

    with visitor.page.expect_file_chooser() as chooser:
        visitor.button("Bestand kiezen").click()
    chooser.value.set_files({"name": "Inge leest.wav", "mimeType": "audio/wav", "buffer": a_tone(3)})

    visitor.sees(re.compile("^Inge leest.wav"))
    deaf.close()
    assert len(voices(making_studio, video_id)) == 1


def test_a_recording_of_the_library_becomes_the_voice(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Uit de bibliotheek")
    visitor.open(f"/create/{video_id}/audio")
    kept = visitor.context.request.put(
        f"{visitor.url}/api/assets?file_name=Stem van Jan.wav&type=audio&client_id={making_studio.client_id}",
        data=a_tone(2),
        headers={"content-type": "audio/wav"},
    )
    assert kept.ok, kept.text()

    visitor.button("Uit bibliotheek").click()
    visitor.button("Stem van Jan.wav gebruiken").click()

    wait_for(lambda: bool(voices(making_studio, video_id)), "the voice")
    assert voices(making_studio, video_id)[0].asset_id == kept.json()["id"]
