"""Clashes of a brand kit: both versions of a part that two people changed, for a person to choose.

Called by engine.ui.pages.clients.brand.page. Law: nothing is overwritten unasked.
"""

import flet as ft
from pydantic import JsonValue

from engine.ui.components.forms import fact, form
from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.clients.brand.held_kit import HeldKit
from engine.ui.theme import HAIRLINE, Role, space


@ft.component
def ClashCard(kit: HeldKit) -> ft.Control:
    """Each part that clashes."""
    desk = use_desk()
    words = desk.words
    rows: list[ft.Control] = [text(words("clash.more"), color=Role.MUTED)]
    for clash in kit.clashes:
        answers: list[ft.Control] = [
            ft.FilledButton(words("clash.keep_mine"), on_click=lambda _, one=clash: kit.keep_mine(one)),
            ft.OutlinedButton(words("clash.take_theirs"), on_click=lambda _, one=clash: kit.take_theirs(one)),
        ]
        rows += [
            divider(),
            text(words(f"brand.{clash.field}"), "strong"),
            fact(words("clash.mine"), _written(desk, clash.mine)),
            fact(words("clash.theirs"), _written(desk, clash.theirs)),
            ft.Row(answers, spacing=space(3), run_spacing=space(2), wrap=True),
        ]
    card = titled_card(words("clash.title"), form(rows))
    card.border = ft.Border.all(HAIRLINE, Role.CAUTION)
    return ft.Semantics(live_region=True, container=True, content=card)


def _written(desk: Desk, value: JsonValue) -> str:
    """A value as a person reads it."""
    if isinstance(value, dict):
        said = ", ".join(_written(desk, one) for one in value.values() if one not in (None, ""))
    elif isinstance(value, list):
        said = "; ".join(_written(desk, one) for one in value)
    else:
        said = "" if value is None else str(value)
    return said or desk.words("clash.empty")
