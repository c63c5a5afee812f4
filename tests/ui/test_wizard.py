"""The wizard's queue of changes, without a browser: what is saved when, and what becomes of it where that fails."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from pydantic import JsonValue

from engine.core import assets, clients, projects, takes, videos
from engine.core.models import AssetType, TakeKind, TakeSource
from engine.ui.client import StudioApi, new_http
from engine.ui.pages.create.kept import Fields
from engine.ui.pages.create.kept import Told as Revision
from engine.ui.pages.create.unsaved import KEY, Unsaved
from engine.ui.pages.create.wizard import QUIET_S, SAVED_WITHIN_S, SaveState, Wizard, scene_key
from tests.api.conftest import lite_studio as lite_studio  # noqa: PLC0414  # a fixture
from tests.api.studio import AT, ApiStudio


@dataclass
class Pocket:
    """What a browser keeps."""

    kept: dict[str, str] = field(default_factory=dict)
    deaf_times: int = 0
    """So often a question is never answered: the page was loaded anew just then."""

    async def get(self, key: str) -> object:
        if self.deaf_times:
            self.deaf_times -= 1
            await asyncio.Event().wait()
        return self.kept.get(key)

    async def set(self, key: str, value: str) -> bool:
        self.kept[key] = value
        return True

    async def remove(self, key: str) -> bool:
        return self.kept.pop(key, None) is not None


@dataclass
class Windows:
    """Windows of one person at one studio; `sent` counts what was asked of the api."""

    api: StudioApi
    video_id: str
    pocket: Pocket = field(default_factory=Pocket)

    async def open(self) -> Wizard:
        """A window that has the video open."""
        wizard = Wizard(self.api, self.video_id, Unsaved(self.pocket, self.video_id))
        await wizard.open()
        return wizard

    async def script(self) -> str:
        """As the studio has it."""
        return (await self.api.video(self.video_id)).script


Story = Callable[[Windows], Coroutine[Any, Any, None]]


@pytest.fixture
def video_id(lite_studio: ApiStudio) -> str:
    """A video of three scenes."""
    with lite_studio.database.writing() as session:
        client = clients.create_client(session, name="Bakkerij Anna", at=AT)
        project = projects.create_project(session, client_id=client.id, name="Winter", at=AT)
        script = "Een.\n---\nTwee.\n---\nDrie."
        return videos.create_video(session, project_id=project.id, title="Brood", script=script, at=AT).id


@pytest.fixture
def told(lite_studio: ApiStudio, video_id: str) -> Callable[[Story], list[httpx.Request]]:
    """Plays a story against the real api; answers with the changes that were asked of it."""

    def play(story: Story) -> list[httpx.Request]:
        sent: list[httpx.Request] = []

        async def note(request: httpx.Request) -> None:
            if request.method != "GET":
                sent.append(request)

        async def there(url: str) -> None:
            async with new_http(url) as http:
                http.event_hooks["request"].append(note)
                await story(Windows(StudioApi(http, f"bom={lite_studio.token()}"), video_id))

        with lite_studio.open() as client:
            asyncio.run(there(str(client.base_url)))
        return sent

    return play


Told = Callable[[Story], list[httpx.Request]]


async def until(wizard: Wizard, state: SaveState) -> None:
    """Let things happen until saving stands so."""
    async with asyncio.timeout(20):
        while wizard.save_state != state:
            await asyncio.sleep(0)


def type_script(wizard: Wizard, script: str) -> None:
    wizard.change("video", {"script": script}, "script", is_typing=True)


def test_the_promise_of_two_seconds_can_be_kept() -> None:
    assert QUIET_S < SAVED_WITHIN_S < 2


def test_what_is_typed_without_a_pause_is_saved_at_once_and_as_a_whole(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        for end in range(1, 20):
            type_script(wizard, "Een nieuwe zin hier."[:end])
        assert wizard.save_state == "unsaved"
        assert await wizard.all_saved()
        assert await windows.script() == "Een nieuwe zin hier"

    assert len(told(story)) == 1


def test_what_the_studio_tidies_up_stays_on_the_screen_as_it_was_typed(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        wizard.change("video", {"title": "Brood en "}, "title", is_typing=True)
        assert await wizard.all_saved()
        assert (await windows.api.video(windows.video_id)).title == "Brood en"
        assert wizard.video.title == "Brood en "
        await wizard.refresh()
        assert wizard.video.title == "Brood en "

    told(story)


def test_a_key_that_is_pressed_while_saving_is_saved_next(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        type_script(wizard, "Eén.")
        saved = asyncio.ensure_future(wizard.all_saved())
        await until(wizard, "saving")
        type_script(wizard, "Eén. Twee.")
        assert await saved
        assert wizard.video.script == "Eén. Twee."
        assert await windows.script() == "Eén. Twee."

    assert len(told(story)) == 2


def test_two_windows_that_change_different_things_do_not_notice_each_other(told: Told) -> None:
    async def story(windows: Windows) -> None:
        one, other = await windows.open(), await windows.open()
        one.change("video", {"title": "Banket"}, "title")
        assert await one.all_saved()
        type_script(other, "Iets anders.")
        assert await other.all_saved()
        assert other.clashes == []
        assert other.video.title == "Banket"

    told(story)


def test_two_windows_that_change_the_same_wait_for_a_person_and_overwrite_nothing(told: Told) -> None:
    async def story(windows: Windows) -> None:
        one, other = await windows.open(), await windows.open()
        type_script(one, "Van de een.")
        assert await one.all_saved()
        type_script(other, "Van de ander.")
        assert not await other.all_saved()
        (clash,) = other.clashes
        assert (clash.mine, clash.theirs) == ("Van de ander.", "Van de een.")
        assert other.save_state == "conflict"
        assert await windows.script() == "Van de een."

        other.take_theirs(clash)
        assert await other.all_saved()
        assert other.video.script == "Van de een."
        other.undo()
        assert await other.all_saved()
        assert await windows.script() == "Van de ander."

    told(story)


def test_what_a_lost_window_had_typed_comes_back_and_is_saved(told: Told) -> None:
    async def story(windows: Windows) -> None:
        lost = await windows.open()
        type_script(lost, "Nog niet bewaard.")
        await asyncio.sleep(0.3)
        assert KEY + windows.video_id in windows.pocket.kept
        left = dict(windows.pocket.kept)
        assert lost._saving is not None
        lost._saving.cancel()  # the studio's program is gone

        windows.pocket.kept = left
        found = await windows.open()
        assert found.is_restored
        assert found.video.script == "Nog niet bewaard."
        assert await found.all_saved()
        assert await windows.script() == "Nog niet bewaard."
        await asyncio.sleep(0.3)
        assert windows.pocket.kept == {}

    told(story)


def test_a_moved_word_that_a_lost_window_had_not_saved_comes_back_as_its_voice_is_opened(told: Told) -> None:
    words: list[JsonValue] = [[0, 400], [450, 900]]
    kept: dict[str, JsonValue] = {"places": words}

    async def save(fields: Fields, _: int) -> Revision:
        kept.update(fields)
        return Revision(dict(kept), 2)

    async def load() -> Revision:
        return Revision(dict(kept), 2)

    async def story(windows: Windows) -> None:
        lost = await windows.open()
        lost.hold("voice:1", Revision(dict(kept), 1), save, load)
        lost.change("voice:1", {"places": [[0, 400], [500, 900]]}, "marker", is_typing=True)
        await asyncio.sleep(0.3)
        assert lost._saving is not None
        lost._saving.cancel()  # the browser is gone

        found = await windows.open()
        type_script(found, "Eerst iets anders.")
        assert await found.all_saved()
        await asyncio.sleep(0.3)
        found.hold("voice:1", Revision(dict(kept), 1), save, load)
        assert found.is_restored
        assert found.shown("voice:1", "places") == [[0, 400], [500, 900]]
        assert await found.all_saved()
        assert kept["places"] == [[0, 400], [500, 900]]
        await asyncio.sleep(0.3)
        assert windows.pocket.kept == {}

    told(story)


def test_a_page_that_is_loaded_anew_as_it_is_asked_what_it_keeps_is_asked_again(told: Told) -> None:
    async def story(windows: Windows) -> None:
        lost = await windows.open()
        type_script(lost, "Nog niet bewaard.")
        await asyncio.sleep(0.3)
        assert lost._saving is not None
        lost._saving.cancel()

        windows.pocket.deaf_times = 1
        found = await windows.open()
        assert found.video.script == "Nog niet bewaard."

    told(story)


def test_what_came_back_and_was_changed_meanwhile_is_shown_beside_the_other(told: Told) -> None:
    async def story(windows: Windows) -> None:
        lost = await windows.open()
        type_script(lost, "Nog niet bewaard.")
        await asyncio.sleep(0.3)
        left = dict(windows.pocket.kept)
        assert lost._saving is not None
        lost._saving.cancel()
        windows.pocket.kept = {}
        other = await windows.open()
        type_script(other, "Intussen door een ander.")
        assert await other.all_saved()

        windows.pocket.kept = left
        found = await windows.open()
        assert [(clash.mine, clash.theirs) for clash in found.clashes] == [
            ("Nog niet bewaard.", "Intussen door een ander.")
        ]

    told(story)


def test_what_the_studio_refuses_says_why_and_goes_on_once_it_is_mended(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        wizard.change("video", {"title": ""}, "title", is_typing=True)
        assert not await wizard.all_saved()
        assert wizard.save_state == "refused"
        assert wizard.refusal is not None
        wizard.change("video", {"title": "Banket"}, "title", is_typing=True)
        assert await wizard.all_saved()

    told(story)


def test_a_studio_that_is_gone_costs_nothing_that_was_typed(lite_studio: ApiStudio, video_id: str) -> None:
    async def story(url: str) -> None:
        is_gone = False

        async def maybe_gone(_request: httpx.Request) -> None:
            if is_gone:
                raise httpx.ConnectError("gone")

        async with new_http(url) as http:
            http.event_hooks["request"].append(maybe_gone)
            windows = Windows(StudioApi(http, f"bom={lite_studio.token()}"), video_id)
            wizard = await windows.open()
            is_gone = True
            type_script(wizard, "Zonder studio.")
            await until(wizard, "offline")
            is_gone = False
            await until(wizard, "saved")
            assert await windows.script() == "Zonder studio."

    with lite_studio.open() as client:
        asyncio.run(story(str(client.base_url)))


def test_another_order_is_saved_and_taken_back_with_every_scene_as_it_was(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        first, second, third = (scene.id for scene in wizard.scenes)
        wizard.change(scene_key(third), {"prompt": "Een oven"}, "prompt", is_typing=True)
        wizard.change("video", {"scene_ids": [third, first, second]}, "order")
        assert [scene.id for scene in wizard.scenes] == [third, first, second]
        assert await wizard.all_saved()
        assert await windows.script() == "Drie.\n---\nEen.\n---\nTwee."
        assert wizard.video.script == "Drie.\n---\nEen.\n---\nTwee."

        wizard.undo()
        assert await wizard.all_saved()
        shown = (await windows.api.video(windows.video_id)).scenes
        assert [(scene.id, scene.prompt) for scene in shown] == [(first, ""), (second, ""), (third, "Een oven")]

    told(story)


def test_undo_passes_over_a_scene_that_the_script_has_lost(told: Told) -> None:
    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        lost = wizard.scenes[2].id
        wizard.change("video", {"title": "Banket"}, "title")
        wizard.change(scene_key(lost), {"prompt": "Een oven"}, "prompt", is_typing=True)
        assert await wizard.all_saved()
        api = windows.api
        other = await windows.open()
        type_script(other, "Een.\n---\nTwee.")
        assert await other.all_saved()
        await wizard.refresh()
        assert wizard.find_scene(lost) is None

        wizard.undo()
        assert wizard.video.title == "Brood"
        assert await wizard.all_saved()
        assert (await api.video(windows.video_id)).title == "Brood"

    told(story)


def test_the_first_choice_of_a_picture_is_taken_back_to_the_title_card(
    lite_studio: ApiStudio, video_id: str, told: Told
) -> None:
    with lite_studio.database.writing() as session:
        video = videos.get_video(session, video_id)
        scene = videos.scenes_of(session, video_id)[0]
        asset = assets.keep_asset(
            session,
            sha256="a" * 64,
            size_bytes=1,
            file_name="brood.png",
            media_type="image/png",
            type=AssetType.IMAGE,
            client_id=None,
            at=AT,
        )
        takes.keep_take(
            session,
            video=video,
            scene=scene,
            kind=TakeKind.IMAGE,
            source=TakeSource.LIBRARY,
            asset=asset,
            at=AT,
            choose=False,
        )

    async def story(windows: Windows) -> None:
        wizard = await windows.open()
        (take,) = wizard.takes
        scene_id = wizard.scenes[0].id
        wizard.choose(scene_id, take.id)
        assert await wizard.all_saved()
        assert (await windows.api.scene(scene_id)).chosen_take_id == take.id

        wizard.undo()
        assert wizard.scenes[0].chosen_take is None
        assert await wizard.all_saved()
        assert (await windows.api.scene(scene_id)).chosen_take_id is None

    told(story)
