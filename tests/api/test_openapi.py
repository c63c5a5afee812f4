"""The api's own description: complete, and kept by what the api answers."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.portal import a_portal_token
from tests.api.studio import PRODUCER, ApiStudio, assert_problem
from tests.cli.studio import ROOT

OPEN_TO_ALL = {
    "get_health",
    "get_readiness",
    "login",
    "describe_uploads",
    "ask_sign_in_link",
    "use_sign_in_token",
    "use_sign_in_code",
    "begin_passkey_sign_in",
    "use_sign_in_passkey",
    "begin_portal_preview",
    "end_portal_preview",
    "unsubscribe_from_mails",
    "choose_mails",
}
ENDS_ITS_OWN_SESSION = {
    "logout",
    "end_my_session",
    "end_all_my_sessions",
    "sign_out_of_portal",
    "end_portal_session",
    "end_all_portal_sessions",
}
PORTAL = "/api/portal/"
"""Where a member of staff is nobody: tests/api/test_portal_scope.py."""
MAY_LOCK_ITSELF_OUT = {"disable_staff", "change_staff"}
"""Another owner is soon made, and then the one who asks can be put out."""
NEVER_ENDS = {"stream_events"}
SIGNED_BY_A_VENDOR = {"receive_replicate_webhook"}
"""Which schemathesis cannot do: tests/api/test_webhooks.py does."""
SIGNED_BY_THE_STUDIO = {"begin_portal_preview"}
"""For a minute: tests/api/test_portal_previews.py has such a token."""
LONGEST_S = 240

# Besides what schemathesis allows: what fits the description and yet not the studio's present state. An id in a body
# that names nothing is 404 or 422, a cursor of another list 422, a revision that was overtaken 412.
CONFIG = """
[warnings]
display = ["missing_auth"]
fail-on = true

[auth.openapi.session]
api_key = "{token}"

[auth.openapi.portal]
api_key = "{portal_token}"

[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "412", "416", "422", "429"]

[checks.missing_required_header]
expected-statuses = ["400", "401", "403", "404", "406", "412", "415", "422", "428"]

[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "413", "415", "422", "428", "429"]
"""


@pytest.fixture
def description(lite_studio: ApiStudio) -> dict[str, Any]:
    """The whole of it."""
    described: dict[str, Any] = lite_studio.app.openapi()
    return described


def operations(description: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_operation_says_what_it_is_for_and_what_it_refuses(description: dict[str, Any]) -> None:
    seen = set()
    for method, path, operation in operations(description):
        where = f"{method} {path}"
        assert operation["operationId"] not in seen, where
        seen.add(operation["operationId"])
        assert operation["summary"], where
        assert operation["tags"], where
        for status, answer in operation["responses"].items():
            assert answer["description"], where
            if int(status) >= 400 and (path, status) != ("/api/ready", "503") and answer.get("content"):
                assert list(answer["content"]) == ["application/problem+json"], f"{where} {status}"
    assert "Problem" in description["components"]["schemas"]
    assert "HTTPValidationError" not in description["components"]["schemas"]


def called(client: httpx.Client, method: str, path: str) -> httpx.Response:
    filled = path.replace("{", "").replace("}", "")
    json: dict[str, str] | None = {} if method in {"post", "put", "patch"} else None
    return client.request(method, filled, json=json, headers={"If-Match": '"1"', "Tus-Resumable": "1.0.0"})


def test_nobody_gets_in_anywhere_without_signing_in(lite_studio: ApiStudio, description: dict[str, Any]) -> None:
    with lite_studio.open() as browser:
        for method, path, operation in operations(description):
            if "401" in operation["responses"] and operation["operationId"] not in OPEN_TO_ALL:
                answer = called(browser, method, path)
                assert answer.status_code == 401, f"{method} {path}: {answer.text}"
                if method != "head":
                    assert_problem(answer, 401, "not_signed_in")
    locked = {op["operationId"] for _, _, op in operations(description) if "security" in op}
    unlocked = {op["operationId"] for _, path, op in operations(description) if path.startswith("/api")} - locked
    assert unlocked <= OPEN_TO_ALL | SIGNED_BY_A_VENDOR, unlocked


def test_a_producer_does_not_do_what_only_an_owner_may(lite_studio: ApiStudio, description: dict[str, Any]) -> None:
    owners = ("/api/staff", "/api/audit", "/api/endpoints", "/api/outbox")
    refused = set()
    with lite_studio.open() as browser:
        browser.cookies.set("bom", lite_studio.token(PRODUCER))
        for method, path, operation in operations(description):
            if operation["operationId"] in ENDS_ITS_OWN_SESSION | NEVER_ENDS | OPEN_TO_ALL:
                continue
            if path.startswith(PORTAL):
                continue
            answer = called(browser, method, path)
            assert answer.status_code != 401, f"{method} {path}"
            if answer.status_code == 403:
                refused.add(operation["operationId"])
            if path.startswith(owners):
                assert_problem(answer, 403, "owner_only")
    assert {"change_settings", "add_price", "add_exchange_rate", "set_budget", "change_budget", "refund"} <= refused


def test_the_api_answers_as_its_description_says(lite_studio: ApiStudio, tmp_path: Path) -> None:
    """Schemathesis, every check on, signed in as an owner."""
    config = tmp_path / "schemathesis.toml"
    config.write_text(CONFIG.format(token=lite_studio.token(), portal_token=a_portal_token(lite_studio)))
    left_out = [
        f"--exclude-operation-id={name}"
        for name in sorted(
            ENDS_ITS_OWN_SESSION | MAY_LOCK_ITSELF_OUT | NEVER_ENDS | SIGNED_BY_A_VENDOR | SIGNED_BY_THE_STUDIO
        )
    ]
    with lite_studio.open() as server:
        ended = subprocess.run(
            [
                str(Path(sys.executable).with_name("st")),
                f"--config-file={config}",
                "run",
                f"{server.base_url}/api/openapi.json",
                "--checks=all",
                "--phases=fuzzing",
                "--max-examples=2",
                "--seed=3",
                "--no-shrink",
                "--generation-database=none",  # a look at the disk for each example
                "--suppress-health-check=all",
                *left_out,
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "SCHEMATHESIS_HOOKS": "tests.api.schemathesis_hooks", "PYTHONPATH": str(ROOT)},
            timeout=LONGEST_S,
            check=False,
        )

    assert ended.returncode == 0, ended.stdout[-8000:]
