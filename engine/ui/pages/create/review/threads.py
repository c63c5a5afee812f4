"""Threads: the notes of a version as people read them: each with its answers, and those that came along apart.

Called by the Review and Preview steps. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from api.schemas.reviews import NoteOut
from engine.ui.timecode import timecode
from engine.ui.words import Words


@dataclass(frozen=True)
class Thread:
    """A note and what was answered, the oldest answer first."""

    note: NoteOut
    answers: tuple[NoteOut, ...]

    @property
    def is_open(self) -> bool:
        """Whether nobody has said that it is done."""
        return self.note.settled_at is None


def threads_of(notes: Sequence[NoteOut]) -> list[Thread]:
    """All of them, in the order in which the api tells the notes."""
    return [
        Thread(
            note,
            tuple(
                sorted(
                    (answer for answer in notes if answer.answers_note_id == note.id),
                    key=lambda answer: answer.created_at,
                )
            ),
        )
        for note in notes
        if note.answers_note_id is None
    ]


def open_on_film(notes: Sequence[NoteOut]) -> list[NoteOut]:
    """Notes on a moment of the film that are not done, by their moment."""
    return sorted(
        (
            note
            for note in notes
            if note.answers_note_id is None and note.settled_at is None and note.start_ms is not None
        ),
        key=lambda note: note.start_ms or 0,
    )


def place_of(note: NoteOut, words: Words) -> str:
    """Where in the film it is: a moment, a part, or all of it."""
    if note.start_ms is None:
        return words("notes.whole_film")
    if note.end_ms is None or note.end_ms == note.start_ms:
        return timecode(note.start_ms)
    return f"{timecode(note.start_ms)}–{timecode(note.end_ms)}"


def said_in(note: NoteOut, words: Words) -> str:
    """Its words; a note that is only drawn says so."""
    return note.text or words("notes.only_drawn")
