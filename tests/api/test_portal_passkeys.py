"""A contact signs in with a passkey; OWASP ASVS 5.0's items for it stand beside the tests that hold them."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from engine.core.models import AuditEntry, Contact, Passkey
from tests.api.authenticator import PRESENT, Device
from tests.api.portal import ANNA, BAS, a_sent_version, signed_in
from tests.api.studio import ApiStudio, assert_problem

SIGN_IN = "/api/portal/sign-in/passkey"


@pytest.fixture
def browser(standing_studio: ApiStudio) -> Iterator[httpx.Client]:
    """Anna's, signed in by mail; her client has a version to look at."""
    a_sent_version(standing_studio)
    with standing_studio.open() as browser:
        yield signed_in(standing_studio, browser)


def added(browser: httpx.Client, device: Device | None = None) -> Device:
    device = device or Device()
    answer = browser.post(
        "/api/portal/passkeys", json=device.make(browser.post("/api/portal/passkeys/challenge").json())
    )
    assert answer.status_code == 201, answer.text
    return device


def enter(browser: httpx.Client, device: Device) -> httpx.Response:
    return browser.post(SIGN_IN, json=device.sign(browser.post(f"{SIGN_IN}/challenge").json()))


def test_a_passkey_is_added_named_used_and_removed(studio: ApiStudio) -> None:
    """ASVS 6.3.3: a second way in, of a device and its owner, without a mail."""
    a_sent_version(studio)
    with studio.open() as browser:
        signed_in(studio, browser)
        device = added(browser)
        browser.cookies.clear()

        answer = enter(browser, device)

        assert answer.status_code == 200, answer.text
        assert answer.json()["email"] == ANNA
        (shown,) = browser.get("/api/portal/passkeys").json()["items"]
        assert shown["name"] == "Telefoon van Anna"
        assert shown["last_used_at"]
        assert browser.delete(f"/api/portal/passkeys/{shown['id']}").status_code == 204
        assert browser.get("/api/portal/passkeys").json()["items"] == []
        assert_problem(enter(browser, device), 401, "passkey_refused")
    with studio.database.reading() as session:
        told = session.scalars(select(AuditEntry.action).order_by(AuditEntry.at, AuditEntry.id)).all()
    for action in ("portal_passkey_added", "portal_sign_in", "portal_passkey_removed", "portal_sign_in_refused"):
        assert action in told


def test_what_was_signed_once_is_taken_once(standing_studio: ApiStudio, browser: httpx.Client) -> None:
    """ASVS 6.5.1: also where the cookie is put back by hand."""
    device = added(browser)
    asked = browser.post(f"{SIGN_IN}/challenge").json()
    ticket, signed = browser.cookies["bom-portal-passkey"], device.sign(asked)
    assert browser.post(SIGN_IN, json=signed).status_code == 200

    browser.cookies.set("bom-portal-passkey", ticket, domain="127.0.0.1")
    assert_problem(browser.post(SIGN_IN, json=signed), 401, "passkey_refused")


def test_what_was_signed_for_another_browser_or_another_purpose_is_refused(
    standing_studio: ApiStudio, browser: httpx.Client
) -> None:
    """ASVS 6.6.2."""
    device = added(browser)
    with httpx.Client(base_url=browser.base_url) as elsewhere:
        signed = device.sign(browser.post(f"{SIGN_IN}/challenge").json())
        assert_problem(elsewhere.post(SIGN_IN, json=signed), 401, "passkey_refused")
        elsewhere.post(f"{SIGN_IN}/challenge")
        assert_problem(elsewhere.post(SIGN_IN, json=signed), 401, "passkey_refused")
    to_add = browser.post("/api/portal/passkeys/challenge").json()
    assert_problem(browser.post(SIGN_IN, json=device.sign(to_add)), 401, "passkey_refused")
    to_sign_in = browser.post(f"{SIGN_IN}/challenge").json()
    made = Device().make({**to_sign_in, "user_id": device.user_handle})
    assert_problem(browser.post("/api/portal/passkeys", json=made), 422, "passkey_refused")


