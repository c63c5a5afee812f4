"""Branding: the client's logo, the progress bar, and the cards before and after this film.

Called by the Preview step. What the brand kit says holds until something else is chosen here; the kit itself is
changed on the client's page.
"""

from typing import Final, Literal

import flet as ft

from api.schemas.brand_kits import BrandKitOut
from api.schemas.cuts import CutOptions, LogoChoice
from engine.ui.chosen import is_on
from engine.ui.components.choice import choice
from engine.ui.components.level import Level, Range
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.texts import text
from engine.ui.components.typed_field import Looks, TypedField
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.create.preview.held_cut import CUT_KEY, change_logo, logo_shown
from engine.ui.pages.create.wizard import Wizard, use_wizard
from engine.ui.theme import Role, space

WIDTHS: Final = Range(0.03, 0.5, 0.01)
LONGEST_CARD: Final = 300


@ft.component
def Branding(options: CutOptions) -> ft.Control:
    """What can be chosen of the logo stands below its switch."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    bar = ft.Switch(
        label=words("preview.progress_bar"),
        value=bool(wizard.shown(CUT_KEY, "progress_bar")),
        on_change=lambda event: wizard.change(CUT_KEY, {"progress_bar": is_on(event)}, "progress_bar"),
    )
    parts = [LogoPlace(options), bar, CardWords("intro_card"), CardWords("end_card")]
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def LogoPlace(options: CutOptions) -> ft.Control:
    """The corner and the size, where the client has a logo."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    shown = logo_shown(wizard)
    last: ft.MutableRef[LogoChoice] = ft.use_ref(lambda: shown or LogoChoice())
    if shown is not None:
        last.current = shown
    match use_loaded(lambda: desk.api.brand_kit(wizard.video.client_id), wizard.video.client_id):
        case Waiting():
            return skeleton(words, rows=1)
        case Failed() as failed:
            return Trouble(failed)
        case Loaded(kit):
            if not has_logo(kit):
                return _no_logo(desk, wizard)

    def change(**fields: str | float) -> None:
        now = logo_shown(wizard)
        if now is not None:
            change_logo(wizard, LogoChoice.model_validate({**now.model_dump(), **fields}))

    def switch(event: ft.Event[ft.Switch]) -> None:
        change_logo(wizard, last.current if is_on(event) else None)

    parts: list[ft.Control] = [ft.Switch(label=words("preview.logo"), value=shown is not None, on_change=switch)]
    if shown is not None:
        corners = [(name, words.named("logo_corner", name)) for name in options.logo_corners]
        parts += [
            choice(words("preview.logo_corner"), shown.corner, corners, lambda corner: change(corner=corner)),
            Level(
                words("preview.logo_size"),
                shown.width,
                WIDTHS,
                lambda width: f"{width:.0%}",
                lambda width: change(width=round(width, 2)),
            ),
        ]
    return ft.Column(parts, spacing=space(4), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


@ft.component
def CardWords(name: Literal["intro_card", "end_card"]) -> ft.Control:
    """The words on a card before or after the film; without words there is none."""
    desk, wizard = use_desk(), use_wizard()
    words = desk.words
    shown = wizard.shown(CUT_KEY, name)
    looks = Looks(words.named("preview", name), hint=words("preview.no_card"), max_length=LONGEST_CARD)
    return TypedField(
        looks,
        shown if isinstance(shown, str) else "",
        lambda typed: wizard.change(CUT_KEY, {name: typed or None}, name, is_typing=True),
    )


def has_logo(kit: BrandKitOut) -> bool:
    """Whether there is anything to show in a corner."""
    return kit.logo_light_asset_id is not None or kit.logo_dark_asset_id is not None


def _no_logo(desk: Desk, wizard: Wizard) -> ft.Control:
    words, client_id = desk.words, wizard.video.client_id
    go = ft.TextButton(words("preview.to_brand"), on_click=lambda _: desk.go(f"/clients/{client_id}/brand"))
    return ft.Row([text(words("preview.no_logo"), color=Role.MUTED), go], spacing=space(2), wrap=True)
