"""What is sent to a client and who hears of it, and how notes are read, without a browser."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.schemas.clients import ContactOut
from api.schemas.reviews import NoteOut, Point, Stroke, VersionRow
from api.schemas.videos import ExportOut
from engine.ui.pages.create.export.sending import Parcel, Readers
from engine.ui.pages.create.review.screen import shapes_of
from engine.ui.pages.create.review.threads import open_on_film, place_of, said_in, threads_of
from engine.ui.pages.create.review.versions import history_of, seen_by
from engine.ui.words import Words

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DUTCH, ENGLISH = Words("nl"), Words("en")


def film(id_: str, format_name: str, minutes_ago: int = 0, status: str = "ready") -> ExportOut:
    fields = dict.fromkeys(ExportOut.model_fields) | {
        "id": id_,
        "video_id": "v",
        "project_id": "p",
        "client_id": "c",
        "format": format_name,
        "quality": "standard",
        "status": status,
        "timeline_revision": 1,
        "sidecars": {},
        "sidecar_urls": {},
        "problem": "",
        "created_at": NOON - timedelta(minutes=minutes_ago),
        "revision": 1,
    }
    return ExportOut.model_validate(fields)


def contact(name: str, *, seen_at: datetime | None = None, is_out: bool = False, **wishes: bool) -> ContactOut:
    return ContactOut.model_validate(
        {
            "id": name,
            "client_id": "c",
            "name": name,
            "email": f"{name}@bakkerij.example".lower(),
            "language": "nl",
            "notification_wishes": wishes,
            "invited_at": None,
            "last_seen_at": seen_at,
            "disabled_at": NOON if is_out else None,
            "created_at": NOON,
            "updated_at": NOON,
            "revision": 1,
        }
    )


def note(id_: str, minutes: int = 0, **given: Any) -> NoteOut:
    fields = dict.fromkeys(NoteOut.model_fields) | {
        "id": id_,
        "version_id": "v1",
        "author_name": "Anna",
        "is_studio": False,
        "is_mine": False,
        "text": id_,
        "settled_by_name": "",
        "created_at": NOON + timedelta(minutes=minutes),
        "updated_at": NOON,
        "revision": 1,
    }
    return NoteOut.model_validate(fields | given)


def test_the_newest_finished_film_of_each_format_goes_along_unless_somebody_chose_otherwise() -> None:
    films = [
        film("old", "9:16", 60),
        film("new", "9:16", 5),
        film("made_now", "9:16", 0, "rendering"),
        film("square", "1:1", 5),
    ]

    assert [one.id for one in Parcel(False).films(films)] == ["new", "square"]
    assert [one.id for one in Parcel(False, instead={"9:16": "old"}).films(films)] == ["old", "square"]
    assert [one.id for one in Parcel(False, left_out=frozenset({"9:16"})).films(films)] == ["square"]
    assert Parcel(False).films([film("made_now", "9:16", 0, "failed")]) == []


def test_before_sending_it_is_said_who_gets_a_mail_and_who_only_sees_it_in_the_portal() -> None:
    people = [
        contact("Anna"),
        contact("Bas", digest=True),
        contact("Cem", review=False),
        contact("Daan", is_out=True),
    ]

    assert Readers.of(people, mail_goes=True).said(DUTCH) == [
        "Krijgt een mail: Anna",
        "Leest het in het dagoverzicht: Bas",
        "Ziet het alleen in het portaal: Cem",
    ]
    assert Readers.of(people[:1], mail_goes=False).said(ENGLISH)[-1].startswith("No mail is set up")
    assert not Readers.of(people[3:], mail_goes=True).are_there


def test_answers_stand_under_their_note_and_what_is_done_leaves_the_strip() -> None:
    notes = [
        note("music"),
        note("logo", start_ms=2400),
        note("later_answer", 9, answers_note_id="logo", start_ms=None),
        note("answer", 1, answers_note_id="logo"),
        note("done", start_ms=100, settled_at=NOON),
        note("card", start_ms=900, end_ms=1900),
    ]

    threads = threads_of(notes)

    assert [thread.note.id for thread in threads] == ["music", "logo", "done", "card"]
    assert [answer.id for answer in threads[1].answers] == ["answer", "later_answer"]
    assert [one.id for one in open_on_film(notes)] == ["card", "logo"]
    assert [place_of(one, DUTCH) for one in (notes[0], notes[1], notes[5])] == ["Hele film", "0:02.4", "0:00.9–0:01.9"]
    assert said_in(note("drawn", text=""), DUTCH) == "Alleen een tekening"


@pytest.mark.parametrize(("width", "height"), [(108, 192), (400, 225)])
def test_a_drawing_keeps_its_place_in_a_picture_of_any_size(width: int, height: int) -> None:
    line = Stroke(points=[Point(x=0.25, y=0.5), Point(x=0.75, y=1.0)])
    dot = Stroke(points=[Point(x=0.5, y=0.5)])

    edge, _, colour, tap = shapes_of([line, dot], width, height)

    begin, end = colour.elements  # type: ignore[attr-defined]
    assert (begin.x, begin.y) == (width / 4, height / 2)
    assert (end.x, end.y) == (width * 3 / 4, height)
    assert edge.paint.stroke_width > colour.paint.stroke_width  # type: ignore[attr-defined]
    assert len(tap.elements) == 2  # type: ignore[attr-defined]


def version_row(**given: Any) -> VersionRow:
    return VersionRow.model_validate(
        dict.fromkeys(VersionRow.model_fields)
        | {
            "id": "v1",
            "video_id": "v",
            "number": 1,
            "message": "",
            "sent_by_name": "",
            "sent_at": NOON,
            "state": "waiting",
            "note_count": 0,
            "open_note_count": 0,
        }
        | given
    )


def test_only_who_came_after_it_was_sent_has_perhaps_seen_it() -> None:
    version = version_row()
    before, after = NOON - timedelta(minutes=1), NOON + timedelta(minutes=1)

    seen = seen_by(version, [contact("Anna", seen_at=after), contact("Bas", seen_at=before)], DUTCH)
    assert seen == "Anna was sindsdien in het portaal."
    assert seen_by(version, [contact("Bas", seen_at=before)], DUTCH).startswith("Nog niemand")


def test_of_each_version_it_is_said_who_opened_it_first_and_what_they_decided() -> None:
    decision = {
        "id": "d",
        "version_id": "v1",
        "verdict": "approved",
        "contact_name": "Anna",
        "is_mine": False,
        "agreed_text": "Ja.",
        "note": "",
        "files": [],
        "decided_at": NOON,
        "takes_effect_at": NOON,
        "effective_at": NOON,
        "voided_at": NOON,
        "voided_by_version_id": "v2",
    }
    version = version_row(seen_at=NOON, seen_by="Anna", decision=decision, state="replaced", replaced_at=NOON)

    assert history_of(version, DUTCH) == [
        "Gezien door Anna, 22\u00a0november, 13:00",
        "Anna keurde goed op 22\u00a0november, 13:00 (vervallen door een nieuwere versie)",
    ]
    assert seen_by(version_row(replaced_at=NOON), [], ENGLISH) == "Opened by nobody at the client."
