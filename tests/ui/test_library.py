"""The address of a list of films, and which frame lies under the mouse."""

from datetime import date

from engine.ui.addresses import query_of
from engine.ui.pages.library.scrub import FRAMES, frame_at
from engine.ui.pages.library.wish import Wish

TODAY = date(2026, 11, 23)


def test_an_address_leads_to_the_same_films_again_whatever_stands_in_it() -> None:
    wish = Wish("O'Brien & 🎂 ?#", "c", "p", "16:9", "any", "raw_edit", "long", "older", "created_at", "yes")

    assert Wish.of(query_of(wish.address())) == wish
    assert Wish().address() == "/library"
    assert Wish.of({"format": "4:3", "status": "lost", "type": "x", "length": "x", "when": "x", "sort": "x"}) == Wish()
    assert wish.count == 8


def test_only_finished_films_are_asked_for_unless_somebody_says_otherwise() -> None:
    plain = {name: value for name, value in Wish().asked(TODAY).items() if value is not None}

    assert plain == {"status": "ready", "sort": "-created_at"}
    assert Wish(status="any").asked(TODAY)["status"] is None


def test_the_last_days_begin_at_midnight_in_the_studio() -> None:
    assert Wish(when="week").asked(TODAY)["since"] == "2026-11-16T23:00:00Z"
    assert Wish(when="older").asked(TODAY)["until"] == Wish(when="year").asked(TODAY)["since"]


def test_a_length_takes_in_every_film_and_none_twice() -> None:
    bounds = [(Wish(length=name).asked(TODAY)) for name in ("short", "medium", "long")]

    assert [(one["shortest_ms"], one["longest_ms"]) for one in bounds] == [
        (None, 15_000),
        (15_001, 60_000),
        (60_001, None),
    ]


def test_the_whole_filmstrip_goes_by_under_the_mouse() -> None:
    assert [frame_at(x, 120) for x in (-5, 0, 9.9, 10, 119, 120, 500)] == [
        0,
        0,
        0,
        1,
        FRAMES - 1,
        FRAMES - 1,
        FRAMES - 1,
    ]
