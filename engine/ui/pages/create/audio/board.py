"""The board: a voice as a waveform with its scenes and words, and the markers that are dragged on it.

Called by the Audio step. All of it is one drawing, since a voice has hundreds of words; what the mouse takes hold of is
worked out here. For keyboards and screen readers the same is done in word_editor.py.
Law: a marker that is being dragged is kept when it is let go, not before.
"""

from collections.abc import Callable, Mapping
from typing import Final

import flet as ft
import flet.canvas as cv

from api.schemas.voices import VoiceOut
from engine.ui.components.player import Player
from engine.ui.components.waveform import Bars, Playhead, Scale
from engine.ui.desk import use_desk
from engine.ui.pages.create.audio.markers import SNAP_PX, Handle, Mark, Markers, SpeechEdge, WordEdge, snapped
from engine.ui.theme import FOCUS_RING, HAIRLINE, Radius, Role, Size, space, text_style
from engine.ui.words import Words

SCENES_PX: Final = space(6)
WAVE_PX: Final = space(24)
WORDS_PX: Final = space(9)
BOARD_PX: Final = SCENES_PX + WAVE_PX + WORDS_PX
SCROLLBAR_PX: Final = space(3)
"""Room below the words, so that the bar for scrolling does not lie on them."""
ZOOMS: Final = (0, 60, 120, 240, 480)
"""Pixels to a second; 0: as wide as there is room."""
READABLE_ZOOM: Final = 2
"""The first of them at which most words can be read."""
_HAND_PX: Final = 7
_LEAST_TEXT_PX: Final = 18
_DRAG_EACH_MS: Final = 40


@ft.component
def Board(
    voice: VoiceOut,
    markers: Markers,
    player: Player,
    chosen: Handle,
    scene_numbers: Mapping[str, int],
    zoom: int,
    on_choose: Callable[[Handle], None],
    on_move: Callable[[Markers], None],
) -> ft.Control:
    """zoom: an index of ZOOMS. on_move: gets the markers after one was dragged."""
    desk = use_desk()
    room_px, set_room_px = ft.use_state(float(space(150)))
    not_dragged: Markers | None = None
    dragged, set_dragged = ft.use_state(not_dragged)
    hand: ft.MutableRef[Handle | None] = ft.use_ref(None)
    newest: ft.MutableRef[Markers | None] = ft.use_ref(None)
    row: ft.Ref[ft.Row] = ft.use_memo(ft.Ref, [])
    shown = dragged or markers
    scale = Scale(voice.duration_ms, max(room_px, voice.duration_ms / 1000 * ZOOMS[zoom]))
    run = ft.context.page.run_task

    def take_hold(event: ft.DragStartEvent[ft.GestureDetector]) -> None:
        at_ms = scale.ms(event.local_position.x)
        hand.current = markers.near(at_ms, _ms_of(_HAND_PX, scale), chosen)
        newest.current = None
        if hand.current is not None:
            on_choose(hand.current)

    def drag(event: ft.DragUpdateEvent[ft.GestureDetector]) -> None:
        at_ms = scale.ms(event.local_position.x)
        if hand.current is None:
            run(player.seek, at_ms)
            return
        place = snapped(at_ms, _ms_of(SNAP_PX, scale), voice.silences, player.position_ms)
        newest.current = markers.moved(hand.current, place)
        set_dragged(newest.current)

    def let_go(_: ft.DragEndEvent[ft.GestureDetector]) -> None:
        if newest.current is not None:
            on_move(newest.current)
        newest.current = hand.current = None
        set_dragged(None)

    def tap(event: ft.TapEvent[ft.GestureDetector]) -> None:
        at_ms = scale.ms(event.local_position.x if event.local_position else 0)
        index = shown.word_at(at_ms)
        if index is not None:
            on_choose(WordEdge(index))
        run(player.seek, at_ms)

    layers: list[ft.Control] = [
        Follower(player, scale, room_px, row, shown.place(chosen)),
        ft.Container(Bars(tuple(voice.peaks), scale.width_px, float(WAVE_PX)), top=SCENES_PX, left=0),
        cv.Canvas(
            [
                *_edges(shown, scale),
                *_scenes(shown, scale, scene_numbers, desk.words),
                *_words(shown, scale, chosen),
            ],
            width=scale.width_px,
            height=BOARD_PX,
        ),
        Playhead(player, scale, float(BOARD_PX)),
        ft.GestureDetector(
            content=ft.Container(width=scale.width_px, height=BOARD_PX),
            mouse_cursor=ft.MouseCursor.CLICK,
            drag_interval=_DRAG_EACH_MS,
            exclude_from_semantics=True,
            on_horizontal_drag_start=take_hold,
            on_horizontal_drag_update=drag,
            on_horizontal_drag_end=let_go,
            on_tap_up=tap,
        ),
    ]
    board = ft.Stack(layers, width=scale.width_px, height=BOARD_PX)
    said = desk.words("audio.board", words=len(markers.words))
    return ft.Semantics(
        label=said,
        image=True,
        content=ft.Container(
            ft.Row(
                [ft.Container(board, padding=ft.Padding.only(bottom=SCROLLBAR_PX))],
                ref=row,
                scroll=ft.ScrollMode.AUTO,
                spacing=0,
            ),
            border=ft.Border.all(HAIRLINE, Role.LINE),
            border_radius=Radius.SMALL,
            clip_behavior=ft.ClipBehavior.HARD_EDGE,
            on_size_change=lambda event: set_room_px(max(1.0, event.width - 2 * HAIRLINE)),
        ),
    )


