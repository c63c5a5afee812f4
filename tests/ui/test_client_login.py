"""The line for a website: it leads to the portal, and says nothing else."""

from html.parser import HTMLParser

import pytest

from engine.ui.pages.settings.client_login import button_line, link_line
from tests.cli.studio import ROOT

AT = "https://studio.example/portal"


class Reader(HTMLParser):
    """What a browser makes of it."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("line", [link_line(AT, "Client login"), button_line(AT, "Client login")])
def test_a_visitor_of_the_website_gets_to_the_overview_by_one_plain_link(line: str) -> None:
    page = Reader(line)

    ((tag, attributes),) = page.tags
    assert tag == "a"
    assert attributes["href"] == f"{AT}/dashboard"
    assert set(attributes) <= {"href", "style"}
    assert page.words == "Client login"


def test_a_label_with_signs_of_html_stays_a_label() -> None:
    page = Reader(button_line(AT, '<script>"x" & y</script>'))

    assert [tag for tag, _ in page.tags] == ["a"]
    assert page.words == '<script>"x" & y</script>'


@pytest.mark.parametrize("page", ["client-login.md", "client-login.html"])
def test_the_documentation_shows_the_lines_that_settings_shows(page: str) -> None:
    shown = (ROOT / "docs" / page).read_text()

    assert link_line(AT, "Client login") in shown
    assert button_line(AT, "Client login") in shown
