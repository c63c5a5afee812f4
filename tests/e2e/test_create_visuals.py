"""The wizard's Visuals step in a real browser, with a real worker and a vendor that has bad days."""

import base64
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from engine.core.models import Scene, Take, TakeSource
from setup.browser import find_browser
from tests.api.test_uploads import a_picture
from tests.cli.studio import wait_for
from tests.e2e.app_studio import Visitor
from tests.e2e.making_studio import MakingStudio
from tests.emulators.contracts import contract_path

pytestmark = pytest.mark.skipif(
    find_browser() is None, reason="no Chromium on PATH: run setup/browser.py, or install the chromium package"
)


@pytest.fixture(autouse=True)
def vendor_on_a_good_day(making_studio: MakingStudio) -> None:
    contract_path("replicate/openapi.json")
    making_studio.vendor.vendor.next_orders.clear()


def orders(studio: MakingStudio) -> int:
    """How many pictures the vendor has charged."""
    return len(studio.vendor.ledger.orders(since=None))


def takes(studio: MakingStudio, video_id: str) -> list[Take]:
    """Pictures of a video."""
    with studio.database.reading() as session:
        return list(session.scalars(select(Take).where(Take.video_id == video_id)))


def scene(studio: MakingStudio, video_id: str, position: int) -> Scene:
    with studio.database.reading() as session:
        return session.scalars(select(Scene).where(Scene.video_id == video_id, Scene.position == position)).one()


