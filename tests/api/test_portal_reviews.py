"""Review in the portal: what a client sees, says and decides, over HTTP."""

import threading
from typing import Any

import httpx
from sqlalchemy import func, select

from engine.core import contacts
from engine.core.actors import Actor
from engine.core.models import Event, Job, Note, Notification, Project, new_id
from engine.core.reviews import notes, versions
from engine.core.reviews.access import change_access
from engine.core.videos import get_video
from tests.api.portal import ANNA, Sent, a_portal_token, a_sent_version, decision_on, finished_film, mails_to, signed_in
from tests.api.studio import PRODUCER, ApiStudio, assert_problem
from tests.core.reviews.domain import an_asked_film


def shown(browser: httpx.Client, sent: Sent) -> dict:  # type: ignore[type-arg]
    answer = browser.get(f"/api/portal/versions/{sent.version_id}")
    assert answer.status_code == 200, answer.text
    version: dict = answer.json()  # type: ignore[type-arg]
    return version


def noted(browser: httpx.Client, sent: Sent, text: str = "Logo groter", **more: Any) -> httpx.Response:
    return browser.post(f"/api/portal/versions/{sent.version_id}/notes", json={"text": text, **more})


def decided(browser: httpx.Client, sent: Sent, verdict: str = "approved", **more: str) -> httpx.Response:
    body = decision_on(sent, shown(browser, sent), verdict, **more)
    return browser.post(f"/api/portal/versions/{sent.version_id}/decision", json=body)


def second_version(studio: ApiStudio, sent: Sent) -> str:
    with studio.database.writing() as session:
        video = get_video(session, sent.video_id)
        film = finished_film(studio, session, an_asked_film(session, video))
        by = Actor("staff", studio.staff(PRODUCER).id)
        return versions.send_version(session, video, [film.id], message="", by=by, at=studio.clock()).id


def test_a_client_sees_at_a_glance_what_waits_and_what_is_coming(studio: ApiStudio, browser: httpx.Client) -> None:
    sent = a_sent_version(studio, formats=("9:16", "16:9"))
    signed_in(studio, browser)

    glance = browser.get("/api/portal/dashboard").json()

    (video,) = glance["waiting"]
    assert (video["title"], video["state"], video["version_number"]) == ("Oliebollen", "waiting", 1)
    assert set(video["formats"]) == {"9:16", "16:9"}
    (project,) = glance["projects"]
    assert (project["stage"], project["waiting_count"]) == ("your_turn", 1)
    assert "price_micros" not in project
    assert "notes" not in project
    version = shown(browser, sent)
    assert [film["format"] for film in version["films"]] == ["16:9", "9:16"]
    assert version["films"][0]["fps"] == 30
    assert version["can_decide"]
    assert browser.get(f"/api/portal/videos/{sent.video_id}").json()["versions"][0]["message"] == "Kijk je mee?"
    assert browser.get(f"/api/portal/projects/{sent.project_id}").json()["videos"][0]["id"] == sent.video_id


