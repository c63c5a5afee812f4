"""What stands at an address where there is no page."""

import flet as ft

from engine.ui.components.surfaces import scrolled
from engine.ui.components.texts import heading
from engine.ui.desk import use_desk


@ft.component
def NotFoundPage() -> ft.Control:
    """Says so, and leads back."""
    desk = use_desk()
    button = ft.FilledButton(desk.words("shell.to_dashboard"), on_click=lambda _: desk.go("/"))
    return scrolled([heading(desk.words("shell.not_found")), button])
