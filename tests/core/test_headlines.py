"""Headlines: what a title card says is the scene's own words, and ends where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.headlines import MOST_WORDS, figure, headline, is_quotation


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Goed werk is geduldig werk.", "Goed werk is geduldig werk"),
        ("Klaar om te beginnen?", "Klaar om te beginnen?"),
        ("Vind je het mooi, volg ons dan, want morgen komt het volgende hoofdstuk.", "Vind je het mooi"),
        ("We maakten deze zes foto's op een enkele middag met daglicht en een lens", "We maakten deze zes foto's …"),
        ("", ""),
    ],
)
def test_a_headline_is_the_opening_of_the_text(text: str, title: str) -> None:
    assert headline(text, "nl") == title


@given(st.text(max_size=400))
def test_a_headline_is_short_and_never_invents_a_word(text: str) -> None:
    title = headline(text, "en")

    assert len(title.split()) <= MOST_WORDS + 1
    assert all(word == "…" or word in text for word in title.split())


@pytest.mark.parametrize(
    ("text", "amount", "counted"),
    [
        ("Wij besparen je € 1.250,50 per maand!", "€ 1.250,50", "per maand"),
        ("3 tips: slaap, eet, lach", "3", "tips"),
        ("Al 25% goedkoper dan vorig jaar.", "25%", "goedkoper dan vorig jaar"),
    ],
)
def test_a_figure_is_found_with_what_it_counts(text: str, amount: str, counted: str) -> None:
    found = figure(text)

    assert found is not None
    assert (found.amount, found.counted) == (amount, counted)


@pytest.mark.parametrize("text", ["Geen getal.", "versie v2.0b", "A4papier", ""])
def test_no_figure_is_made_of_what_is_no_amount(text: str) -> None:
    assert figure(text) is None


@pytest.mark.parametrize(
    ("text", "quoted"), [("“Zo.”", True), ('"Zo," zei ze', True), ("'s avonds", False), ("Zo", False)]
)
def test_an_elision_is_no_quotation(text: str, quoted: bool) -> None:
    assert is_quotation(text) is quoted
