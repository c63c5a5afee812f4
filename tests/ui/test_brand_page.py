"""The brand kit while it is edited, without a browser: what is saved when, and what becomes of it where that fails."""

import asyncio
import time
from collections.abc import Callable, Coroutine

import httpx
import pytest

from engine.core import clients
from engine.ui.client import StudioApi, new_http
from engine.ui.client_colours import READABLE, colour_of, contrast, readable_on
from engine.ui.pages.clients.brand.held_kit import SAVED_WITHIN_S, HeldKit
from engine.ui.pages.clients.brand.sound import whole
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import AT, ApiStudio

Story = Callable[[StudioApi, str], Coroutine[None, None, None]]


def told(studio: ApiStudio, story: Story) -> None:
    """Let something happen at a window of this studio, with a client in it."""
    with studio.database.writing() as session:
        client_id = clients.create_client(session, name="Bakkerij Anna", at=AT).id
    with studio.open() as browser:

        async def happen() -> None:
            async with new_http(str(browser.base_url)) as http:
                await story(StudioApi(http, f"bom={studio.token()}"), client_id)

        asyncio.run(happen())


async def settled(kit: HeldKit) -> float:
    """Wait until all is saved; how long that took, in seconds."""
    began = time.monotonic()
    while kit.save_state not in {"saved", "conflict", "refused"}:
        await asyncio.sleep(0.01)
    return time.monotonic() - began


def test_a_choice_is_kept_at_once_and_typing_within_a_second(lite_studio: ApiStudio) -> None:
    async def story(api: StudioApi, client_id: str) -> None:
        kit = HeldKit.of(api, await api.brand_kit(client_id))
        kit.change_part("colours", {"accent": "#0A7D4F"})
        assert await settled(kit) < SAVED_WITHIN_S
        for typed in ("T", "To", "Tot zo"):
            kit.change_part("cards", {"end": typed}, is_typing=True)
        assert kit.save_state == "unsaved"
        assert await settled(kit) < 2 * SAVED_WITHIN_S

        kept = await api.brand_kit(client_id)
        assert (kept.colours["accent"], kept.cards["end"]) == ("#0A7D4F", "Tot zo")
        assert kit.revision == kept.revision == 3

    told(lite_studio, story)


def test_what_two_windows_changed_is_shown_to_the_second_and_other_parts_follow(lite_studio: ApiStudio) -> None:
    async def story(api: StudioApi, client_id: str) -> None:
        mine, theirs = [HeldKit.of(api, await api.brand_kit(client_id)) for _ in range(2)]
        theirs.change({"picture_style": "Koud licht."})
        theirs.change_part("colours", {"ink": "#102060"})
        await settled(theirs)

        mine.change({"picture_style": "Warm licht."})
        await settled(mine)

        (clash,) = mine.clashes
        assert (clash.field, clash.mine, clash.theirs) == ("picture_style", "Warm licht.", "Koud licht.")
        assert mine.part("colours")["ink"] == "#102060"
        mine.keep_mine(clash)
        await settled(mine)
        assert (await api.brand_kit(client_id)).picture_style == "Warm licht."

    told(lite_studio, story)


def test_what_is_refused_says_why_and_is_kept_on_the_screen(lite_studio: ApiStudio) -> None:
    async def story(api: StudioApi, client_id: str) -> None:
        kit = HeldKit.of(api, await api.brand_kit(client_id))
        kit.change({"logo_light_asset_id": "01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"})
        await settled(kit)

        assert kit.save_state == "refused"
        assert kit.refusal is not None
        assert kit.refusal.code == "not_found"
        kit.change({"logo_light_asset_id": None})
        await settled(kit)
        assert kit.refusal is None

    told(lite_studio, story)


def test_a_studio_that_is_gone_is_said_and_what_was_chosen_stays_on_the_screen(lite_studio: ApiStudio) -> None:
    async def story(api: StudioApi, client_id: str) -> None:
        loaded = await api.brand_kit(client_id)
        async with httpx.AsyncClient(base_url="http://127.0.0.1:9") as nobody:
            kit = HeldKit.of(StudioApi(nobody, ""), loaded)
            kit.change({"picture_style": "Warm licht."})
            while kit.save_state != "offline":
                await asyncio.sleep(0.01)

            assert kit.text("picture_style") == "Warm licht."

    told(lite_studio, story)


@pytest.mark.parametrize(
    ("typed", "colour"),
    [
        ("#c2410c", "#C2410C"),
        ("fff", "#FFFFFF"),
        (" 0A7D4F ", "#0A7D4F"),
        ("bruin", None),
        ("#12345", None),
        ("", None),
    ],
)
def test_a_colour_is_taken_with_and_without_its_sign(typed: str, colour: str | None) -> None:
    assert colour_of(typed) == colour


def test_contrast_is_measured_as_the_standard_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#C2410C", "#FFFFFF") > READABLE
    assert (readable_on("#FFE08A"), readable_on("#102060")) == ("#000000", "#FFFFFF")


def test_only_words_that_are_filled_in_are_kept() -> None:
    assert whole([("BOM ", "boom"), ("", "x"), ("x", " "), ("twee woorden", "x")]) == [("BOM", "boom")]
