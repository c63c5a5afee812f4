"""Drafts: what a person sees of a cut within a moment, and what they are told where that cannot be."""

import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import av
import httpx
import numpy as np
from PIL import Image

from engine.core.assets import keep_asset
from engine.core.models import Asset, AssetType
from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_work import Json, made, video_of
from tests.cli.studio import wait_for
from tests.emulators.replicate import png_of
from tests.material import Rgb, halves

RED, BLUE = (200, 30, 30), (30, 30, 200)
LONG = "\n---\n".join(f"Dit is zin nummer {number} van een verhaal over brood." for number in range(24))


def picture_of(studio: ApiStudio, video: Json, content: bytes) -> str:
    """A picture in the library."""
    stored = studio.studio.storage.put(BytesIO(content))
    with studio.database.writing() as session:
        return keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.IMAGE,
            media_type="image/png",
            file_name="brood.png",
            client_id=video["client_id"],
            facts={"kind": "image"},
            at=studio.clock(),
        ).id


def show(studio: ApiStudio, client: httpx.Client, video: Json, number: int, content: bytes) -> str:
    """Use a picture in a scene; 0 is the first."""
    asset_id, scene_id = picture_of(studio, video, content), video["scenes"][number]["id"]
    made(client, f"videos/{video['id']}/takes", asset_id=asset_id, kind="image", scene_id=scene_id)
    return asset_id


def ask(client: httpx.Client, video: Json, format: str = "9:16") -> httpx.Response:  # noqa: A002
    return client.post(f"/api/videos/{video['id']}/drafts", json={"format": format}, timeout=60)


def frame(client: httpx.Client, video: Json, at_ms: int, format: str = "9:16") -> Image.Image:  # noqa: A002
    answer = client.get(f"/api/videos/{video['id']}/frames", params={"at_ms": at_ms, "format": format})
    assert answer.status_code == 200, answer.text
    return Image.open(BytesIO(answer.content))


def frames_of(client: httpx.Client, draft: Json) -> list[Rgb]:
    """The film's pictures, as RGB."""
    with av.open(BytesIO(client.get(draft["url"]).content), "r") as film:
        return [np.asarray(picture.to_ndarray(format="rgb24"), np.uint8) for picture in film.decode(video=0)]


def is_near(colour: object, wanted: tuple[int, int, int]) -> bool:
    return bool(np.all(np.abs(np.asarray(colour, np.int64) - wanted) < 25))


