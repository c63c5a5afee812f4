"""What is typed of a project, and the address of a list of them."""

from datetime import date

import pytest

from engine.ui.addresses import address_of, query_of
from engine.ui.pages.projects.content import size
from engine.ui.pages.projects.draft import Draft
from engine.ui.pages.projects.wish import Wish
from engine.ui.words import Words

DUTCH, ENGLISH = Words("nl"), Words("en")


def test_amounts_counts_and_days_are_read_as_the_language_writes_them() -> None:
    typed = Draft("anna", " Kerst ", "Groei", "4", "", "24-12-2026", "1.250,50", "Belt liever.")

    assert typed.wrong(DUTCH) == {}
    assert typed.values(DUTCH) == {
        "name": "Kerst",
        "package_tier": "Groei",
        "included_videos": 4,
        "included_revision_rounds": None,
        "due_on": date(2026, 12, 24),
        "price_micros": 1_250_500_000,
        "notes": "Belt liever.",
    }


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("client_id", ""),
        ("name", "   "),
        ("included_videos", "-1"),
        ("included_videos", "²"),
        ("included_revision_rounds", "10001"),
        ("due_on", "31-2-2026"),
        ("due_on", "morgen"),
        ("price_micros", "-5"),
        ("price_micros", "veel"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(field: str, typed: str) -> None:
    draft = Draft(**{"client_id": "anna", "name": "Kerst", field: typed})

    assert list(draft.wrong(DUTCH)) == [field]
    assert list(draft.wrong(ENGLISH)) == [field]


def test_only_what_differs_is_sent_and_an_emptied_field_is_emptied() -> None:
    before = Draft("anna", "Kerst", "Groei", "4", "2", "24-12-2026", "1.250,00")
    after = Draft("anna", "Kerst", "Groei", "", "2", "", "1250")

    assert after.changes(before, DUTCH) == {"included_videos": None, "due_on": None}


def test_an_address_leads_to_the_same_list_again_whatever_stands_in_it() -> None:
    wish = Wish("list", "O'Brien & Zn. 🎂 ?=#", "01-a", "review", "name", archived=True)

    assert Wish.of(query_of(wish.address())) == wish
    assert Wish().address() == "/projects"
    assert Wish.of(query_of("/projects?status=no&sort=no&view=no&archived=no")) == Wish()
    assert query_of(address_of("/x", {"a": "", "b": "1+1"})) == {"b": "1+1"}


def test_a_size_is_told_in_the_unit_that_people_would_say() -> None:
    assert [size(bytes_) for bytes_ in (0, 999, 48_211, 9_990_000, 3 * 10**9)] == [
        "1 kB",
        "1 kB",
        "48 kB",
        "10 MB",
        "3 GB",
    ]
