"""From a client to an export and a bill, as the engine app asks the api for it."""

from io import BytesIO
from typing import Any

import httpx
import pytest

from engine.core.assets import keep_asset
from engine.core.exports import finish_export
from engine.core.models import AssetType, PaidCall, PaidCallState, Question
from tests.api.studio import AT, PRODUCER, ApiStudio, assert_problem

Json = dict[str, Any]
MODEL = "black-forest-labs/flux-schnell"


def made(client: httpx.Client, path: str, **body: object) -> Json:
    """What a POST makes."""
    answer = client.post(f"/api/{path}", json=body)
    assert answer.status_code in {200, 201, 202}, answer.text
    found: Json = answer.json()
    return found


def project_of(client: httpx.Client, name: str = "Mei") -> Json:
    """A project of a new client."""
    return made(client, "projects", client_id=made(client, "clients", name="Bakkerij Anna")["id"], name=name)


def video_of(client: httpx.Client, script: str = "Elke dag vers brood.\n---\nKom je proeven?") -> Json:
    """A video in a new project."""
    return made(client, "videos", project_id=project_of(client)["id"], title="Brood", script=script)


def asset_of(studio: ApiStudio, client_id: str | None, kind: AssetType = AssetType.IMAGE) -> str:
    """A file in the library."""
    with studio.database.writing() as session:
        asset = keep_asset(
            session,
            sha256="0" * 64,
            size_bytes=1,
            type=kind,
            media_type="image/png",
            file_name="brood.png",
            client_id=client_id,
            at=studio.clock(),
        )
        return asset.id


def test_a_project_moves_along_its_way_and_each_move_is_written_down(owner: httpx.Client) -> None:
    project = project_of(owner)
    address = f"projects/{project['id']}/moves"

    problem = assert_problem(owner.post(f"/api/{address}", json={"to": "delivered"}), 409, "illegal_move")
    assert problem["facts"]["possible"] == ["in_progress"]
    made(owner, address, to="in_progress", reason="Gebeld.")

    moves = owner.get(f"/api/{address}").json()["items"]
    assert [(move["from_status"], move["to_status"], move["reason"]) for move in moves] == [
        ("draft", "in_progress", "Gebeld.")
    ]
    assert moves[0]["by"].startswith("staff:")
    archive = owner.post(f"/api/clients/{project['client_id']}/archive")
    assert_problem(archive, 409, "client_has_open_work")
    assert owner.get("/api/events").json()["items"][0]["payload"]["name"] == "Mei"


