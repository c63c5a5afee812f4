"""A contact gets into the portal by mail; OWASP ASVS 5.0's items for it stand beside the tests that hold them."""

import time
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from api.services.portal_sign_in import ANSWERS_AFTER_S
from automations.workflows.reviews import version_was_sent
from engine.core import clients, contacts
from engine.core.models import AuditEntry, Contact, Job, Mail, SignInLink, SignInSession
from engine.core.reviews.versions import get_version
from tests.api.portal import (
    ANNA,
    BAS,
    a_portal_token,
    a_sent_version,
    last_mail_to,
    link_in,
    mails_to,
    post_goes,
    signed_in,
    text_of,
)
from tests.api.studio import ApiStudio, assert_problem

NOBODY = "niemand@nergens.example"


def ask(browser: httpx.Client, email: str = ANNA, **more: str) -> httpx.Response:
    return browser.post("/api/portal/sign-in/links", json={"email": email, **more})


def mailed(studio: ApiStudio, email: str = ANNA) -> tuple[str, str]:
    return link_in(text_of(last_mail_to(studio, email)))


def test_a_contact_signs_in_with_the_mailed_link(studio: ApiStudio, browser: httpx.Client) -> None:
    a_sent_version(studio)
    assert ask(browser, next="/videos/01a2").status_code == 202

    token, _ = mailed(studio)
    assert "&next=/videos/01a2" in text_of(last_mail_to(studio, ANNA))
    answer = browser.post("/api/portal/sign-in/token", json={"token": token})

    assert answer.status_code == 200, answer.text
    assert answer.json()["email"] == ANNA
    assert answer.json()["waiting"] == 1
    assert browser.get("/api/portal/me").json()["name"] == "Anna"
    with studio.database.reading() as session:
        anna = session.scalars(select(Contact).where(Contact.email == ANNA)).one()
        assert anna.last_seen_at == studio.clock()
        assert anna.revision == 1  # whoever edits her meanwhile is not refused


def test_link_and_code_work_once_and_not_after_ten_minutes(standing_studio: ApiStudio) -> None:
    """ASVS 6.5.1, 6.5.5."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        token, code = mailed(studio)
        assert browser.post("/api/portal/sign-in/token", json={"token": token}).status_code == 200
        again = browser.post("/api/portal/sign-in/token", json={"token": token})
        assert_problem(again, 401, "sign_in_link_spent")
        assert_problem(browser.post("/api/portal/sign-in/code", json={"code": code}), 401, "sign_in_link_spent")

        ask(browser)
        token, code = mailed(studio)
        studio.clock.move(minutes=10)
        late = browser.post("/api/portal/sign-in/token", json={"token": token})
        assert_problem(late, 401, "sign_in_link_spent")
        assert_problem(browser.post("/api/portal/sign-in/code", json={"code": code}), 401, "sign_in_link_spent")


def test_another_browser_is_refused_and_the_code_is_the_way(standing_studio: ApiStudio) -> None:
    """ASVS 6.6.2. A mail scanner, or a mail program that opens another browser, burns nothing."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser, httpx.Client(base_url=browser.base_url, verify=False) as elsewhere:
        ask(browser)
        token, code = mailed(studio)

        for tried in ({"token": token}, {"code": code}):
            (kind,) = tried
            refused = elsewhere.post(f"/api/portal/sign-in/{kind}", json=tried)
            assert_problem(refused, 401, "sign_in_link_spent")
        right = browser.post("/api/portal/sign-in/code", json={"code": code})

        assert right.status_code == 200
        assert elsewhere.get("/api/portal/me").status_code == 401


def test_a_code_is_guessed_five_times_at_most(standing_studio: ApiStudio) -> None:
    """ASVS 6.6.3, 2.4.1."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        _, code = mailed(studio)
        wrong = "000 000" if code != "000 000" else "111 111"
        for _ in range(5):
            refused = browser.post("/api/portal/sign-in/code", json={"code": wrong})
            assert_problem(refused, 401, "sign_in_code_wrong")

        assert_problem(browser.post("/api/portal/sign-in/code", json={"code": code}), 401, "sign_in_link_spent")


def test_nobody_learns_which_addresses_are_known(standing_studio: ApiStudio) -> None:
    """Not by the answer, not by a cookie, and not by the time that it takes."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        took = {}
        for email in (ANNA, NOBODY):
            browser.cookies.clear()
            began = time.monotonic()
            answer = ask(browser, email)
            took[email] = time.monotonic() - began
            assert (answer.status_code, answer.json()) == (202, {"lasts_s": 600, "code_digits": 6})
            assert "bom-portal-intent" in answer.cookies

        assert min(took.values()) >= ANSWERS_AFTER_S
        assert mails_to(studio, NOBODY) == []
        assert len(mails_to(studio, ANNA)) == 1


