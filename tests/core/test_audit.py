import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

from api.schemas.audit import AuditArea
from api.schemas.audit_words import ACTIONS
from engine.core import audit
from engine.core.actors import SYSTEM, Actor
from engine.core.database import Database
from engine.core.models import AuditEntry, Verdict
from engine.core.paging import PageWish
from engine.ui.words import WORDS
from tests.cli.studio import ROOT

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
        assert [entry.area for entry in audit.list_entries(session, newest).items] == [
            "other",
            "money",
            "access",
            "access",
        ]
        access = audit.list_entries(session, newest, area="access", since=AT, until=AT + timedelta(seconds=1)).items
        assert [entry.action for entry in access] == ["sign_in"]


def test_the_whole_record_is_read_in_pages_each_entry_once(database: Database) -> None:
    with database.writing() as session:
        for number in range(7):
            audit.record(session, "sign_in", by=SYSTEM, at=AT + timedelta(seconds=number // 3), number=number)

    read: list[AuditEntry] = []
    while True:
        with database.reading() as session:
            found = audit.entries_before(session, read[-1] if read else None, limit=2, area="access")
        if not found:
            break
        read += found

    assert sorted(str(entry.facts["number"]) for entry in read) == [*"0123456"]
    assert [entry.at for entry in read] == sorted((entry.at for entry in read), reverse=True)


def actions_in(file: Path) -> set[str]:
    """What is said to audit.record, literally or by the endings of an f-string."""
    found: set[str] = set()
    source = file.read_text("utf-8")
    if "audit" not in source:
        return found
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("audit"), attr="record"), args=[_, action, *_]):
                pass
            case ast.Call(func=ast.Name("_audit"), args=[_, action, *_]):
                pass
            case _:
                continue
        if isinstance(action, ast.JoinedStr):
            (start, *_) = (str(part.value) for part in action.values if isinstance(part, ast.Constant))
            found |= {f"{start}{verdict.value}" for verdict in Verdict}
        else:
            found |= {str(part.value) for part in ast.walk(action) if isinstance(part, ast.Constant)}
    return found


def test_every_act_that_the_code_writes_down_has_its_area_and_its_words_in_both_languages() -> None:
    written = {
        action
        for room in ("engine", "api", "automations")
        for file in (ROOT / room).rglob("*.py")
        for action in actions_in(file)
    }
    known = {action for actions in audit.AREAS.values() for action in actions}

    assert "client_archived" in written
    assert written - known == set()
    assert set(ACTIONS) == known
    for dutch, english in ACTIONS.values():
        assert dutch.strip()
        assert english.strip()
    assert {f"audit_area.{area}" for area in (*audit.AREAS, audit.OTHER)} <= set(WORDS)
    assert set(get_args(AuditArea)) == {*audit.AREAS, audit.OTHER}