@ft.component
def Follower(player: Player, scale: Scale, room_px: float, row: ft.Ref[ft.Row], chosen_ms: int) -> ft.Control:
    """Scrolls the board along with what plays, and to a word that was chosen by keyboard. Shows nothing."""
    seen_from_px = ft.use_ref(0.0)

    async def show(at_px: float) -> None:
        if row.current is None or scale.width_px <= room_px:
            return
        from_px = seen_from_px.current or 0.0
        if from_px <= at_px - space(4) and at_px <= from_px + room_px - space(16):
            return
        seen_from_px.current = min(max(0.0, at_px - room_px / 4), scale.width_px - room_px)
        await row.current.scroll_to(offset=seen_from_px.current, duration=200)

    async def follow_playhead() -> None:
        if player.is_playing:
            await show(scale.px(player.position_ms))

    async def follow_choice() -> None:
        await show(scale.px(chosen_ms))

    ft.use_effect(follow_playhead, [player.position_ms])
    ft.use_effect(follow_choice, [chosen_ms, scale])
    return ft.Container(width=0, height=0)


def _ms_of(px: float, scale: Scale) -> float:
    return px * scale.duration_ms / max(1.0, scale.width_px)


def _fill(color: str) -> ft.Paint:
    return ft.Paint(color=color, style=ft.PaintingStyle.FILL)


def _stroke(color: str, width: float = HAIRLINE) -> ft.Paint:
    return ft.Paint(color=color, style=ft.PaintingStyle.STROKE, stroke_width=width)


def _edges(markers: Markers, scale: Scale) -> list[cv.Shape]:
    """What the film leaves out, veiled, and the two markers beside it."""
    start, end = scale.px(markers.speech_start_ms), scale.px(markers.speech_end_ms)
    veil = _fill(ft.Colors.with_opacity(0.7, Role.GROUND))
    line = _stroke(Role.INFO, FOCUS_RING)
    return [
        cv.Rect(0, SCENES_PX, start, WAVE_PX, paint=veil),
        cv.Rect(end, SCENES_PX, max(0.0, scale.width_px - end), WAVE_PX, paint=veil),
        cv.Line(start, SCENES_PX, start, SCENES_PX + WAVE_PX, paint=line),
        cv.Line(end, SCENES_PX, end, SCENES_PX + WAVE_PX, paint=line),
    ]


def _scenes(markers: Markers, scale: Scale, numbers: Mapping[str, int], words: Words) -> list[cv.Shape]:
    """Where each scene is said."""
    shapes: list[cv.Shape] = []
    for place, span in enumerate(markers.scene_spans()):
        left, right = scale.px(span.start_ms), scale.px(span.end_ms)
        number = numbers.get(span.scene_id or "")
        if place % 2 == 0:
            shapes.append(cv.Rect(left, 0, right - left, SCENES_PX, Radius.SMALL, paint=_fill(Role.LINE)))
        shapes.append(cv.Line(left, 0, left, SCENES_PX + WAVE_PX, paint=_stroke(Role.INK)))
        if number is not None and right - left >= _LEAST_TEXT_PX:
            wide = right - left >= space(16)
            said = words("audio.scene_short", number=number) if wide else str(number)
            shapes.append(cv.Text(left + space(1), space(1) / 2, said, text_style("caption", Role.INK), max_lines=1))
    return shapes


def _words(markers: Markers, scale: Scale, chosen: Handle) -> list[cv.Shape]:
    """Each word under its sound; the chosen one with both its edges drawn up through the waveform."""
    shapes: list[cv.Shape] = []
    top = SCENES_PX + WAVE_PX + space(1)
    height = WORDS_PX - space(2)
    for index, word in enumerate(markers.words):
        left, right = scale.px(word.start_ms), scale.px(word.end_ms)
        is_chosen = isinstance(chosen, WordEdge) and chosen.index == index
        shapes.append(
            cv.Rect(
                left, top, max(HAIRLINE, right - left - HAIRLINE), height, space(1), paint=_fill(_ground(is_chosen))
            )
        )
        after = markers.words[index + 1].start_ms if index + 1 < len(markers.words) else scale.duration_ms
        room = max(right, min(scale.px(after), right + space(6))) - left - space(1)
        if room >= _LEAST_TEXT_PX:
            shapes.append(_text(word, left + space(1), top + space(1), room, is_chosen))
        if is_chosen:
            line = _stroke(Role.ACCENT)
            shapes += [cv.Line(x, SCENES_PX, x, top, paint=line) for x in (left, right)]
    if isinstance(chosen, SpeechEdge):
        x = scale.px(markers.place(chosen))
        shapes.append(cv.Line(x, SCENES_PX, x, SCENES_PX + WAVE_PX, paint=_stroke(Role.ACCENT, FOCUS_RING)))
    return shapes


def _ground(is_chosen: bool) -> str:
    return Role.ACCENT if is_chosen else Role.LINE


def _text(word: Mark, x: float, y: float, room_px: float, is_chosen: bool) -> cv.Text:
    color = Role.ON_ACCENT if is_chosen else Role.INK
    said = f"{word.text} ?" if word.is_guess else word.text
    style = ft.TextStyle(size=Size.CAPTION, color=color)
    return cv.Text(x, y, said, style, max_lines=1, max_width=room_px, ellipsis="…")
