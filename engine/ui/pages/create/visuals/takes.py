"""The take strip: every picture that a scene ever had, with what it cost; one click shows it again, for nothing.

Called by engine.ui.pages.create.visuals.editor.
"""

from collections.abc import Callable, Sequence
from typing import Final

import flet as ft

from api.schemas.videos import SceneOut, TakeOut
from engine.ui.components.pictures import picture
from engine.ui.components.texts import text
from engine.ui.desk import Desk
from engine.ui.notation import price
from engine.ui.theme import FOCUS_RING, Radius, Role, space

WIDTH: Final = space(18)
HEIGHT: Final = space(22)


def take_strip(desk: Desk, scene: SceneOut, takes: Sequence[TakeOut], choose: Callable[[TakeOut], None]) -> ft.Control:
    """The newest first; what does not fit is reached by scrolling sideways."""
    if not takes:
        return text(desk.words("visuals.no_takes_yet"), "caption", Role.MUTED)

    def tile(number: int, take: TakeOut) -> ft.Control:
        return _tile(desk, number, take, take.id == scene.chosen_take_id, lambda: choose(take))

    tiles = [tile(len(takes) - place, take) for place, take in enumerate(takes)]
    return ft.Column(
        [
            text(desk.words("visuals.all_takes"), "strong"),
            ft.Row(tiles, spacing=space(2), scroll=ft.ScrollMode.AUTO),
        ],
        spacing=space(1),
    )


def _tile(desk: Desk, number: int, take: TakeOut, is_chosen: bool, choose: Callable[[], None]) -> ft.Control:
    words = desk.words
    cost = price(take.cost_micros, words)
    said = words(
        "visuals.take_chosen" if is_chosen else "visuals.take_choose",
        number=number,
        source=words.named("source", take.source),
        cost=cost,
    )
    edge = ft.BorderSide(FOCUS_RING, Role.ACCENT if is_chosen else Role.CLEAR)
    inside = ft.Column(
        [
            ft.Container(
                picture(take.thumbnail_url, WIDTH, HEIGHT),
                border=ft.Border(edge, edge, edge, edge),
                border_radius=Radius.SMALL,
                padding=FOCUS_RING,
            ),
            text(cost, "caption", Role.INK if is_chosen else Role.MUTED, align=ft.TextAlign.CENTER),
        ],
        spacing=0,
        tight=True,
        horizontal_alignment=ft.CrossAxisAlignment.CENTER,
    )
    button = ft.Container(
        ft.Semantics(exclude_semantics=True, content=inside),
        ink=True,
        border_radius=Radius.SMALL,
        on_click=lambda _: choose(),
    )
    return ft.MergeSemantics(ft.Semantics(label=said, button=True, selected=is_chosen, content=button))