def draft_children() -> list[int]:
    """Draft children of this process."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            told = (folder / "cmdline").read_bytes()
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError):
            continue
        if b"automations.draft_child" in told and parent == os.getpid():
            found.append(int(folder.name))
    return found


def while_drafting(studio: ApiStudio, client: httpx.Client, video: Json, act: Callable[[], object]) -> httpx.Response:
    """The answer to a draft in the midst of which something happens, once some of its pieces are finished."""
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, client, video)
        cache = studio.studio.settings.render_cache_dir
        wait_for(lambda: cache.is_dir() and any(cache.glob("segment*")), "a piece to be finished")
        act()
        return asked.result()


def test_a_child_that_is_killed_half_way_is_replaced_and_the_draft_is_made_all_the_same(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    def kill() -> None:
        for child in draft_children():
            os.kill(child, signal.SIGKILL)

    answer = while_drafting(lite_studio, lite_owner, video_of(lite_owner, LONG), kill)

    assert answer.status_code == 200, answer.text
    assert answer.json()["reused_share"] > 0


def test_the_newer_of_two_drafts_wins_and_the_older_is_told(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner, LONG)
    newer: list[httpx.Response] = []

    def change_and_ask() -> None:
        short = {"script": "Kom je proeven?"}
        lite_owner.patch(f"/api/videos/{video['id']}", json=short, headers={"If-Match": '"1"'})
        newer.append(ask(lite_owner, video))

    older = while_drafting(lite_studio, lite_owner, video, change_and_ask)

    assert_problem(older, 409, "draft_superseded")
    assert newer[0].status_code == 200, newer[0].text
    assert newer[0].json()["duration_ms"] < 5000


def test_a_draft_that_cannot_be_drawn_names_the_scene_and_its_file(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    video = video_of(lite_owner)
    second = video["scenes"][1]["id"]
    show(lite_studio, lite_owner, video, 1, b"no picture at all")

    broken = assert_problem(ask(lite_owner, video), 409, "draft_refused")

    assert broken["detail"].startswith("Scene 2")
    assert "brood.png" in broken["detail"]
    assert broken["facts"]["scene_id"] == second
    gone = show(lite_studio, lite_owner, video, 1, png_of(RED))
    with lite_studio.database.reading() as session:
        lite_studio.studio.storage.delete(session.get_one(Asset, gone).sha256)
    for answer in (ask(lite_owner, video), lite_owner.get(f"/api/videos/{video['id']}/frames")):
        missing = assert_problem(answer, 409, "draft_refused")
        assert missing["detail"].startswith("Scene 2: “brood.png” is gone")
        assert missing["facts"]["scene_id"] == second


def test_a_full_disk_is_told_and_the_next_draft_is_made(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    frame(lite_owner, video_of(lite_owner), 0)
    (child,) = draft_children()
    before = resource.prlimit(child, resource.RLIMIT_FSIZE)
    video = video_of(lite_owner)
    show(lite_studio, lite_owner, video, 0, png_of(RED))

    resource.prlimit(child, resource.RLIMIT_FSIZE, (2000, before[1]))
    full = ask(lite_owner, video)
    resource.prlimit(child, resource.RLIMIT_FSIZE, before)

    assert_problem(full, 503, "storage_full")
    assert ask(lite_owner, video).status_code == 200
    assert draft_children() == [child]


def test_what_is_not_there_has_no_draft(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    empty = video_of(lite_owner, script="")
    assert_problem(ask(lite_owner, empty), 409, "video_empty")
    assert_problem(lite_owner.get(f"/api/videos/{empty['id']}/frames"), 409, "video_empty")
    assert_problem(ask(lite_owner, {"id": "nergens"}), 404, "not_found")
    assert_problem(lite_owner.get("/api/videos/nergens/frames"), 404, "not_found")
    assert_problem(lite_owner.get(f"/api/videos/{empty['id']}/frames?at_ms=-1"), 422, "invalid_request")
    assert draft_children() == []


def test_only_what_changed_is_made_anew_and_what_did_not_is_the_same_film(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    video = video_of(lite_owner, script="Elke dag vers brood.\n---\nOok taart.\n---\nKom je proeven?")
    show(lite_studio, lite_owner, video, 0, png_of(RED))
    first = ask(lite_owner, video).json()
    assert ask(lite_owner, video).json() == first
    assert first["cut_sha256"] == lite_owner.get(f"/api/videos/{video['id']}/cut").json()["cut_sha256"]

    show(lite_studio, lite_owner, video, 0, png_of(BLUE))
    second = ask(lite_owner, video).json()

    assert second["reused_share"] > 0.3
    assert second["url"] != first["url"]
    red, blue = frames_of(lite_owner, first), frames_of(lite_owner, second)
    assert len(red) == len(blue) == first["frames"] == second["frames"]
    assert is_near(red[5][200, 180], RED)
    assert is_near(blue[5][200, 180], BLUE)
    assert np.array_equal(red[-1], blue[-1])


def test_a_frame_is_the_one_that_the_film_shows_and_is_sent_once(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    video = video_of(lite_owner)
    show(lite_studio, lite_owner, video, 0, png_of(RED))
    film = frames_of(lite_owner, ask(lite_owner, video).json())
    for number in (0, 7, 40, len(film) - 1):
        stepped = np.asarray(frame(lite_owner, video, number * 1000 // 30 + 1), np.int64)
        assert np.mean(np.abs(stepped - film[number])) < 6, number  # two lossy pictures of one
    after_the_end = np.asarray(frame(lite_owner, video, 3_600_000), np.int64)
    assert np.mean(np.abs(after_the_end - film[-1])) < 6

    address = f"/api/videos/{video['id']}/frames?at_ms=500"
    sent = lite_owner.get(address)
    again = lite_owner.get(address, headers={"If-None-Match": sent.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    show(lite_studio, lite_owner, video, 0, png_of(BLUE))
    changed = lite_owner.get(address, headers={"If-None-Match": sent.headers["etag"]})
    assert changed.status_code == 200


def test_each_format_shows_its_own_crop(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner)
    out = BytesIO()
    Image.fromarray(halves(800, 400, RED, BLUE)).save(out, "PNG")
    show(lite_studio, lite_owner, video, 0, out.getvalue())
    scene = video["scenes"][0]["id"]
    focus = {"x": 0, "y": 0, "width": 0.2, "height": 1}
    lite_owner.patch(f"/api/scenes/{scene}", json={"focus": focus, "motion": {}}, headers={"If-Match": '"2"'})

    upright, wide = frame(lite_owner, video, 0), frame(lite_owner, video, 0, "16:9")

    assert (upright.size, wide.size) == ((360, 640), (640, 360))
    assert is_near(upright.getpixel((340, 60)), RED)
    assert is_near(wide.getpixel((630, 60)), BLUE)


def test_the_child_ends_with_the_api(lite_studio: ApiStudio) -> None:
    with lite_studio.open() as client:
        client.cookies.set("bom", lite_studio.token())
        frame(client, video_of(client), 0)
        assert len(draft_children()) == 1

    assert draft_children() == []
    assert list((lite_studio.folder / "drafts").iterdir()) == []


def test_a_double_click_makes_one_draft_and_both_get_it(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner, LONG)
    second: list[httpx.Response] = []

    first = while_drafting(lite_studio, lite_owner, video, lambda: second.append(ask(lite_owner, video)))

    assert (first.status_code, second[0].status_code) == (200, 200)
    assert first.json() == second[0].json()