@pytest.mark.parametrize("email", [ANNA, NOBODY])
def test_links_are_asked_for_ten_times_in_a_quarter_of_an_hour(standing_studio: ApiStudio, email: str) -> None:
    """ASVS 2.4.1; the same for an address that nobody has."""
    a_sent_version(standing_studio)
    with standing_studio.database.writing() as session:
        from engine.core.sign_in_limits import count_attempt

        for _ in range(10):
            count_attempt(session, f"portal {email}", "192.0.2.7", at=standing_studio.clock())
    with standing_studio.open() as browser:
        refused = assert_problem(ask(browser, email), 429, "too_many_requests")

        assert refused["facts"]["retry_after_s"] > 800
        standing_studio.clock.move(minutes=15)
        assert ask(browser, email).status_code == 202


def test_what_signs_somebody_in_stands_in_the_mail_and_nowhere_else(studio: ApiStudio, browser: httpx.Client) -> None:
    """ASVS 14.2.1: in no job, no row, no record; and in the link behind the #, where no server sees it."""
    a_sent_version(studio)
    ask(browser)
    token, code = mailed(studio)

    assert f"/login/link#{token}" in text_of(last_mail_to(studio, ANNA))
    with studio.database.reading() as session:
        kept = [
            *(str(vars(row)) for row in session.scalars(select(Job))),
            *(str(vars(row)) for row in session.scalars(select(Mail))),
            *(str(vars(row)) for row in session.scalars(select(SignInLink))),
            *(str(vars(row)) for row in session.scalars(select(AuditEntry))),
        ]
        assert len(kept) >= 4
        assert not [line for line in kept if token in line or code in line or code.replace(" ", "") in line]


def test_the_cookie_is_the_browsers_own(standing_studio: ApiStudio) -> None:
    """ASVS 3.3.1, 3.3.3, 3.3.4, 7.2.3: HttpOnly, SameSite, __Host- and Secure over TLS, 256 random bits."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        token, _ = mailed(studio)
        plain = browser.post("/api/portal/sign-in/token", json={"token": token}).headers.get_list("set-cookie")
    assert any(line.startswith("bom-portal=") and "HttpOnly" in line and "SameSite=lax" in line for line in plain)
    secure = studio.reached_at("https://studio.example", portal_url="https://portal.example")
    with secure.open() as browser:
        origin = {"origin": "https://portal.example"}
        asked = browser.post("/api/portal/sign-in/links", json={"email": ANNA}, headers=origin)
        (line,) = asked.headers.get_list("set-cookie")

    assert line.startswith("__Host-bom-portal-intent=")
    assert {"Secure", "HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in line.split(";")}
    assert "Domain" not in line


def test_signing_in_begins_a_session_and_ends_the_old_one(standing_studio: ApiStudio) -> None:
    """ASVS 7.2.4."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        old = browser.cookies["bom-portal"]
        ask(browser)
        browser.post("/api/portal/sign-in/token", json={"token": mailed(studio)[0]})
        assert browser.cookies["bom-portal"] != old

        browser.cookies.clear()
        browser.cookies.set("bom-portal", old, domain="127.0.0.1")
        assert_problem(browser.get("/api/portal/me"), 401, "not_signed_in")


