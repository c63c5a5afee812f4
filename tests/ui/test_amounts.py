"""How money that people type is read, and how prices are written out."""

import pytest

from engine.ui.amounts import exact_amount, micros_of
from engine.ui.notation import NO_BREAK
from engine.ui.words import Words

DUTCH, ENGLISH = Words("nl"), Words("en")


@pytest.mark.parametrize(
    ("typed", "micros"),
    [
        ("12", 12_000_000),
        ("12,5", 12_500_000),
        ("12.50", 12_500_000),
        ("€ 1.234,56", 1_234_560_000),
        ("1,234.56", 1_234_560_000),
        ("1.500", 1_500_000_000),
        ("1.500.000", None),
        ("0.003", 3_000),
        ("0,00276", 2_760),
        ("250.000,00", 250_000_000_000),
        ("0", 0),
    ],
)
def test_a_comma_and_a_point_are_both_understood_in_dutch(typed: str, micros: int | None) -> None:
    assert micros_of(typed, DUTCH) == micros


@pytest.mark.parametrize(("typed", "micros"), [("1,500", 1_500_000_000), ("1.500", 1_500_000), ("12,50", 12_500_000)])
def test_a_thousand_is_written_as_the_language_does(typed: str, micros: int) -> None:
    assert micros_of(typed, ENGLISH) == micros


@pytest.mark.parametrize("typed", ["", "veel", "12,", "-5", "1.2.3", "1,23,4", "0,1234567", "12 euro", "1.00,000"])
def test_what_is_no_amount_is_not_guessed_at(typed: str) -> None:
    assert micros_of(typed, DUTCH) is None


def test_a_price_is_shown_to_its_last_digit() -> None:
    assert exact_amount(2_760, "EUR", DUTCH) == f"€{NO_BREAK}0,00276"
    assert exact_amount(3_000, "USD", ENGLISH) == f"USD{NO_BREAK}0.003"
    assert exact_amount(1_234_500_000, "EUR", ENGLISH) == "€1,234.50"
