from datetime import UTC, datetime, timedelta

from engine.core import audit
from engine.core.actors import SYSTEM, Actor
from engine.core.database import Database
from engine.core.paging import PageWish

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def test_the_record_is_found_by_who_did_what_to_which_thing(database: Database) -> None:
    anna = Actor("staff", "01a2")
    with database.writing() as session:
        audit.record(session, "sign_in", by=anna, at=AT, address="192.0.2.7")
        audit.record(session, "sign_in_refused", by="x" * 400, at=AT + timedelta(seconds=1))
        audit.record(session, "quote_accepted", by=anna, subject=("quote", "7"), at=AT + timedelta(seconds=2), total=3)
        audit.record(session, "tidied", by=SYSTEM, at=AT + timedelta(seconds=3))

    with database.reading() as session:
        newest = PageWish("-at")
        assert [entry.action for entry in audit.list_entries(session, newest).items] == [
            "tidied",
            "quote_accepted",
            "sign_in_refused",
            "sign_in",
        ]
        hers = audit.list_entries(session, newest, actor=str(anna)).items
        assert [entry.action for entry in hers] == ["quote_accepted", "sign_in"]
        assert hers[0].facts == {"total": 3}
        assert len(audit.list_entries(session, newest, action="sign_in").items) == 1
        assert len(audit.list_entries(session, newest, subject=("quote", "7")).items) == 1
        assert len(audit.list_entries(session, newest, actor="x" * 300).items) == 1