def test_a_session_ends_when_idle_and_after_its_time(standing_studio: ApiStudio) -> None:
    """ASVS 7.3.1, 7.3.2."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        for _ in range(5):
            studio.clock.move(days=6)
            alive = browser.get("/api/portal/me").status_code
        assert alive == 401  # thirty days in all, however often it is used

        signed_in(studio, browser)
        studio.clock.move(days=7)
        assert browser.get("/api/portal/me").status_code == 401


def test_people_see_and_end_their_own_sessions(studio: ApiStudio, browser: httpx.Client) -> None:
    """ASVS 7.4.1, 7.5.2."""
    a_sent_version(studio)
    phone = a_portal_token(studio)
    signed_in(studio, browser)
    shown = browser.get("/api/portal/sessions").json()["items"]
    assert [item["is_this"] for item in shown].count(True) == 1
    (other,) = [item["id"] for item in shown if not item["is_this"]]

    assert browser.delete(f"/api/portal/sessions/{other}").status_code == 204
    with httpx.Client(base_url=browser.base_url, verify=False, cookies={"bom-portal": phone}) as elsewhere:
        assert elsewhere.get("/api/portal/me").status_code == 401
    kept = browser.cookies["bom-portal"]
    assert browser.post("/api/portal/sign-out").status_code == 204
    browser.cookies.set("bom-portal", kept, domain="127.0.0.1")
    assert browser.get("/api/portal/me").status_code == 401  # the cookie's own removal is not all there is to it
    signed_in(studio, browser)
    assert browser.delete("/api/portal/sessions").status_code == 204
    with studio.database.reading() as session:
        assert session.scalars(select(SignInSession).where(SignInSession.ended_at.is_(None))).all() == []


def test_a_contact_who_is_shut_out_is_out_at_once(standing_studio: ApiStudio) -> None:
    """ASVS 7.4.2."""
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        token, _ = mailed(studio)
        signed_in(studio, browser)
        with studio.database.writing() as session:
            contacts.disable_contact(session, sent.client_id, sent.contact_id, at=studio.clock())

        assert browser.get("/api/portal/me").status_code == 401
        assert browser.post("/api/portal/sign-in/token", json={"token": token}).status_code == 401
        assert ask(browser).status_code == 202
        assert len(mails_to(studio, ANNA)) == 1


def test_nobody_of_a_client_that_is_put_away_is_let_in_until_it_is_back(standing_studio: ApiStudio) -> None:
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        token, _ = mailed(studio)
        signed_in(studio, browser)
        with studio.database.writing() as session:
            clients.archive_client(session, sent.client_id, at=studio.clock(), keep_open_work=True)

        assert_problem(browser.get("/api/portal/me"), 401, "not_signed_in")
        assert_problem(browser.post("/api/portal/sign-in/token", json={"token": token}), 401, "sign_in_link_spent")
        assert ask(browser).status_code == 202  # as for an address that nobody knows
        assert len(mails_to(studio, ANNA)) == 1

        with studio.database.writing() as session:
            clients.restore_client(session, sent.client_id, at=studio.clock())
        assert browser.get("/api/portal/me").json()["name"] == "Anna"
        ask(browser)
        assert len(mails_to(studio, ANNA)) == 2


def test_only_the_portals_own_pages_write(standing_studio: ApiStudio) -> None:
    """ASVS 3.5.1, 3.5.3. The portal's pages write to the portal's routes, and to nothing of the studio's."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        portal = {"origin": "http://localhost:3000"}
        assert browser.post("/api/portal/messages/read", headers=portal).status_code == 204
        foreign = browser.post("/api/portal/messages/read", headers={"origin": "https://evil.example"})
        assert_problem(foreign, 403, "foreign_origin")
        browser.cookies.set("bom", studio.token())
        assert_problem(browser.post("/api/auth/logout", headers=portal), 403, "foreign_origin")


