"""The wire, through a real server: what callers send that no client of ours would."""

import json
import logging
import socket
from contextlib import suppress

import httpx
import pytest

from engine.core.database import Database
from engine.core.models import Client
from tests.api.studio import ApiStudio, assert_problem

NAMES = [
    "O'Brien & Zn. B.V.",
    "Bakkerij 🥐 “Anna”",
    "مخبز آنا",
    "Ж" * 300,
    "a" * 299 + "é",
    "<script>alert(1)</script>",
    "Robert'); DROP TABLE clients;--",
    "ﬁ ʼn Å",
]


def clients_in(database: Database) -> int:
    with database.reading() as session:
        return session.query(Client).count()


def test_a_name_in_any_script_comes_back_as_typed(owner: httpx.Client) -> None:
    for name in NAMES:
        made = owner.post("/api/clients", json={"name": name})

        assert made.status_code == 201, made.text
        assert owner.get(f"/api/clients/{made.json()['id']}").json()["name"] == name.replace("Å", "Å")


UNKEEPABLE = [
    ('{"name": "a\\u0000b"}', 422, "invalid_request"),
    ('{"name": "a\\ud800b"}', 422, "invalid_request"),
    ('{"na\\u0000me": "a"}', 422, "invalid_request"),
    ('{"name": "a", "x": 1}', 422, "invalid_request"),
    ('{"name": "' + "a" * 301 + '"}', 422, "invalid_request"),
    ('{"name": "\\u200b \\u00a0"}', 422, "invalid"),
    ('{"name": NaN}', 422, "invalid_request"),
    ('{"name": ' + "9" * 400 + "}", 422, "invalid_request"),
    ('{"name": ' + "9" * 5000 + "}", 400, "json_invalid"),
    ("[" * 100_000, 400, "json_invalid"),
    ("[" * 90 + "]" * 90, 422, "invalid_request"),
    ('{"name": "a"', 400, "json_invalid"),
    ("", 422, "invalid_request"),
    ("null", 422, "invalid_request"),
    ('"' + "é".encode("latin-1").decode("latin-1") + '"', 422, "invalid_request"),
]


def test_what_cannot_be_kept_is_refused_by_its_place(studio: ApiStudio, owner: httpx.Client) -> None:
    for body, status, code in UNKEEPABLE:
        answer = owner.post("/api/clients", content=body, headers={"Content-Type": "application/json"})

        problem = assert_problem(answer, status, code)
        assert len(answer.content) < 2000
        if status == 422:
            assert problem["errors"]
            assert all(part["field"].startswith(("body", "name")) for part in problem["errors"])
    assert clients_in(studio.database) == 0


def test_a_body_that_is_not_utf8_is_refused(lite_owner: httpx.Client) -> None:
    answer = lite_owner.post(
        "/api/clients", content=b'{"name": "\xff\xfe"}', headers={"Content-Type": "application/json"}
    )

    assert_problem(answer, 400, "json_invalid")


@pytest.mark.parametrize("number", ["9223372036854775808", "-9223372036854775809", "1e400"])
def test_a_number_that_no_database_holds_is_refused(lite_owner: httpx.Client, number: str) -> None:
    body = f'{{"client_id": "x", "name": "a", "price_micros": {number}}}'

    answer = lite_owner.post("/api/projects", content=body, headers={"Content-Type": "application/json"})

    assert_problem(answer, 422, "invalid_request")


def test_multipart_or_a_form_to_a_json_route_is_refused(lite_studio: ApiStudio, lite_owner: httpx.Client) -> None:
    assert_problem(lite_owner.post("/api/clients", files={"name": b"x"}), 415, "wrong_media_type")
    assert_problem(lite_owner.post("/api/clients", data={"name": "x"}), 415, "wrong_media_type")
    assert_problem(lite_owner.post("/api/clients", content=b'{"name": "x"}'), 415, "wrong_media_type")
    plain = lite_owner.post("/api/clients", content=b'{"name": "x"}', headers={"Content-Type": "text/plain"})
    assert_problem(plain, 415, "wrong_media_type")
    assert clients_in(lite_studio.database) == 0


