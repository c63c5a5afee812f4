"""Letters: plain, short, complete in both languages, and never more than their words."""

import string

import pytest

from automations.letters import Told, letter_of
from automations.mail_words import BUTTONS, LINES, SUBJECTS
from automations.workflows.mail import WISHES

FACTS = {
    "studio": "BOM Studios",
    "title": "Oliebollen <b>& meer</b>",
    "number": 2,
    "client": "Bakkerij Anna",
    "contact": "Anna",
    "from_name": "Jeroen",
    "round": 1,
    "code": "123 456",
    "texts": ['Kijk <a href="https://evil.example">hier</a>', "Regel een\nRegel twee"],
}


def told(kind: str, language: str = "nl", **facts: object) -> Told:
    return Told(kind, language, "Zoë", {**FACTS, **facts}, "https://portal.example/videos/1")  # type: ignore[dict-item]


@pytest.mark.parametrize("line", [*SUBJECTS.values(), *LINES.values(), *BUTTONS.values()])
def test_each_line_is_there_in_both_languages_with_the_same_facts(line: tuple[str, str]) -> None:
    dutch, english = ({name for _, name, _, _ in string.Formatter().parse(said) if name} for said in line)

    assert dutch == english
    assert all(said.strip() for said in line)


@pytest.mark.parametrize("kind", SUBJECTS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_of_mail_is_whole_in_text_and_in_html(kind: str, language: str) -> None:
    letter = letter_of(told(kind, language))

    assert "{" not in letter.subject + letter.text + letter.html.replace("{{", "")
    assert "https://portal.example/videos/1" in letter.text
    assert 'href="https://portal.example/videos/1"' in letter.html
    assert "\n" not in letter.subject
    assert ("Dag Zoë," if language == "nl" else "Hello Zoë,") in letter.text


def test_what_people_typed_is_text_in_the_html_and_loads_nothing() -> None:
    letter = letter_of(told("reply"))

    assert "<b>" not in letter.html
    assert letter.html.count("<a ") == 1
    assert "<img" not in letter.html
    assert "> Regel een\n> Regel twee" in letter.text


def test_of_many_texts_the_rest_is_counted_and_a_wish_can_be_changed() -> None:
    letter = letter_of(
        Told("message", "en", "", {**FACTS, "more": 3}, "https://portal.example/", "https://portal.example/settings")  # type: ignore[dict-item]
    )

    assert "And 3 more." in letter.text
    assert "https://portal.example/settings" in letter.text
    assert not letter.text.startswith("Hello")


def test_a_digest_tells_of_every_kind_that_a_contact_can_wish_for() -> None:
    lines = [{"kind": kind, "title": "Oliebollen", "number": 2, "from_name": "Jeroen"} for kind in WISHES]

    letter = letter_of(told("digest", "en", lines=lines, texts=[]))

    assert letter.text.count("Oliebollen") == 2
    assert "Jeroen sent a message." in letter.text
