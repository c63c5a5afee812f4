"""Notes: what somebody says is kept as said, and is theirs."""

import pytest

from engine.core.database import Database
from engine.core.errors import Conflict, Invalid, NotFound, Refused, RevisionOutdated
from engine.core.models import JsonObject, new_id
from engine.core.reviews import notes
from tests.core.domain import NOW
from tests.core.reviews.domain import LATER, a_contact, a_version, actor_of, video_of

HEART: JsonObject = {"strokes": [{"points": [{"x": 0.1, "y": 0.2}, {"x": 0.3, "y": 0.9}]}]}


def test_a_note_that_is_sent_twice_is_kept_once(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna = actor_of(a_contact(session, version.client_id))
        id_ = new_id()

        for _ in range(2):
            notes.add_note(session, version, "Logo groter", by=anna, at=NOW, id=id_, start_ms=1_500, drawing=HEART)

        (kept,) = notes.notes_of(session, version.id)
        assert (kept.text, kept.start_ms, kept.drawing) == ("Logo groter", 1_500, HEART)


def test_nobody_takes_the_id_of_anothers_note(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna, _ = notes.add_note(session, version, "Logo", by=actor_of(a_contact(session, version.client_id)), at=NOW)

        with pytest.raises(Conflict, match="id"):
            notes.add_note(session, version, "Nee", by=actor_of(version), at=NOW, id=anna.id)


def test_only_its_author_changes_a_note_and_an_answered_one_stays(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        anna, jeroen = actor_of(a_contact(session, version.client_id)), actor_of(version)
        note, _ = notes.add_note(session, version, "Logo", by=anna, at=NOW)

        with pytest.raises(Refused):
            notes.change_note(session, note, 1, by=jeroen, at=LATER, text="Geen logo")
        with pytest.raises(Refused):
            notes.remove_note(session, note, by=jeroen)
        changed = notes.change_note(session, note, 1, by=anna, at=LATER, text="Logo groter", start_ms=0, end_ms=900)
        assert (changed.text, changed.start_ms, changed.end_ms) == ("Logo groter", 0, 900)
        with pytest.raises(RevisionOutdated):
            notes.change_note(session, note, 1, by=anna, at=LATER, text="Logo weg")
        answer, _ = notes.add_note(session, version, "Doen we", by=jeroen, at=LATER, answers_note_id=note.id)
        with pytest.raises(Conflict, match="answered"):
            notes.remove_note(session, note, by=anna)
        notes.remove_note(session, answer, by=jeroen)
        notes.remove_note(session, note, by=anna)
        assert notes.notes_of(session, version.id) == []


def test_an_answer_to_an_answer_belongs_to_the_same_note(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        jeroen = actor_of(version)
        note, _ = notes.add_note(session, version, "Logo", by=jeroen, at=NOW)
        answer, _ = notes.add_note(session, version, "Welk?", by=jeroen, at=NOW, answers_note_id=note.id)

        last, _ = notes.add_note(session, version, "Het kleine", by=jeroen, at=NOW, answers_note_id=answer.id)

        assert last.answers_note_id == note.id


def test_a_note_is_settled_and_opened_again(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)
        jeroen = actor_of(version)
        note, _ = notes.add_note(session, version, "Logo", by=jeroen, at=NOW)

        notes.settle_note(session, note, settled=True, by=jeroen, at=NOW)
        notes.settle_note(session, note, settled=True, by=jeroen, at=LATER)
        assert (note.resolved_at, note.resolved_by) == (NOW, str(jeroen))
        notes.settle_note(session, note, settled=False, by=jeroen, at=LATER)
        assert note.resolved_at is None


@pytest.mark.parametrize(
    ("text", "given", "field"),
    [
        ("  \n", {}, "text"),
        ("x" * 10_001, {}, "text"),
        ("a\x00b", {}, "text"),
        ("Hier", {"end_ms": 5}, "start_ms"),
        ("Hier", {"start_ms": -1}, "start_ms"),
        ("Hier", {"start_ms": 10, "end_ms": 9}, "end_ms"),
        ("Hier", {"drawing": {"strokes": []}}, "drawing"),
        ("Hier", {"drawing": {"strokes": [{"points": [{"x": 1.1, "y": 0}]}]}}, "drawing"),
        ("Hier", {"drawing": {"strokes": [{"points": [{"x": "<svg>", "y": 0}]}]}}, "drawing"),
    ],
)
def test_what_is_no_note_is_refused_by_what_is_wrong(
    database: Database, text: str, given: notes.NewNote, field: str
) -> None:
    with database.writing() as session:
        version = a_version(session)

        with pytest.raises(Invalid) as refused:
            notes.add_note(session, version, text, by=actor_of(version), at=NOW, **given)

        assert refused.value.field == field


def test_a_drawing_needs_no_words(database: Database) -> None:
    with database.writing() as session:
        version = a_version(session)

        note, _ = notes.add_note(session, version, "", by=actor_of(version), at=NOW, start_ms=0, drawing=HEART)

        assert note.drawing == HEART


def test_a_version_that_was_replaced_takes_no_notes_and_another_versions_note_is_not_there(database: Database) -> None:
    with database.writing() as session:
        first = a_version(session)
        jeroen = actor_of(first)
        note, _ = notes.add_note(session, first, "Logo", by=jeroen, at=NOW)
        second = a_version(session, video_of(session, first), by=jeroen)

        with pytest.raises(Conflict, match="newer version"):
            notes.add_note(session, first, "Nog iets", by=jeroen, at=NOW)
        with pytest.raises(NotFound):
            notes.add_note(session, second, "Ja", by=jeroen, at=NOW, answers_note_id=note.id)
