"""Clashes: both versions of what was changed in two windows, side by side, for a person to choose.

Called by engine.ui.pages.create.frame. Law: nothing is overwritten unasked; mine can be had back by undo.
"""

from typing import Final

import flet as ft
from pydantic import JsonValue

from engine.ui.components.surfaces import divider, titled_card
from engine.ui.components.texts import text
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.create.kept import Clash
from engine.ui.pages.create.wizard import Wizard, scene_key, use_wizard
from engine.ui.theme import HAIRLINE, Radius, Role, space

MOST_LINES: Final = 8
CONTEXT: Final = 60
"""So many characters of what both have stand around what differs, so that one sees where it is."""


@ft.component
def ClashCard() -> ft.Control:
    """Each field that clashes."""
    desk, wizard = use_desk(), use_wizard()
    rows: list[ft.Control] = [text(desk.words("clash.more"), color=Role.MUTED)]
    for clash in wizard.clashes:
        rows += [divider(), _both(desk, wizard, clash)]
    card = titled_card(desk.words("clash.title"), ft.Column(rows, spacing=space(3)))
    card.border = ft.Border.all(HAIRLINE, Role.CAUTION)
    return ft.Semantics(live_region=True, container=True, content=card)


def _both(desk: Desk, wizard: Wizard, clash: Clash) -> ft.Control:
    words = desk.words
    name = words.named("field", clash.field)
    my_version, their_version = where_they_differ(
        _written(desk, wizard, clash, clash.mine), _written(desk, wizard, clash, clash.theirs)
    )
    mine = _side(
        desk,
        words("clash.mine"),
        my_version,
        ft.FilledButton(words("clash.keep_mine"), on_click=lambda _: wizard.keep_mine(clash)),
    )
    theirs = _side(
        desk,
        words("clash.theirs"),
        their_version,
        ft.OutlinedButton(words("clash.take_theirs"), on_click=lambda _: wizard.take_theirs(clash)),
    )
    sides: ft.Control
    if desk.layout == "narrow":
        sides = ft.Column([mine, theirs], spacing=space(3), horizontal_alignment=ft.CrossAxisAlignment.STRETCH)
    else:
        mine.expand = theirs.expand = True
        sides = ft.Row([mine, theirs], spacing=space(3), vertical_alignment=ft.CrossAxisAlignment.START)
    return ft.Column([text(name, "strong"), sides], spacing=space(2))


def where_they_differ(mine: str, theirs: str) -> tuple[str, str]:
    """Both texts without most of what they have in common, before and after what differs."""
    start = _alike(mine, theirs)
    end = _alike(mine[start:][::-1], theirs[start:][::-1])
    first, last = max(0, start - CONTEXT), max(0, end - CONTEXT)

    def shortened(text: str) -> str:
        return f"{'…' if first else ''}{text[first : len(text) - last]}{'…' if last else ''}"

    return shortened(mine), shortened(theirs)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _side(desk: Desk, whose: str, written: str, button: ft.Control) -> ft.Container:
    return ft.Container(
        ft.Column(
            [text(whose, "caption", Role.MUTED), text(written or desk.words("clash.empty"), lines=MOST_LINES), button],
            spacing=space(2),
        ),
        border=ft.Border.all(HAIRLINE, Role.LINE),
        border_radius=Radius.SMALL,
        padding=space(3),
    )


def _written(desk: Desk, wizard: Wizard, clash: Clash, value: JsonValue) -> str:
    """A value as a person reads it."""
    if clash.field == "chosen_take_id":
        return _take(desk, wizard, clash.key, value)
    if isinstance(value, list):
        texts = {scene.id: scene.text for scene in wizard.scenes}
        return "\n".join(f"{number}. {texts.get(str(one), '…')}" for number, one in enumerate(value, 1))
    if isinstance(value, dict):
        parts = value.items()
        return ", ".join(f"{name} {_written(desk, wizard, clash, part)}" for name, part in parts if part is not None)
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value)


def _take(desk: Desk, wizard: Wizard, key: str, take_id: JsonValue) -> str:
    """Which picture of its scene that is, by the number that its strip shows."""
    takes = [take for take in reversed(wizard.takes) if scene_key(take.scene_id or "") == key]
    number = next((number for number, take in enumerate(takes, 1) if take.id == take_id), None)
    return desk.words("visuals.no_picture") if number is None else desk.words("clash.picture", number=number)