def test_sign_ins_and_refusals_are_written_down(standing_studio: ApiStudio) -> None:
    """ASVS 16.3.1, 16.3.2."""
    studio = standing_studio
    a_sent_version(studio)
    with studio.open() as browser:
        ask(browser)
        token, code = mailed(studio)
        browser.post("/api/portal/sign-in/token", json={"token": "A" * 43})
        browser.post("/api/portal/sign-in/code", json={"code": "000000" if code != "000 000" else "111111"})
        browser.post("/api/portal/sign-in/token", json={"token": token})

    with studio.database.reading() as session:
        said = [entry.action for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    assert said == ["portal_link_asked", "portal_sign_in_refused", "portal_sign_in_refused", "portal_sign_in"]


def test_answers_are_kept_by_nobody_on_the_way(standing_studio: ApiStudio) -> None:
    """ASVS 14.3.2, 3.4.4, 3.4.5."""
    a_sent_version(standing_studio)
    with standing_studio.open() as browser:
        signed_in(standing_studio, browser)
        headers = browser.get("/api/portal/dashboard").headers

    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_link_that_went_too_late_is_not_sent_at_all(standing_studio: ApiStudio) -> None:
    a_sent_version(standing_studio)
    with standing_studio.open() as browser:
        ask(browser)
        standing_studio.clock.now += timedelta(minutes=10)
        post_goes(standing_studio)

    (mail,) = mails_to(standing_studio, ANNA)
    assert mail.status.value == "dropped"


def test_language_and_mails_are_the_contacts_own_choice(standing_studio: ApiStudio) -> None:
    """ASVS 15.3.3: and nothing else of the contact's row is."""
    a_sent_version(standing_studio)
    with standing_studio.open() as browser:
        signed_in(standing_studio, browser)
        tag = browser.get("/api/portal/me").headers["etag"]
        wrong = browser.patch("/api/portal/me", json={"email": BAS}, headers={"if-match": tag})
        assert wrong.status_code == 422
        changed = browser.patch(
            "/api/portal/me",
            json={"language": "en", "notification_wishes": {"digest": True}},
            headers={"if-match": tag},
        )

    assert changed.json()["language"] == "en"
    assert changed.json()["notification_wishes"]["digest"] is True
    assert changed.json()["email"] == ANNA


def test_a_mail_program_unsubscribes_its_reader_with_one_press(standing_studio: ApiStudio) -> None:
    """RFC 8058. Opening the address changes nothing, and a forged one is of nobody."""
    studio = standing_studio
    sent = a_sent_version(studio)
    with studio.database.writing() as session:
        version_was_sent(session, get_version(session, sent.version_id), at=studio.clock())
    mail = last_mail_to(studio, ANNA)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:3000")
    with studio.open() as browser:
        assert browser.get(address).headers["location"] == "http://localhost:3000/account"
        assert_problem(browser.post(address.replace(".review.", ".message.")), 404, "not_found")
        signed_in(studio, browser)
        assert browser.get("/api/portal/me").json()["notification_wishes"]["review"] is True
        pressed = browser.post(address, data={"List-Unsubscribe": "One-Click"})
        assert pressed.status_code == 204, pressed.text
        assert browser.get("/api/portal/me").json()["notification_wishes"]["review"] is False


@pytest.mark.parametrize(
    ("portal_url", "cookie", "path"),
    [
        ("https://portal.example", "__Host-bom-portal-intent", "/"),
        ("https://studio.example/portal", "__Secure-bom-portal-intent", "/portal"),
    ],
)
def test_cookies_insist_on_tls_and_reach_no_further_than_the_portal(
    lite_studio: ApiStudio, portal_url: str, cookie: str, path: str
) -> None:
    """ASVS 3.3.1, 3.3.3, 3.3.4. Under a path the rest of the site, which may be another program, does not get them."""
    with lite_studio.reached_at("", portal_url=portal_url).open() as browser:
        said = ask(browser).headers["set-cookie"]

    name, *attributes = said.split("; ")
    assert name.startswith(f"{cookie}=")
    assert {"HttpOnly", "Secure", "SameSite=lax", f"Path={path}"} <= set(attributes)
    assert not any(attribute.lower().startswith("domain") for attribute in attributes)


def test_mails_and_answers_lead_to_the_portal_under_its_path(lite_studio: ApiStudio) -> None:
    studio = lite_studio.reached_at("", portal_url="https://studio.example/portal")
    a_sent_version(studio)
    with studio.open() as browser:
        ours = {"origin": "https://studio.example"}
        asked = browser.post("/api/portal/sign-in/links", json={"email": ANNA, "next": "/videos/01a2"}, headers=ours)
        assert asked.status_code == 202
        assert "https://studio.example/portal/login/link#" in text_of(last_mail_to(studio, ANNA))
        foreign = browser.post(
            "/api/portal/sign-in/links", json={"email": ANNA}, headers={"origin": "https://studio.example/portal"}
        )
        assert_problem(foreign, 403, "foreign_origin")
        cookie = {"cookie": f"__Secure-bom-portal={a_portal_token(studio)}"}
        video = browser.get("/api/portal/dashboard", headers=cookie).json()["waiting"][0]
        assert video["poster_url"].startswith("/portal/media/reviews/")
        place = browser.get("/api/settings/client-login", headers={"cookie": f"bom={studio.token()}"}).json()
        assert place == {"portal_url": "https://studio.example/portal", "is_only_here": False}
