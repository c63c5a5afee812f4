"""Shortcuts: what keys do, in a dialog that "?" opens.

Called by engine.ui.components.shell. A new shortcut is told here, beside the keys that it listens to.
"""

from collections.abc import Callable
from typing import Final

import flet as ft

from engine.ui.components.actions import icon_action
from engine.ui.components.texts import text
from engine.ui.desk import use_desk, use_keys
from engine.ui.theme import HAIRLINE, Radius, Role, space

SHORTCUTS: Final = (
    ("shortcuts.anywhere", (("?", "shortcuts.help"), ("Tab", "shortcuts.tab"), ("Esc", "shortcuts.escape"))),
    ("shortcuts.create", (("Ctrl Z", "shortcuts.undo"), ("Ctrl Shift Z", "shortcuts.redo"))),
    ("step.audio", (("← →", "shortcuts.word"), (", .", "shortcuts.nudge"), ("Shift , .", "shortcuts.nudge_more"))),
    ("step.preview", (("K", "shortcuts.play"), ("J L", "shortcuts.jump"), (", .", "shortcuts.frame"))),
)
"""Where, and what each key does there."""
KEYS_WIDTH: Final = space(28)
DIALOG_WIDTH: Final = space(100)


@ft.component
def Shortcuts() -> ft.Control:
    """The button; the dialog while it is open."""
    desk = use_desk()
    is_open, set_open = ft.use_state(False)

    def hear(event: ft.KeyboardEvent) -> None:
        is_asked = event.key == "?" or (event.key == "/" and event.shift)
        if is_asked and not (desk.is_typing or event.ctrl or event.alt or event.meta):
            set_open(True)

    use_keys(hear)
    button = icon_action(ft.Icons.KEYBOARD_OUTLINED, desk.words("shortcuts.title"), lambda: set_open(True))
    return ft.Row([button, ShortcutsDialog(lambda: set_open(False))] if is_open else [button], spacing=0, tight=True)


@ft.component
def ShortcutsDialog(close: Callable[[], None]) -> ft.Control:
    """Each place with its keys."""
    words = use_desk().words
    rows: list[ft.Control] = []
    for place, keys in SHORTCUTS:
        rows.append(ft.Container(text(words(place), "strong"), padding=ft.Padding.only(top=space(2))))
        for key, does in keys:
            caps: list[ft.Control] = [_cap(cap) for cap in key.split()]
            shown = ft.Container(ft.Row(caps, spacing=space(1)), width=KEYS_WIDTH)
            rows.append(ft.Row([shown, text(words(does), expand=True)], spacing=space(3)))
    ft.use_dialog(
        ft.AlertDialog(
            title=text(words("shortcuts.title"), "heading"),
            content=ft.Container(
                ft.Column(rows, spacing=space(2), tight=True, scroll=ft.ScrollMode.AUTO), width=DIALOG_WIDTH
            ),
            actions=[ft.FilledButton(words("shell.close"), autofocus=True, on_click=lambda _: close())],
            on_dismiss=lambda _: close(),
        )
    )
    return ft.Container()


def _cap(key: str) -> ft.Control:
    return ft.Container(
        text(key, "caption"),
        border=ft.Border.all(HAIRLINE, Role.MUTED),
        border_radius=Radius.SMALL,
        padding=ft.Padding.symmetric(vertical=0, horizontal=space(2)),
    )
