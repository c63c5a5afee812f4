"""What the address of a costs page asks for, and what of it nobody can read."""

from datetime import date

from engine.ui.addresses import query_of
from engine.ui.pages.costs.wish import Lines, month_address, month_of

TODAY = date(2026, 11, 22)


def test_a_month_stands_in_the_address_unless_it_is_the_running_one() -> None:
    october = date(2026, 10, 1)

    assert month_of(query_of(month_address(october, TODAY)), TODAY) == october
    assert month_address(TODAY, TODAY) == "/costs"
    for nonsense in ("2026-13", "2026-12", "1999-01", "x", "2026-1"):
        assert month_of({"month": nonsense}, TODAY) == date(2026, 11, 1)


def test_lines_are_asked_for_from_one_midnight_of_the_studio_to_another() -> None:
    wish = Lines.of_month(date(2026, 10, 1), client="anna")  # summer time ends in it

    assert Lines.of(query_of(wish.address())) == wish
    assert wish.asked() == {
        "client_id": "anna",
        "project_id": None,
        "provider": None,
        "kind": None,
        "since": "2026-09-30T22:00:00Z",
        "until": "2026-10-31T23:00:00Z",
    }
    assert query_of(wish.csv_address) == {
        "client_id": "anna",
        "since": "2026-09-30T22:00:00Z",
        "until": "2026-10-31T23:00:00Z",
    }


def test_what_nobody_can_read_is_left_out_and_days_stay_as_typed() -> None:
    assert Lines.of({"kind": "smell", "since": "31-02-2026", "until": "1-1-2026"}) == Lines(until="1-1-2026")
    assert Lines(since="2-1-2026", until="1-1-2026").is_backwards
    assert not Lines(since="1-1-2026").is_backwards
