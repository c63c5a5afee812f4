"""What the address of the record asks for, and what its details say."""

from api.schemas.fields import JsonObject
from engine.ui.addresses import query_of
from engine.ui.pages.audit.details import details_of
from engine.ui.pages.audit.wish import Wish
from engine.ui.words import Words

DUTCH, ENGLISH = Words("nl"), Words("en")


def test_every_filter_of_the_record_stands_in_its_address() -> None:
    wish = Wish(who="staff:1", area="money", about="client:7", since="1-11-2026", until="2026-11-30")

    assert Wish.of(query_of(wish.address())) == wish
    assert query_of(wish.csv_address) == {
        "actor": "staff:1",
        "area": "money",
        "subject_type": "client",
        "subject_id": "7",
        "since": "2026-10-31T23:00:00Z",
        "until": "2026-11-30T23:00:00Z",
    }
    assert Wish.of({"area": "gossip", "about": "client", "since": "soon"}) == Wish()
    assert Wish(since="2026-11-02", until="2026-11-01").is_backwards


def test_details_are_read_as_amounts_and_words_and_ids_are_left_out() -> None:
    lifted: JsonObject = {
        "from_micros": 10_000_000,
        "limit_micros": 1_234_560_000,
        "reason": "Kerst",
        "budget_id": "01a",
    }

    assert details_of(lifted, DUTCH) == "was €\u00a010,00 · budget €\u00a01.234,56 · reden: Kerst"
    assert details_of(lifted, ENGLISH) == "was €10.00 · budget €1,234.56 · reason: Kerst"
    assert details_of({"fields": "due_on, name", "role": "owner"}, DUTCH) == "gewijzigd: deadline, naam · rol eigenaar"
    assert details_of({"of_tomorrow": 3, "nothing": None, "empty": ""}, ENGLISH) == "of tomorrow: 3"