def test_pictures_are_bought_after_a_yes_and_a_double_click_buys_them_once(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id, before = making_studio.new_video("Brood"), orders(making_studio)
    visitor.open(f"/create/{video_id}/visuals")

    visitor.button("3 beelden maken").click()
    visitor.sees(re.compile("Dit kost ongeveer €\u00a00,0"))
    assert orders(making_studio) == before
    visitor.button(re.compile("^Maken voor")).dblclick()

    visitor.button("Nieuw beeld maken voor scène 3").wait_for()
    wait_for(lambda: len(takes(making_studio, video_id)) == 3, "three pictures")
    assert orders(making_studio) == before + 3
    visitor.sees(re.compile("1 beeld · €\u00a00,003"))


def test_a_picture_that_the_vendor_refuses_says_why_on_its_card_and_is_asked_again(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Brood")
    making_studio.vendor.vendor.next_orders[:] = ["refuse"]
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("3 beelden maken").click()
    visitor.button(re.compile("^Maken voor")).click()

    visitor.button("Beeld voor scène 1 opnieuw maken").wait_for()
    visitor.sees(re.compile("cannot be drawn"))
    assert len(takes(making_studio, video_id)) == 2
    visitor.button("Beeld voor scène 1 opnieuw maken").click()
    visitor.button(re.compile("^Maken voor")).click()
    visitor.button("Nieuw beeld maken voor scène 1").wait_for()


def test_a_vendor_that_is_too_busy_is_waited_for(visitor: Visitor, making_studio: MakingStudio) -> None:
    video_id, before = making_studio.new_video("Brood", "Eén zin."), orders(making_studio)
    making_studio.vendor.vendor.retry_after_s = 1
    making_studio.vendor.vendor.next_orders[:] = ["throttle"]
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("Beeld maken").click()
    visitor.button(re.compile("^Maken voor")).click()

    expect(visitor.page.get_by_role("progressbar").first).to_be_attached()
    visitor.button("Nieuw beeld maken voor scène 1").wait_for()
    assert orders(making_studio) == before + 1


def test_an_order_whose_answer_was_lost_is_looked_for_and_not_sent_again(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    """How it is found, up to a minute later, is told in tests/automations."""
    video_id, before = making_studio.new_video("Brood", "Eén zin."), orders(making_studio)
    making_studio.vendor.vendor.next_orders[:] = ["lose"]
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("Beeld maken").click()
    visitor.button(re.compile("^Maken voor")).click()

    wait_for(lambda: orders(making_studio) == before + 1, "the order to reach the vendor")
    expect(visitor.page.get_by_role("progressbar").first).to_be_attached()
    expect(visitor.button("Beeld maken voor scène 1")).to_be_disabled()
    assert orders(making_studio) == before + 1


def test_a_budget_that_is_too_small_is_said_where_the_yes_was_and_buys_nothing(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id, before = making_studio.new_video("Brood"), orders(making_studio)
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("3 beelden maken").click()
    visitor.button(re.compile("^Maken voor")).wait_for()
    making_studio.limit_client(1)

    visitor.button(re.compile("^Maken voor")).click()

    visitor.sees(re.compile("Het budget is te klein"))
    visitor.button("Niet doen").click()
    making_studio.limit_client(10**9)
    visitor.button("3 beelden maken").wait_for()
    assert orders(making_studio) == before


def test_scenes_change_places_by_keyboard_and_back(visitor: Visitor, making_studio: MakingStudio) -> None:
    more = "\n---\n".join(f"Zin {number}." for number in range(2, 12))
    video_id = making_studio.new_video("Brood", f"Elke dag vers brood.\n---\n{more}")
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("Scène 11 eerder").wait_for()  # below the fold, and there all the same

    visitor.button("Scène 1 later").focus()
    visitor.page.keyboard.press("Enter")

    wait_for(lambda: making_studio.sentences(video_id)[1] == "Elke dag vers brood.", "the new order")
    visitor.page.keyboard.press("Control+z")
    wait_for(lambda: making_studio.sentences(video_id)[0] == "Elke dag vers brood.", "the old order")


def test_a_scene_is_opened_given_a_picture_from_disk_a_prompt_and_a_focus_point(
    visitor: Visitor, making_studio: MakingStudio, tmp_path: Path
) -> None:
    video_id = making_studio.new_video("Brood")
    (tmp_path / "oliebol.jpg").write_bytes(a_picture())
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button(re.compile("^Scène 2 openen")).click()
    with visitor.page.expect_file_chooser() as chooser:
        visitor.button("Uploaden").click()
    chooser.value.set_files(tmp_path / "oliebol.jpg")
    visitor.button(re.compile("^Beeld 1, gekozen")).wait_for()

    visitor.type_in(visitor.page.get_by_label("Beeldomschrijving"), "Een schaal oliebollen, warm licht")
    visitor.button("Focuspunt naar links").click()

    wait_for(lambda: scene(making_studio, video_id, 1).prompt.endswith("warm licht"), "the prompt to be kept")
    wait_for(lambda: scene(making_studio, video_id, 1).focus is not None, "the focus point to be kept")
    (take,) = takes(making_studio, video_id)
    assert take.cost_micros == 0
    visitor.button("Gratis titelkaart").click()
    visitor.button(re.compile("^Beeld 2, gekozen")).wait_for()
    visitor.button(re.compile("^Beeld 1 kiezen")).click()
    wait_for(lambda: scene(making_studio, video_id, 1).chosen_take_id == take.id, "the first picture to be back")
    assert {take.source for take in takes(making_studio, video_id)} >= {TakeSource.OFFLINE}


def test_a_phone_shows_the_same_steps_and_cards(browser: Browser, making_studio: MakingStudio) -> None:
    video_id = making_studio.new_video("Brood")
    phone = Visitor(browser, making_studio.url, width=390, height=844)
    phone.sign_in(f"/create/{video_id}/script")

    phone.button(re.compile("^Stap 2")).click()
    phone.button(re.compile("^Scène 1 openen")).click()

    phone.heading("Scène 1 van 3").wait_for()
    for name in (re.compile("^Stap 1"), re.compile("^Stap 5"), "Beeld maken", "Volgende scène"):
        box = phone.button(name).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    phone.leave()


DROP = """([content, name]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dropped = new DataTransfer();
  dropped.items.add(new File([bytes], name));
  const event = new DragEvent("drop", {dataTransfer: dropped, bubbles: true, cancelable: true});
  document.body.dispatchEvent(event);
  return event.defaultPrevented;
}"""


def test_a_picture_that_is_dragged_in_goes_to_the_first_scene_without_one_and_elsewhere_does_no_harm(
    visitor: Visitor, making_studio: MakingStudio
) -> None:
    video_id = making_studio.new_video("Brood")
    visitor.open(f"/create/{video_id}/visuals")
    visitor.button("3 beelden maken").wait_for()
    picture = base64.b64encode(a_picture(640, 480)).decode()

    assert visitor.page.evaluate(DROP, [picture, "oliebol.jpg"])

    visitor.button("2 beelden maken").wait_for()
    (take,) = takes(making_studio, video_id)
    assert (take.source, take.scene_id) == (TakeSource.UPLOADED, scene(making_studio, video_id, 0).id)
    visitor.page.evaluate(DROP, [base64.b64encode(b"MZ").decode(), "virus.jpg"])
    expect(visitor.page.locator("#dropped")).to_contain_text("virus.jpg")
    visitor.button(re.compile("^Stap 1")).click()
    assert visitor.page.evaluate(DROP, [picture, "oliebol.jpg"])
    assert len(takes(making_studio, video_id)) == 1
