"""The stage: the draft as it plays, the exact frame while one is looked at, and what apps cover of it.

Called by the Preview step.
"""

from typing import Final

import flet as ft

from api.schemas.cuts import SafeZone
from api.schemas.videos import Format
from engine.ui.components.texts import text
from engine.ui.desk import Layout, use_desk
from engine.ui.pages.create.preview.drafting import Drafting
from engine.ui.theme import FOCUS_RING, OnFilm, Radius, Role, space

ROOM_PX: Final[dict[Layout, tuple[int, int]]] = {
    "wide": (space(98), space(105)),
    "medium": (space(88), space(105)),
    "narrow": (space(82), space(100)),
}
"""The widest and the highest that a picture is shown."""
SHAPES: Final[dict[Format, tuple[int, int]]] = {"9:16": (9, 16), "1:1": (1, 1), "16:9": (16, 9)}


def fitted(picture: Format, room: tuple[int, int]) -> tuple[int, int]:
    """The largest whole size of this shape in a room."""
    wide, high = SHAPES[picture]
    scale = min(room[0] / wide, room[1] / high)
    return int(wide * scale), int(high * scale)


@ft.component
def Stage(drafting: Drafting, zone: SafeZone | None) -> ft.Control:
    """zone: what an app leaves free; None: nothing is laid over the picture."""
    desk = use_desk()
    words = desk.words
    width, height = fitted(drafting.format, ROOM_PX[desk.layout])
    layers: list[ft.Control] = [ft.Container(width=width, height=height, bgcolor=Role.LINE)]
    if drafting.poster_address is not None:
        layers.append(_picture(drafting.poster_address, width, height))
    if drafting.draft is not None and drafting.draft.format == drafting.format:
        layers.append(drafting.player.film(drafting.draft.url, width=width, height=height))
    if drafting.exact_address is not None:
        layers.append(_picture(drafting.exact_address, width, height))
    if zone is not None:
        layers += _covered(zone, width, height)
    if drafting.is_making:
        bar = ft.ProgressBar(width=width, semantics_label=words("preview.making"))
        layers.append(ft.Container(bar, top=0, left=0))
    run = ft.context.page.run_task
    layers.append(
        ft.GestureDetector(
            content=ft.Container(width=width, height=height),
            exclude_from_semantics=True,
            mouse_cursor=ft.MouseCursor.CLICK,
            on_tap=lambda _: run(drafting.toggle),
        )
    )
    stage = ft.Container(
        ft.Stack(layers, width=width, height=height),
        border_radius=Radius.SMALL,
        clip_behavior=ft.ClipBehavior.HARD_EDGE,
        width=width,
        height=height,
    )
    said = ft.Semantics(label=words("preview.stage", format=drafting.format), image=True, content=stage)
    parts: list[ft.Control] = [said]
    if drafting.problem:
        told = text(drafting.problem, color=Role.DANGER)
        parts.append(ft.Semantics(live_region=True, content=ft.Container(told, width=ROOM_PX[desk.layout][0])))
    if drafting.player.is_broken:
        parts.append(ft.Container(text(words("player.broken"), color=Role.DANGER), width=ROOM_PX[desk.layout][0]))
    return ft.Column(parts, spacing=space(2), horizontal_alignment=ft.CrossAxisAlignment.CENTER)


def _picture(address: str, width: int, height: int) -> ft.Control:
    return ft.Image(
        src=address,
        width=width,
        height=height,
        fit=ft.BoxFit.FILL,
        gapless_playback=True,
        exclude_from_semantics=True,
        error_content=ft.Container(),
    )


def _covered(zone: SafeZone, width: int, height: int) -> list[ft.Control]:
    """A veil over what the app covers, and a line around what it leaves free."""
    left, top = zone.x * width, zone.y * height
    wide, high = zone.width * width, zone.height * height
    return [
        ft.Container(left=0, top=0, width=width, height=top, bgcolor=OnFilm.VEIL),
        ft.Container(left=0, top=top + high, width=width, height=max(0.0, height - top - high), bgcolor=OnFilm.VEIL),
        ft.Container(left=0, top=top, width=left, height=high, bgcolor=OnFilm.VEIL),
        ft.Container(left=left + wide, top=top, width=max(0.0, width - left - wide), height=high, bgcolor=OnFilm.VEIL),
        ft.Container(left=left, top=top, width=wide, height=high, border=ft.Border.all(FOCUS_RING, OnFilm.FRAME)),
    ]
