"""Note markers: what the client noted and is not done yet, above the strip at the moment that it is about.

Called by the Preview step. A click goes there and says what was noted. A note is placed by its time in the version that
the client saw; where the film was made shorter since, what lies behind its end stands at the end.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.reviews import NoteOut
from engine.ui.components.texts import text
from engine.ui.components.waveform import Scale
from engine.ui.desk import use_desk, use_feed
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.create.review.threads import open_on_film, place_of, said_in
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import Role, space

MARKER_PX: Final = space(6)


@ft.component
def NoteMarkers(duration_ms: int, seek: Callable[[int], object]) -> ft.Control:
    """Nothing at all where nothing is open. seek: go to a place."""
    desk, feed, wizard = use_desk(), use_feed(), use_wizard()
    version_id = wizard.versions[0].id if wizard.versions else ""

    async def load() -> list[NoteOut]:
        return open_on_film(await desk.api.notes(version_id)) if version_id else []

    match use_loaded(load, feed.news, version_id):
        case Loaded(notes) if notes:
            return Markers(notes, duration_ms, seek)
        case _:
            return ft.Container(height=0)


@ft.component
def Markers(notes: Sequence[NoteOut], duration_ms: int, seek: Callable[[int], object]) -> ft.Control:
    """One for each, as wide as the strip below."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    width_px, set_width_px = ft.use_state(float(space(100)))
    chosen_id, choose = ft.use_state("")
    scale = Scale(duration_ms, width_px)

    def go(note: NoteOut) -> None:
        choose(note.id)
        seek(min(note.start_ms or 0, duration_ms))

    markers: list[ft.Control] = []
    for note in notes:
        name = words("notes.marker", time=place_of(note, words), text=said_in(note, words))
        left = scale.px(min(note.start_ms or 0, duration_ms)) - MARKER_PX / 2
        icon = ft.Icons.CHAT_BUBBLE if note.id == chosen_id else ft.Icons.CHAT_BUBBLE_OUTLINE
        markers.append(
            ft.IconButton(
                ft.Icon(icon, semantics_label=name, color=Role.ACCENT, size=space(4)),
                tooltip=name,
                on_click=lambda _, note=note: go(note),
                left=min(max(0.0, left), max(0.0, width_px - MARKER_PX)),
                width=MARKER_PX,
                height=MARKER_PX,
                padding=0,
            )
        )
    row = ft.Container(
        ft.Stack(markers, height=MARKER_PX, width=width_px),
        on_size_change=lambda event: set_width_px(max(1.0, event.width)),
    )
    chosen = next((note for note in notes if note.id == chosen_id), None)
    title = text(words("notes.on_cut"), "caption", Role.MUTED)
    parts: list[ft.Control] = [title, ft.Semantics(label=words("notes.on_cut"), container=True, content=row)]
    if chosen is not None:
        said = text(f"{place_of(chosen, words)} · {chosen.author_name}: {said_in(chosen, words)}", expand=True)
        to_review = ft.TextButton(
            words("sending.to_review"), on_click=lambda _: desk.go(f"/create/{wizard.video_id}/review")
        )
        parts.append(ft.Row([said, to_review], spacing=space(2)))
    return ft.Column(parts, spacing=0, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
