"""Focus: the point of a picture that every format keeps in view, set by click, drag or keyboard.

Called by engine.ui.pages.create.visuals.editor. The api keeps a box around the point (api.schemas.videos.Box).
"""

from collections.abc import Callable, Mapping
from typing import Final

import flet as ft
from pydantic import JsonValue

from api.schemas.videos import SceneOut, TakeOut
from engine.ui.components.actions import icon_action
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.theme import FOCUS_RING, Radius, Role, space

BOX: Final = 0.2
"""The focus box is so wide and high, in fractions of the picture: about a face."""
STEP: Final = 0.05
MARK: Final = space(8)
DOT: Final = space(2)
WIDEST: Final = space(105)
HIGHEST: Final = space(125)
NARROW_MARGIN: Final = space(8)
Point = tuple[float, float]


@ft.component
def FocusPicture(scene: SceneOut, keep: Callable[[dict[str, JsonValue] | None], None]) -> ft.Control:
    """The picture with its mark. keep: takes the new focus box, or none."""
    desk = use_desk()
    words = desk.words
    take = scene.chosen_take
    here: Point | None = None
    dragged, set_dragged = ft.use_state(here)
    last = ft.use_ref(here)
    if take is None:
        return _empty(desk)
    width, height = size_on_screen(take, _room(desk))
    point = dragged or point_of(scene.focus)

    def set_focus(at: Point) -> None:
        keep(box_around(at))

    def at(event: ft.TapEvent[ft.GestureDetector] | ft.DragUpdateEvent[ft.GestureDetector]) -> Point:
        place = event.local_position
        assert place is not None
        return inside((place.x / width, place.y / height))

    def tap(event: ft.TapEvent[ft.GestureDetector]) -> None:
        set_focus(at(event))

    def drag(event: ft.DragUpdateEvent[ft.GestureDetector]) -> None:
        last.current = at(event)
        set_dragged(last.current)

    def drop() -> None:
        if last.current is not None:
            set_focus(last.current)
        last.current = None
        set_dragged(None)

    def nudge(by_x: float, by_y: float) -> None:
        x, y = point_of(scene.focus)
        set_focus(inside((x + by_x, y + by_y)))

    shown = ft.Stack(
        [
            ft.Image(
                src=take.file_url,
                width=width,
                height=height,
                fit=ft.BoxFit.FILL,
                gapless_playback=True,
                semantics_label=scene.prompt or scene.text,
                error_content=_empty(desk),
            ),
            ft.Container(
                _mark(is_set=scene.focus is not None or dragged is not None),
                left=point[0] * width - MARK / 2,
                top=point[1] * height - MARK / 2,
            ),
            ft.GestureDetector(
                content=ft.Container(width=width, height=height, bgcolor=Role.CLEAR),
                mouse_cursor=ft.MouseCursor.PRECISE,
                drag_interval=30,
                on_tap_down=tap,
                on_pan_update=drag,
                on_pan_end=lambda _: drop(),
                exclude_from_semantics=True,
            ),
        ],
        width=width,
        height=height,
    )
    arrows = (
        (ft.Icons.KEYBOARD_ARROW_LEFT, "visuals.focus_left", -STEP, 0.0),
        (ft.Icons.KEYBOARD_ARROW_UP, "visuals.focus_up", 0.0, -STEP),
        (ft.Icons.KEYBOARD_ARROW_DOWN, "visuals.focus_down", 0.0, STEP),
        (ft.Icons.KEYBOARD_ARROW_RIGHT, "visuals.focus_right", STEP, 0.0),
    )
    keys: list[ft.Control] = [
        icon_action(icon, words(word), lambda x=x, y=y: nudge(x, y))  # type: ignore[misc]  # bound as it is drawn
        for icon, word, x, y in arrows
    ]
    if scene.focus is not None:
        keys.append(icon_action(ft.Icons.CLOSE, words("visuals.focus_clear"), lambda: keep(None)))
    name = text(words("visuals.focus"), "caption", Role.MUTED)
    frame = ft.Container(shown, border_radius=Radius.MEDIUM, clip_behavior=ft.ClipBehavior.ANTI_ALIAS)
    return ft.Column(
        [frame, ft.Row([name, *keys], spacing=0, wrap=True)],
        spacing=space(1),
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )


def point_of(focus: Mapping[str, JsonValue] | None) -> Point:
    """The middle of a focus box, in fractions; that of the picture where there is none."""
    if focus is None:
        return 0.5, 0.5
    x, y, width, height = (float(str(focus[name])) for name in ("x", "y", "width", "height"))
    return x + width / 2, y + height / 2


def box_around(point: Point) -> dict[str, JsonValue]:
    """A box around a point, as the api keeps it: within the picture, the point in its middle where there is room."""
    x, y = (round(min(max(place - BOX / 2, 0.0), 1 - BOX), 4) for place in point)
    return {"x": x, "y": y, "width": BOX, "height": BOX}


def inside(point: Point) -> Point:
    """The same point, or the nearest one in the picture."""
    return min(max(point[0], 0.0), 1.0), min(max(point[1], 0.0), 1.0)


def size_on_screen(take: TakeOut, room: tuple[float, float]) -> tuple[float, float]:
    """As large as there is room for, in its own shape. A picture that nobody measured is taken as 4 by 5."""
    width, height = take.width or 4, take.height or 5
    scale = min(room[0] / width, room[1] / height)
    return round(width * scale), round(height * scale)


def _room(desk: Desk) -> tuple[float, float]:
    if desk.layout != "narrow":
        return (WIDEST if desk.layout == "wide" else WIDEST * 0.75), HIGHEST
    page_width = ft.context.page.width or 0
    return max(page_width - NARROW_MARGIN, NARROW_MARGIN), HIGHEST * 0.8


def _mark(*, is_set: bool) -> ft.Control:
    """A ring that is seen on light and on dark pictures alike; with a point in it once it was set."""
    point = ft.Container(width=DOT, height=DOT, border_radius=DOT, bgcolor=Role.ACCENT if is_set else Role.CLEAR)
    inner = ft.Container(
        point,
        width=MARK - 2 * FOCUS_RING,
        height=MARK - 2 * FOCUS_RING,
        border_radius=MARK,
        border=ft.Border.all(FOCUS_RING, Role.SURFACE),
        alignment=ft.Alignment.CENTER,
    )
    return ft.Container(
        inner,
        width=MARK,
        height=MARK,
        border_radius=MARK,
        border=ft.Border.all(FOCUS_RING, Role.INK),
        alignment=ft.Alignment.CENTER,
    )


def _empty(desk: Desk) -> ft.Control:
    width = min(_room(desk)[0], WIDEST)
    return ft.Container(
        text(desk.words("visuals.no_picture"), color=Role.INK),
        width=width,
        height=width,
        bgcolor=Role.LINE,
        border_radius=Radius.MEDIUM,
        alignment=ft.Alignment.CENTER,
    )
