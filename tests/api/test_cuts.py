"""The cut is always the video as it is, with what somebody chose for the whole film."""

from typing import Any, get_args

import httpx

from engine.core.models import AssetType
from engine.render.formats import SAFE_INSETS
from engine.render.timeline import CaptionName
from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_voices import voice_of
from tests.api.test_work import Json, asset_of, made, video_of


def cut_of(client: httpx.Client, video: Json) -> Json:
    cut: Json = client.get(f"/api/videos/{video['id']}/cut").json()
    return cut


def choose(client: httpx.Client, video: Json, revision: int, **choices: Any) -> httpx.Response:
    return client.patch(f"/api/videos/{video['id']}/cut", json=choices, headers={"If-Match": f'"{revision}"'})


def change_scene(client: httpx.Client, scene: Json, **changes: Any) -> Json:
    revision = client.get(f"/api/scenes/{scene['id']}").json()["revision"]
    answer = client.patch(f"/api/scenes/{scene['id']}", json=changes, headers={"If-Match": f'"{revision}"'})
    assert answer.status_code == 200, answer.text
    changed: Json = answer.json()
    return changed


def test_what_was_chosen_stays_when_script_pictures_and_voice_change(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    assert cut_of(owner, video)["revision"] == 0
    music = {"bed": "calm", "level_db": -12.0, "duck_db": 9.0, "fade_in_ms": 0, "fade_out_ms": 2000}
    chosen = choose(
        owner,
        video,
        0,
        captions={"name": "box", "position": "top", "highlight": "#2F7D4F"},
        music=music,
        voice_level_db=-3,
        progress_bar=True,
        end_card="Tot ziens",
    )
    assert chosen.status_code == 200, chosen.text
    assert chosen.headers["etag"] == '"1"'

    script = "Elke dag vers brood.\n---\nOok taart.\n---\nKom je proeven?"
    video_now = owner.patch(f"/api/videos/{video['id']}", json={"script": script}, headers={"If-Match": '"1"'}).json()
    picture = asset_of(studio, video["client_id"])
    made(
        owner,
        f"videos/{video['id']}/takes",
        asset_id=picture,
        kind="image",
        scene_id=video_now["scenes"][1]["id"],
    )
    voice_of(studio, video)

    cut = cut_of(owner, video)
    assert [scene["text"] for scene in cut["scenes"]] == ["Elke dag vers brood.", "Ook taart.", "Kom je proeven?"]
    assert [scene["has_picture"] for scene in cut["scenes"]] == [False, True, False]
    assert (cut["captions"]["name"], cut["captions"]["position"]) == ("box", "top")
    assert cut["music"] == {**music, "asset_id": None}
    assert (cut["voice_level_db"], cut["progress_bar"], cut["end_card"]) == (-3.0, True, "Tot ziens")
    assert cut["problems"] == ["picture_missing"]
    made(owner, f"videos/{video['id']}/exports", format="9:16")
    document = owner.get(f"/api/videos/{video['id']}/timeline").json()["document"]
    assert [scene["text"] for scene in document["scenes"]][:3] == [scene["text"] for scene in cut["scenes"]]
    assert document["scenes"][-1]["source"]["heading"] == "Tot ziens"
    assert document["voice"]["gain_db"] == -3.0
    assert document["music"]["source"]["name"] == "calm"


def test_what_nobody_chose_follows_the_clients_brand(owner: httpx.Client) -> None:
    video = video_of(owner)
    choose(owner, video, 0, progress_bar=True)
    kit = {"caption_style": {"name": "large"}, "music": {"bed": "night"}, "cards": {"end": "Bakkerij Anna"}}
    owner.patch(f"/api/clients/{video['client_id']}/brand-kit", json=kit, headers={"If-Match": '"1"'})

    cut = cut_of(owner, video)

    assert (cut["captions"]["name"], cut["music"]["bed"], cut["end_card"]) == ("large", "night", "Bakkerij Anna")
    none = choose(owner, video, 1, captions=None, music=None, end_card=None).json()
    assert (none["captions"], none["music"], none["end_card"], none["progress_bar"]) == (None, None, None, True)


def test_two_people_who_choose_see_both_sides(owner: httpx.Client) -> None:
    video = video_of(owner)
    assert choose(owner, video, 0, captions={"name": "plain"}).status_code == 200

    problem = assert_problem(choose(owner, video, 0, captions=None), 412, "revision_outdated")

    assert problem["facts"]["current"] == cut_of(owner, video)
    assert problem["facts"]["given"] == {"captions": None}
    assert cut_of(owner, video)["captions"]["name"] == "plain"


def test_a_cut_is_moved_between_its_neighbours_and_the_film_stays_as_long(owner: httpx.Client) -> None:
    video = video_of(owner, script="Elke dag vers brood.\n---\nOok taart, van Anna.\n---\nKom je proeven?")
    second = video["scenes"][1]
    before = cut_of(owner, video)
    change_scene(owner, second, cut_shift_ms=300)

    after = cut_of(owner, video)

    assert abs(after["scenes"][1]["start_ms"] - before["scenes"][1]["start_ms"] - 300) <= 34
    assert after["scenes"][2]["start_ms"] == before["scenes"][2]["start_ms"]
    assert after["duration_ms"] == before["duration_ms"]
    assert after["cut_sha256"] != before["cut_sha256"]
    for shift_ms in (10_000, -10_000):
        change_scene(owner, second, cut_shift_ms=shift_ms)
        change_scene(owner, video["scenes"][2], cut_shift_ms=-shift_ms)
        held = cut_of(owner, video)
        assert [scene["duration_ms"] >= 500 for scene in held["scenes"]] == [True] * 3
        assert held["duration_ms"] == before["duration_ms"]
    too_far = {"cut_shift_ms": 10_001}
    assert owner.patch(f"/api/scenes/{second['id']}", json=too_far, headers={"If-Match": '"9"'}).status_code == 422


def test_a_video_without_a_script_has_a_cut_that_says_so(lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner, script="")

    cut = cut_of(lite_owner, video)

    assert (cut["problems"], cut["duration_ms"], cut["scenes"]) == (["video_empty"], 0, [])
    assert_problem(choose(lite_owner, video, 0, progress_bar=True), 409, "video_empty")


def test_music_that_cannot_be_used_is_refused(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner)
    elsewhere = made(lite_owner, "clients", name="Slagerij Bob")["id"]
    for music, status, code in (
        ({"bed": "polka"}, 422, "invalid"),
        ({}, 422, "invalid"),
        ({"bed": "calm", "asset_id": asset_of(lite_studio, None, AssetType.MUSIC)}, 422, "invalid"),
        ({"asset_id": asset_of(lite_studio, elsewhere, AssetType.MUSIC)}, 422, "invalid"),
        ({"asset_id": asset_of(lite_studio, None)}, 422, "wrong_file_type"),
        ({"asset_id": "nergens"}, 404, "not_found"),
        ({"bed": "calm", "level_db": 99}, 422, "invalid_request"),
    ):
        assert_problem(choose(lite_owner, video, 0, music=music), status, code)
    own = asset_of(lite_studio, video["client_id"], AssetType.MUSIC)
    assert choose(lite_owner, video, 0, music={"asset_id": own}).json()["music"]["asset_id"] == own


def test_a_cut_written_by_hand_leaves_its_choices_behind(lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner)
    scene = {"id": "1", "source": {"kind": "card"}, "duration_frames": 90, "text": "Brood"}
    document = {"title": "Brood", "scenes": [scene], "captions": {"name": "plain"}, "progress_bar": True}
    saved = lite_owner.put(
        f"/api/videos/{video['id']}/timeline", json={"document": document}, headers={"If-Match": '"0"'}
    )
    assert saved.status_code == 200, saved.text

    cut = cut_of(lite_owner, video)

    assert (cut["captions"]["name"], cut["progress_bar"], cut["music"], len(cut["scenes"])) == ("plain", True, None, 2)


def test_a_transition_that_has_no_room_any_more_is_shortened_and_refuses_no_film(lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner, script="Ja.\n---\nNee.\n---\nMisschien wel.")
    for scene in video["scenes"]:
        change_scene(lite_owner, scene, transition={"kind": "crossfade", "duration_frames": 90})

    assert cut_of(lite_owner, video)["duration_ms"] > 1000
    made(lite_owner, f"videos/{video['id']}/exports", format="9:16")


def test_the_options_are_the_renderers_own(lite_owner: httpx.Client) -> None:
    options = lite_owner.get("/api/cut-options").json()

    assert options["caption_styles"] == list(get_args(CaptionName))
    assert {zone["platform"] for zone in options["safe_zones"]} == {"tiktok", "reels", "shorts", "feed", "youtube"}
    for zone in options["safe_zones"]:  # what is drawn keeps inside what every app leaves free
        insets = SAFE_INSETS[zone["format"]]
        assert zone["x"] <= insets.left
        assert zone["y"] <= insets.top
        assert zone["x"] + zone["width"] >= 1 - insets.right - 1e-9
        assert zone["y"] + zone["height"] >= 1 - insets.bottom - 1e-9
    video = video_of(lite_owner)
    for option in options["motions"]:
        change_scene(lite_owner, video["scenes"][0], motion=option["motion"])
    for option in options["transitions"]:
        frames = 0 if option["kind"] == "cut" else 8
        change_scene(lite_owner, video["scenes"][0], transition={"kind": option["kind"], "duration_frames": frames})
    for bed in options["music_beds"]:
        revision = cut_of(lite_owner, video)["revision"]
        assert choose(lite_owner, video, revision, music={"bed": bed}).status_code == 200
