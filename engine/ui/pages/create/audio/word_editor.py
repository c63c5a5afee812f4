"""The word editor: the chosen marker in numbers and buttons, for hands that do not drag, and to be exact.

Called by the Audio step. Keys, while none goes into a text field: left and right choose a word; comma and full stop
move the chosen marker by 10 ms, and by 50 ms together with Shift.
"""

from collections.abc import Callable, Mapping
from typing import Final

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.exact_field import ExactField
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_keys
from engine.ui.pages.create.audio.markers import Handle, Markers, SpeechEdge, WordEdge
from engine.ui.theme import Role, space
from engine.ui.timecode import place_typed

STEP_MS: Final = 10
LARGE_STEP_MS: Final = 50
KEY_STEPS: Final = {",": -STEP_MS, ".": STEP_MS, "<": -LARGE_STEP_MS, ">": LARGE_STEP_MS}
FIELD_PX: Final = space(28)
BEFORE_MS: Final = 60
"""A word is heard from so much before its marker: what is cut off too sharply cannot be judged."""


@ft.component
def WordEditor(
    markers: Markers,
    player: Player,
    chosen: Handle,
    scene_numbers: Mapping[str, int],
    on_step: Callable[[int], None],
    on_place: Callable[[Handle, int], None],
    on_nudge: Callable[[Handle, int], None],
) -> ft.Control:
    """The chosen word, and where the film begins and ends in the voice. on_step: choose so many words on; on_place: put
    a marker somewhere; on_nudge: move it by so much. Keys come faster than drawings, so none of these looks at one."""
    desk = use_desk()
    words = desk.words
    run = ft.context.page.run_task
    index = chosen.index if isinstance(chosen, WordEdge) else 0

    def hear(event: ft.KeyboardEvent) -> None:
        if desk.is_typing or event.ctrl or event.alt or event.meta:
            return
        if event.key == "Arrow Right":
            on_step(1)
        elif event.key == "Arrow Left":
            on_step(-1)
        elif event.key in KEY_STEPS:
            by_ms = KEY_STEPS[event.key]
            on_nudge(chosen, LARGE_STEP_MS * (1 if by_ms > 0 else -1) if event.shift else by_ms)

    use_keys(hear)
    if not markers.words:
        return text(words("audio.no_words"), color=Role.MUTED)
    word = markers.words[index]
    span = next(span for span in reversed(markers.scene_spans()) if span.first_word <= index)
    number = scene_numbers.get(span.scene_id or "")
    of_scene = words("audio.scene", number=number) if number else words("audio.no_scene")
    said = words("audio.word_of", number=index + 1, count=len(markers.words), scene=of_scene)

    def place_fields(first: Handle, second: Handle, names: tuple[str, str]) -> list[ft.Control]:
        return [
            PlaceField(name, markers.place(handle), handle, on_place, on_nudge)
            for handle, name in zip((first, second), names, strict=True)
        ]

    listen = ft.Row(
        [
            ft.OutlinedButton(
                words("audio.listen_word"),
                icon=ft.Icons.PLAY_ARROW_ROUNDED,
                on_click=lambda _: run(player.play, max(0, word.start_ms - BEFORE_MS), word.end_ms + BEFORE_MS),
            ),
            ft.OutlinedButton(
                words("audio.listen_scene"),
                icon=ft.Icons.PLAY_ARROW_ROUNDED,
                on_click=lambda _: run(player.play, max(0, span.start_ms - BEFORE_MS), span.end_ms + BEFORE_MS),
            ),
        ],
        wrap=True,
        spacing=space(2),
    )
    chooser = ft.Row(
        [
            icon_action(ft.Icons.CHEVRON_LEFT, words("audio.word_before"), lambda: on_step(-1)),
            ft.Semantics(
                live_region=True,
                content=ft.Column(
                    [text(f"“{word.text}”", "title", lines=1), text(said, "caption", Role.MUTED)], spacing=0, tight=True
                ),
            ),
            icon_action(ft.Icons.CHEVRON_RIGHT, words("audio.word_after"), lambda: on_step(1)),
        ],
        spacing=space(2),
        tight=True,
    )
    edges: tuple[Handle, Handle] = (WordEdge(index), WordEdge(index, "end"))
    speech: tuple[Handle, Handle] = (SpeechEdge("start"), SpeechEdge("end"))
    return ft.Column(
        [
            ft.Row([chooser, listen], wrap=True, spacing=space(5), run_spacing=space(3)),
            ft.Row(
                [
                    *place_fields(*edges, (words("audio.word_start"), words("audio.word_end"))),
                    *place_fields(*speech, (words("audio.speech_start"), words("audio.speech_end"))),
                ],
                wrap=True,
                spacing=space(3),
                run_spacing=space(3),
            ),
            *([] if desk.layout == "narrow" else [text(words("audio.keys"), "caption", Role.MUTED)]),
        ],
        spacing=space(3),
    )


@ft.component
def PlaceField(
    name: str,
    at_ms: int,
    handle: Handle,
    on_place: Callable[[Handle, int], None],
    on_nudge: Callable[[Handle, int], None],
) -> ft.Control:
    """One marker in milliseconds: typed, or stepped."""
    words = use_desk().words

    def take(typed: str) -> str:
        place = place_typed(typed)
        if place is None:
            return words("audio.no_place")
        on_place(handle, place)
        return ""

    return ft.Row(
        [
            ExactField(name, str(at_ms), FIELD_PX, take),
            icon_action(ft.Icons.REMOVE, words("audio.earlier", what=name), lambda: on_nudge(handle, -STEP_MS)),
            icon_action(ft.Icons.ADD, words("audio.later", what=name), lambda: on_nudge(handle, STEP_MS)),
        ],
        spacing=0,
        tight=True,
    )
