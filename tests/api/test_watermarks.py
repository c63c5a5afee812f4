"""A version with a watermark, over HTTP: until it is approved nobody gets a byte of the films themselves."""

import hashlib

import httpx
import pytest

from api.services.review_links import ReviewLinks
from engine.core.actors import Actor
from engine.core.assets import keep_asset
from engine.core.models import AssetType, Export, Project
from engine.core.reviews import sendings, versions
from engine.core.videos import get_video
from tests.api.portal import Sent, a_sent_version, decision_on, finished_film, signed_in
from tests.api.studio import PRODUCER, ApiStudio, assert_problem
from tests.core.reviews.domain import an_asked_film

TEXT = "Bakkerij Anna · ter beoordeling · 22 november 2026"
PICTURED = ("film", "thumbnail", "filmstrip")


def watermarked(studio: ApiStudio, sent: Sent) -> Sent:
    """The video's next version, whose copies are a few letters too."""
    at = studio.clock()
    with studio.database.writing() as session:
        video = get_video(session, sent.video_id)
        film = finished_film(studio, session, an_asked_film(session, video))
        copies = {}
        for kind in PICTURED:
            path = studio.folder / f"{film.id}.marked.{kind}"
            path.write_text(f"watermark on {kind}")
            stored = studio.studio.storage.put(path)
            copies[kind] = keep_asset(
                session,
                sha256=stored.sha256,
                size_bytes=stored.size_bytes,
                type=AssetType.CLIP,
                media_type="video/mp4" if kind == "film" else "image/jpeg",
                file_name=f"{kind}.mp4",
                at=at,
            ).id
        version = versions.send_version(
            session,
            video,
            [film.id],
            message="",
            by=Actor("staff", studio.staff(PRODUCER).id),
            at=at,
            watermarked=versions.Watermarked(TEXT, {film.id: {**copies}}),
        )
        sha256s = {file.export.format: file.sha256 for file in versions.files_of(session, version.id)}
        return Sent(sent.client_id, sent.contact_id, sent.project_id, sent.video_id, version.id, sha256s)


def clean_addresses(studio: ApiStudio, sent: Sent) -> list[str]:
    """Every way to the films themselves that the studio itself could sign."""
    links = ReviewLinks(studio.studio.secret, studio.clock())
    with studio.database.reading() as session:
        version = versions.get_version(session, sent.version_id)
        (file,) = versions.files_of(session, version.id)
        export: Export = file.export
        seen = links.of(version, export, "Oliebollen")
        return [
            *(seen(kind) for kind in ("film", "thumbnail", "filmstrip")),
            *(links.to_save(version, export, "Oliebollen", kind) for kind in ("film", "thumbnail", "srt")),
            links.zip(version, "Oliebollen"),
        ]


