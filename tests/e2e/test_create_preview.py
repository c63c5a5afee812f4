"""The wizard's Preview step in a real browser: what is seen is what would be rendered, and follows every change."""

import re

import pytest

from engine.core import videos
from engine.core.models import Scene
from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)
FILM = "[...document.querySelectorAll('video')].at(-1)"
IS_READY = f"{FILM}?.readyState >= 2"


def wait_until(visitor: Visitor, so: str) -> None:
    """Until this is so in the page, whose policy lets no test wait in there."""
    wait_for(lambda: bool(visitor.page.evaluate(so)), so)


def scenes(studio: MakingStudio, video_id: str) -> list[Scene]:
    with studio.database.reading() as session:
        return list(videos.scenes_of(session, video_id))


def test_the_draft_plays_and_is_stepped_through_frame_by_frame(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Voorbeeld")
    visitor.open(f"/create/{video_id}/preview")
    wait_until(visitor, IS_READY)

    visitor.button("Afspelen").click()
    wait_until(visitor, f"{FILM}.currentTime > 0.6")
    visitor.page.keyboard.press("k")
    wait_until(visitor, f"{FILM}.paused")
    visitor.button("Naar het begin van de scène").click()
    visitor.sees(re.compile("^0:00.0 /"))
    with visitor.page.expect_response(re.compile("/frames.*at_ms=67")) as exact:
        visitor.page.keyboard.press(".")
        visitor.page.keyboard.press(".")
    assert exact.value.ok
    visitor.sees(re.compile("beeld 2$"))


def test_a_choice_is_seen_in_a_new_draft_and_can_be_taken_back(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Ondertitels")
    visitor.open(f"/create/{video_id}/preview")
    wait_until(visitor, IS_READY)
    first = visitor.page.evaluate(f"{FILM}.src")

    visitor.button("Snede naar scène 2 40 ms later").click()
    visitor.button("Snede naar scène 2 40 ms later").click()

    wait_for(lambda: scenes(making_studio, video_id)[1].cut_shift_ms == 80, "the cut to be kept 80 ms later")
    wait_until(visitor, f"{FILM}?.src !== '{first}' && {IS_READY}")
    visitor.button("Ongedaan maken: moment van een snede").click()
    wait_for(lambda: scenes(making_studio, video_id)[1].cut_shift_ms == 0, "the cut to be taken back")
    wait_until(visitor, f"{FILM}?.src === '{first}'")


def test_captions_progress_bar_and_end_card_are_chosen_for_the_whole_film(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Zonder")
    visitor.open(f"/create/{video_id}/preview")
    visitor.button("Ondertitels").click()

    visitor.page.get_by_role("switch", name="Ondertitels in beeld").click()

    address = f"{visitor.url}/api/videos/{video_id}/cut"
    wait_for(lambda: visitor.context.request.get(address).json()["captions"] is None, "captions to be off")
    visitor.button("Merk").click()
    visitor.sees("Deze klant heeft nog geen logo.")
    visitor.page.get_by_role("switch", name="Voortgangsbalk in beeld").click()
    visitor.type_in(visitor.page.get_by_label("Tekst op de slotkaart"), "Tot ziens")

    def is_chosen() -> bool:
        cut = visitor.context.request.get(address).json()
        return cut["progress_bar"] is True and cut["end_card"] == "Tot ziens"

    wait_for(is_chosen, "the progress bar and the end card to be kept")


def test_what_is_missing_is_said_with_the_way_to_it(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Stil")
    visitor.open(f"/create/{video_id}/preview")
    visitor.sees("De film heeft nog geen stem.")

    visitor.button("Naar Audio").click()

    visitor.sees("Geef de video een stem")
