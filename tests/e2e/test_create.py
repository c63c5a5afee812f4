"""The Create wizard in a real browser: what is typed is kept, whatever breaks."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from setup.browser import find_browser
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor, begin_typing
from tests.e2e.making_studio import MakingStudio

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


@pytest.fixture
def visitor(browser: Browser, making_studio: MakingStudio) -> Iterator[Visitor]:
    visitor = Visitor(browser, making_studio.url)
    yield visitor
    assert visitor.foreign == []
    visitor.leave()


def script_field(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("textbox", name="Script")


def type_at_the_end(visitor: Visitor, typed: str) -> None:
    visitor.type_in(script_field(visitor), typed)


def unsaved(visitor: Visitor, video_id: str) -> str:
    """What this browser keeps of a video that the studio does not have yet."""
    return str(visitor.page.evaluate(f"localStorage.getItem('flutter.bom.unsaved.{video_id}') || ''"))


def test_a_video_is_begun_with_a_client_and_a_project_that_were_not_there_yet(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    visitor.sign_in("/create")
    visitor.type_in(visitor.page.get_by_label("Titel van de video"), "Open dag")
    visitor.page.get_by_role("button", name="Project", exact=True).click()
    visitor.button("Nieuw project…").click()
    visitor.type_in(visitor.page.get_by_label("Naam van het project"), "Voorjaar")
    visitor.button("Begin met het script").dblclick()

    visitor.sees("Nog geen scènes")
    type_at_the_end(visitor, "Kom kijken hoe wij brood bakken. Er is koffie voor iedereen.")
    visitor.sees(re.compile("^60 tekens|^[0-9]+ tekens"))
    visitor.sees("Er is koffie voor iedereen.")
    video_id = visitor.page.url.split("/create/")[1].split("/")[0]
    wait_for(lambda: making_studio.video(video_id).script.endswith("voor iedereen."), "the script to be kept")
    assert making_studio.video(video_id).title == "Open dag"


def test_typing_loses_no_key_while_it_is_saved_and_is_there_after_a_reload(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Brood", "Een.")
    visitor.sign_in(f"/create/{video_id}/script")
    typed = "".join(f" Zin {number} staat er helemaal." for number in range(12))

    type_at_the_end(visitor, typed)

    visitor.sees("Bewaard")
    wait_for(lambda: making_studio.video(video_id).script == f"Een.{typed}", "every key to be kept")
    visitor.page.reload()
    visitor.sees(re.compile("^[0-9]+ tekens"))
    script_field(visitor).click()  # Flutter fills the browser's own field as it gets the keys
    expect(script_field(visitor)).to_have_value(f"Een.{typed}")


def test_what_was_typed_when_the_studio_was_killed_is_brought_back(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Brood", "Een.")
    visitor.sign_in(f"/create/{video_id}/script")
    with making_studio.database.writing():  # so that the studio cannot save it before it is killed
        type_at_the_end(visitor, " En twee.")
        wait_for(lambda: "En twee." in unsaved(visitor, video_id), "the browser to keep what was typed")
        making_studio.kill()
    assert making_studio.video(video_id).script == "Een."
    with visitor.page.expect_event("load"):
        making_studio.start()

    wait_for(lambda: making_studio.video(video_id).script == "Een. En twee.", "what was typed to be kept")
    script_field(visitor).click()  # Flutter fills the browser's own field as it gets the keys
    expect(script_field(visitor)).to_have_value("Een. En twee.")


def test_two_windows_that_change_the_same_see_both_versions(
    visitor: Visitor, browser: Browser, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Brood", "Een.")
    visitor.sign_in(f"/create/{video_id}/script")
    other = visitor.context.new_page()
    other.goto(f"{visitor.url}/create/{video_id}/script")
    begin_typing(other.get_by_role("textbox", name="Script"))
    other.keyboard.press("Control+End")
    other.keyboard.type(" Van hiernaast.")
    wait_for(lambda: making_studio.video(video_id).script == "Een. Van hiernaast.", "the other window to be saved")

    type_at_the_end(visitor, " Van mij.")

    visitor.heading("Dit is ook ergens anders gewijzigd").wait_for()
    visitor.sees("Een. Van hiernaast.")
    visitor.sees("Een. Van mij.")
    assert making_studio.video(video_id).script == "Een. Van hiernaast."
    visitor.button("Die van jou houden").click()
    wait_for(lambda: making_studio.video(video_id).script == "Een. Van mij.", "the chosen one to be kept")
    other.close()


def test_changes_are_taken_back_and_made_again_across_steps(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Brood", "Een.")
    visitor.sign_in(f"/create/{video_id}/script")
    type_at_the_end(visitor, " Twee.")
    visitor.type_in(visitor.page.get_by_label("Titel van de video"), " en banket")
    wait_for(lambda: making_studio.video(video_id).title == "Brood en banket", "the title to be kept")

    visitor.button(re.compile("^Stap 2")).click()
    visitor.button("Ongedaan maken: titel").click()
    wait_for(lambda: making_studio.video(video_id).title == "Brood", "the title to be taken back")
    visitor.button("Ongedaan maken: tekst in het script").click()
    wait_for(lambda: making_studio.video(video_id).script == "Een.", "the script to be taken back")
    visitor.button("Opnieuw doen: tekst in het script").click()
    wait_for(lambda: making_studio.video(video_id).script == "Een. Twee.", "the script to be made again")
    assert making_studio.video(video_id).title == "Brood"
