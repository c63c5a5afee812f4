"""A voice on its waveform: its words, moved by hand, and what is refused."""

import httpx

from automations.voices import VoiceFacts
from engine.core.assets import keep_asset
from engine.core.models import AssetType, TakeKind, TakeSource
from engine.core.scripts import spoken_words
from engine.core.takes import keep_take
from engine.core.videos import get_video, scenes_of
from engine.render.timeline import Word
from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_work import Json, asset_of, made, video_of

GAP_MS, WORD_MS = 400, 300


def voice_of(studio: ApiStudio, video: Json) -> str:
    """A voice that says the script, a word every 0.4 s after half a second; its take's id."""
    with studio.database.writing() as session:
        tokens = [token for scene in scenes_of(session, video["id"]) for token in spoken_words(scene.text)]
        starts = [500 + GAP_MS * at for at in range(len(tokens))]
        facts = VoiceFacts(
            speech_start_ms=400,
            speech_end_ms=starts[-1] + WORD_MS + 100,
            words=tuple(
                Word(text=token, start_ms=start, end_ms=start + WORD_MS, confidence=0.8)
                for token, start in zip(tokens, starts, strict=True)
            ),
            duration_ms=starts[-1] + 1000,
            silences=((0, 500),),
            peaks=(0, 50, 100),
            sync_quality="found",
        )
        asset = keep_asset(
            session,
            sha256="1" * 64,
            size_bytes=1,
            type=AssetType.AUDIO,
            media_type="audio/wav",
            file_name="opname.wav",
            client_id=video["client_id"],
            facts={"kind": "audio", "duration_s": facts.duration_ms / 1000},
            at=studio.clock(),
        )
        take = keep_take(
            session,
            video=get_video(session, video["id"]),
            scene=None,
            kind=TakeKind.VOICE,
            source=TakeSource.UPLOADED,
            asset=asset,
            facts=facts.model_dump(mode="json"),
            at=studio.clock(),
        )
        return take.id


def markers_of(voice: Json) -> Json:
    """What the page sends back."""
    words = [{name: word[name] for name in ("text", "start_ms", "end_ms")} for word in voice["words"]]
    return {
        "words": words,
        "speech_start_ms": voice["speech_start_ms"],
        "speech_end_ms": voice["speech_end_ms"],
    }


def move(client: httpx.Client, take_id: str, body: Json, revision: int = 1) -> httpx.Response:
    return client.put(f"/api/takes/{take_id}/voice", json=body, headers={"If-Match": f'"{revision}"'})


