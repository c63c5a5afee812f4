"""The sign-in page, before anybody has typed."""

import pytest

from engine.ui.plain_pages import language_wished, path_within
from engine.ui.sign_in import sign_in_page


@pytest.mark.parametrize(
    "path",
    ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "", "/a\nb", "/sign-in"],
)
def test_signing_in_leads_nowhere_but_into_the_app(path: str) -> None:
    assert path_within(path) == "/"


def test_signing_in_leads_back_to_where_somebody_was() -> None:
    assert path_within("/projects?sort=due_on") == "/projects?sort=due_on"


def test_what_stands_in_the_address_cannot_end_the_script() -> None:
    page = sign_in_page("nl", "/</script><script>alert(1)</script>", "nonce")

    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("asked", "language"),
    [("en-GB,en;q=0.9,nl;q=0.8", "en"), ("nl-NL,nl;q=0.9,en;q=0.8", "nl"), ("fr-FR,fr;q=0.9", "nl"), ("", "nl")],
)
def test_the_page_speaks_the_browsers_language(asked: str, language: str) -> None:
    assert language_wished(asked) == language
