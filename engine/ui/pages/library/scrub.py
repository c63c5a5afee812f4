"""Scrub: a film's picture, and its twelve frames as the mouse goes over it.

Called by engine.ui.pages.library.tile. Law: what a film is like can be seen without playing it; who has no mouse plays.
"""

from typing import Final

import flet as ft

from api.schemas.library import FilmOut
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import FOCUS_RING, Role, space

FRAMES: Final = 12
"""So many stand side by side in a filmstrip (engine.render.sidecars.previews)."""
TELLS_EACH_MS: Final = 40
NO_FRAME: Final = -1


@ft.component
def Scrub(film: FilmOut, width: int, height: int) -> ft.Control:
    """As large as this, with the whole frame in it whatever its format."""
    frame, set_frame = ft.use_state(NO_FRAME)
    picture_width, picture_height = fitted(film.format, (width, height))
    none = ft.Icon(ft.Icons.MOVIE_OUTLINED, color=Role.MUTED, size=space(7))
    shown: ft.Control = none
    if frame != NO_FRAME and film.filmstrip_url is not None:
        strip = ft.Image(
            src=film.filmstrip_url,
            width=picture_width * FRAMES,
            height=picture_height,
            fit=ft.BoxFit.FILL,
            gapless_playback=True,
            exclude_from_semantics=True,
            left=-frame * picture_width,
        )
        place = ft.Container(
            bgcolor=Role.ACCENT, height=FOCUS_RING, width=picture_width * (frame + 1) / FRAMES, left=0, bottom=0
        )
        shown = ft.Stack([strip, place], width=picture_width, height=picture_height)
    elif film.thumbnail_url is not None:
        shown = ft.Image(
            src=film.thumbnail_url,
            width=picture_width,
            height=picture_height,
            fit=ft.BoxFit.COVER,
            error_content=none,
            exclude_from_semantics=True,
        )
    ground = ft.Container(
        ft.Container(shown, width=picture_width, height=picture_height, clip_behavior=ft.ClipBehavior.HARD_EDGE)
        if shown is not none
        else none,
        width=width,
        height=height,
        bgcolor=Role.LINE,
        alignment=ft.Alignment.CENTER,
    )
    if film.filmstrip_url is None:
        return ground

    def hear(event: ft.PointerEvent[ft.GestureDetector]) -> None:
        there = event.local_position.x if event.local_position is not None else 0
        set_frame(frame_at(there, width))

    return ft.GestureDetector(
        content=ground,
        hover_interval=TELLS_EACH_MS,
        on_hover=hear,
        on_exit=lambda _: set_frame(NO_FRAME),
        mouse_cursor=ft.MouseCursor.CLICK,
        exclude_from_semantics=True,
    )


def frame_at(x: float, width: int) -> int:
    """Which of the frames belongs to this place from the left."""
    return min(FRAMES - 1, max(0, int(x * FRAMES / max(1, width))))
