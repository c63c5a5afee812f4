"""What is read in the client's films: captions, the cards before and after, and the style that pictures are asked in.

Called by engine.ui.pages.clients.brand.page.
"""

from typing import Final

import flet as ft

from api.schemas.brand_kits import CaptionStyle
from api.schemas.cuts import CutOptions
from engine.ui.chosen import is_on
from engine.ui.components.choice import choice
from engine.ui.components.forms import form
from engine.ui.components.level import Level, Range
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import use_desk
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import Role

SIZES: Final = Range(0.5, 2.0, 0.1)
LONGEST_CARD: Final = 300
LONGEST_STYLE: Final = 2000


@ft.component
def Captions(kit: HeldKit, options: CutOptions) -> ft.Control:
    """Style, place, size and capitals."""
    words = use_desk().words
    shown, _ = ft.use_state(kit)
    style = CaptionStyle.model_validate(dict(shown.part("caption_style")))

    def change(**fields: str | float | bool) -> None:
        kit.change({"caption_style": {**style.model_dump(mode="json"), **fields}})

    styles = [(name, words.named("caption_style", name)) for name in options.caption_styles]
    places = [(name, words.named("caption_position", name)) for name in options.caption_positions]
    rows: list[ft.Control] = [
        choice(words("preview.caption_style"), style.name, styles, lambda name: change(name=name)),
        choice(words("preview.caption_position"), style.position, places, lambda place: change(position=place)),
        Level(
            words("preview.caption_size"),
            style.scale,
            SIZES,
            lambda scale: f"{scale:.0%}",
            lambda scale: change(scale=round(scale, 2)),
        ),
        ft.Switch(
            label=words("preview.uppercase"),
            value=style.uppercase,
            on_change=lambda event: change(uppercase=is_on(event)),
        ),
    ]
    return titled_card(words("brand.caption_style"), form(rows))


@ft.component
def Cards(kit: HeldKit) -> ft.Control:
    """What stands on the card before a film and on that after it."""
    words = use_desk().words
    shown, _ = ft.use_state(kit)

    def field(card: str) -> ft.Control:
        return TypedField(
            Looks(label=words(f"card.{card}"), max_length=LONGEST_CARD),
            str(shown.part("cards").get(card) or ""),
            lambda typed: kit.change_part("cards", {card: typed or None}, is_typing=True),
        )

    more = text(words("brand.cards_more"), color=Role.MUTED)
    return titled_card(words("brand.cards"), form([more, field("intro"), field("end")]))


@ft.component
def PictureStyle(kit: HeldKit) -> ft.Control:
    """What is added to every picture prompt of this client."""
    words = use_desk().words
    shown, _ = ft.use_state(kit)
    looks = Looks(label=words("brand.picture_style"), max_length=LONGEST_STYLE, min_lines=2, max_lines=None)
    field = TypedField(
        looks, shown.text("picture_style"), lambda typed: kit.change({"picture_style": typed}, is_typing=True)
    )
    more = text(words("brand.picture_style_more"), color=Role.MUTED)
    return titled_card(words("brand.picture_style"), form([more, field]))
