"""A member of staff sees the portal as the client does, and leaves no trace there."""

import re

import httpx
import pytest
from sqlalchemy import func, select

from engine.core import staff
from engine.core.models import AuditEntry, Contact, Note, Version
from tests.api.portal import Sent, a_sent_version, signed_in
from tests.api.studio import PRODUCER, ApiStudio, assert_problem


def link_to(studio: ApiStudio, browser: httpx.Client, sent: Sent) -> str:
    """What stands behind the # of a link that Jeroen asked for."""
    browser.cookies.clear()
    browser.cookies.set("bom", studio.token(PRODUCER))
    answer = browser.post(f"/api/versions/{sent.version_id}/preview")
    assert answer.status_code == 200, answer.text
    found = re.fullmatch(
        rf"http://localhost:3000/login/preview#([A-Za-z0-9_.-]+)&next=/videos/{sent.video_id}/1", answer.json()["url"]
    )
    assert found
    browser.cookies.clear()
    return found[1]


def test_a_preview_reads_all_that_the_client_sees_and_writes_nothing(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    other = a_sent_version(studio, email="bas@fietsen.example", producer="ander@bom.example")
    with studio.open() as browser:
        token = link_to(studio, browser, sent)
        assert browser.post("/api/portal/preview", json={"token": token}).status_code == 204

        me = browser.get("/api/portal/me").json()
        assert (me["client_name"], me["is_preview"], me["waiting"]) == ("Klant van anna@bakkerij.example", True, 1)
        version = browser.get(f"/api/portal/versions/{sent.version_id}").json()
        assert (version["state"], version["can_decide"]) == ("waiting", True)  # as the client has it
        assert browser.get(version["films"][0]["play_url"]).status_code == 200
        assert browser.get("/api/portal/dashboard").json()["waiting"][0]["id"] == sent.video_id
        assert browser.get("/api/portal/messages").status_code == 200
        assert_problem(browser.get(f"/api/portal/versions/{other.version_id}"), 404, "not_found")
        for method, path, body in (
            ("POST", f"/api/portal/versions/{sent.version_id}/seen", None),
            ("POST", f"/api/portal/versions/{sent.version_id}/notes", {"text": "Nee"}),
            ("POST", "/api/portal/messages", {"text": "Nee"}),
            ("POST", "/api/portal/messages/read", None),
            ("DELETE", "/api/portal/sessions", None),
        ):
            assert_problem(browser.request(method, path, json=body), 403, "preview_read_only")
        assert_problem(browser.get("/api/videos"), 401, "not_signed_in")  # it opens nothing of the studio

        with studio.database.reading() as session:
            assert session.get_one(Version, sent.version_id).seen_at is None
            assert session.get_one(Contact, sent.contact_id).last_seen_at is None
            assert session.scalar(select(func.count()).select_from(Note)) == 0
            entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "portal_previewed")).one()
            assert (entry.subject_id, entry.actor) == (sent.version_id, f"staff:{studio.staff(PRODUCER).id}")

        studio.clock.move(minutes=10)
        assert_problem(browser.get("/api/portal/me"), 401, "preview_over")
        assert browser.delete("/api/portal/preview").status_code == 204
        assert_problem(browser.get("/api/portal/me"), 401, "not_signed_in")


@pytest.mark.parametrize("spoilt", ["late", "forged", "taken for the cookie", "of somebody who left"])
def test_a_link_that_is_late_or_forged_or_of_somebody_who_left_opens_nothing(
    standing_studio: ApiStudio, spoilt: str
) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        token = link_to(studio, browser, sent)
        if spoilt == "late":
            studio.clock.move(minutes=1)
        elif spoilt == "forged":
            token = f"x{token}"
        elif spoilt == "taken for the cookie":
            browser.cookies.set("bom-portal-preview", token, domain="127.0.0.1")
            assert_problem(browser.get("/api/portal/me"), 401, "preview_over")
            return
        else:
            with studio.database.writing() as session:
                person = studio.staff(PRODUCER)
                staff.disable_staff(session, person.id, at=studio.clock())

        assert_problem(browser.post("/api/portal/preview", json={"token": token}), 401, "preview_over")


def test_who_is_signed_in_in_the_same_browser_is_so_again_after_a_preview(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        token = link_to(studio, browser, sent)
        signed_in(studio, browser)
        browser.post("/api/portal/preview", json={"token": token})
        assert browser.get("/api/portal/me").json()["is_preview"]

        browser.delete("/api/portal/preview")

        assert browser.get("/api/portal/me").json()["name"] == "Anna"
