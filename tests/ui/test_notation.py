"""How money, days and time are written."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.ui.notation import NO_BREAK, due, money, seconds_left, span
from engine.ui.words import Words

DUTCH, ENGLISH = Words("nl"), Words("en")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("micros", "dutch", "english"),
    [
        (0, "€ 0,00", "€0.00"),
        (1_234_560_000, "€ 1.234,56", "€1,234.56"),
        (1_234_567_890_000, "€ 1.234.567,89", "€1,234,567.89"),
        (-12_000_000, "€ -12,00", "-€12.00"),
        (5_000, "€ 0,01", "€0.01"),
        (14_999, "€ 0,01", "€0.01"),
        (15_000, "€ 0,02", "€0.02"),
    ],
)
def test_money_is_written_as_the_language_does(micros: int, dutch: str, english: str) -> None:
    assert money(micros, DUTCH) == dutch.replace(" ", NO_BREAK)
    assert money(micros, ENGLISH) == english


def test_a_third_of_a_cent_is_not_shown_as_nothing() -> None:
    assert money(2_580, DUTCH) == "< € 0,01".replace(" ", NO_BREAK)


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "3 dagen te laat"), (-1, "1 dag te laat"), (0, "Vandaag klaar"), (1, "Morgen klaar")],
)
def test_a_due_date_is_said_as_people_say_it(days: int, said: str) -> None:
    assert due(NOON.date() + timedelta(days=days), NOON.date(), DUTCH) == said


def test_a_due_date_further_off_names_the_day() -> None:
    assert due(date(2026, 12, 24), date(2026, 12, 20), ENGLISH).startswith("Due in 4 days, 24")


def test_time_left_follows_the_speed_so_far() -> None:
    begun = NOON - timedelta(seconds=60)

    assert seconds_left(begun, 0.25, NOON) == pytest.approx(180)


@pytest.mark.parametrize(("begun", "progress"), [(None, 0.5), (NOON, 0.5), (NOON - timedelta(minutes=1), 0.01)])
def test_nothing_is_said_of_time_left_where_nobody_can_know(begun: datetime | None, progress: float) -> None:
    assert seconds_left(begun, progress, NOON) is None


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "1 s"), (59, "59 s"), (61, "1 min"), (3599, "60 min"), (7200, "2 uur")]
)
def test_a_span_is_rough_and_never_nothing(seconds: float, said: str) -> None:
    assert span(seconds, DUTCH) == said
