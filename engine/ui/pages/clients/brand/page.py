"""A client's brand kit: its parts at the left, a real frame of its films at the right.

Called by engine.app as the route /clients/{client_id}/brand.
"""

from dataclasses import dataclass
from typing import Final

import flet as ft

from api.schemas.brand_kits import BrandOptions
from api.schemas.clients import ClientOut
from api.schemas.cuts import CutOptions
from engine.ui.components.states import Trouble, said_of, skeleton
from engine.ui.components.surfaces import scrolled
from engine.ui.components.texts import heading, text
from engine.ui.desk import Desk, use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.clients.brand.clashes import ClashCard
from engine.ui.pages.clients.brand.colours import Colours
from engine.ui.pages.clients.brand.fonts import Fonts
from engine.ui.pages.clients.brand.held_kit import HeldKit, SaveState
from engine.ui.pages.clients.brand.logos import Logos
from engine.ui.pages.clients.brand.preview import Preview
from engine.ui.pages.clients.brand.sound import Music, Pronunciations
from engine.ui.pages.clients.brand.titling import Captions, Cards, PictureStyle
from engine.ui.pages.clients.client import back, gone
from engine.ui.theme import Role, space

PREVIEW_WIDTH: Final = space(90)
STATE_COLOURS: Final[dict[SaveState, ft.Colors]] = {
    "saved": Role.MUTED,
    "saving": Role.MUTED,
    "unsaved": Role.MUTED,
    "offline": Role.CAUTION,
    "conflict": Role.CAUTION,
    "refused": Role.DANGER,
}


@dataclass(frozen=True)
class Opened:
    """What the page shows."""

    client: ClientOut
    kit: HeldKit
    brand_options: BrandOptions
    cut_options: CutOptions


@ft.component
def BrandPage() -> ft.Control:
    """The kit of the client at this address."""
    client_id = ft.use_route_params().get("client_id", "")
    return ft.Container(OpenBrand(client_id, key=client_id), expand=True)  # type: ignore[call-arg]  # Flet takes the key off


@ft.component
def OpenBrand(client_id: str) -> ft.Control:
    """The kit once it is loaded."""
    desk = use_desk()

    async def load() -> Opened:
        api = desk.api
        kit = HeldKit.of(api, await api.brand_kit(client_id))
        return Opened(await api.client(client_id), kit, await api.brand_options(), await api.cut_options())

    match use_loaded(load):
        case Waiting():
            return scrolled([skeleton(desk.words, rows=8)])
        case Failed(problem) if problem.status == 404:
            return scrolled([back(desk), gone(desk)])
        case Failed() as failed:
            return scrolled([back(desk), Trouble(failed)])
        case Loaded(opened):
            return Brand(opened)


@ft.component
def Brand(opened: Opened) -> ft.Control:
    """All parts, and what they look like together."""
    desk = use_desk()
    kit, _ = ft.use_state(opened.kit)
    client, words = opened.client, desk.words

    def leave_if_signed_out() -> None:
        if kit.is_signed_out:
            desk.leave()

    ft.use_effect(leave_if_signed_out, [kit.is_signed_out])
    said: list[ft.Control] = [heading(words("brand.title")), text(client.name, color=Role.MUTED, lines=1)]
    title = ft.Row([ft.Column(said, spacing=0, expand=True), _state(desk, kit)], spacing=space(4))
    head = ft.Column([back(desk, f"/clients/{client.id}", "brand.back"), title], spacing=space(1))
    parts: list[ft.Control] = [
        Logos(kit),
        Colours(kit),
        Fonts(kit, opened.brand_options),
        Captions(kit, opened.cut_options),
        Cards(kit),
        Music(kit, opened.cut_options),
        PictureStyle(kit),
        Pronunciations(kit),
    ]
    if kit.clashes:
        parts.insert(0, ClashCard(kit))
    preview = Preview(kit)
    if desk.layout != "wide":
        return scrolled([head, preview, *parts])
    beside = ft.Container(preview, width=PREVIEW_WIDTH, padding=ft.Padding.symmetric(vertical=space(6)))
    return ft.Row(
        [scrolled([head, *parts]), beside],
        spacing=space(6),
        expand=True,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _state(desk: Desk, kit: HeldKit) -> ft.Control:
    """How saving stands, in words that a screen reader hears as they change."""
    state = kit.save_state
    said = desk.words(f"saving.{state}")
    if kit.refusal is not None:
        said = f"{said}: {said_of(kit.refusal, desk.words)}"
    shown = text(said, "caption", STATE_COLOURS[state], lines=3, align=ft.TextAlign.END)
    return ft.Semantics(live_region=True, content=ft.Container(shown, width=None if len(said) < 20 else space(50)))
