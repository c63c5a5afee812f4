"""Writing: the fields in which staff note something on a version, answer a note, or change their own.

Called by engine.ui.pages.create.review.notes and .step.
Law: what was typed stays until the studio has it (kept_drafts); a double click sends it once.
"""

from collections.abc import Awaitable, Callable
from typing import Final

import flet as ft

from api.schemas.reviews import NoteChanges, NoteIn, NoteOut
from engine.ui.client.bodies import checked
from engine.ui.components.acting import use_act
from engine.ui.components.drafts import use_draft
from engine.ui.components.forms import buttons
from engine.ui.components.kept_drafts import NEW, KeptDraft, answer_to, change_of
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.pages.create.review.reading import Reading
from engine.ui.theme import Role, space
from engine.ui.timecode import timecode

LONGEST_NOTE: Final = 10_000


@ft.component
def NewNote(version_id: str, player: Player, reading: Reading) -> ft.Control:
    """The way to note something at the moment that the film stands at, and the form."""
    desk = use_desk()
    words = desk.words
    is_open, set_open = ft.use_state(False)
    run = ft.context.page.run_task

    async def begin() -> None:
        await player.pause()
        reading.drafts.put(NEW, KeptDraft(start_ms=player.position_ms))
        set_open(True)

    def close() -> None:
        reading.drafts.drop(NEW)
        set_open(False)

    if is_open or reading.drafts.find(NEW):
        return NewNoteForm(version_id, player, reading, close)
    go = ft.OutlinedButton(words("notes.new"), icon=ft.Icons.ADD_COMMENT_OUTLINED, on_click=lambda _: run(begin))
    return ft.Row([go])


@ft.component
def NewNoteForm(version_id: str, player: Player, reading: Reading, close: Callable[[], None]) -> ft.Control:
    """A note as it is typed, at a moment that can be moved to where the film stands, or on the whole film."""
    desk = use_desk()
    words = desk.words
    draft, put = use_draft(lambda: reading.drafts.find(NEW) or KeptDraft())

    def keep(**changes: str | int | None) -> None:
        put(draft.value.model_copy(update=changes))
        reading.drafts.put(NEW, draft.value)

    async def send() -> str:
        typed = draft.value.text.strip()
        if not typed:
            return words("notes.empty")
        given = {"id": draft.value.id, "text": typed, "start_ms": draft.value.start_ms}
        await desk.api.add_note(version_id, checked(NoteIn, given), f"{draft.value.id}:{hash(str(given))}")
        reading.changed()
        close()
        return ""

    at_ms = draft.value.start_ms
    place = words("notes.whole_film") if at_ms is None else words("notes.at", time=timecode(at_ms))
    here = ft.TextButton(words("notes.here"), on_click=lambda _: keep(start_ms=player.position_ms))
    whole = ft.TextButton(words("notes.on_whole"), disabled=at_ms is None, on_click=lambda _: keep(start_ms=None))
    moment = ft.Row([text(place, "strong"), here, whole], spacing=space(2), run_spacing=0, wrap=True)
    looks = Looks(label=words("notes.your_note"), min_lines=2, max_lines=8, max_length=LONGEST_NOTE)
    field = TypedField(looks, draft.value.text, lambda typed: keep(text=typed))
    return Fields([moment, field], words("notes.send_note"), send, close)


@ft.component
def AnswerForm(note: NoteOut, reading: Reading, close: Callable[[], None]) -> ft.Control:
    """An answer as it is typed."""
    desk = use_desk()
    words = desk.words
    draft, put = use_draft(lambda: reading.drafts.find(answer_to(note.id)) or KeptDraft())

    def keep(typed: str) -> None:
        put(draft.value.model_copy(update={"text": typed}))
        reading.drafts.put(answer_to(note.id), draft.value)

    async def send() -> str:
        typed = draft.value.text.strip()
        if not typed:
            return words("notes.empty")
        given = {"id": draft.value.id, "text": typed, "answers_note_id": note.id}
        await desk.api.add_note(note.version_id, checked(NoteIn, given), f"{draft.value.id}:{hash(typed)}")
        reading.changed()
        close()
        return ""

    looks = Looks(label=words("notes.your_answer"), min_lines=2, max_lines=8, max_length=LONGEST_NOTE)
    return Fields([TypedField(looks, draft.value.text, keep)], words("notes.send"), send, close)


@ft.component
def ChangeForm(note: NoteOut, reading: Reading, close: Callable[[], None]) -> ft.Control:
    """One's own note with other words. Where it was changed elsewhere meanwhile, that is said and nothing is lost."""
    desk = use_desk()
    words = desk.words
    draft, put = use_draft(lambda: reading.drafts.find(change_of(note.id)) or KeptDraft(text=note.text))

    def keep(typed: str) -> None:
        put(draft.value.model_copy(update={"text": typed}))
        reading.drafts.put(change_of(note.id), draft.value)

    async def save() -> str:
        typed = draft.value.text.strip()
        if not typed and note.drawing is None:
            return words("notes.empty")
        if typed != note.text:
            await desk.api.change_note(note, checked(NoteChanges, {"text": typed}))
        reading.changed()
        close()
        return ""

    looks = Looks(label=words("notes.change_yours"), min_lines=2, max_lines=8, max_length=LONGEST_NOTE)
    return Fields([TypedField(looks, draft.value.text, keep)], words("notes.save"), save, close)


@ft.component
def Fields(
    fields: list[ft.Control], go: str, do: Callable[[], Awaitable[str]], close: Callable[[], None]
) -> ft.Control:
    """What is filled in, the button, and the way out."""
    desk, act = use_desk(), use_act()
    row: list[ft.Control] = [
        ft.FilledButton(go, disabled=act.is_busy, on_click=lambda _: act.run(do)),
        ft.TextButton(desk.words("clients.cancel"), on_click=lambda _: close()),
    ]
    return ft.Column(
        [*fields, buttons(row, act), text(desk.words("notes.draft_kept"), "caption", Role.MUTED)],
        spacing=space(2),
        horizontal_alignment=ft.CrossAxisAlignment.STRETCH,
    )