def test_lists_are_filtered_sorted_and_paged(owner: httpx.Client) -> None:
    project = project_of(owner, "Juni")
    for number in range(5):
        made(owner, "projects", client_id=project["client_id"], name=f"P{number}", due_on=f"2026-12-0{5 - number}")
    project_of(owner, "Elders")

    names, cursor = [], ""
    while True:
        page = owner.get(
            f"/api/projects?client_id={project['client_id']}&sort=due_on&limit=2{cursor}",
        ).json()
        names += [item["name"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"

    assert names == ["P4", "P3", "P2", "P1", "P0", "Juni"]
    other_list = owner.get(f"/api/projects?sort=due_on&limit=2{cursor}")
    assert_problem(other_list, 422, "cursor_invalid")
    assert owner.get("/api/projects?status=review").json()["items"] == []


def test_a_rewritten_script_keeps_the_scenes_whose_words_stayed(owner: httpx.Client) -> None:
    video = video_of(owner)
    assert [scene["text"] for scene in video["scenes"]] == ["Elke dag vers brood.", "Kom je proeven?"]
    first = video["scenes"][0]
    scene = owner.patch(
        f"/api/scenes/{first['id']}",
        json={"prompt": "Warm brood", "focus": {"x": 0.2, "y": 0.2, "width": 0.5, "height": 0.5}},
        headers={"If-Match": '"1"'},
    ).json()
    assert scene["prompt"] == "Warm brood"

    script = "Elke dag vers brood.\n---\nOok taart.\n---\nKom je proeven?"
    changed = owner.patch(f"/api/videos/{video['id']}", json={"script": script}, headers={"If-Match": '"1"'}).json()

    assert [scene["prompt"] for scene in changed["scenes"]] == ["Warm brood", "", ""]
    order = [scene["id"] for scene in reversed(changed["scenes"])]
    moved = owner.put(
        f"/api/videos/{video['id']}/scene-order",
        json={"scene_ids": order},
        headers={"If-Match": f'"{changed["revision"]}"'},
    ).json()
    assert [scene["id"] for scene in moved["scenes"]] == order
    assert moved["script"].startswith("Kom je proeven?")
    outdated = owner.patch(f"/api/videos/{video['id']}", json={"script": "Weg"}, headers={"If-Match": '"1"'})
    problem = assert_problem(outdated, 412, "revision_outdated")
    assert problem["facts"]["current"] == owner.get(f"/api/videos/{video['id']}").json()


def test_a_focus_that_reaches_outside_the_picture_is_refused(owner: httpx.Client) -> None:
    scene = video_of(owner)["scenes"][0]
    for change in (
        {"focus": {"x": 0.8, "y": 0, "width": 0.5, "height": 1}},
        {"transition": {"kind": "cut", "duration_frames": 5}},
    ):
        answer = owner.patch(f"/api/scenes/{scene['id']}", json=change, headers={"If-Match": '"1"'})
        assert_problem(answer, 422, "invalid")


def test_a_file_of_the_library_becomes_a_take_and_an_earlier_one_comes_back_for_nothing(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    video = video_of(owner)
    scene_id = video["scenes"][0]["id"]
    address = f"videos/{video['id']}/takes"
    first = made(owner, address, asset_id=asset_of(studio, video["client_id"]), kind="image", scene_id=scene_id)
    made(owner, address, asset_id=asset_of(studio, None), kind="image", scene_id=scene_id)

    made(owner, f"takes/{first['id']}/choose")

    assert owner.get(f"/api/scenes/{scene_id}").json()["chosen_take_id"] == first["id"]
    assert len(owner.get(f"/api/scenes/{scene_id}/takes").json()["items"]) == 2
    elsewhere = asset_of(studio, made(owner, "clients", name="Slagerij Bob")["id"])
    for body in (
        {"asset_id": elsewhere, "kind": "image", "scene_id": scene_id},
        {"asset_id": asset_of(studio, None), "kind": "clip", "scene_id": scene_id},
        {"asset_id": asset_of(studio, None), "kind": "image"},
        {"asset_id": asset_of(studio, None), "kind": "image", "scene_id": video_of(owner)["scenes"][0]["id"]},
    ):
        assert owner.post(f"/api/{address}", json=body).status_code == 422


def test_a_scene_goes_back_to_its_title_card_and_no_picture_is_lost(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    scene_id, other_id = (scene["id"] for scene in video["scenes"])
    address = f"videos/{video['id']}/takes"
    take = made(owner, address, asset_id=asset_of(studio, video["client_id"]), kind="image", scene_id=scene_id)

    def choose(scene: str, take_id: str | None) -> httpx.Response:
        seen = {"If-Match": owner.get(f"/api/scenes/{scene}").headers["ETag"]}
        return owner.patch(f"/api/scenes/{scene}", json={"chosen_take_id": take_id}, headers=seen)

    assert choose(scene_id, None).json()["chosen_take"] is None
    assert len(owner.get(f"/api/scenes/{scene_id}/takes").json()["items"]) == 1
    assert_problem(choose(other_id, take["id"]), 404, "not_found")
    assert choose(scene_id, take["id"]).json()["chosen_take_id"] == take["id"]


def test_a_job_that_draws_title_cards_says_for_which_scenes(owner: httpx.Client) -> None:
    video = video_of(owner)
    scene_id = video["scenes"][1]["id"]

    job = made(owner, f"videos/{video['id']}/pictures", scene_ids=[scene_id])

    assert owner.get(f"/api/jobs/{job['id']}").json()["scene_ids"] == [scene_id]


def test_a_cut_is_checked_as_the_renderer_would_before_it_is_kept(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)
    address = f"/api/videos/{video['id']}/timeline"
    assert_problem(owner.get(address), 404, "not_found")
    image = asset_of(studio, video["client_id"])

    def cut(path: str, frames: int = 90) -> Json:
        scene = {"id": "1", "source": {"kind": "image", "path": path}, "duration_frames": frames, "text": "Brood"}
        return {"document": {"title": "Brood", "scenes": [scene]}}

    def save(body: Json, revision: int) -> httpx.Response:
        return owner.put(address, json=body, headers={"If-Match": f'"{revision}"'})

    problem = assert_problem(save(cut(image, frames=0), 0), 422, "timeline_invalid")
    assert "Scene 1 (1): duration_frames" in problem["detail"]
    for path in ("/etc/passwd", "../../secret", image.upper(), asset_of(studio, None, AssetType.MUSIC)):
        assert_problem(save(cut(path), 0), 422, "timeline_file")
    saved = save(cut(image), 0)
    assert saved.status_code == 200, saved.text
    assert saved.headers["etag"] == '"1"'
    assert saved.json()["document"]["scenes"][0]["source"]["path"] == image
    problem = assert_problem(save(cut(image, 60), 0), 412, "revision_outdated")
    assert problem["facts"]["current"]["document"]["scenes"][0]["duration_frames"] == 90

    asked = made(owner, f"videos/{video['id']}/exports", format="9:16")

    assert (asked["export"]["status"], asked["job"]["status"]) == ("queued", "queued")
    assert owner.get(f"/api/exports?video_id={video['id']}").json()["items"][0]["id"] == asked["export"]["id"]
    canceled = made(owner, f"jobs/{asked['job']['id']}/cancel")
    assert canceled["status"] == "canceled"
    assert made(owner, f"jobs/{asked['job']['id']}/retry")["retries_job_id"] == asked["job"]["id"]


def test_a_video_that_nobody_cut_yet_is_cut_when_it_is_exported(studio: ApiStudio, owner: httpx.Client) -> None:
    video = video_of(owner)

    made(owner, f"videos/{video['id']}/exports", format="1:1")

    cut = owner.get(f"/api/videos/{video['id']}/timeline")
    assert [scene["text"] for scene in cut.json()["document"]["scenes"]] == ["Elke dag vers brood.", "Kom je proeven?"]
    again = f"/api/videos/{video['id']}/timeline/assembly"
    assert_problem(owner.put(again, headers={"If-Match": '"9"'}), 412, "revision_outdated")
    studio.clock.move(seconds=1)
    assert owner.put(again, headers={"If-Match": cut.headers["etag"]}).json()["revision"] == 2
    empty = video_of(owner, script="")
    refused = owner.post(f"/api/videos/{empty['id']}/exports", json={"format": "1:1"})
    assert_problem(refused, 409, "video_empty")


def test_a_finished_export_is_played_and_downloaded_under_its_videos_name(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    video = video_of(owner)
    asked = made(owner, f"videos/{video['id']}/exports", format="9:16")["export"]
    assert asked["download_url"] is None
    film = studio.studio.storage.put(BytesIO(b"a film"))
    with studio.database.writing() as session:
        assets = [
            keep_asset(
                session,
                sha256=film.sha256,
                size_bytes=film.size_bytes,
                type=kind,
                media_type=media_type,
                file_name=name,
                client_id=video["client_id"],
                at=AT,
            )
            for kind, media_type, name in (
                (AssetType.CLIP, "video/mp4", "film.mp4"),
                (AssetType.DOCUMENT, "text/vtt", "film.vtt"),
            )
        ]
        finish_export(session, asked["id"], asset=assets[0], sidecars={"vtt": assets[1].id}, duration_ms=30_000, at=AT)

    export = owner.get(f"/api/exports/{asked['id']}").json()
    (listed,) = owner.get("/api/exports").json()["items"]
    owner.cookies.clear()

    assert listed == export
    assert owner.get(export["play_url"]).headers["content-disposition"].startswith("inline")
    downloaded = owner.get(export["download_url"])
    assert downloaded.content == b"a film"
    assert "Brood%209x16.mp4" in downloaded.headers["content-disposition"]
    assert owner.get(export["sidecar_urls"]["vtt"]).headers["content-type"].startswith("text/vtt")


@pytest.fixture
def priced(owner: httpx.Client) -> httpx.Client:
    """A studio that knows what a picture costs: 0.3 dollar cent, a dollar being 92 euro cent."""
    made(
        owner,
        "costs/prices",
        provider="replicate",
        model=MODEL,
        unit="image",
        amount_micros=3000,
        currency="USD",
        valid_from="2026-01-01T00:00:00Z",
    )
    made(owner, "costs/exchange-rates", currency="USD", micro_euros=920_000, valid_from="2026-01-01T00:00:00Z")
    return owner


def test_what_has_no_price_is_refused_and_names_what_is_missing(owner: httpx.Client) -> None:
    video = video_of(owner)

    answer = owner.post(
        "/api/quotes", json={"video_id": video["id"], "model": MODEL, "scene_ids": [video["scenes"][0]["id"]]}
    )

    problem = assert_problem(answer, 409, "unknown_price")
    assert problem["facts"] == {"provider": "replicate", "model": MODEL, "unit": "image"}


def test_pictures_are_bought_once_somebody_said_yes_to_the_amount(priced: httpx.Client) -> None:
    video = video_of(priced)
    scenes = [scene["id"] for scene in video["scenes"]]
    quote = made(priced, "quotes", video_id=video["id"], model=MODEL, scene_ids=scenes)
    assert (quote["total_micros"], quote["status"]) == (5520, "open")

    other = priced.post(f"/api/quotes/{quote['id']}/accept", json={"total_micros": 5519})
    assert_problem(other, 409, "quote_amount_differs")
    accepted = made(priced, f"quotes/{quote['id']}/accept", total_micros=5520)
    again = made(priced, f"quotes/{quote['id']}/accept", total_micros=5520)

    assert accepted["quote"]["status"] == "accepted"
    assert again["job"]["id"] == accepted["job"]["id"]
    assert len(priced.get(f"/api/jobs?video_id={video['id']}").json()["items"]) == 1
    assert_problem(priced.post(f"/api/quotes/{quote['id']}/decline"), 409, "quote_accepted")
    actions = [entry["action"] for entry in priced.get("/api/audit").json()["items"]]
    assert actions.count("quote_accepted") == 2


def test_a_budget_that_has_too_little_left_buys_nothing(priced: httpx.Client) -> None:
    video = video_of(priced)
    budget = made(priced, "costs/budgets", scope="project", scope_id=video["project_id"], limit_micros=5000)
    quote = made(
        priced,
        "quotes",
        video_id=video["id"],
        model=MODEL,
        scene_ids=[scene["id"] for scene in video["scenes"]],
    )
    accept = {"total_micros": 5520}

    problem = assert_problem(priced.post(f"/api/quotes/{quote['id']}/accept", json=accept), 409, "budget_exceeded")

    assert problem["facts"]["left_micros"] == 5000
    assert priced.get("/api/jobs").json()["items"] == []
    assert priced.get(f"/api/quotes/{quote['id']}").json()["status"] == "open"
    raised = priced.patch(
        f"/api/costs/budgets/{budget['id']}",
        json={"limit_micros": 9000, "note": "Meer beelden."},
        headers={"If-Match": '"1"'},
    )
    assert raised.status_code == 200, raised.text
    made(priced, f"quotes/{quote['id']}/accept", **accept)
    assert priced.get(f"/api/costs/budgets/{budget['id']}").json()["reserved_micros"] == 5520


def test_a_sum_of_costs_takes_any_day_of_our_time_and_no_other(owner: httpx.Client) -> None:
    for by in ("day", "month", "provider", "kind", "client", "project"):
        answer = owner.get(f"/api/costs/summary?by={by}&first_day=1970-01-01&last_day=2200-12-31")
        assert answer.json()["total"] == {"amount_micros": 0, "estimated_micros": 0, "lines": 0}, answer.text
    for wrong in (
        "first_day=9999-12-31",
        "last_day=9999-12-31",
        "first_day=0001-01-01",
        "by=week",
        "last_day=x",
        "last_day=0",
    ):
        assert_problem(owner.get(f"/api/costs/summary?{wrong}"), 422, "invalid_request")
    for wrong in ("since=0.5", "until=2026-11-22T09:00:00", "until=9999-12-31T23:59:59Z", "since=2026-13-01T00:00:00Z"):
        assert_problem(owner.get(f"/api/costs/ledger?{wrong}"), 422, "invalid_request")
    assert_problem(
        owner.post("/api/projects", json={"client_id": "x", "name": "x", "due_on": 0}), 422, "invalid_request"
    )
    backwards = owner.get("/api/costs/summary?first_day=2026-11-02&last_day=2026-11-01")
    assert_problem(backwards, 422, "invalid")


def test_a_question_about_a_lost_order_is_answered_once(studio: ApiStudio, priced: httpx.Client) -> None:
    video = video_of(priced)
    quote = made(priced, "quotes", video_id=video["id"], model=MODEL, scene_ids=[video["scenes"][0]["id"]])
    accepted = made(priced, f"quotes/{quote['id']}/accept", total_micros=quote["total_micros"])
    with studio.database.writing() as session:
        session.add(
            PaidCall(
                id=f"{quote['id']}:0",
                quote_id=quote["id"],
                provider="replicate",
                model=MODEL,
                request={},
                request_sha256="0" * 64,
                state=PaidCallState.UNKNOWN,
                sent_at=studio.clock(),
                created_at=studio.clock(),
            )
        )
        session.flush()
        question = Question(
            paid_call_id=f"{quote['id']}:0",
            job_id=accepted["job"]["id"],
            attempt=1,
            text="Is er een bestelling?",
            created_at=studio.clock(),
        )
        session.add(question)
        session.flush()
        address = f"/api/questions/{question.id}/answer"

    assert len(priced.get("/api/questions").json()["items"]) == 1
    assert_problem(priced.post(address, json={}), 422, "invalid")
    assert_problem(priced.post(address, json={"adopt": "x", "void": True}), 422, "invalid")
    assert priced.post(address, json={"void": True}).json()["answer"]["void"] is True
    assert_problem(priced.post(address, json={"adopt": "p1"}), 409, "question_answered")
    assert priced.get("/api/questions").json()["items"] == []


def test_the_owner_lets_people_in_and_out(studio: ApiStudio, owner: httpx.Client) -> None:
    person = made(
        owner, "staff", email="nieuw@studio.example", role="producer", password="vier woorden zijn genoeg", name="N."
    )
    assert "password" not in str(person)
    assert studio.log_in(owner, "nieuw@studio.example", "vier woorden zijn genoeg").status_code == 200
    owner.cookies.clear()
    owner.cookies.set("bom", studio.token())
    assert_problem(owner.post(f"/api/staff/{studio.staff().id}/disable"), 409, "last_owner")

    made(owner, f"staff/{studio.staff(PRODUCER).id}/disable")

    assert_problem(studio.log_in(owner, PRODUCER), 401, "sign_in_refused")


def test_an_endpoint_shows_its_secret_once_and_reaches_no_private_network(owner: httpx.Client) -> None:
    for url in ("http://127.0.0.1:5678/x", "https://localhost/x", "https://169.254.169.254/", "https://2130706433/x"):
        assert_problem(owner.post("/api/endpoints", json={"url": url}), 422, "address_refused")
    endpoint = made(owner, "endpoints", url="https://93.184.215.14/hook", event_types=["project.created"])
    assert endpoint["secret"].startswith("whsec_")
    address = f"/api/endpoints/{endpoint['id']}"

    assert "secret" not in owner.get(address).json()
    assert "whsec_" not in owner.get("/api/endpoints").text
    assert made(owner, f"endpoints/{endpoint['id']}/secret")["secret"] != endpoint["secret"]
    assert made(owner, f"endpoints/{endpoint['id']}/disable")["disabled_at"] is not None
    assert made(owner, f"endpoints/{endpoint['id']}/enable")["disabled_at"] is None
    told = made(owner, f"endpoints/{endpoint['id']}/test")
    assert owner.get(f"/api/jobs/{told['job_id']}").json()["status"] == "queued"
    assert made(owner, f"endpoints/{endpoint['id']}/replays", event_id=told["event_id"])["job_id"] != told["job_id"]
    assert owner.delete(address).status_code == 204
    assert_problem(owner.get(address), 404, "not_found")
