"""Notes of a version, as threads: what was said where, what the studio answered, and whether it is done.

Called by the Review step. Law: looking at a note shows the frame that it is about.
"""

from collections.abc import Sequence

import flet as ft

from api.schemas.reviews import NoteOut
from engine.ui.components.acting import use_act
from engine.ui.components.forms import Sure, buttons
from engine.ui.components.kept_drafts import answer_to, change_of
from engine.ui.components.states import empty
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import moment
from engine.ui.pages.create.review.reading import Reading
from engine.ui.pages.create.review.threads import Thread, place_of, said_in
from engine.ui.pages.create.review.writing import AnswerForm, ChangeForm
from engine.ui.theme import FOCUS_RING, Radius, Role, space
from engine.ui.timecode import timecode
from engine.ui.words import Words


def notes_card(desk: Desk, threads: Sequence[Thread], reading: Reading, write: ft.Control | None = None) -> ft.Control:
    """What was said of this version itself. write: the way to say more."""
    words = desk.words
    parts: list[ft.Control] = [] if write is None else [write]
    if threads:
        parts += [divider(), _rows(threads, reading)] if parts else [_rows(threads, reading)]
    else:
        parts.append(empty(words("notes.none"), words("notes.none_more"), ft.Icons.COMMENT_OUTLINED))
    whole = ft.Column(parts, spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    return titled_card(words("notes.title"), whole)


def checklist_card(desk: Desk, threads: Sequence[Thread], reading: Reading) -> ft.Control:
    """What was open on the version before, and what the client says of it now."""
    words = desk.words
    done = sum(not thread.is_open for thread in threads)
    count = text(words("notes.checklist_done", done=done, count=len(threads)), "caption", Role.MUTED)
    return titled_card(words("notes.checklist"), _rows(threads, reading), aside=count)


def _rows(threads: Sequence[Thread], reading: Reading) -> ft.Control:
    rows: list[ft.Control] = []
    for thread in threads:
        rows += [divider()] if rows else []
        rows.append(ThreadRow(thread, reading, key=thread.note.id))  # type: ignore[call-arg]  # Flet's own
    return ft.Column(rows, spacing=space(3))


@ft.component
def ThreadRow(thread: Thread, reading: Reading) -> ft.Control:
    """One note, its answers, and what can be done with it."""
    desk, act = use_desk(), use_act()
    words = desk.words
    is_answering, set_answering = ft.use_state(False)
    note = thread.note

    async def settle() -> str:
        await desk.api.settle_note(note, is_settled=thread.is_open)
        reading.changed()
        return ""

    def stop_answering() -> None:
        reading.drafts.drop(answer_to(note.id))
        set_answering(False)

    parts: list[ft.Control] = [_head(desk, thread, reading), OwnWords(note, reading, is_answered=bool(thread.answers))]
    if note.carried_from_note_id is not None:
        parts.append(_verdict(note, words))
    parts += [_answer(desk, answer, reading) for answer in thread.answers]
    if reading.is_current and (is_answering or reading.drafts.find(answer_to(note.id))):
        parts.append(AnswerForm(note, reading, stop_answering))
    else:
        begin = ft.OutlinedButton(
            content=ft.Text(words("notes.answer"), semantics_label=words("notes.answer_of", name=note.author_name)),
            on_click=lambda _: set_answering(True),
        )
        settled = "settle" if thread.is_open else "reopen"
        settle_it = ft.OutlinedButton(
            content=ft.Text(
                words(f"notes.{settled}"), semantics_label=words(f"notes.{settled}_of", name=note.author_name)
            ),
            icon=ft.Icons.CHECK if thread.is_open else ft.Icons.UNDO,
            on_click=lambda _: act.run(settle),
        )
        parts.append(buttons([begin, settle_it] if reading.is_current else [settle_it], act))
    is_looked_at = reading.looked_at_id == note.id
    side = ft.BorderSide(FOCUS_RING, Role.ACCENT if is_looked_at else Role.CLEAR)
    return ft.Container(
        ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        border=ft.Border.only(left=side),
        padding=ft.Padding.only(left=space(3)),
    )


@ft.component
def OwnWords(note: NoteOut, reading: Reading, *, is_answered: bool = False) -> ft.Control:
    """What a note says; to its author, while it can be answered, also the ways to change it and to take it back.
    is_answered: then it stays."""
    desk, act = use_desk(), use_act()
    words = desk.words
    is_changing, set_changing = ft.use_state(False)
    if not (note.is_mine and reading.is_current):
        return text(said_in(note, words))

    async def remove() -> str:
        await desk.api.remove_note(note)
        reading.changed()
        return ""

    def stop_changing() -> None:
        reading.drafts.drop(change_of(note.id))
        set_changing(False)

    if is_changing or reading.drafts.find(change_of(note.id)):
        return ChangeForm(note, reading, stop_changing)
    change = ft.Text(words("notes.change"), semantics_label=words("notes.change_of", text=said_in(note, words)[:40]))
    row: list[ft.Control] = [ft.TextButton(content=change, on_click=lambda _: set_changing(True))]
    if not is_answered:
        row.append(
            Sure(words("notes.remove"), words("notes.remove_more"), words("settings.keep"), lambda: act.run(remove))
        )
    return ft.Column([text(said_in(note, words)), buttons(row, act)], spacing=space(1))


def _head(desk: Desk, thread: Thread, reading: Reading) -> ft.Control:
    """Where and who, and the ways to see it: on the film, and in the cut."""
    words, note = desk.words, thread.note
    who = f"{note.author_name} · {words('notes.studio')}" if note.is_studio else note.author_name
    facts = [moment(note.created_at, words)]
    number = reading.scene_number(note)
    if number is not None:
        facts.insert(0, words("notes.scene", number=number))
    if note.drawing is not None:
        facts.append(words("notes.drawn"))
    if not thread.is_open:
        by = note.settled_by_name
        facts.append(words("notes.settled_by", name=by) if by else words("notes.settled"))
    said = ft.Column(
        [text(who, "strong", lines=1), text(" · ".join(facts), "caption", Role.MUTED, lines=2)], spacing=0, expand=True
    )
    place = place_of(note, words)
    if note.start_ms is None:
        return ft.Row([said, text(place, color=Role.MUTED)], spacing=space(2))
    see = ft.OutlinedButton(
        content=ft.Text(place, semantics_label=words("notes.see_of", name=note.author_name, time=place)),
        icon=ft.Icons.PLAY_ARROW_ROUNDED,
        on_click=lambda _: reading.look(note),
    )
    ways: list[ft.Control] = [see]
    if reading.is_current:
        name = words("notes.to_cut_of", time=timecode(note.start_ms))
        ways.append(
            ft.IconButton(
                ft.Icon(ft.Icons.CONTENT_CUT, semantics_label=name, color=Role.INK, size=space(5)),
                tooltip=name,
                on_click=lambda _: desk.go(f"/create/{reading.video_id}/preview?at={note.start_ms}"),
            )
        )
    if desk.layout == "narrow":
        return ft.Column([ft.Row([said]), ft.Row(ways, spacing=space(2))], spacing=space(1))
    return ft.Row([said, *ways], spacing=space(2), vertical_alignment=ft.CrossAxisAlignment.START)


def _verdict(note: NoteOut, words: Words) -> ft.Control:
    """What the client says of a note that came along."""
    if note.was_addressed is None:
        icon, color, key = ft.Icons.RADIO_BUTTON_UNCHECKED, Role.MUTED, "notes.not_answered"
    elif note.was_addressed:
        icon, color, key = ft.Icons.CHECK_CIRCLE_OUTLINE, Role.POSITIVE, "notes.addressed"
    else:
        icon, color, key = ft.Icons.ERROR_OUTLINE, Role.CAUTION, "notes.not_addressed"
    return ft.Row([ft.Icon(icon, color=color, size=space(5)), text(words(key), "caption", color)], spacing=space(2))


def _answer(desk: Desk, answer: NoteOut, reading: Reading) -> ft.Control:
    words = desk.words
    who = f"{answer.author_name} · {words('notes.studio')}" if answer.is_studio else answer.author_name
    lines: list[ft.Control] = [
        text(f"{who} · {moment(answer.created_at, words)}", "caption", Role.MUTED),
        OwnWords(answer, reading, key=answer.id),  # type: ignore[call-arg]  # Flet's own
    ]
    return ft.Container(
        ft.Column(lines, spacing=space(1), horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=Role.GROUND,
        border_radius=Radius.SMALL,
        padding=space(3),
        margin=ft.Margin.only(left=space(4)),
    )
