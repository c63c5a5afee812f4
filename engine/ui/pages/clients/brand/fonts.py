"""The client's typefaces: one of the studio's own families, or a file with a note of its licence.

Called by engine.ui.pages.clients.brand.page.
"""

from collections.abc import Sequence
from typing import Final, Literal

import flet as ft

from api.schemas.assets import AssetOut
from api.schemas.brand_kits import BrandOptions
from engine.ui.components.choice import choice
from engine.ui.components.forms import form
from engine.ui.components.licence import Licence
from engine.ui.components.states import Trouble, skeleton
from engine.ui.components.surfaces import titled_card
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.loading import Failed, Loaded, Waiting, use_loaded
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import TOKENS, Role
from engine.ui.uploading import use_disk

ENDINGS: Final = ("ttf", "otf", "woff2", "woff")
FontRole = Literal["display", "text"]
ROLES: Final[tuple[FontRole, ...]] = ("display", "text")
FAMILY, FILE = "family:", "file:"
DEFAULTS: Final[dict[FontRole, str]] = {"display": TOKENS.faces["display"], "text": TOKENS.faces["text"]}


@ft.component
def Fonts(kit: HeldKit, options: BrandOptions) -> ft.Control:
    """A choice for headings and one for text."""
    desk, disk = use_desk(), use_disk()
    words = desk.words
    shown, _ = ft.use_state(kit)
    uploads, set_uploads = ft.use_state(0)
    run = ft.context.page.run_task

    async def bring() -> None:
        file = await disk.bring("font", ENDINGS, kit.client_id)
        if file is not None:
            set_uploads(lambda before: before + 1)
            kit.change_part("fonts", {"display_asset_id": file.id})

    match use_loaded(lambda: desk.api.files("font", client_id=kit.client_id), uploads):
        case Waiting():
            return titled_card(words("brand.fonts"), skeleton(words, rows=3))
        case Failed() as failed:
            return titled_card(words("brand.fonts"), Trouble(failed))
        case Loaded(page):
            files = page.items
    upload = ft.OutlinedButton(
        words("brand.upload_font"),
        icon=ft.Icons.UPLOAD_FILE,
        disabled=disk.progress is not None,
        on_click=lambda _: run(bring),
    )
    rows: list[ft.Control] = [_choice(kit, shown, role, options, files, words(f"font.{role}")) for role in ROLES]
    rows.append(ft.Row([upload]))
    if disk.progress is not None:
        rows.append(ft.ProgressBar(value=disk.progress or None, semantics_label=words("audio.uploading")))
    if disk.problem:
        rows.append(ft.Semantics(live_region=True, content=text(disk.problem, color=Role.DANGER)))
    in_use = {shown.part("fonts").get(f"{role}_asset_id") for role in ROLES}
    for file in files:
        if file.id in in_use:
            rows.append(
                ft.Column([text(file.file_name, "strong", lines=1), *_cautions(file, words("font.restricted"))])
            )
            rows.append(Licence(file, key=file.id))  # type: ignore[call-arg]  # Flet's own
    return titled_card(words("brand.fonts"), form(rows))


def _choice(
    kit: HeldKit, shown: HeldKit, role: FontRole, options: BrandOptions, files: Sequence[AssetOut], name: str
) -> ft.Control:
    fonts = shown.part("fonts")
    file_id, family = fonts.get(f"{role}_asset_id"), fonts.get(role) or DEFAULTS[role]
    own = [(f"{FILE}{file.id}", _called(file)) for file in files]
    ours = [(f"{FAMILY}{one}", one) for one in options.families]

    def choose(key: str) -> None:
        if key.startswith(FILE):
            kit.change_part("fonts", {f"{role}_asset_id": key.removeprefix(FILE)})
        else:
            kit.change_part("fonts", {f"{role}_asset_id": None, role: key.removeprefix(FAMILY)})

    return choice(name, f"{FILE}{file_id}" if file_id else f"{FAMILY}{family}", [*own, *ours], choose)


def _called(file: AssetOut) -> str:
    """What a typeface calls itself, else its file's name."""
    family, style = file.facts.get("family"), file.facts.get("style")
    return f"{family} {style}".strip() if isinstance(family, str) and family else file.file_name


def _cautions(file: AssetOut, restricted: str) -> list[ft.Control]:
    is_restricted = file.facts.get("may_be_embedded") is False
    return [text(restricted, "caption", Role.CAUTION)] if is_restricted else []
