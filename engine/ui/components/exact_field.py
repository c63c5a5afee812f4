"""Exact field: a value that is taken whole, with Enter or by leaving the field, and not key by key.

Called by the Audio and Preview steps. For places and shifts: half a number is another number.
Law: what cannot be taken stays as it was typed, with the reason under it.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.desk import use_desk
from engine.ui.newest import use_newest
from engine.ui.theme import field_border


@ft.component
def ExactField(name: str, shown: str, width_px: int, take: Callable[[str], str]) -> ft.Control:
    """take: does what was typed, and answers why not; empty where it was done."""
    desk = use_desk()
    refused, set_refused = ft.use_state(("", ""))
    newest = use_newest((take, shown))
    me = ft.use_memo(object, [])
    ft.use_effect(lambda: None, [], cleanup=lambda: desk.type_no_more(me))

    def try_it(event: ft.Event[ft.TextField]) -> None:
        typed = str(event.control.value)
        do, stands = newest.value
        set_refused(("", "") if typed == stands or not (why := do(typed)) else (typed, why))

    def leave(event: ft.Event[ft.TextField]) -> None:
        desk.type_no_more(me)
        try_it(event)

    def make() -> ft.TextField:
        typed, why = refused
        return ft.TextField(
            label=name,
            value=typed or shown,
            error=why or None,
            dense=True,
            width=width_px,
            border=field_border(),
            on_submit=try_it,
            on_focus=lambda _: desk.type_in(me),
            on_blur=leave,
        )

    return ft.use_memo(make, [name, shown, refused, width_px])
