"""The client's logo, for dark and for light grounds.

Called by engine.ui.pages.clients.brand.page. An SVG is drawn by the studio; nothing else of it is kept.
"""

from typing import Final, Literal

import flet as ft

from engine.ui.components.forms import form
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Loaded, use_loaded
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import HAIRLINE, TOKENS, Radius, Role, space
from engine.ui.uploading import use_disk

ENDINGS: Final = ("png", "jpg", "jpeg", "webp", "svg")
GROUNDS: Final = {"light": TOKENS.colours["dark"].ground, "dark": TOKENS.colours["light"].ground}
"""What each variant is seen on."""
LOGO_WIDTH: Final = space(56)
LOGO_HEIGHT: Final = space(28)


@ft.component
def Logos(kit: HeldKit) -> ft.Control:
    """Both variants."""
    words = use_desk().words
    slots = ft.Row([Logo(kit, "light"), Logo(kit, "dark")], spacing=space(4), run_spacing=space(4), wrap=True)
    return titled_card(words("brand.logo"), form([text(words("brand.logo_more"), color=Role.MUTED), slots]))


@ft.component
def Logo(kit: HeldKit, variant: Literal["light", "dark"]) -> ft.Control:
    """One variant on the ground that it is for, with ways to bring another one or none."""
    desk, disk = use_desk(), use_disk()
    words = desk.words
    shown, _ = ft.use_state(kit)
    name = f"logo_{variant}_asset_id"
    asset_id = shown.text(name)
    run = ft.context.page.run_task

    async def address() -> str:
        return ((await desk.api.file(asset_id)).preview_url or "") if asset_id else ""

    async def bring() -> None:
        file = await disk.bring("image", ENDINGS, kit.client_id)
        if file is not None:
            kit.change({name: file.id})

    inside: ft.Control = text(words("brand.no_logo"), "caption", Role.MUTED)
    is_seen = False
    match use_loaded(address, asset_id):
        case Loaded(url) if url and asset_id:
            is_seen = True
            inside = ft.Image(
                src=url,
                width=LOGO_WIDTH - space(8),
                height=LOGO_HEIGHT - space(6),
                fit=ft.BoxFit.CONTAIN,
                exclude_from_semantics=True,
                error_content=text(words("brand.no_logo"), "caption", Role.MUTED),
            )
    ground = ft.Container(
        inside,
        width=LOGO_WIDTH,
        height=LOGO_HEIGHT,
        alignment=ft.Alignment.CENTER,
        bgcolor=GROUNDS[variant] if is_seen else Role.SURFACE,
        border=ft.Border.all(HAIRLINE, Role.LINE),
        border_radius=Radius.SMALL,
    )
    said = words(f"logo.{variant}")
    buttons: list[ft.Control] = [
        ft.OutlinedButton(
            content=ft.Text(words("brand.upload"), semantics_label=words("brand.upload_of", what=said)),
            disabled=disk.progress is not None,
            on_click=lambda _: run(bring),
        )
    ]
    if asset_id:
        buttons.append(
            ft.TextButton(
                content=ft.Text(words("brand.remove"), semantics_label=words("brand.remove_of", what=said)),
                on_click=lambda _: kit.change({name: None}),
            )
        )
    parts: list[ft.Control] = [text(said, "strong"), ground, ft.Row(buttons, spacing=space(2))]
    if disk.progress is not None:
        parts.append(ft.ProgressBar(value=disk.progress or None, semantics_label=words("audio.uploading")))
    if disk.problem:
        parts.append(ft.Semantics(live_region=True, content=text(disk.problem, color=Role.DANGER)))
    return ft.Container(ft.Column(parts, spacing=space(2)), width=LOGO_WIDTH)
