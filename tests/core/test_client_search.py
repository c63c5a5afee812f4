import time

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from engine.core import clients, contacts
from engine.core.client_search import keep_words
from engine.core.database import Database
from engine.core.models import Client, new_id
from engine.core.paging import PageWish
from tests.core.domain import NOW, a_client
from tests.core.test_lists import plans

NAMES = ("Bakkerij Anna", "O'Brien & Zn. B.V.", "مخبز آنا", "🥐 Café Zoë", "x" * 300)


def found(session: Session, search: str) -> list[str]:
    """Names of the clients that a search shows."""
    return [client.name for client in clients.list_clients(session, PageWish("name"), search=search).items]


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("bakk", "Bakkerij Anna"),
        ("ANNA bakk", "Bakkerij Anna"),
        ("o'brien", "O'Brien & Zn. B.V."),
        ("obrien bv", "O'Brien & Zn. B.V."),
        ("O’Brien & Zn", "O'Brien & Zn. B.V."),
        ("مخبز", "مخبز آنا"),
        ("🥐", "🥐 Café Zoë"),
        ("cafe zoe", "🥐 Café Zoë"),
        ("x" * 299, "x" * 300),
    ],
)
def test_a_client_is_found_by_the_beginnings_of_its_words(database: Database, search: str, name: str) -> None:
    with database.writing() as session:
        for each in NAMES:
            a_client(session, each)

    with database.reading() as session:
        assert found(session, search) == [name]


@pytest.mark.parametrize("search", ["kerij", "anna slager", "%", "_", "&", "' OR 1=1"])
def test_what_no_word_begins_with_finds_nothing(database: Database, search: str) -> None:
    with database.writing() as session:
        a_client(session, "Bakkerij Anna")

    with database.reading() as session:
        assert found(session, search) == []


def test_a_client_is_found_by_its_people_and_under_its_newest_name_only(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session, "Bakkerij Anna")
        zoe = contacts.add_contact(session, client.id, name="Zoë de Wit", email="zoe@brood.example", at=NOW)
        assert found(session, "de wit") == found(session, "zoe@brood") == ["Bakkerij Anna"]

        clients.change_client(session, client.id, client.revision, name="Slagerij Bas", at=NOW)
        contacts.change_contact(session, client.id, zoe.id, zoe.revision, email="zoe@vlees.example", at=NOW)

        assert found(session, "bakkerij") == found(session, "brood") == []
        assert found(session, "slag vlees") == ["Slagerij Bas"]


def test_two_of_the_same_name_are_both_found_and_those_put_away_apart(database: Database) -> None:
    with database.writing() as session:
        a_client(session, "Anna")
        away = a_client(session, "Anna")
        assert found(session, "anna") == ["Anna", "Anna"]

        clients.archive_client(session, away.id, at=NOW)

        assert found(session, "anna") == ["Anna"]
        put_away = clients.list_clients(session, PageWish("name"), search="anna", archived=True)
        assert [client.id for client in put_away.items] == [away.id]


def test_a_search_among_ten_thousand_clients_is_quick_and_scans_nothing(new_sqlite_url: str) -> None:
    database = Database.at(new_sqlite_url)
    with database.writing() as session:
        rows = [
            {"id": new_id(), "name": f"Klant {number} Bakkerij", "created_at": NOW, "updated_at": NOW}
            for number in range(10_000)
        ]
        session.execute(insert(Client), [{**row, "revision": 1, "notes": ""} for row in rows])
        for row in rows:
            words = [f"{word} " for word in str(row["name"]).split()]
            keep_words(session, str(row["id"]), str(row["id"]), *words)
    with database.reading() as session:
        with plans(database) as steps:
            found(session, "bakk 777")
        began = time.perf_counter()
        assert len(found(session, "bakk 777")) == 11
        taken_s = time.perf_counter() - began
    database.close()

    assert not [step for step in steps if step.startswith("SCAN")], steps
    assert taken_s < 0.05
