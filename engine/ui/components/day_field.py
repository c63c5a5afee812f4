"""Day field: a filter by day, which looks once the hand rests on a day that there is.

Called by pages with a list. Law: as for a search field; half a day is said to be none, and looks for nothing.
"""

from collections.abc import Callable

import flet as ft

from engine.ui.components.money_fields import day_of
from engine.ui.components.search_field import SearchField
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Role, space


@ft.component
def DayField(label: str, asked: str, ask: Callable[[str], None]) -> ft.Control:
    """asked: the day that is looked for now, as it was typed; empty for any."""
    words = use_desk().words
    is_wrong, set_wrong = ft.use_state(False)

    def hear(said: str) -> None:
        is_none = bool(said) and day_of(said) is None
        set_wrong(is_none)
        if not is_none:
            ask(said)

    rows: list[ft.Control] = [SearchField(label, asked, hear)]
    if is_wrong:
        rows.append(text(words("wrong.day"), "caption", Role.DANGER))
    return ft.Column(rows, spacing=space(1), horizontal_alignment=ft.CrossAxisAlignment.STRETCH, tight=True)
