"""Notes: what somebody says of a moment of a version, with answers, and whether it is settled.

Law: see the package. Only the author changes the words of a note; whoever sees it may settle it and take that back.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, TypedDict, Unpack

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.errors import Conflict, Invalid, NotFound, Refused
from engine.core.models import JsonObject, Note, Version, new_id
from engine.core.revisions import require_revision
from engine.core.texts import clean_prose

LONGEST_NOTE: Final = 10_000
MOST_NOTES: Final = 2_000
"""Of one version, answers included: more than a person reads."""
LATEST_MS: Final = 24 * 3_600_000


class Point(BaseModel):
    """A place in the frame, in fractions of its width and height."""

    model_config = ConfigDict(extra="forbid")

    x: float = Field(ge=0, le=1)
    y: float = Field(ge=0, le=1)


class Stroke(BaseModel):
    """One line that was drawn without lifting the finger."""

    model_config = ConfigDict(extra="forbid")

    points: list[Point] = Field(min_length=1, max_length=2_000)


class Drawing(BaseModel):
    """What was drawn on the frame of a note."""

    model_config = ConfigDict(extra="forbid")

    strokes: list[Stroke] = Field(min_length=1, max_length=200)


class NewNote(TypedDict, total=False):
    """What a note begins with, beside its words. Times in milliseconds of the film, the end included."""

    start_ms: int | None
    end_ms: int | None
    drawing: JsonObject | None
    answers_note_id: str | None
    id: str
    """Chosen by who writes it, so that a note that was sent twice is kept once."""


class NoteChanges(TypedDict, total=False):
    """What its author may change of a note; what is absent stays."""

    text: str
    start_ms: int | None
    end_ms: int | None
    drawing: JsonObject | None


def add_note(
    session: Session, version: Version, text: str, *, by: Actor, at: datetime, **given: Unpack[NewNote]
) -> tuple[Note, bool]:
    """A note on a version, or an answer to one, and whether it is new: sent again with its id, the kept one comes back.

    Raises Invalid, NotFound (the note that it answers), Conflict (version_replaced, note_exists, too_many_notes).
    """
    if given.get("id") and (kept := session.get(Note, given["id"])) is not None:
        if kept.version_id == version.id and _is_author(kept, by):
            return kept, False
        raise Conflict("A note with this id is there already. Send it under another.", code="note_exists")
    if version.replaced_at is not None:
        raise Conflict("There is a newer version. Look at that one, and note it there.", code="version_replaced")
    if len(notes_of(session, version.id)) >= MOST_NOTES:
        raise Conflict(f"This version has {MOST_NOTES} notes. Call us instead.", code="too_many_notes")
    note = Note(
        id=given.get("id") or new_id(),
        version_id=version.id,
        answers_note_id=_answered(session, version.id, given.get("answers_note_id")),
        contact_id=by.id if by.kind == "contact" else None,
        staff_id=by.staff_id,
        text=_words(text, given.get("drawing")),
        drawing=_drawn(given.get("drawing")),
        created_at=at,
        updated_at=at,
    )
    note.start_ms, note.end_ms = _span(given.get("start_ms"), given.get("end_ms"))
    session.add(note)
    session.flush()
    return note, True


def notes_of(session: Session, version_id: str) -> Sequence[Note]:
    """All notes of a version and their answers: by their moment, those on the whole film first, then by age."""
    return session.scalars(
        select(Note).where(Note.version_id == version_id).order_by(Note.start_ms.asc().nulls_first(), Note.id)
    ).all()


def get_note(session: Session, version_id: str, note_id: str) -> Note:
    """Raises NotFound, also where it is another version's."""
    note = session.get(Note, note_id)
    if note is None or note.version_id != version_id:
        raise NotFound("note", note_id)
    return note


def change_note(
    session: Session, note: Note, revision: int, *, by: Actor, at: datetime, **changes: Unpack[NoteChanges]
) -> Note:
    """Change one's own note. Raises Refused (another's), RevisionOutdated, Invalid."""
    _require_author(note, by)
    require_revision(note, revision, "note")
    drawing = changes.get("drawing", note.drawing)
    note.text = _words(changes.get("text", note.text), drawing)
    note.drawing = _drawn(drawing)
    note.start_ms, note.end_ms = _span(changes.get("start_ms", note.start_ms), changes.get("end_ms", note.end_ms))
    note.updated_at = at
    session.flush()
    return note


def remove_note(session: Session, note: Note, *, by: Actor) -> None:
    """Take one's own note back. Raises Refused (another's), Conflict (note_answered)."""
    _require_author(note, by)
    if session.scalar(select(Note.id).where(Note.answers_note_id == note.id).limit(1)):
        raise Conflict("Somebody has answered this note. Change it, or settle it.", code="note_answered")
    session.delete(note)
    session.flush()


def settle_note(session: Session, note: Note, *, settled: bool, by: Actor, at: datetime) -> Note:
    """Say that it is done, or not yet. Done twice, the first who said so stays."""
    if settled and note.resolved_at is None:
        note.resolved_at, note.resolved_by = at, str(by)
    elif not settled and note.resolved_at is not None:
        note.resolved_at, note.resolved_by = None, ""
    else:
        return note
    note.updated_at = at
    session.flush()
    return note


def answer_carried(session: Session, note: Note, *, was_addressed: bool, by: Actor, at: datetime) -> Note:
    """What a contact says of a note that came along from the version before: it was addressed, and is settled, or it
    was not, and is open. Raises Conflict (note_not_carried)."""
    if note.carried_from_note_id is None:
        raise Conflict("This note is of this version. Settle it instead.", code="note_not_carried")
    if note.was_addressed is not was_addressed:
        note.was_addressed = was_addressed
        note.updated_at = at
    settle_note(session, note, settled=was_addressed, by=by, at=at)
    session.flush()
    return note


def _is_author(note: Note, by: Actor) -> bool:
    return by.id in {note.contact_id, note.staff_id}


def _require_author(note: Note, by: Actor) -> None:
    if not _is_author(note, by):
        raise Refused("Only who wrote a note changes it. Answer it instead.", code="not_your_note")


def _answered(session: Session, version_id: str, note_id: str | None) -> str | None:
    """An answer to an answer belongs to the note that both are about."""
    if note_id is None:
        return None
    note = get_note(session, version_id, note_id)
    return note.answers_note_id or note.id


def _words(text: str, drawing: JsonObject | None) -> str:
    words = clean_prose(text, "text", longest=LONGEST_NOTE).strip()
    if not words and drawing is None:
        raise Invalid("The note is empty. Write something, or draw on the frame.", field="text")
    return words


def _drawn(drawing: JsonObject | None) -> JsonObject | None:
    if drawing is None:
        return None
    try:
        checked: JsonObject = Drawing.model_validate(drawing).model_dump(mode="json")
    except ValidationError as error:
        raise Invalid("The drawing cannot be read. Draw it again.", field="drawing") from error
    return checked


def _span(start_ms: int | None, end_ms: int | None) -> tuple[int | None, int | None]:
    if start_ms is None:
        if end_ms is not None:
            raise Invalid("The note ends and does not begin. Give it a beginning.", field="start_ms")
        return None, None
    if not 0 <= start_ms <= LATEST_MS:
        raise Invalid("This moment is not in the film.", field="start_ms")
    if end_ms is not None and not start_ms <= end_ms <= LATEST_MS:
        raise Invalid("The note ends before it begins.", field="end_ms")
    return start_ms, end_ms
