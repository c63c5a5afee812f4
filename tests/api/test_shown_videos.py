"""One GET of a video is all that the wizard needs to draw itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import httpx
import numpy as np
from PIL import Image
from sqlalchemy import event

from engine.core.models import AssetType
from tests.api.studio import ApiStudio
from tests.api.test_voices import voice_of
from tests.api.test_work import asset_of, made, video_of
from tests.material import make_clip


@contextmanager
def counted_queries(studio: ApiStudio) -> Iterator[list[str]]:
    """The statements that the studio's database is sent meanwhile."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    event.listen(studio.database.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(studio.database.engine, "before_cursor_execute", note)


def script_of(scenes: int) -> str:
    return "\n---\n".join(f"Dit is zin nummer {number} over brood." for number in range(scenes))


def test_a_video_comes_with_what_is_seen_and_heard_in_it(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    scene_id = video["scenes"][0]["id"]
    asset_id = asset_of(studio, video["client_id"])
    take = made(owner, f"videos/{video['id']}/takes", asset_id=asset_id, kind="image", scene_id=scene_id)
    voice_id = voice_of(studio, video)

    shown = owner.get(f"/api/videos/{video['id']}").json()

    first, second = shown["scenes"]
    assert first["chosen_take"] == take == owner.get(f"/api/scenes/{scene_id}").json()["chosen_take"]
    assert (second["chosen_take"], second["chosen_take_id"], first["cut_shift_ms"]) == (None, None, 0)
    assert (take["cost_micros"], take["size_bytes"], take["file_name"]) == (0, 1, "brood.png")
    assert take["thumbnail_url"].startswith("/media/")
    assert take["file_url"].startswith("/media/")
    assert shown["voice"]["id"] == voice_id
    assert (shown["voice"]["thumbnail_url"], shown["voice"]["media_type"]) == (None, "audio/wav")


def test_a_video_of_many_scenes_takes_no_more_queries_than_one_of_few(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    counts = {}
    for scenes in (2, 20):
        video = video_of(lite_owner, script_of(scenes))
        for scene in video["scenes"]:
            picture = asset_of(lite_studio, None)
            made(lite_owner, f"videos/{video['id']}/takes", asset_id=picture, kind="image", scene_id=scene["id"])
        for address in (f"videos/{video['id']}", f"videos/{video['id']}/cut", f"videos/{video['id']}/takes"):
            with counted_queries(lite_studio) as sent:
                assert lite_owner.get(f"/api/{address}").status_code == 200
            counts[scenes, address.rpartition("/")[2] if address.count("/") > 1 else "video"] = len(sent)

    for name in ("video", "cut", "takes"):
        assert counts[2, name] == counts[20, name]


def test_the_clients_own_music_is_under_a_new_video(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner)
    asset_id = asset_of(lite_studio, video["client_id"], AssetType.MUSIC)
    address = f"/api/clients/{video['client_id']}/brand-kit"
    for revision, music, shown in (
        (1, {"asset_id": asset_id, "gain_db": -5}, (asset_id, None, -5.0)),
        (2, {"bed": "night", "gain_db": -9}, (None, "night", -9.0)),
    ):
        answer = lite_owner.patch(address, json={"music": music}, headers={"If-Match": f'"{revision}"'})
        assert answer.status_code == 200, answer.text
        cut = lite_owner.get(f"/api/videos/{video['id']}/cut").json()["music"]
        assert (cut["asset_id"], cut["bed"], cut["level_db"]) == shown
    lite_owner.patch(address, json={"music": {"bed": "polka"}}, headers={"If-Match": '"3"'})
    assert lite_owner.get(f"/api/videos/{video['id']}/cut").json()["music"] is None


def test_a_clip_is_recognised_by_a_picture_of_it(lite_owner: httpx.Client, tmp_path: Path) -> None:
    black, red = np.zeros((96, 160, 3), np.uint8), np.full((96, 160, 3), (200, 30, 30), np.uint8)
    clip = make_clip(tmp_path / "clip.mp4", [black] * 5 + [red] * 25)
    stored = lite_owner.put("/api/assets", params={"file_name": "clip.mp4"}, content=clip.read_bytes()).json()
    video = video_of(lite_owner)

    take = made(
        lite_owner,
        f"videos/{video['id']}/takes",
        asset_id=stored["id"],
        kind="clip",
        scene_id=video["scenes"][0]["id"],
    )

    shown = lite_owner.get(take["thumbnail_url"])
    picture = Image.open(BytesIO(shown.content)).convert("RGB")
    assert (shown.headers["content-type"], picture.size) == ("image/webp", (160, 96))
    assert np.all(np.abs(np.asarray(picture, np.int64)[48, 80] - (200, 30, 30)) < 20)
    assert (take["duration_ms"], take["media_type"]) == (1000, "video/mp4")
    assert lite_owner.get("/api/videos").json()["items"][0]["thumbnail_url"] == take["thumbnail_url"]
