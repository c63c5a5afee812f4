"""A picture from disk in a scene, and videos that are put away."""

import httpx
import pytest
from sqlalchemy import select

from engine.core import clients, projects, videos
from engine.core.models import Asset, Take
from tests.api.studio import AT, ApiStudio, assert_problem
from tests.api.test_uploads import a_picture


@pytest.fixture
def video_id(studio: ApiStudio) -> str:
    """A video of two scenes."""
    with studio.database.writing() as session:
        client = clients.create_client(session, name="Bakkerij Anna", at=AT)
        project = projects.create_project(session, client_id=client.id, name="Winter", at=AT)
        script = "Elke dag vers brood.\n---\nEn oliebollen."
        return videos.create_video(session, project_id=project.id, title="Brood", script=script, at=AT).id


def scene_ids(owner: httpx.Client, video_id: str) -> list[str]:
    return [scene["id"] for scene in owner.get(f"/api/videos/{video_id}").json()["scenes"]]


def bring(owner: httpx.Client, scene_id: str, content: bytes, name: str = "oliebol.jpg") -> httpx.Response:
    headers = {"Content-Type": "application/octet-stream"}
    return owner.put(f"/api/scenes/{scene_id}/picture", params={"file_name": name}, content=content, headers=headers)


def test_a_picture_from_disk_shows_in_its_scene_and_the_one_before_it_is_kept(
    owner: httpx.Client, video_id: str
) -> None:
    scene_id, other_id = scene_ids(owner, video_id)
    first = bring(owner, scene_id, a_picture()).json()

    second = bring(owner, scene_id, a_picture(640, 480), "brood.jpg")

    assert second.status_code == 201
    shown, untouched = owner.get(f"/api/videos/{video_id}").json()["scenes"]
    assert shown["chosen_take"]["id"] == second.json()["id"]
    assert (second.json()["source"], second.json()["cost_micros"]) == ("uploaded", 0)
    assert untouched["id"] == other_id
    assert untouched["chosen_take"] is None
    kept = owner.get(f"/api/scenes/{scene_id}/takes").json()["items"]
    assert [take["id"] for take in kept] == [second.json()["id"], first["id"]]
    assert owner.get(kept[0]["thumbnail_url"]).headers["content-type"] == "image/webp"


def test_what_is_no_picture_is_refused_and_leaves_nothing(
    studio: ApiStudio, owner: httpx.Client, video_id: str
) -> None:
    scene_id, _ = scene_ids(owner, video_id)

    refused = bring(owner, scene_id, b"MZ this is a program", "oliebol.jpg")

    assert refused.status_code == 422
    assert "oliebol" in refused.json()["detail"] or refused.json()["detail"].endswith(".")
    with studio.database.reading() as session:
        assert session.scalars(select(Asset)).all() == []
        assert session.scalars(select(Take)).all() == []


def test_a_scene_that_is_gone_takes_no_picture(owner: httpx.Client, browser: httpx.Client) -> None:
    assert_problem(bring(owner, "01a20502-5d11-7f7c-9a51-3f0f5b2a9a11", a_picture()), 404, "not_found")
    browser.cookies.clear()
    assert_problem(bring(browser, "01a20502-5d11-7f7c-9a51-3f0f5b2a9a11", a_picture()), 401, "not_signed_in")


def test_a_video_that_is_put_away_leaves_the_lists_and_comes_back_whole(owner: httpx.Client, video_id: str) -> None:
    owner.post(f"/api/videos/{video_id}/archive")
    assert owner.get("/api/videos").json()["items"] == []
    (away,) = owner.get("/api/videos", params={"archived": True}).json()["items"]
    assert away["archived_at"] is not None

    back = owner.post(f"/api/videos/{video_id}/restore").json()

    assert back["archived_at"] is None
    assert len(back["scenes"]) == 2
    assert [video["id"] for video in owner.get("/api/videos").json()["items"]] == [video_id]