def test_the_films_themselves_are_handed_out_when_the_approval_counts_and_not_before(
    standing_studio: ApiStudio,
) -> None:
    studio = standing_studio
    sent = watermarked(studio, a_sent_version(studio))
    with studio.open() as browser:
        signed_in(studio, browser)

        def shown() -> dict:  # type: ignore[type-arg]
            version: dict = browser.get(f"/api/portal/versions/{sent.version_id}").json()  # type: ignore[type-arg]
            return version

        def only_the_copies_are_there() -> None:
            version = shown()
            assert version["is_watermarked"]
            (film,) = version["films"]
            glance = browser.get("/api/portal/dashboard").json()
            posters = [video["poster_url"] for video in (*glance["waiting"], *glance["approved"])]
            for url in (film["play_url"], film["poster_url"], film["filmstrip_url"], *posters):
                assert browser.get(url).text.startswith("watermark on")
            part = browser.get(film["play_url"], headers={"range": "bytes=0-8"})
            assert (part.status_code, part.text) == (206, "watermark")
            assert browser.get(film["captions_url"]).text.startswith("vtt of")
            assert_problem(browser.get(f"/api/portal/versions/{sent.version_id}/downloads"), 403, "not_approved_yet")
            for address in clean_addresses(studio, sent):
                assert_problem(browser.get(address), 403, "not_approved_yet")
                answer = browser.get(address, headers={"range": "bytes=0-3"})
                assert_problem(answer, 403, "not_approved_yet")

        only_the_copies_are_there()
        marked = shown()["films"][0]
        assert marked["sha256"] == sent.sha256s["9:16"]
        body = decision_on(sent, shown())
        answer = browser.post(f"/api/portal/versions/{sent.version_id}/decision", json=body)
        assert answer.status_code == 201, answer.text
        only_the_copies_are_there()  # it can still be taken back

        studio.clock.move(seconds=10)
        version = shown()
        assert not version["is_watermarked"]
        (film,) = version["films"]
        assert film["play_url"] != marked["play_url"]  # what a browser kept of the copy is not taken for the film
        files = browser.get(f"/api/portal/versions/{sent.version_id}/downloads").json()
        for url in (film["play_url"], files["items"][0]["url"]):
            assert hashlib.sha256(browser.get(url).content).hexdigest() == sent.sha256s["9:16"]
        assert browser.get(files["zip_url"]).content.startswith(b"PK")
        certificate = browser.get(f"/api/portal/decisions/{answer.json()['id']}/certificate").json()
        assert (certificate["watermark"], certificate["files"][0]["sha256"]) == (TEXT, sent.sha256s["9:16"])
        browser.cookies.clear()
        browser.cookies.set("bom", studio.token(PRODUCER))
        paper = browser.get(f"/api/decisions/{answer.json()['id']}/certificate.pdf")
        assert paper.content.startswith(b"%PDF")
        assert paper.headers["content-disposition"].startswith("inline")


def test_a_version_is_on_its_way_until_its_copies_are_made(studio: ApiStudio, browser: httpx.Client) -> None:
    sent = a_sent_version(studio)
    with studio.database.writing() as session:
        film_id = finished_film(studio, session, an_asked_film(session, get_video(session, sent.video_id))).id
    browser.cookies.set("bom", studio.token(PRODUCER))
    body = {"export_ids": [film_id], "message": "Beter zo?"}

    asked = browser.post(f"/api/videos/{sent.video_id}/sendings", json=body)

    assert asked.status_code == 202, asked.text
    assert asked.json()["watermark"].startswith(f"Klant van {'anna@bakkerij.example'} · ter beoordeling")
    told = browser.get(f"/api/videos/{sent.video_id}/versions").json()
    assert (told["sending"]["id"], told["sending"]["status"]) == (asked.json()["id"], "preparing")
    assert [row["number"] for row in told["items"]] == [1]
    for path in ("sendings", "versions"):
        assert_problem(browser.post(f"/api/videos/{sent.video_id}/{path}", json=body), 409, "sending_under_way")
    with studio.database.writing() as session:
        ended = sendings.end_sending(
            session, asked.json()["id"], job_id=asked.json()["job_id"], problem="De schijf is vol.", canceled=False
        )
        assert ended is not None
    told = browser.get(f"/api/videos/{sent.video_id}/versions").json()
    assert (told["sending"]["status"], told["sending"]["problem"]) == ("failed", "De schijf is vol.")
    assert browser.post(f"/api/videos/{sent.video_id}/versions", json=body).status_code == 201
    assert browser.get(f"/api/videos/{sent.video_id}/versions").json()["sending"] is None


@pytest.mark.parametrize("has_watermark", [True, False])
def test_whether_there_is_a_watermark_stays_with_the_project(studio: ApiStudio, has_watermark: bool) -> None:
    sent = a_sent_version(studio)
    if has_watermark:
        watermarked(studio, sent)

    with studio.database.reading() as session:
        assert session.get_one(Project, sent.project_id).watermarks_reviews is has_watermark
