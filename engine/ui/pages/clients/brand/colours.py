"""The client's colours: typed, picked from a palette, or taken from the logo; what cannot be read is said.

Called by engine.ui.pages.clients.brand.page. What is not chosen is the studio's own.
"""

from collections.abc import Sequence
from typing import Final

import flet as ft

from engine.ui.client_colours import PALETTE, READABLE, colour_of, contrast, readable_on
from engine.ui.components.exact_field import ExactField
from engine.ui.components.forms import form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import HAIRLINE, TOKENS, Radius, Role, space

_OURS: Final = TOKENS.colours["light"]
DEFAULTS: Final = {"accent": _OURS.accent, "on_accent": _OURS.on_accent, "ground": _OURS.ground, "ink": _OURS.ink}
ON: Final = (("ink", "ground"), ("on_accent", "accent"))
"""Which colour is read on which."""
FIELD_PX: Final = space(42)


@ft.component
def Colours(kit: HeldKit) -> ft.Control:
    """A row for each role, and a warning where a pair cannot be read."""
    desk = use_desk()
    words = desk.words
    shown, _ = ft.use_state(kit)
    logo_id = shown.text("logo_light_asset_id") or shown.text("logo_dark_asset_id")

    async def from_logo() -> Sequence[str]:
        return (await desk.api.logo_colours(kit.client_id)).colours if logo_id else ()

    match use_loaded(from_logo, logo_id, shown.revision if logo_id else 0):
        case Loaded(found):
            in_logo = list(found)
        case _:
            in_logo = []
    colours = {role: str(shown.part("colours").get(role) or ours) for role, ours in DEFAULTS.items()}
    rows: list[ft.Control] = [
        ft.Row(
            [ColourField(kit, role, colours[role], tuple(in_logo)) for role in DEFAULTS],
            spacing=space(6),
            run_spacing=space(3),
            wrap=True,
        )
    ]
    rows += [
        PoorContrast(kit, ink, colours[ink], colours[ground])
        for ink, ground in ON
        if contrast(colours[ink], colours[ground]) < READABLE
    ]
    if in_logo:
        rows.append(text(words("brand.logo_colours"), "caption", Role.MUTED))
    return titled_card(words("brand.colours"), form(rows))


@ft.component
def ColourField(kit: HeldKit, role: str, colour: str, in_logo: tuple[str, ...]) -> ft.Control:
    """A swatch that opens the palette, and the colour as it is written."""
    words = use_desk().words
    name = words(f"colour.{role}")

    def take(typed: str) -> str:
        found = colour_of(typed)
        if found is None:
            return words("colour.wrong")
        kit.change_part("colours", {role: found})
        return ""

    def item(one: str, said: str) -> ft.PopupMenuItem:
        return ft.PopupMenuItem(
            content=said,
            icon=ft.Container(
                width=space(5),
                height=space(5),
                bgcolor=one,
                border=ft.Border.all(HAIRLINE, Role.LINE),
                border_radius=Radius.MEDIUM,
            ),
            on_click=lambda _: kit.change_part("colours", {role: one}),
        )

    items = [item(one, words("colour.of_logo", colour=one)) for one in in_logo]
    items += [item(one, one) for one in PALETTE if one not in in_logo]
    swatch = ft.Container(
        width=space(10),
        height=space(10),
        bgcolor=colour,
        border=ft.Border.all(HAIRLINE, Role.MUTED),
        border_radius=Radius.SMALL,
    )
    menu = ft.PopupMenuButton(content=swatch, tooltip="", items=items, menu_position=ft.PopupMenuPosition.UNDER)
    picker = ft.MergeSemantics(ft.Semantics(label=words("colour.pick", name=name), button=True, content=menu))
    return ft.Row([picker, ExactField(name, colour, FIELD_PX, take)], spacing=space(2), tight=True)


@ft.component
def PoorContrast(kit: HeldKit, ink: str, ink_colour: str, ground_colour: str) -> ft.Control:
    """How badly one is read on the other, and a colour that does."""
    words = use_desk().words
    ratio = f"{contrast(ink_colour, ground_colour):.1f}"
    said = words(
        "colour.poor",
        pair=words(f"pair.{ink}"),
        ratio=ratio.replace(".", ",") if words.language == "nl" else ratio,
    )
    better = readable_on(ground_colour)
    mend = ft.OutlinedButton(
        words("colour.mend", colour=better), on_click=lambda _: kit.change_part("colours", {ink: better})
    )
    row = ft.Row(
        [ft.Icon(ft.Icons.CONTRAST, color=Role.CAUTION), text(said, color=Role.CAUTION), mend],
        spacing=space(2),
        run_spacing=space(2),
        wrap=True,
    )
    return ft.Semantics(live_region=True, container=True, content=row)
