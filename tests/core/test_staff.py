import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy.orm import Session

from engine.core import passwords, sessions, sign_in_limits, staff
from engine.core.database import Database
from engine.core.errors import Conflict, Invalid, NotFound, RevisionOutdated, TooMany
from engine.core.models import Role, Staff

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
IDLE = timedelta(hours=12)


def person(session: Session, email: str = "anna@studio.example", role: Role = Role.OWNER) -> Staff:
    return staff.add_staff(session, email=email, role=role, password_hash="hash", at=AT)


def test_an_address_is_one_person_however_it_is_typed(database: Database) -> None:
    with database.writing() as session:
        person(session, " Anna@Studio.Example")
        found = staff.find_staff(session, "ANNA@studio.example ")

        assert found is not None
        assert found.email == "anna@studio.example"
        with pytest.raises(Conflict, match="member of staff already"):
            person(session, "anna@STUDIO.example")


def test_there_is_always_an_owner_who_can_sign_in(database: Database) -> None:
    with database.writing() as session:
        anna, bob = person(session), person(session, "bob@studio.example")
        staff.disable_staff(session, bob.id, at=AT)

        with pytest.raises(Conflict) as refused:
            staff.disable_staff(session, anna.id, at=AT)
        with pytest.raises(Conflict):
            staff.change_staff(session, anna.id, anna.revision, at=AT, role=Role.PRODUCER)
        assert refused.value.code == "last_owner"

        staff.enable_staff(session, bob.id, at=AT)
        assert staff.disable_staff(session, anna.id, at=AT).disabled_at == AT


def test_two_who_edit_one_person_do_not_undo_each_other(database: Database) -> None:
    with database.writing() as session:
        anna = person(session)
        staff.change_staff(session, anna.id, 1, at=AT, name="Anna de Vries")

        with pytest.raises(RevisionOutdated):
            staff.change_staff(session, anna.id, 1, at=AT, name="A. de Vries")


def test_a_one_time_code_fits_for_a_minute_and_a_half_and_works_once(database: Database) -> None:
    with database.writing() as session:
        anna = person(session)
        secret, uri = staff.begin_totp(session, anna, at=AT)
        totp = pyotp.TOTP(secret)
        assert uri.startswith("otpauth://totp/BOM%20Studios:anna%40studio.example?")

        assert not staff.take_code(session, anna, totp.at(AT - timedelta(seconds=60)), at=AT)
        assert not staff.take_code(session, anna, "٠٠٠٠٠٠", at=AT)
        assert staff.take_code(session, anna, totp.at(AT - timedelta(seconds=30)), at=AT)
        assert staff.take_code(session, anna, f"{totp.at(AT)[:3]} {totp.at(AT)[3:]}", at=AT)
        assert not staff.take_code(session, anna, totp.at(AT), at=AT)
        assert not staff.take_code(session, anna, totp.at(AT - timedelta(seconds=30)), at=AT)


@pytest.mark.parametrize(
    "password", ["short", "a" * 12, "anna@studio.example", "a" * 257, "studio.example"], ids=lambda p: p[:8]
)
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(Invalid):
        passwords.check_new_password(password, email="anna@studio.example")


def test_a_password_in_any_script_is_taken() -> None:
    passwords.check_new_password("пароль из четырёх слов 🔑", email="anna@studio.example")
    assert passwords.is_password("пароль 🔑", passwords.hash_password("пароль 🔑"))
    assert not passwords.is_password("пароль 🔑", None)
    assert not passwords.is_password("пароль 🔑", "not a hash")


def test_a_session_is_found_by_its_token_until_it_ends(database: Database) -> None:
    with database.writing() as session:
        anna = person(session)
        lasts = timedelta(days=2)
        token, row = sessions.begin_session(
            session, anna, lasts=lasts, address="192.0.2.7", user_agent="Fire\nfox" + "x" * 400, at=AT
        )

        def is_in(at: datetime, shown: str = token) -> bool:
            return sessions.find_session(session, shown, idle=IDLE, at=at) is not None

        assert is_in(AT)
        assert not is_in(AT, token[:-1])
        assert not is_in(AT, "")
        assert not is_in(AT + IDLE)
        sessions.mark_used(session, row.id, at=AT + timedelta(hours=47))
        assert is_in(AT + timedelta(hours=47, minutes=59))
        assert not is_in(AT + lasts)
        assert row.user_agent.startswith("Firefox")
        assert len(row.user_agent) == 300


def test_somebody_elses_session_cannot_be_ended(database: Database) -> None:
    with database.writing() as session:
        anna, bob = person(session), person(session, "bob@studio.example")
        _, row = sessions.begin_session(session, anna, lasts=IDLE, address="", user_agent="", at=AT)

        with pytest.raises(NotFound):
            sessions.end_session(session, bob.id, row.id, at=AT)


def test_attempts_count_by_account_and_by_address_and_pass_with_time(database: Database) -> None:
    with database.writing() as session:
        for number in range(sign_in_limits.MOST_BY_ACCOUNT):
            sign_in_limits.count_attempt(session, "anna@studio.example", f"192.0.2.{number}", at=AT)

        with pytest.raises(TooMany) as refused:
            sign_in_limits.count_attempt(session, "Anna@studio.example", "198.51.100.1", at=AT)
        assert refused.value.retry_after_s == 15 * 60 + 1

        later = AT + sign_in_limits.WINDOW
        kept = sign_in_limits.count_attempt(session, "anna@studio.example", "198.51.100.1", at=later)
        sign_in_limits.forgive(session, kept)
        for number in range(sign_in_limits.MOST_BY_ADDRESS):
            sign_in_limits.count_attempt(session, f"{number}@studio.example", "198.51.100.1", at=later)
        with pytest.raises(TooMany):
            sign_in_limits.count_attempt(session, "new@studio.example", "198.51.100.1", at=later)


def test_thirty_attempts_at_once_are_counted_one_by_one(database: Database) -> None:
    start = threading.Barrier(6)

    def attempt(number: int) -> bool:
        if number < 6:
            start.wait()
        try:
            with database.writing() as session:
                sign_in_limits.count_attempt(session, "anna@studio.example", f"192.0.2.{number}", at=AT)
        except TooMany:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        counted = list(pool.map(attempt, range(30)))

    assert counted.count(True) == sign_in_limits.MOST_BY_ACCOUNT


def test_a_session_of_somebody_disabled_is_over_though_nobody_ended_it(database: Database) -> None:
    with database.writing() as session:
        anna = person(session)
        token, row = sessions.begin_session(session, anna, lasts=IDLE, address="", user_agent="", at=AT)
        anna.disabled_at = AT
        session.flush()

        assert sessions.find_session(session, token, idle=IDLE, at=AT) is None
        assert not sessions.is_alive(session, row.id, idle=IDLE, at=AT)
