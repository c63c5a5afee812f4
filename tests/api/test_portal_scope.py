"""Whose data is whose: every route of the portal is walked as nobody, as staff, and as another client.

The walk reads the api's own description, so that a route that is added tomorrow is walked tomorrow.
"""

import re
from typing import Any

import httpx
import pytest

from engine.core.models import new_id
from tests.api.authenticator import Device
from tests.api.portal import BAS, a_sent_version, decision_on, signed_in
from tests.api.studio import ApiStudio, assert_problem

OPEN = ("/api/portal/sign-in/", "/api/portal/unsubscribe/", "/api/portal/preview")
"""Where nobody has to be signed in."""
OWN = re.compile(r"\{(\w+)\}")


def portal_routes(studio: ApiStudio) -> list[tuple[str, str]]:
    """Each route of the portal that needs somebody to be signed in: method and path."""
    paths: dict[str, dict[str, Any]] = studio.app.openapi()["paths"]
    return [
        (method, path)
        for path, methods in paths.items()
        if path.startswith("/api/portal/") and not path.startswith(OPEN)
        for method in methods
    ]


def bodies(path: str) -> dict[str, Any] | None:
    """A body that the route would take, so that nothing but whose it is stands in the way."""
    for ending, body in (
        ("/notes", {"text": "Logo"}),
        ("/settle", {"is_settled": True}),
        ("/addressed", {"was_addressed": True}),
        ("/verify", {"sha256": "a" * 64}),
        ("/messages", {"text": "Dag"}),
        ("/passkeys", {"name": "x", "credential_id": "x", "client_data": "x", "attestation": "x"}),
        (
            "/decision",
            {
                "verdict": "approved",
                "agreed_text": "Ja",
                "files": [{"format": "9:16", "sha256": "a" * 64}],
            },
        ),
    ):
        if path.endswith(ending):
            return body
    return {}


def call(browser: httpx.Client, method: str, path: str, ids: dict[str, str]) -> httpx.Response:
    filled = OWN.sub(lambda name: ids[name[1]], path)
    body = bodies(filled) if method in {"post", "patch", "put"} else None
    return browser.request(method, filled, json=body, headers={"if-match": '"1"'})


@pytest.fixture
def two_clients(standing_studio: ApiStudio) -> tuple[ApiStudio, dict[str, str]]:
    """Two clients, each with a version, a note and a decision; the ids are all Anna's."""
    studio = standing_studio
    anna = a_sent_version(studio)
    a_sent_version(studio, BAS, producer="tweede@bom.example")
    with studio.open() as browser:
        signed_in(studio, browser)
        version = f"/api/portal/versions/{anna.version_id}"
        shown = browser.get(version).json()
        note = browser.post(f"{version}/notes", json={"id": new_id(), "text": "Logo groter"}).json()
        decided = browser.post(f"{version}/decision", json=decision_on(anna, shown))
        assert decided.status_code == 201, decided.text
        (here,) = browser.get("/api/portal/sessions").json()["items"]
        passkey = browser.post(
            "/api/portal/passkeys", json=Device().make(browser.post("/api/portal/passkeys/challenge").json())
        ).json()
    ids = {
        "project_id": anna.project_id,
        "video_id": anna.video_id,
        "version_id": anna.version_id,
        "note_id": note["id"],
        "decision_id": decided.json()["id"],
        "passkey_id": passkey["id"],
        "session_id": here["id"],
    }
    return studio, ids


def test_another_clients_ids_are_ids_of_nothing(two_clients: tuple[ApiStudio, dict[str, str]]) -> None:
    """ASVS 8.2.2, 8.4.1: 404, as for an id that nobody has."""
    studio, ids = two_clients
    nothing = dict.fromkeys(ids, new_id())
    named = [(method, path) for method, path in portal_routes(studio) if OWN.search(path)]
    assert len(named) >= 14
    assert {name for _, path in named for name in OWN.findall(path)} == set(ids), "name what a new id is here"
    with studio.open() as browser:
        signed_in(studio, browser, BAS)
        for method, path in named:
            answer = call(browser, method, path, ids)
            assert answer.status_code == 404, f"{method} {path}: {answer.status_code} {answer.text}"
            if path.endswith(".pdf"):
                continue
            told, of_nothing = (call(browser, method, path, given).json()["code"] for given in (ids, nothing))
            assert told == of_nothing == "not_found", path
        lists = browser.get("/api/portal/dashboard").text + browser.get("/api/portal/videos").text
        lists += browser.get("/api/portal/projects").text + browser.get("/api/portal/messages").text

    assert not [name for name, id_ in ids.items() if id_ in lists]


def test_nobody_and_staff_are_strangers_to_every_route(two_clients: tuple[ApiStudio, dict[str, str]]) -> None:
    studio, ids = two_clients
    with studio.open() as browser:
        for cookie in (None, studio.token()):
            browser.cookies.clear()
            if cookie:
                browser.cookies.set("bom", cookie, domain="127.0.0.1")
                browser.cookies.set("bom-portal", cookie, domain="127.0.0.1")
            for method, path in portal_routes(studio):
                answer = call(browser, method, path, ids)
                assert_problem(answer, 401, "not_signed_in")


def test_a_contacts_session_opens_nothing_of_the_studios(two_clients: tuple[ApiStudio, dict[str, str]]) -> None:
    studio, ids = two_clients
    with studio.open() as browser:
        signed_in(studio, browser)
        browser.cookies.set("bom", browser.cookies["bom-portal"], domain="127.0.0.1")
        for path in (f"/api/videos/{ids['video_id']}/versions", "/api/clients", "/api/outbox", "/api/jobs"):
            assert_problem(browser.get(path), 401, "not_signed_in")
