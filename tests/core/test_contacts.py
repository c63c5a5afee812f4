from datetime import timedelta

import pytest

from engine.core import contacts
from engine.core.database import Database
from engine.core.errors import Conflict, NotFound
from tests.core.domain import NOW, a_client

LATER = NOW + timedelta(days=1)


def test_an_address_belongs_to_one_contact(database: Database) -> None:
    with database.writing() as session:
        anna = contacts.add_contact(session, a_client(session).id, name="Anna", email="Anna@Bakkerij.example", at=NOW)
        assert anna.email == "anna@bakkerij.example"

        with pytest.raises(Conflict, match=r"anna@bakkerij\.example is a contact already"):
            contacts.add_contact(
                session, a_client(session, "Slager").id, name="A", email=" anna@bakkerij.EXAMPLE", at=NOW
            )


def test_a_contact_of_another_client_is_not_found(database: Database) -> None:
    with database.writing() as session:
        anna = contacts.add_contact(session, a_client(session).id, name="Anna", email="anna@bakkerij.example", at=NOW)

        with pytest.raises(NotFound):
            contacts.get_contact(session, a_client(session, "Slager").id, anna.id)


def test_a_contact_who_was_let_in_no_more_is_let_in_again(database: Database) -> None:
    with database.writing() as session:
        client = a_client(session)
        anna = contacts.add_contact(session, client.id, name="Anna", email="anna@bakkerij.example", at=NOW)

        assert contacts.disable_contact(session, client.id, anna.id, at=LATER).disabled_at == LATER
        assert contacts.enable_contact(session, client.id, anna.id, at=LATER).disabled_at is None
