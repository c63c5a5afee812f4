"""`bom user`, as whoever sets the studio up types it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from engine.core import passwords, sessions, staff
from engine.core.database import Database
from engine.core.models import AuditEntry, SignInSession
from tests.api.studio import AT, PASSWORD
from tests.cli.studio import ROOT, Answer

Bom = Callable[..., Answer]


@pytest.fixture
def bom(new_sqlite_url: str, tmp_path: Path) -> Bom:
    """`bom` over a fresh database."""

    def run(*arguments: str, typed: bytes = b"", url: str = new_sqlite_url) -> Answer:
        ended = subprocess.run(
            [sys.executable, "-m", "engine.cli", *arguments],
            check=False,
            input=typed,
            capture_output=True,
            cwd=tmp_path,
            env={
                **os.environ,
                "BOM_DATA_DIR": str(tmp_path / "data"),
                "BOM_DATABASE_URL": url,
                "PYTHONPATH": str(ROOT),
            },
            timeout=120,
        )
        return Answer(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


@pytest.fixture
def kept_in(new_sqlite_url: str) -> Iterator[Database]:
    """The same database."""
    database = Database.at(new_sqlite_url)
    yield database
    database.close()


def test_the_first_owner_is_made_on_the_machine_and_can_sign_in(bom: Bom, kept_in: Database) -> None:
    answer = bom(
        "user", "add", " Jeroen@Studio.example", "--role", "owner", "--password-stdin", "--name", "Jeroen", "--json",
        typed=PASSWORD.encode() + b"\n",
    )  # fmt: skip

    assert answer.code == 0, answer.stderr
    assert (answer.result["email"], answer.result["role"]) == ("jeroen@studio.example", "owner")
    assert PASSWORD not in answer.stdout + answer.stderr
    with kept_in.reading() as session:
        kept = staff.find_staff(session, "jeroen@studio.example")
        assert kept is not None
        assert passwords.is_password(PASSWORD, kept.password_hash)
        assert session.scalars(select(AuditEntry.action)).all() == ["staff_added"]
    assert "jeroen@studio.example  owner  Jeroen" in bom("user", "list").said


@pytest.mark.parametrize(
    ("arguments", "typed", "said"),
    [
        (("add", "a@b.example", "--role", "owner"), b"", "--password-stdin"),
        (("add", "a@b.example", "--role", "owner", "--password-stdin"), b"short\n", "12 to 256 characters"),
        (("add", "a@b.example", "--role", "owner", "--password-stdin"), b"\xff\xfe" * 9, "not UTF-8"),
        (("add", "no address", "--role", "owner", "--password-stdin"), PASSWORD.encode(), "not an e-mail address"),
        (("password", "nobody@b.example", "--password-stdin"), PASSWORD.encode(), "Nobody here has the address"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    bom: Bom, kept_in: Database, arguments: tuple[str, ...], typed: bytes, said: str
) -> None:
    answer = bom("user", *arguments, "--json", typed=typed)

    assert answer.code == 2, answer.stderr
    assert len(answer.said) == 1
    assert said in answer.said[0]
    assert answer.result == {"error": answer.said[0], "exit_code": 2}
    with kept_in.reading() as session:
        assert staff.list_staff(session) == []


def test_an_address_is_added_once_and_the_only_owner_stays(bom: Bom) -> None:
    add = ("user", "add", "a@b.example", "--role", "owner", "--password-stdin")
    assert bom(*add, typed=PASSWORD.encode()).code == 0

    assert "is a member of staff already" in bom(*add, typed=PASSWORD.encode()).said[0]
    assert "is the only owner" in bom("user", "disable", "a@b.example").said[0]


def test_a_new_password_and_a_disabled_account_end_all_sessions(bom: Bom, kept_in: Database) -> None:
    for name, role in (("a", "owner"), ("b", "producer")):
        bom("user", "add", f"{name}@b.example", "--role", role, "--password-stdin", typed=PASSWORD.encode())
    with kept_in.writing() as session:
        for person in staff.list_staff(session):
            sessions.begin_session(session, person, lasts=timedelta(days=1), address="", user_agent="", at=AT)

    assert bom("user", "password", "a@b.example", "--password-stdin", typed=b"een heel nieuw wachtwoord").code == 0
    assert bom("user", "disable", "b@b.example").code == 0

    with kept_in.reading() as session:
        assert None not in session.scalars(select(SignInSession.ended_at)).all()
        kept = staff.find_staff(session, "a@b.example")
        assert kept is not None
        assert passwords.is_password("een heel nieuw wachtwoord", kept.password_hash)
    assert any("(disabled)" in line for line in bom("user", "list").said)


def test_without_a_database_it_says_what_to_do(bom: Bom, tmp_path: Path) -> None:
    answer = bom("user", "list", url=f"sqlite:///{tmp_path / 'nowhere' / 'bom.db'}")

    assert answer.code == 2
    assert "Run `bom migrate` first" in answer.said[0]
    assert not (tmp_path / "nowhere").exists()
