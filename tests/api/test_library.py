"""The library over HTTP: films with their pictures, several at once, and a draft from another video."""

import zipfile
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest

from api.services.signed_links import LASTS
from engine.core.assets import keep_asset
from engine.core.deliveries import keep_delivery
from engine.core.exports import finish_export, get_export
from engine.core.models import AssetType
from tests.api.studio import ApiStudio, assert_problem
from tests.api.test_work import made, video_of

Json = dict[str, Any]


def film_of(studio: ApiStudio, owner: httpx.Client, video: Json, content: bytes = b"film", shape: str = "9:16") -> Json:
    """A finished film of this video, its bytes in storage; as the library shows it."""
    export = made(owner, f"videos/{video['id']}/exports", format=shape)["export"]
    with studio.database.writing() as session:
        kept = []
        for bytes_, kind, media_type, name in (
            (content, AssetType.CLIP, "video/mp4", "film.mp4"),
            (b"thumbnail", AssetType.IMAGE, "image/jpeg", "film.thumbnail.jpg"),
            (b"filmstrip", AssetType.IMAGE, "image/jpeg", "film.filmstrip.jpg"),
        ):
            stored = studio.studio.storage.put(BytesIO(bytes_))
            kept.append(
                keep_asset(
                    session,
                    sha256=stored.sha256,
                    size_bytes=stored.size_bytes,
                    type=kind,
                    media_type=media_type,
                    file_name=name,
                    client_id=video["client_id"],
                    at=studio.clock(),
                )
            )
        film, thumbnail, filmstrip = kept
        sidecars: Json = {"thumbnail": thumbnail.id, "filmstrip": filmstrip.id}
        finish_export(session, export["id"], asset=film, sidecars=sidecars, duration_ms=30_000, at=studio.clock())
    found: list[Json] = owner.get("/api/library", params={"project_id": video["project_id"]}).json()["items"]
    return next(one for one in found if one["id"] == export["id"])


def a_video(owner: httpx.Client, client_name: str, title: str, script: str = "Elke dag vers brood.") -> Json:
    """A video of a new client."""
    client = made(owner, "clients", name=client_name)
    project = made(owner, "projects", client_id=client["id"], name="Winter")
    return made(owner, "videos", project_id=project["id"], title=title, script=script)


