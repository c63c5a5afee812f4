"""The screen: a film of a version as the client got it, and over it what was drawn on the frame that is looked at.

Called by the Review step. Law: a drawing stands over the moment that it was made on, and is gone while the film plays.
"""

from typing import Final

import flet as ft
import flet.canvas as cv

from api.schemas.reviews import FilmFile, NoteOut, Stroke
from engine.ui.components.actions import icon_action
from engine.ui.components.player import Player
from engine.ui.components.texts import text
from engine.ui.desk import Layout, use_desk
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import OnFilm, Radius, Role, space
from engine.ui.timecode import timecode

ROOM_PX: Final[dict[Layout, tuple[int, int]]] = {
    "wide": (space(98), space(105)),
    "medium": (space(70), space(100)),
    "narrow": (space(78), space(90)),
}
LINE_PX: Final = 3
EDGE_PX: Final = 6
"""A line around the line, so that it is seen on any colour."""


@ft.component
def Screen(film: FilmFile, number: int, player: Player, looked_at: NoteOut | None) -> ft.Control:
    """looked_at: the note whose drawing is shown; None: none."""
    desk = use_desk()
    words = desk.words
    run = ft.context.page.run_task
    width, height = fitted(film.format, ROOM_PX[desk.layout])
    layers: list[ft.Control] = [
        ft.Container(width=width, height=height, bgcolor=Role.LINE),
        player.film(film.play_url, width=width, height=height),
    ]
    if looked_at is not None and looked_at.drawing is not None and not player.is_playing:
        drawn = cv.Canvas(shapes_of(looked_at.drawing.strokes, width, height), width=width, height=height)
        name = words("notes.drawing_of", name=looked_at.author_name)
        layers.append(ft.Semantics(label=name, image=True, content=drawn))
    layers.append(
        ft.GestureDetector(
            content=ft.Container(width=width, height=height),
            exclude_from_semantics=True,
            mouse_cursor=ft.MouseCursor.CLICK,
            on_tap=lambda _: run(player.toggle),
        )
    )
    stage = ft.Container(
        ft.Stack(layers, width=width, height=height),
        border_radius=Radius.SMALL,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        width=width,
        height=height,
    )
    said = ft.Semantics(label=words("review.stage", number=number, format=film.format), container=True, content=stage)
    play_name = words("player.pause" if player.is_playing else "player.play")
    icon = ft.Icons.PAUSE if player.is_playing else ft.Icons.PLAY_ARROW_ROUNDED
    place = f"{timecode(player.position_ms)} / {timecode(film.duration_ms or player.duration_ms)}"
    controls = ft.Row(
        [icon_action(icon, play_name, lambda: run(player.toggle)), text(place, color=Role.MUTED)], tight=True
    )
    parts: list[ft.Control] = [said, controls]
    if player.is_broken:
        parts.append(text(words("player.broken"), color=Role.DANGER))
    return ft.Column(parts, spacing=space(1), horizontal_alignment=ft.CrossAxisAlignment.CENTER)


def shapes_of(strokes: list[Stroke], width: float, height: float) -> list[cv.Shape]:
    """What was drawn, at the size of this picture: each line twice, a light edge under the colour."""
    shapes: list[cv.Shape] = []
    for colour, line_px in ((OnFilm.FRAME, EDGE_PX), (OnFilm.PEN, LINE_PX)):
        paint = ft.Paint(
            color=colour,
            stroke_width=line_px,
            stroke_cap=ft.StrokeCap.ROUND,
            stroke_join=ft.StrokeJoin.ROUND,
            style=ft.PaintingStyle.STROKE,
        )
        shapes += [cv.Path(_along(stroke, width, height), paint=paint) for stroke in strokes]
    return shapes


def _along(stroke: Stroke, width: float, height: float) -> list[cv.Path.PathElement]:
    first, *rest = stroke.points
    begin: list[cv.Path.PathElement] = [cv.Path.MoveTo(first.x * width, first.y * height)]
    # A tap is a line of no length, which would not be seen without an end.
    return begin + [cv.Path.LineTo(point.x * width, point.y * height) for point in rest or [first]]