def test_a_challenge_lasts_five_minutes(standing_studio: ApiStudio, browser: httpx.Client) -> None:
    """ASVS 6.5.5. A ticket that says a later end is another challenge."""
    device = added(browser)
    asked = browser.post(f"{SIGN_IN}/challenge").json()
    ticket = browser.cookies["bom-portal-passkey"]
    standing_studio.clock.move(minutes=5)
    assert_problem(browser.post(SIGN_IN, json=device.sign(asked)), 401, "passkey_refused")

    longer = f"{int(ticket.partition('.')[0]) + 60}.{ticket.partition('.')[2]}"
    for made_up in (longer, "99999999999999999999.x", "soon.x", "x"):
        browser.cookies.set("bom-portal-passkey", made_up, domain="127.0.0.1")
        assert_problem(browser.post(SIGN_IN, json=device.sign(asked)), 401, "passkey_refused")


@pytest.mark.parametrize(
    ("wrong", "value"),
    [
        ("origin", "https://evil.example"),
        ("origin", "http://localhost:3001"),
        ("flags", PRESENT),  # somebody was there, and nobody knows who
        ("sign_count", 0),  # a copy of the key, which counts apart
        ("user_handle", "bmllbWFuZA"),
    ],
)
def test_what_the_right_owner_did_not_sign_here_is_refused(browser: httpx.Client, wrong: str, value: str | int) -> None:
    device = added(browser, Device(sign_count=5))
    setattr(device, wrong, value)

    assert_problem(enter(browser, device), 401, "passkey_refused")


def test_an_unknown_passkey_and_a_forged_one_are_told_alike(browser: httpx.Client) -> None:
    device = added(browser)
    forged = Device(credential_id=device.credential_id, user_handle=device.user_handle, sign_count=9)
    stranger = Device(user_handle=device.user_handle)

    told = [enter(browser, one).json() | {"request_id": "", "instance": ""} for one in (forged, stranger)]

    assert told[0] == told[1]


def test_who_is_disabled_is_out_at_once_and_stays_out(standing_studio: ApiStudio, browser: httpx.Client) -> None:
    """ASVS 7.4.2."""
    device = added(browser)
    with standing_studio.database.writing() as session:
        session.scalars(select(Contact).where(Contact.email == ANNA)).one().disabled_at = standing_studio.clock()

    assert_problem(enter(browser, device), 401, "passkey_refused")
    assert_problem(browser.get("/api/portal/passkeys"), 401, "not_signed_in")


def test_a_passkey_is_kept_once_and_not_for_somebody_else_too(
    standing_studio: ApiStudio, browser: httpx.Client
) -> None:
    device = added(browser)
    asked = browser.post("/api/portal/passkeys/challenge").json()
    assert asked["known_ids"] == [device.make(asked)["credential_id"]]
    again = browser.post("/api/portal/passkeys", json=device.make(asked))
    assert_problem(again, 409, "passkey_known")

    a_sent_version(standing_studio, BAS, producer="tweede@bom.example")
    signed_in(standing_studio, browser, BAS)
    asked = browser.post("/api/portal/passkeys/challenge").json()
    assert_problem(browser.post("/api/portal/passkeys", json=device.make(asked)), 409, "passkey_known")


@pytest.mark.parametrize("attestation", ["oWNmbXRkbm9uZQ", "AAAA", "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YUEA", "-"])
def test_bytes_that_are_no_passkey_are_refused_and_nothing_is_kept(
    standing_studio: ApiStudio, browser: httpx.Client, attestation: str
) -> None:
    made = Device().make(browser.post("/api/portal/passkeys/challenge").json()) | {"attestation": attestation}

    assert_problem(browser.post("/api/portal/passkeys", json=made), 422, "passkey_refused")
    with standing_studio.database.reading() as session:
        assert session.scalars(select(Passkey)).all() == []


def test_passkeys_are_tried_ten_times_in_a_quarter_of_an_hour_and_a_right_one_is_not_counted(
    browser: httpx.Client,
) -> None:
    """ASVS 2.4.1, 6.6.3."""
    device = added(browser)
    stranger = Device(user_handle=device.user_handle)
    for _ in range(9):
        assert enter(browser, stranger).status_code == 401
    for _ in range(3):
        assert enter(browser, device).status_code == 200
    assert enter(browser, stranger).status_code == 401

    assert_problem(enter(browser, device), 429, "too_many_requests")
