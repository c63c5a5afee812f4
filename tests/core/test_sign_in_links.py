"""Sign-in links: a contact gets in with the mail in one browser, once; nobody else does."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import contacts, sessions, sign_in_links
from engine.core.database import Database
from engine.core.models import Contact, SignInLink
from engine.core.sign_in_links import LinkSpent, MailedLink
from tests.core.domain import a_client

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HERE, ELSEWHERE = "this browser", "another browser"
KEY = b"the studio's own key"


def anna_asks(session: Session) -> tuple[Contact, MailedLink]:
    anna = contacts.add_contact(session, a_client(session).id, name="Anna", email="anna@bakkerij.example", at=AT)
    return anna, asks_again(session, anna)


def asks_again(session: Session, contact: Contact) -> MailedLink:
    link = sign_in_links.make_link(session, contact, browser=HERE, key=KEY, at=AT)
    mailed = sign_in_links.mailed_link(session, link.id, key=KEY, at=AT)
    assert mailed is not None
    return mailed


def test_a_link_works_once_in_the_browser_that_asked(database: Database) -> None:
    with database.writing() as session:
        anna, mailed = anna_asks(session)

        with pytest.raises(LinkSpent):  # a mail scanner, or a phone that opens another browser
            sign_in_links.use_token(session, mailed.token, browser=ELSEWHERE, at=AT)
        assert sign_in_links.use_token(session, mailed.token, browser=HERE, at=AT) is anna
        with pytest.raises(LinkSpent):
            sign_in_links.use_token(session, mailed.token, browser=HERE, at=AT)
        with pytest.raises(LinkSpent):
            sign_in_links.use_code(session, mailed.code, browser=HERE, at=AT)


def test_the_code_works_once_and_with_spaces(database: Database) -> None:
    with database.writing() as session:
        anna, mailed = anna_asks(session)

        assert sign_in_links.use_code(session, f" {mailed.code[:3]} {mailed.code[3:]}", browser=HERE, at=AT) is anna
        with pytest.raises(LinkSpent):
            sign_in_links.use_code(session, mailed.code, browser=HERE, at=AT)


def test_after_five_wrong_codes_the_right_one_works_no_more(database: Database) -> None:
    with database.writing() as session:
        _, mailed = anna_asks(session)
        wrong = "000000" if mailed.code != "000000" else "111111"

        for _ in range(5):
            assert sign_in_links.use_code(session, wrong, browser=HERE, at=AT) is None
        with pytest.raises(LinkSpent):
            sign_in_links.use_code(session, mailed.code, browser=HERE, at=AT)


def test_both_end_after_ten_minutes_and_with_a_newer_one(database: Database) -> None:
    with database.writing() as session:
        anna, first = anna_asks(session)
        second = asks_again(session, anna)

        with pytest.raises(LinkSpent):
            sign_in_links.use_token(session, first.token, browser=HERE, at=AT)
        with pytest.raises(LinkSpent):
            sign_in_links.use_token(session, second.token, browser=HERE, at=AT + timedelta(minutes=10))
        with pytest.raises(LinkSpent):
            sign_in_links.use_code(session, second.code, browser=HERE, at=AT + timedelta(minutes=10))


def test_a_contact_who_is_let_in_no_more_is_out_at_once(database: Database) -> None:
    with database.writing() as session:
        anna, mailed = anna_asks(session)
        token, _ = sessions.begin_session(
            session, anna, lasts=timedelta(days=30), address="", user_agent="Firefox", at=AT
        )
        idle = timedelta(hours=12)
        assert sessions.find_contact_session(session, token, idle=idle, at=AT) is not None

        contacts.disable_contact(session, anna.client_id, anna.id, at=AT)

        assert sessions.find_contact_session(session, token, idle=idle, at=AT) is None
        assert sign_in_links.find_contact(session, anna.email) is None
        with pytest.raises(LinkSpent):
            sign_in_links.use_token(session, mailed.token, browser=HERE, at=AT)


def test_a_contacts_session_opens_nothing_of_the_studios(database: Database) -> None:
    with database.writing() as session:
        anna, _ = anna_asks(session)
        token, _ = sessions.begin_session(session, anna, lasts=timedelta(days=1), address="", user_agent="", at=AT)

        assert sessions.find_session(session, token, idle=timedelta(hours=1), at=AT) is None
        assert [row.contact_id for row in sessions.list_sessions(session, anna.id, idle=timedelta(hours=1), at=AT)] == [
            anna.id
        ]


def test_what_was_mailed_stands_nowhere(database: Database) -> None:
    with database.writing() as session:
        _, mailed = anna_asks(session)

        kept = session.scalars(select(SignInLink)).one()
        said = " ".join(str(value) for value in vars(kept).values())
        assert mailed.token not in said
        assert mailed.code not in said
        assert HERE not in said


def test_a_mail_that_is_made_twice_says_the_same_and_one_whose_time_is_over_says_nothing(database: Database) -> None:
    with database.writing() as session:
        anna, first = anna_asks(session)
        link = session.scalars(select(SignInLink)).one()

        assert sign_in_links.mailed_link(session, link.id, key=KEY, at=AT) == first
        assert sign_in_links.mailed_link(session, link.id, key=b"another studio's", at=AT) != first
        assert sign_in_links.mailed_link(session, link.id, key=KEY, at=AT + timedelta(minutes=10)) is None
        asks_again(session, anna)
        assert sign_in_links.mailed_link(session, link.id, key=KEY, at=AT) is None