def test_a_film_is_shown_with_its_pictures_and_found_by_what_is_said_in_it(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    film = film_of(studio, owner, a_video(owner, "O'Brien & Zn. B.V.", "🎂 " + "x" * 298))
    film_of(studio, owner, a_video(owner, "Slagerij Bob", "Worst", "Verse worst."), shape="1:1")

    found = owner.get("/api/library?search=vers brood&format=9:16&longest_ms=60000").json()["items"]

    assert [one["id"] for one in found] == [film["id"]]
    assert (film["client_name"], film["project_name"], film["size_bytes"]) == ("O'Brien & Zn. B.V.", "Winter", 4)
    assert owner.get(film["filmstrip_url"]).content == b"filmstrip"
    download = owner.get(film["download_url"])
    assert download.content == b"film"
    assert "9x16.mp4" in download.headers["content-disposition"]
    assert_problem(owner.get("/api/library?shortest_ms=-1"), 422, "invalid_request")


def test_who_downloaded_a_film_is_written_down_once_however_often_the_line_broke_off(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    film = film_of(studio, owner, video_of(owner))

    owner.get(film["play_url"])
    owner.head(film["download_url"])
    owner.get(film["download_url"])
    owner.get(film["download_url"], headers={"Range": "bytes=2-"})
    owner.get(film["download_url"], headers={"Range": "bytes=99-"})
    with httpx.Client(base_url=owner.base_url) as somebody:
        somebody.get(film["download_url"], headers={"Range": "bytes=0-"})

    written = owner.get("/api/audit?action=film_downloaded").json()["items"]
    assert [(entry["actor"], entry["subject_id"]) for entry in written] == [
        ("link", film["id"]),
        (f"staff:{studio.staff().id}", film["id"]),
    ]


def test_films_are_fetched_as_one_file_with_their_names_in_any_script(studio: ApiStudio, owner: httpx.Client) -> None:
    twice = a_video(owner, "مخبز السعادة", "Zelfde: naam")
    again = made(owner, "videos", project_id=twice["project_id"], title="Zelfde: naam", script="Twee.")
    films = [
        film_of(studio, owner, twice, b"one" * 1_000_000),
        film_of(studio, owner, again, b"two"),
        film_of(studio, owner, a_video(owner, "O'Brien & Zn. B.V.", "🎂"), b"three", shape="1:1"),
    ]
    asked = made(owner, "library/zips", export_ids=[film["id"] for film in films])
    assert (asked["films"], asked["size_bytes"]) == (3, 3_000_008)

    owner.cookies.clear()  # a download outlives its session
    answer = owner.get(asked["url"])

    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(BytesIO(answer.content)) as zipped:
        assert zipped.testzip() is None
        assert {name: len(zipped.read(name)) for name in zipped.namelist()} == {
            "مخبز السعادة/Winter/Zelfde_ naam 9x16.mp4": 3_000_000,
            "مخبز السعادة/Winter/Zelfde_ naam 9x16 (2).mp4": 3,
            "O'Brien & Zn. B.V/Winter/🎂 1x1.mp4": 5,
        }
        assert {about.compress_type for about in zipped.infolist()} == {zipfile.ZIP_STORED}


def test_an_address_of_several_films_is_worth_nothing_once_changed_or_late(
    studio: ApiStudio, owner: httpx.Client
) -> None:
    film = film_of(studio, owner, video_of(owner))
    address = made(owner, "library/zips", export_ids=[film["id"]])["url"]
    unfinished = made(owner, f"videos/{film['video_id']}/exports", format="1:1")["export"]

    head, name = address.rsplit("/", 1)
    assert_problem(owner.get(f"{head}x/{name}"), 404, "link_invalid")
    assert_problem(owner.get(f"{head.replace('.', 'A.', 1)}/{name}"), 404, "link_invalid")
    nowhere = owner.post("/api/library/zips", json={"export_ids": ["nowhere"]})
    assert_problem(nowhere, 404, "not_found")
    early = owner.post("/api/library/zips", json={"export_ids": [film["id"], unfinished["id"]]})
    assert_problem(early, 409, "export_unfinished")
    studio.clock.move(seconds=(LASTS + timedelta(minutes=1)).total_seconds())
    assert_problem(owner.get(address), 410, "link_expired")


def test_a_film_is_put_away_and_comes_back(studio: ApiStudio, owner: httpx.Client) -> None:
    film = film_of(studio, owner, video_of(owner))

    made(owner, f"exports/{film['id']}/archive")
    assert owner.get("/api/library").json()["items"] == []
    assert [one["id"] for one in owner.get("/api/library?archived=true").json()["items"]] == [film["id"]]
    assert made(owner, f"exports/{film['id']}/restore")["archived_at"] is None

    deeds = [entry["action"] for entry in owner.get("/api/audit").json()["items"]]
    assert {"export_archived", "export_restored"} <= set(deeds)


def test_a_draft_begins_as_another_video_is_and_once_however_often_it_is_asked_for(owner: httpx.Client) -> None:
    video = video_of(owner)
    address, key = f"/api/videos/{video['id']}/duplicates", {"Idempotency-Key": "one-click"}

    first, second = (owner.post(address, json={"title": "Brood (kopie)"}, headers=key) for _ in range(2))

    assert first.status_code == 201
    assert first.json() == second.json()
    draft = first.json()
    assert (draft["title"], draft["status"], draft["script"]) == ("Brood (kopie)", "scripting", video["script"])
    listed = owner.get(f"/api/videos?project_id={video['project_id']}").json()["items"]
    assert len(listed) == 2
    assert owner.post("/api/videos/nowhere/duplicates", json={}).status_code == 404


@pytest.mark.parametrize("path", ["pushes", "archive"])
def test_what_is_not_there_is_not_found(owner: httpx.Client, path: str) -> None:
    assert_problem(owner.post(f"/api/exports/nowhere/{path}"), 404, "not_found")


def test_where_a_film_was_put_stands_in_its_projects_history_once(studio: ApiStudio, owner: httpx.Client) -> None:
    film = film_of(studio, owner, video_of(owner))
    address = f"/api/projects/{film['project_id']}/deliveries"
    assert owner.get(address).json() == {"items": []}
    me = studio.staff()
    with studio.database.writing() as session:
        export = get_export(session, film["id"])
        for hours, place in enumerate(("Anna/Film 9x16.mp4", "Anna/Film 9x16.mp4", "Anna/Film 9x16 (2).mp4")):
            at = studio.clock() + timedelta(hours=hours)
            keep_delivery(session, export, place=place, by=f"staff:{me.id}", at=at)

    kept = owner.get(address).json()["items"]

    assert [(one["place"], one["format"], one["by_name"]) for one in kept] == [
        ("Anna/Film 9x16 (2).mp4", "9:16", me.email),
        ("Anna/Film 9x16.mp4", "9:16", me.email),
    ]
    assert kept[0]["title"] == film["title"]
    assert_problem(owner.get("/api/projects/nobody/deliveries"), 404, "not_found")