def test_a_voice_tells_which_scene_says_each_word(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    take_id = voice_of(studio, video)

    answer = owner.get(f"/api/takes/{take_id}/voice")

    voice = answer.json()
    first, second = (scene["id"] for scene in video["scenes"])
    assert answer.headers["etag"] == '"1"'
    assert [word["scene_id"] for word in voice["words"]] == [first] * 4 + [second] * 3
    assert (voice["is_outdated"], voice["sync_quality"], voice["peaks"]) == (False, "found", [0, 50, 100])
    assert voice["play_url"].startswith("/media/")
    shown = owner.get(f"/api/videos/{video['id']}").json()["voice"]
    assert (shown["id"], shown["duration_ms"], shown["cost_micros"]) == (take_id, voice["duration_ms"], 0)
    assert "words" not in shown["facts"]


def test_words_are_moved_and_the_film_follows(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    take_id = voice_of(studio, video)
    before = owner.get(f"/api/videos/{video['id']}/cut").json()
    body = markers_of(owner.get(f"/api/takes/{take_id}/voice").json())
    for word in body["words"][4:]:
        word["start_ms"] += 600
        word["end_ms"] += 600
    body["speech_end_ms"] += 600

    moved = move(owner, take_id, body)

    assert moved.status_code == 200, moved.text
    assert (moved.headers["etag"], moved.json()["sync_quality"]) == ('"2"', "by_hand")
    assert owner.get(f"/api/takes/{take_id}/voice").json() == moved.json()
    after = owner.get(f"/api/videos/{video['id']}/cut").json()
    assert abs(after["duration_ms"] - before["duration_ms"] - 600) < 50
    assert after["cut_sha256"] != before["cut_sha256"]


def test_two_people_who_move_words_see_both_sides(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    take_id = voice_of(studio, video)
    voice = owner.get(f"/api/takes/{take_id}/voice").json()
    assert move(owner, take_id, markers_of(voice)).status_code == 200

    problem = assert_problem(move(owner, take_id, markers_of(voice)), 412, "revision_outdated")

    assert problem["facts"]["current"] == owner.get(f"/api/takes/{take_id}/voice").json()
    assert problem["facts"]["given"] == markers_of(voice)


def test_a_word_that_cannot_lie_there_is_named_and_nothing_is_moved(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    take_id = voice_of(lite_studio, video_of(lite_owner))
    voice = lite_owner.get(f"/api/takes/{take_id}/voice").json()

    def with_word(number: int, **changes: object) -> Json:
        body = markers_of(voice)
        body["words"][number] |= changes
        return body

    wrong = [
        (with_word(2, start_ms=700), "words.2"),
        (with_word(3, end_ms=0), "words.3"),
        (with_word(6, end_ms=voice["duration_ms"]), "words.6"),
        (with_word(0, start_ms=100), "words.0"),
        (with_word(1, text="nacht"), "words.1"),
        (markers_of(voice) | {"speech_end_ms": voice["duration_ms"] + 1}, "speech_end_ms"),
        (markers_of(voice) | {"words": markers_of(voice)["words"][:-1]}, "words"),
    ]
    for body, field in wrong:
        problem = assert_problem(move(lite_owner, take_id, body), 422, "voice_words")
        assert problem["errors"][0]["field"] == field
    assert "“dag”" in assert_problem(move(lite_owner, take_id, with_word(1, start_ms=0)), 422, "voice_words")["detail"]
    assert_problem(move(lite_owner, take_id, with_word(1, start_ms=-1)), 422, "invalid_request")
    assert lite_owner.get(f"/api/takes/{take_id}/voice").json() == voice


def test_a_changed_script_is_told_and_searched_again(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    take_id = voice_of(studio, video)
    script = "Elke dag vers gebakken brood!\n---\nKom je proeven?"
    owner.patch(f"/api/videos/{video['id']}", json={"script": script}, headers={"If-Match": '"2"'})

    voice = owner.get(f"/api/takes/{take_id}/voice").json()

    assert voice["is_outdated"]
    assert [word["text"] for word in voice["words"]][:4] == ["Elke", "dag", "vers", "brood."]
    assert "voice_outdated" in owner.get(f"/api/videos/{video['id']}/cut").json()["problems"]
    refused = owner.post(f"/api/videos/{video['id']}/exports", json={"format": "1:1"})
    assert_problem(refused, 409, "voice_outdated")
    job = made(owner, f"takes/{take_id}/sync")["job"]
    assert (job["kind"], job["status"], job["video_id"]) == ("sync_voice", "queued", video["id"])


def test_a_voice_is_asked_for_once_however_often_it_is_sent(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    key = {"Idempotency-Key": "een-keer"}
    asked = [owner.post(f"/api/videos/{video['id']}/voices", json={"source": "draft"}, headers=key) for _ in range(2)]

    assert [answer.status_code for answer in asked] == [202, 202]
    assert asked[0].json() == asked[1].json()
    assert len(owner.get(f"/api/jobs?video_id={video['id']}").json()["items"]) == 1


def test_what_is_no_voice_is_refused_in_words(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    video = video_of(lite_owner)
    address = f"/api/videos/{video['id']}/voices"
    elsewhere = made(lite_owner, "clients", name="Slagerij Bob")["id"]
    for body, code in (
        ({"source": "upload"}, "invalid"),
        ({"source": "draft", "asset_id": asset_of(lite_studio, None, AssetType.AUDIO)}, "invalid"),
        ({"source": "upload", "asset_id": asset_of(lite_studio, None)}, "wrong_file_type"),
        ({"source": "upload", "asset_id": asset_of(lite_studio, elsewhere, AssetType.AUDIO)}, "invalid"),
        ({"source": "phone"}, "invalid_request"),
    ):
        assert_problem(lite_owner.post(address, json=body), 422, code)
    assert_problem(lite_owner.post(address, json={"source": "upload", "asset_id": "nergens"}), 404, "not_found")
    empty = video_of(lite_owner, script="")
    no_script = lite_owner.post(f"/api/videos/{empty['id']}/voices", json={"source": "draft"})
    assert_problem(no_script, 409, "video_empty")
    picture = asset_of(lite_studio, None)
    take = made(
        lite_owner, f"videos/{video['id']}/takes", asset_id=picture, kind="image", scene_id=video["scenes"][0]["id"]
    )
    assert_problem(lite_owner.get(f"/api/takes/{take['id']}/voice"), 404, "not_found")
    assert_problem(lite_owner.post(f"/api/takes/{take['id']}/sync"), 404, "not_found")