def test_a_large_body_is_refused_before_it_is_read_whether_announced_or_not(
    lite_studio: ApiStudio, lite_owner: httpx.Client
) -> None:
    huge = json.dumps({"name": "x", "notes": "n" * 1_000_000}).encode()
    headers = {"Content-Type": "application/json"}

    assert_problem(lite_owner.post("/api/clients", content=huge, headers=headers), 413, "too_large")
    chunks = (huge[start : start + 65_536] for start in range(0, len(huge), 65_536))
    assert_problem(lite_owner.post("/api/clients", content=chunks, headers=headers), 413, "too_large")
    assert clients_in(lite_studio.database) == 0


def test_headers_without_end_close_the_connection_and_not_the_server(lite_owner: httpx.Client) -> None:
    """A gigabyte of header: 40 kB of it are enough to be shown the door."""
    url = lite_owner.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as caller:
        caller.sendall(b"GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-Long: ")
        answer = b""
        try:
            for _ in range(1000):
                caller.sendall(b"a" * 65_536)
            answer = caller.recv(1000)
        except (BrokenPipeError, ConnectionResetError):
            answer = b"closed"
    assert answer == b"closed" or answer.startswith(b"HTTP/1.1 4")
    assert lite_owner.get("/api/health").status_code == 200


LINE = b"GET /api/health HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = b"POST /api/clients HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
TOO_MUCH = [
    LINE + b"X-Long: " + b"a" * 40_000 + b"\r\n\r\n",
    LINE + b"X-Many: aaaaaaaaaa\r\n" * 2_000 + b"\r\n",
    b"GET /api/health?" + b"a" * 40_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    CHUNKED + b"1;" + b"a" * 400_000,
    CHUNKED + b"0\r\nX-Trailer: " + b"a" * 400_000,
]


@pytest.mark.parametrize("sent", TOO_MUCH, ids=["value", "many", "line", "chunk", "trailer"])
def test_more_than_headers_may_hold_is_refused_however_it_comes(lite_owner: httpx.Client, sent: bytes) -> None:
    url = lite_owner.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as caller:
        with suppress(ConnectionError):
            caller.sendall(sent)
        answer = b""
        with suppress(ConnectionError):
            while more := caller.recv(65_536):  # until the server closes; a time-out is a failure
                answer += more

    assert not answer or answer.startswith(b"HTTP/1.1 4")


def test_what_comes_after_the_body_signs_nobody_in(lite_owner: httpx.Client) -> None:
    cookie = "; ".join(f"{name}={value}" for name, value in lite_owner.cookies.items()).encode()
    body = b'{"name": "Via een trailer"}'
    asked = CHUNKED.replace(b"\r\n\r\n", b"\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
    sent = asked + b"%x\r\n%s\r\n0\r\nCookie: %s\r\n\r\n" % (len(body), body, cookie)
    url = lite_owner.base_url
    with socket.create_connection((url.host, url.port or 80), timeout=10) as caller:
        caller.sendall(sent)
        answer = caller.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 401")


def test_a_long_header_that_is_within_the_limit_is_read(lite_owner: httpx.Client) -> None:
    assert lite_owner.get("/api/health", headers={"X-Long": "a" * 30_000}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1.evil.example"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://rebound.example", "Host": "rebound.example"},
    ],
)
def test_a_page_of_another_site_writes_nothing(
    lite_studio: ApiStudio, lite_owner: httpx.Client, headers: dict[str, str]
) -> None:
    answer = lite_owner.post("/api/clients", json={"name": "x"}, headers=headers)

    assert_problem(answer, 403, "foreign_origin")
    assert clients_in(lite_studio.database) == 0
    assert lite_owner.get("/api/clients", headers=headers).status_code == 200
    assert "access-control-allow-origin" not in lite_owner.get("/api/clients", headers=headers).headers


def test_the_studios_own_page_and_programs_write(lite_owner: httpx.Client) -> None:
    own = str(lite_owner.base_url).rstrip("/")
    for headers in ({}, {"Origin": own}, {"Origin": own, "Sec-Fetch-Site": "same-origin"}):
        assert lite_owner.post("/api/clients", json={"name": "x"}, headers=headers).status_code == 201


