"""`bom user`: who may sign in, from the machine itself; the way in for the first owner.

Called by engine.cli.app. Law: a password comes over standard input, never as an argument, which every process on the
machine can read; whoever is disabled or gets a new password is signed out everywhere.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from engine.cli.outcome import BadInput, outcome, print_result, say
from engine.settings import load_settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from engine.core.models import Staff

app = typer.Typer(no_args_is_help=True, help="Who may sign in.")

Email = Annotated[str, typer.Argument(help="The person's e-mail address.")]
PasswordStdin = Annotated[
    bool,
    typer.Option("--password-stdin", help="Read the password from standard input, where nobody sees it."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the result as one JSON object on the last line of stdout.")]
_MOST_PASSWORD_BYTES: Final = 2000


@app.command()
def add(
    email: Email,
    role: Annotated[Literal["owner", "producer"], typer.Option(help="An owner also decides about money and people.")],
    password_stdin: PasswordStdin = False,
    name: Annotated[str, typer.Option(help="What people call them.")] = "",
    json: Json = False,
) -> None:
    """Let somebody sign in."""
    with outcome(json):
        from engine.core import staff
        from engine.core.models import Role

        with _studio() as session:
            if staff.find_staff(session, email) is not None:
                raise BadInput(
                    f"{email.strip().lower()} is a member of staff already. `bom user password` gives a new password."
                )
        password_hash = _hash_of_typed(password_stdin, email)
        with _studio() as session:
            person = staff.add_staff(
                session, email=email, role=Role(role), password_hash=password_hash, name=name, at=datetime.now(UTC)
            )
            _audit(session, "staff_added", person)
        _tell(person, f"{person.email} can sign in as {person.role}.", json)


@app.command("list")
def list_users(json: Json = False) -> None:
    """Everybody, with role and state."""
    with outcome(json):
        from engine.core import staff

        with _studio() as session:
            people = staff.list_staff(session)
        for person in people:
            state = " (disabled)" if person.disabled_at else ""
            say(f"{person.email}  {person.role}{state}  {person.name}".rstrip())
        if not people:
            say("Nobody can sign in yet. `bom user add EMAIL --role owner --password-stdin` makes the first owner.")
        if json:
            print_result({"users": [_shown(person) for person in people]})


@app.command()
def disable(email: Email, json: Json = False) -> None:
    """Let somebody sign in no more; out at once, everywhere."""
    with outcome(json):
        from engine.core import staff

        with _studio() as session:
            person = staff.disable_staff(session, _found(session, email).id, at=datetime.now(UTC))
            _audit(session, "staff_disabled", person)
        _tell(person, f"{person.email} cannot sign in any more and is signed out everywhere.", json)


@app.command()
def password(email: Email, password_stdin: PasswordStdin = False, json: Json = False) -> None:
    """Give somebody a new password; signs them out everywhere. One-time codes stay as they are."""
    with outcome(json):
        from engine.core import staff

        with _studio() as session:
            _found(session, email)
        password_hash = _hash_of_typed(password_stdin, email)
        with _studio() as session:
            person = _found(session, email)
            staff.set_password(session, person, password_hash, at=datetime.now(UTC))
            _audit(session, "password_changed", person)
        _tell(person, f"{person.email} has a new password and is signed out everywhere.", json)


@contextmanager
def _studio() -> "Iterator[Session]":
    """A transaction on the studio's database. A rule's no becomes BadInput."""
    from sqlalchemy.exc import SQLAlchemyError

    from engine.core.database import Database
    from engine.core.errors import DomainError
    from migrations import is_current

    settings = load_settings()
    database = Database.at(settings.database)
    try:
        file = database.engine.url.database
        if database.engine.dialect.name == "sqlite" and not (file and _exists(file)):
            raise BadInput("There is no database yet. Run `bom migrate` first.")
        if not is_current(settings.database):
            raise BadInput("The database has an older shape. Run `bom migrate` first.")
        with database.writing() as session:
            yield session
    except DomainError as error:
        raise BadInput(error.message) from error
    except SQLAlchemyError as error:
        raise OSError(f"The database does not answer; check BOM_DATABASE_URL ({type(error).__name__})") from error
    finally:
        database.close()


def _exists(file: str) -> bool:
    from pathlib import Path

    return Path(file).is_file() and Path(file).stat().st_size > 0


def _hash_of_typed(password_stdin: bool, email: str) -> str:
    """The hash of the first line of standard input."""
    from engine.core import passwords
    from engine.core.errors import Invalid

    if not password_stdin:
        raise BadInput("Give --password-stdin and the password on standard input, as in: echo … | bom user …")
    try:
        typed = sys.stdin.buffer.readline(_MOST_PASSWORD_BYTES).decode("utf-8").rstrip("\r\n")
        passwords.check_new_password(typed, email=email.strip())
    except UnicodeDecodeError:
        raise BadInput("The password on standard input is not UTF-8 text.") from None
    except Invalid as error:
        raise BadInput(error.message) from None
    return passwords.hash_password(typed)


def _found(session: "Session", email: str) -> "Staff":
    from engine.core import staff

    person = staff.find_staff(session, email)
    if person is None:
        raise BadInput(f"Nobody here has the address {email}. `bom user list` shows who there is.")
    return person


def _audit(session: "Session", action: str, person: "Staff") -> None:
    from engine.core import audit
    from engine.core.actors import SYSTEM

    audit.record(session, action, by=SYSTEM, subject=("staff", person.id), address="command line", at=datetime.now(UTC))


def _tell(person: "Staff", sentence: str, as_json: bool) -> None:
    say(sentence)
    if as_json:
        print_result(_shown(person))


def _shown(person: "Staff") -> dict[str, object]:
    return {
        "id": person.id,
        "email": person.email,
        "name": person.name,
        "role": person.role.value,
        "is_disabled": person.disabled_at is not None,
    }
