"""Captions: whether and how the words show.

Called by the Preview step.
"""

from typing import Final

import flet as ft

from api.schemas.cuts import CaptionChoice, CutOptions
from engine.ui.chosen import is_on
from engine.ui.components.choice import choice
from engine.ui.components.level import Level, Range
from engine.ui.desk import use_desk
from engine.ui.pages.create.preview.held_cut import captions_shown, change_captions
from engine.ui.pages.create.wizard import use_wizard
from engine.ui.theme import space

SIZES: Final = Range(0.5, 2.0, 0.1)


@ft.component
def Captions(options: CutOptions) -> ft.Control:
    """On or off, the style, the place, the size."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    shown = captions_shown(wizard)
    last: ft.MutableRef[CaptionChoice] = ft.use_ref(lambda: shown or CaptionChoice())
    if shown is not None:
        last.current = shown

    def change(**fields: str | float | bool) -> None:
        if shown is not None:
            change_captions(wizard, CaptionChoice.model_validate({**shown.model_dump(), **fields}))

    def switch(event: ft.Event[ft.Switch]) -> None:
        change_captions(wizard, last.current if is_on(event) else None)

    parts: list[ft.Control] = [ft.Switch(label=words("preview.captions_on"), value=shown is not None, on_change=switch)]
    if shown is not None:
        styles = [(name, words.named("caption_style", name)) for name in options.caption_styles]
        places = [(name, words.named("caption_position", name)) for name in options.caption_positions]
        parts += [
            choice(words("preview.caption_style"), shown.name, styles, lambda name: change(name=name)),
            choice(words("preview.caption_position"), shown.position, places, lambda place: change(position=place)),
            Level(
                words("preview.caption_size"),
                shown.scale,
                SIZES,
                lambda scale: f"{scale:.0%}",
                lambda scale: change(scale=round(scale, 2)),
            ),
            ft.Switch(
                label=words("preview.uppercase"),
                value=shown.uppercase,
                on_change=lambda event: change(uppercase=is_on(event)),
            ),
        ]
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
