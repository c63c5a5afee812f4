"""What a list of videos shows of each."""

import httpx

from tests.api.studio import ApiStudio
from tests.api.test_work import asset_of, made, video_of


def test_a_video_shows_its_first_scene_until_a_film_is_there(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    bare, drawn = video_of(lite_owner), video_of(lite_owner)
    picture = asset_of(lite_studio, drawn["client_id"])
    second = drawn["scenes"][1]["id"]
    made(lite_owner, f"videos/{drawn['id']}/takes", asset_id=picture, kind="image", scene_id=second)

    shown = {item["id"]: item["thumbnail_url"] for item in lite_owner.get("/api/videos").json()["items"]}

    assert shown[bare["id"]] is None
    assert shown[drawn["id"]].startswith("/media/")
