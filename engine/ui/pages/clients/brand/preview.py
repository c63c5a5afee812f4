"""The preview: a frame of the client's films as the kit is kept now.

Called by engine.ui.pages.clients.brand.page.
"""

from typing import Final

import flet as ft

from api.schemas.brand_kits import BrandShot
from api.schemas.videos import Format
from engine.ui.client.brand_kits import brand_frame_address
from engine.ui.components.choice import choice
from engine.ui.components.forms import form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Layout, use_desk
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.theme import Radius, Role, space

SHOTS: Final[tuple[BrandShot, ...]] = ("picture", "card", "intro", "end")
FORMATS: Final[tuple[Format, ...]] = ("9:16", "1:1", "16:9")
ROOM_PX: Final[dict[Layout, tuple[int, int]]] = {
    "wide": (space(80), space(105)),
    "medium": (space(88), space(80)),
    "narrow": (space(78), space(70)),
}
"""The widest and the highest that a frame is shown."""


@ft.component
def Preview(kit: HeldKit) -> ft.Control:
    """One shot in one format, drawn anew whenever the studio has kept something."""
    desk = use_desk()
    words = desk.words
    shown, _ = ft.use_state(kit)
    first_shot: BrandShot = "picture"
    shot, set_shot = ft.use_state(first_shot)
    wide_first: Format = "9:16" if desk.layout == "wide" else "1:1"
    picked, set_format = ft.use_state(wide_first)
    format_ = format_named(picked)
    shots = [one for one in SHOTS if one in {"picture", "card"} or shown.part("cards").get(one)]
    looked_at = shot if shot in shots else "picture"
    width, height = fitted(format_, ROOM_PX[desk.layout])
    frame = ft.Image(
        src=brand_frame_address(shown.client_id, looked_at, format_, shown.revision),
        width=width,
        height=height,
        fit=ft.BoxFit.FILL,
        gapless_playback=True,
        exclude_from_semantics=True,
        border_radius=Radius.SMALL,
        error_content=ft.Container(
            text(words("brand.no_frame"), "caption", Role.MUTED, align=ft.TextAlign.CENTER),
            alignment=ft.Alignment.CENTER,
            bgcolor=Role.LINE,
        ),
    )
    picture = ft.Semantics(label=words("brand.frame_of", shot=words(f"shot.{looked_at}")), image=True, content=frame)

    def pick_shot(name: str) -> None:
        set_shot(next(one for one in SHOTS if one == name))

    chosen = choice(
        words("brand.shot"), looked_at, [(one, words(f"shot.{one}")) for one in shots], pick_shot, is_dense=True
    )
    formats = choice(
        words("brand.format"),
        format_,
        [(one, one) for one in FORMATS],
        lambda name: set_format(format_named(name)),
        is_dense=True,
    )
    choices = ft.Row([ft.Container(chosen, expand=3), ft.Container(formats, expand=2)], spacing=space(2))
    row = ft.Row([picture], alignment=ft.MainAxisAlignment.CENTER)
    return titled_card(words("brand.preview"), form([choices, row]))


def format_named(name: str) -> Format:
    """The format that a choice names."""
    return next(one for one in FORMATS if one == name)