def test_behind_a_public_address_only_that_one_writes(lite_studio: ApiStudio) -> None:
    public = lite_studio.reached_at("https://studio.example")
    with public.open() as browser:
        cookie = {"Cookie": f"__Host-bom={public.token()}"}
        ours = {"Origin": "https://studio.example", "Host": "studio.example", **cookie}
        assert browser.post("/api/clients", json={"name": "x"}, headers=ours).status_code == 201
        for origin in ("http://studio.example", "https://studio.example.evil.example", "https://studio.example:8443"):
            answer = browser.post("/api/clients", json={"name": "x"}, headers={**ours, "Origin": origin})
            assert_problem(answer, 403, "foreign_origin")


def test_x_forwarded_for_counts_only_from_a_trusted_proxy(lite_studio: ApiStudio) -> None:
    trusting = lite_studio.reached_at("", trusted_proxies="127.0.0.0/8, 10.0.0.1")
    for studio, seen in ((lite_studio, "127.0.0.1"), (trusting, "198.51.100.9")):
        with studio.open() as browser:
            browser.headers["X-Forwarded-For"] = "203.0.113.5, 198.51.100.9, 10.0.0.1"
            browser.cookies.set("bom", studio.log_in(browser).cookies["bom"])
            sessions = browser.get("/api/auth/sessions").json()["items"]
        assert sessions[0]["address"] == seen


def test_who_comes_through_the_portal_is_known_by_what_the_portals_own_process_says(lite_studio: ApiStudio) -> None:
    """ASVS 4.1.3. What visitors send themselves stands before what the portal adds, and counts for nothing."""
    ours = "the key of this run"
    with lite_studio.beside_a_portal(ours).open() as browser:
        for key, forwarded, seen in (
            (ours, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
            ("another key", "203.0.113.5, 198.51.100.9", "127.0.0.1"),
            ("", "203.0.113.5", "127.0.0.1"),
            (ours, "", "127.0.0.1"),
            (ours, "not an address", "127.0.0.1"),
        ):
            browser.headers.update({"X-Forwarded-For": forwarded, "X-Bom-Portal": key})
            browser.cookies.set("bom", lite_studio.log_in(browser).cookies["bom"])
            (here,) = (one for one in browser.get("/api/auth/sessions").json()["items"] if one["is_this"])
            assert here["address"] == seen, (key, forwarded)


@pytest.mark.parametrize(
    "path",
    ["/api/clients/%00", "/api/clients/" + "a" * 5000, "/api/clients/..%2f..%2fetc", "/api/clients/'%20OR%201=1"],
)
def test_an_id_that_is_none_is_not_found(lite_owner: httpx.Client, path: str) -> None:
    answer = lite_owner.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 1000


@pytest.mark.parametrize(
    "query",
    ["cursor=%00", "cursor=abc", "cursor=" + "a" * 2001, "limit=0", "limit=201", "limit=x", "sort=notes", "archived=7"],
)
def test_a_query_that_means_nothing_is_refused(lite_owner: httpx.Client, query: str) -> None:
    assert lite_owner.get(f"/api/clients?{query}").status_code == 422


def test_every_answer_carries_what_browsers_must_not_do(lite_owner: httpx.Client) -> None:
    for path in ("/api/health", "/api/clients", "/api/nowhere"):
        headers = lite_owner.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers


def test_an_address_says_all_methods_that_it_takes(lite_owner: httpx.Client) -> None:
    answer = lite_owner.put("/api/clients")

    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, POST"


def test_the_log_holds_no_query_no_cookie_and_no_body(lite_studio: ApiStudio, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "bom"), lite_studio.open() as browser:
        lite_studio.log_in(browser)
        token = browser.cookies["bom"]
        browser.get("/api/clients?cursor=geheim")
        browser.get("/api/nowhere/%0AGET%20/forged")

    lines = [record.getMessage() for record in caplog.records if record.name == "bom.access"]
    assert len(lines) == 3
    assert lines[0].startswith("POST /api/auth/login 200 ")
    for word in (token, "geheim", "paard", "\n"):
        assert word not in "".join(lines)
