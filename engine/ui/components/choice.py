"""Choice: one of several, from a list that opens.

Called by pages and components. Law: it has an accessible name; Flet's own label gives none in the web client.
"""

from collections.abc import Callable, Sequence

import flet as ft

from engine.ui.chosen import chosen
from engine.ui.theme import HAIRLINE, Radius, Role, text_style


def choice(
    name: str, value: str, options: Sequence[tuple[str, str]], choose: Callable[[str], None], *, is_dense: bool = False
) -> ft.Control:
    """options: what is kept and what is said of it."""
    dropdown = ft.Dropdown(
        label=name,
        value=value,
        options=[ft.DropdownOption(key=key, text=said) for key, said in options],
        on_select=lambda event: choose(chosen(event)),
        text_style=text_style("body"),
        border=ft.OutlineInputBorder(side=ft.BorderSide(HAIRLINE, Role.MUTED), border_radius=Radius.SMALL),
        expanded_insets=ft.Padding.all(0),
        dense=is_dense,
        expand=True,
    )
    return ft.MergeSemantics(ft.Semantics(label=name, content=ft.Row([dropdown])))
