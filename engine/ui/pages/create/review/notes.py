"""Notes of a version, as threads: what was said where, what the studio answered, and whether it is done.

Called by the Review step. Law: looking at a note shows the frame that it is about; what was typed as an answer stays
until the studio has it, and a double click sends it once.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

import flet as ft

from api.schemas.cuts import CutScene
from api.schemas.reviews import NoteIn, NoteOut
from engine.ui.client.bodies import checked
from engine.ui.components.acting import Act, use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import Sure, buttons
from engine.ui.components.states import empty
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.notation import moment
from engine.ui.pages.create.preview.transport import scene_at
from engine.ui.pages.create.review.threads import Thread, place_of, said_in
from engine.ui.theme import FOCUS_RING, Radius, Role, space
from engine.ui.timecode import timecode
from engine.ui.words import Words

LONGEST_NOTE: Final = 10_000


@dataclass(frozen=True)
class Reading:
    """What the rows need of the step. is_current: whether this is the newest version, so that it can be answered;
    scenes: of the film as it would be made now; look: show a note's frame; changed: what was shown is old."""

    video_id: str
    is_current: bool
    scenes: Sequence[CutScene]
    looked_at_id: str
    look: Callable[[NoteOut], None]
    changed: Callable[[], None]

    def scene_number(self, note: NoteOut) -> int | None:
        """In which scene a moment of the film is; None where the note is on all of it, or the film is shorter now."""
        if note.start_ms is None or not self.scenes:
            return None
        if note.start_ms > self.scenes[-1].start_ms + self.scenes[-1].duration_ms:
            return None
        scene = scene_at(list(self.scenes), note.start_ms)
        return None if scene is None else scene.number


def notes_card(desk: Desk, threads: Sequence[Thread], reading: Reading) -> ft.Control:
    """What was said of this version itself."""
    words = desk.words
    if not threads:
        none = empty(words("notes.none"), words("notes.none_more"), ft.Icons.COMMENT_OUTLINED)
        return titled_card(words("notes.title"), none)
    return titled_card(words("notes.title"), _rows(threads, reading))


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

    async def remove(own: NoteOut) -> str:
        await desk.api.remove_note(own)
        reading.changed()
        return ""

    def take_back(own: NoteOut) -> None:
        act.run(lambda: remove(own))

    parts: list[ft.Control] = [_head(desk, thread, reading), text(said_in(note, words))]
    if note.carried_from_note_id is not None:
        parts.append(_verdict(note, words))
    parts += [_answer(desk, answer, reading, take_back) for answer in thread.answers]
    if is_answering:
        parts.append(AnswerForm(note, reading, lambda: set_answering(False)))
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
        row: list[ft.Control] = [begin, settle_it] if reading.is_current else [settle_it]
        if note.is_mine and not thread.answers:
            row.append(_take_back(words, lambda: take_back(note)))
        parts.append(buttons(row, act))
    is_looked_at = reading.looked_at_id == note.id
    side = ft.BorderSide(FOCUS_RING, Role.ACCENT if is_looked_at else Role.CLEAR)
    return ft.Container(
        ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        border=ft.Border.only(left=side),
        padding=ft.Padding.only(left=space(3)),
    )


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


def _answer(desk: Desk, answer: NoteOut, reading: Reading, take_back: Callable[[NoteOut], None]) -> ft.Control:
    words = desk.words
    who = f"{answer.author_name} · {words('notes.studio')}" if answer.is_studio else answer.author_name
    lines: list[ft.Control] = [
        text(f"{who} · {moment(answer.created_at, words)}", "caption", Role.MUTED),
        text(said_in(answer, words)),
    ]
    if answer.is_mine and reading.is_current:
        lines.append(_take_back(words, lambda: take_back(answer)))
    return ft.Container(
        ft.Column(lines, spacing=space(1)),
        bgcolor=Role.GROUND,
        border_radius=Radius.SMALL,
        padding=space(3),
        margin=ft.Margin.only(left=space(4)),
    )


def _take_back(words: Words, do: Callable[[], None]) -> ft.Control:
    return Sure(words("notes.remove"), words("notes.remove_more"), words("settings.keep"), do)


@ft.component
def AnswerForm(note: NoteOut, reading: Reading, close: Callable[[], None]) -> ft.Control:
    """An answer as it is typed. It carries its id from the start, so that it is kept once however often it is sent."""
    desk, act = use_desk(), use_act()
    words = desk.words
    draft, put = use_draft(str)
    answer_id = ft.use_memo(lambda: str(uuid4()), [])

    async def send() -> str:
        typed = draft.value.strip()
        if not typed:
            return words("notes.empty")
        given = {"id": answer_id, "text": typed, "answers_note_id": note.id}
        await desk.api.add_note(note.version_id, checked(NoteIn, given), f"{answer_id}:{hash(typed)}")
        reading.changed()
        close()
        return ""

    looks = Looks(label=words("notes.your_answer"), min_lines=2, max_lines=8, max_length=LONGEST_NOTE)
    field = TypedField(looks, draft.value, put)
    return ft.Column(
        [field, _answer_buttons(words, act, send, close)],
        spacing=space(2),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )


def _answer_buttons(
    words: Words, act: Act, send: Callable[[], Awaitable[str]], close: Callable[[], None]
) -> ft.Control:
    go = ft.FilledButton(words("notes.send"), disabled=act.is_busy, on_click=lambda _: act.run(send))
    keep = ft.TextButton(words("clients.cancel"), on_click=lambda _: close())
    return buttons([go, keep], act)