def test_films_play_with_ranges_from_another_origin_until_the_links_are_taken_back(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        film = shown(browser, sent)["films"][0]
        assert film["play_url"].startswith(str(browser.base_url).rstrip("/") + "/media/reviews/")
        headers = {"range": "bytes=0-3", "origin": "http://localhost:3000"}

        part = browser.get(film["play_url"], headers=headers)
        assert (part.status_code, part.text) == (206, "film")
        assert part.headers["access-control-allow-origin"] == "http://localhost:3000"
        assert part.headers["cross-origin-resource-policy"] == "cross-origin"
        foreign = browser.get(film["captions_url"], headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in foreign.headers
        assert_problem(
            browser.get(film["play_url"].replace("/media/reviews/", "/media/reviews/x")), 404, "link_invalid"
        )

        browser.cookies.clear()
        browser.cookies.set("bom", studio.token())
        assert browser.post(f"/api/versions/{sent.version_id}/revoke-links").status_code == 204
        browser.cookies.clear()
        assert_problem(browser.get(film["play_url"]), 410, "link_revoked")
        signed_in(studio, browser)
        again = shown(browser, sent)["films"][0]["play_url"]
        assert browser.get(again).status_code == 200
        studio.clock.move(hours=24)
        assert_problem(browser.get(again), 410, "link_expired")


def test_downloads_survive_the_session_and_wait_for_the_payment_where_that_is_agreed(
    standing_studio: ApiStudio,
) -> None:
    """ASVS 5.4.1, 9.1.1, 9.2.1."""
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        address = f"/api/portal/versions/{sent.version_id}/downloads"
        files = browser.get(address).json()
        assert [(item["kind"], item["file_name"]) for item in files["items"]] == [
            ("film", "Oliebollen 9x16.mp4"),
            ("srt", "Oliebollen 9x16.srt"),
            ("thumbnail", "Oliebollen 9x16.jpg"),
        ]
        browser.post("/api/portal/sign-out")
        film = browser.get(files["items"][0]["url"])
        assert film.headers["content-disposition"].startswith("attachment")
        assert film.text.startswith("film of")
        assert browser.get(files["zip_url"]).content.startswith(b"PK")

        with studio.database.writing() as session:
            project = session.get_one(Project, sent.project_id)
            change_access(session, project.id, project.revision, at=studio.clock(), opens_when_paid=True)
        signed_in(studio, browser)
        assert_problem(browser.get(address), 403, "not_paid_yet")
        assert_problem(browser.get(files["items"][0]["url"]), 403, "not_paid_yet")
        assert_problem(browser.get(files["zip_url"]), 403, "not_paid_yet")
        version = shown(browser, sent)
        assert version["is_locked"]
        assert browser.get(version["films"][0]["play_url"]).status_code == 200  # watching is never shut
        with studio.database.writing() as session:
            project = session.get_one(Project, sent.project_id)
            change_access(session, project.id, project.revision, at=studio.clock(), is_paid=True)
        assert browser.get(address).status_code == 200


def test_a_note_that_is_sent_twice_is_one_and_only_its_author_changes_it(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    sent = a_sent_version(studio)
    signed_in(studio, browser)
    drawing = {"strokes": [{"points": [{"x": 0.25, "y": 0.5}, {"x": 1, "y": 0}]}]}
    given: dict[str, Any] = {"id": new_id(), "start_ms": 1_500, "end_ms": 2_000, "drawing": drawing}

    first, again = (noted(browser, sent, **given) for _ in range(2))

    assert first.status_code == 201, first.text
    assert first.json() == again.json()
    assert first.json()["drawing"] == drawing
    assert first.json()["is_mine"]
    address = f"/api/portal/versions/{sent.version_id}/notes/{given['id']}"
    assert browser.patch(address, json={"text": "Logo weg"}).status_code == 428
    changed = browser.patch(address, json={"text": "Logo weg", "drawing": None}, headers={"if-match": '"1"'})
    assert (changed.json()["text"], changed.json()["drawing"]) == ("Logo weg", None)
    late = assert_problem(
        browser.patch(address, json={"text": "Nee"}, headers={"if-match": '"1"'}), 412, "revision_outdated"
    )
    assert late["facts"]["current"]["text"] == "Logo weg"
    with studio.database.writing() as session:
        version = versions.get_version(session, sent.version_id)
        jeroen = Actor("staff", studio.staff(PRODUCER).id)
        theirs, _ = notes.add_note(session, version, "Mag ook blauw", by=jeroen, at=studio.clock())
        theirs_id = theirs.id
    other = f"/api/portal/versions/{sent.version_id}/notes/{theirs_id}"
    assert_problem(browser.patch(other, json={"text": "Nee"}, headers={"if-match": '"1"'}), 403, "not_your_note")
    assert browser.post(f"{other}/settle", json={"is_settled": True}).json()["settled_by_name"] == "Anna"
    assert browser.delete(address).status_code == 204
    (left,) = browser.get(f"/api/portal/versions/{sent.version_id}/notes").json()["items"]
    assert left["id"] == theirs_id
    with studio.database.reading() as session:
        told = session.scalars(select(Notification.kind).where(Notification.staff_id.is_not(None))).all()
        assert set(told) == {"note_added"}
        assert session.scalar(select(func.count()).select_from(Event).where(Event.type == "note.added")) == 1


def test_open_notes_come_along_and_are_asked_about(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        noted(browser, sent)
        noted(browser, sent, "Muziek zachter")
        newer = second_version(studio, sent)

        replaced = noted(browser, sent, "Nog iets")
        assert_problem(replaced, 409, "version_replaced")
        assert browser.get("/api/portal/dashboard").json()["waiting"][0]["to_answer_count"] == 2
        asked = browser.get(f"/api/portal/versions/{newer}").json()["notes"]
        assert all(note["carried_from_note_id"] and note["was_addressed"] is None for note in asked)
        for note, answer in zip(asked, (True, False), strict=True):
            put = browser.post(
                f"/api/portal/versions/{newer}/notes/{note['id']}/addressed", json={"was_addressed": answer}
            )
            assert (put.json()["was_addressed"], bool(put.json()["settled_at"])) == (answer, answer)
        old = browser.get(f"/api/portal/versions/{sent.version_id}").json()
        assert (old["state"], old["newest_version_id"], old["can_decide"]) == ("replaced", newer, False)
        own = noted(browser, Sent(sent.client_id, sent.contact_id, "", "", newer, {})).json()["id"]
        not_carried = browser.post(f"/api/portal/versions/{newer}/notes/{own}/addressed", json={"was_addressed": True})
        assert_problem(not_carried, 409, "note_not_carried")


def test_a_decision_is_on_what_was_seen_and_can_be_taken_back_for_ten_seconds(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    sent = a_sent_version(studio)
    signed_in(studio, browser)
    address = f"/api/portal/versions/{sent.version_id}/decision"
    body = decision_on(sent, shown(browser, sent))
    other = {**body, "files": [{"format": "9:16", "sha256": "a" * 64}]}
    assert_problem(browser.post(address, json=other), 409, "files_differ")
    assert_problem(browser.post(address, json={**body, "agreed_text": "Ja hoor"}), 422, "agreement_unknown")

    first = browser.post(address, json=body)
    assert first.status_code == 201, first.text
    assert shown(browser, sent)["state"] == "deciding"
    told = assert_problem(browser.post(address, json=body), 409, "version_decided")
    assert told["facts"]["verdict"] == "approved"
    assert browser.delete(address).status_code == 200
    assert shown(browser, sent)["state"] == "waiting"
    assert_problem(browser.delete(address), 404, "not_found")

    assert decided(browser, sent, "changes_requested").status_code == 422  # without a word on what should change
    assert decided(browser, sent, "changes_requested", note="Muziek zachter").status_code == 201
    studio.clock.move(seconds=10)
    assert_problem(browser.delete(address), 409, "decision_counts")
    assert shown(browser, sent)["state"] == "changes_requested"
    with studio.database.reading() as session:
        kinds = session.scalars(select(Job.kind).where(Job.kind == "take_effect")).all()
        assert len(kinds) == 2  # one for each; that of the first finds it withdrawn


def test_a_certificate_names_the_bytes_and_a_file_is_compared_with_it(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        decision = decided(browser, sent).json()
        address = f"/api/portal/decisions/{decision['id']}"

        certificate = browser.get(f"{address}/certificate").json()
        assert certificate["contact_email"] == ANNA
        paper = browser.get(f"{address}/certificate.pdf")
        assert paper.headers["content-disposition"] == "attachment; filename*=UTF-8''Oliebollen%201.pdf"
        assert paper.content.startswith(b"%PDF-")
        assert certificate["agreed_text"] == decision["agreed_text"]
        assert [file["sha256"] for file in certificate["files"]] == list(sent.sha256s.values())
        right = browser.post(f"{address}/verify", json={"sha256": sent.sha256s["9:16"]}).json()
        assert right == {"is_match": True, "format": "9:16", "is_voided": False}
        assert browser.post(f"{address}/verify", json={"sha256": "a" * 64}).json()["is_match"] is False
        second_version(studio, sent)
        assert browser.get(f"{address}/certificate").json()["voided_by_version_number"] == 2
        assert browser.post(f"{address}/verify", json={"sha256": sent.sha256s["9:16"]}).json()["is_voided"]


def test_of_twenty_who_decide_and_note_at_once_one_decides_and_no_note_is_lost(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    sent = a_sent_version(studio)
    emails = [f"p{number}@bakkerij.example" for number in range(20)]
    with studio.database.writing() as session:
        for email in emails:
            contacts.add_contact(session, sent.client_id, name="P", email=email, at=studio.clock())
    tokens = [a_portal_token(studio, email) for email in emails]
    body = decision_on(sent, shown(signed_in(studio, browser), sent))
    browser.cookies.clear()
    statuses: list[int] = []
    version = f"/api/portal/versions/{sent.version_id}"

    def act(token: str) -> None:
        phone = {"cookie": f"bom-portal={token}"}
        noted = browser.post(f"{version}/notes", json={"text": "Mooi", "id": new_id()}, headers=phone)
        assert noted.status_code == 201, noted.text
        statuses.append(browser.post(f"{version}/decision", json=body, headers=phone).status_code)

    threads = [threading.Thread(target=act, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [201, *[409] * 19]
    with studio.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == 20


def test_the_thread_is_shared_by_a_clients_people_and_read_by_each(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    thread = f"/api/clients/{sent.client_id}/messages"
    with studio.open() as browser:
        signed_in(studio, browser)
        id_ = new_id()
        for typed in ("Wanneer komt", "Wanneer komt versie 2?"):  # no answer came to the first, and she wrote on
            written = browser.post("/api/portal/messages", json={"id": id_, "text": typed})
            assert written.status_code == 201, written.text
        browser.cookies.set("bom", studio.token(PRODUCER), domain="127.0.0.1")
        (question,) = browser.get(thread).json()["items"]
        assert (question["author_name"], question["is_studio"]) == ("Anna", False)
        assert browser.get(thread).json()["unread"] == 1
        browser.post(f"{thread}/read")
        studio.clock.move(minutes=1)
        browser.post(thread, json={"text": "Morgen"})
        assert browser.get(thread).json()["unread"] == 0

        answered = browser.get("/api/portal/messages").json()
        assert [item["text"] for item in answered["items"]] == ["Morgen", "Wanneer komt versie 2?"]
        assert answered["unread"] == browser.get("/api/portal/me").json()["unread_messages"] == 1
        browser.post("/api/portal/messages/read")
        assert browser.get("/api/portal/messages").json()["unread"] == 0
        mails = {(mail.kind, mail.to_email) for mail in mails_to(studio, PRODUCER) + mails_to(studio, ANNA)}

    assert mails == {("message", PRODUCER), ("message", ANNA)}


def test_the_first_who_opens_a_version_is_remembered_and_no_scanner_or_member_of_staff_is_one(
    studio: ApiStudio, browser: httpx.Client
) -> None:
    sent = a_sent_version(studio)
    signed_in(studio, browser)
    seen = f"/api/portal/versions/{sent.version_id}/seen"

    assert shown(browser, sent)["seen_at"] is None  # whoever fetches its facts has not opened it
    browser.cookies.clear()
    assert_problem(browser.post(seen), 401, "not_signed_in")
    browser.cookies.set("bom", studio.token(), domain="127.0.0.1")
    assert browser.get(f"/api/versions/{sent.version_id}").json()["seen_at"] is None
    assert_problem(browser.post(seen), 401, "not_signed_in")

    signed_in(studio, browser)
    at = studio.clock()
    assert browser.post(seen).status_code == 204
    with studio.database.writing() as session:
        contacts.add_contact(session, sent.client_id, name="Cor", email="cor@bakkerij.example", at=at)
    studio.clock.move(minutes=5)
    signed_in(studio, browser, "cor@bakkerij.example")
    assert browser.post(seen).status_code == 204

    version = shown(browser, sent)
    assert version["seen_by"] == "Anna"
    assert version["seen_at"].startswith(at.isoformat()[:19])
