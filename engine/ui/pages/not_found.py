"""What stands at an address where there is no page."""

import flet as ft

from engine.ui.components.surfaces import scrolled
from engine.ui.components.texts import heading
from engine.ui.desk import use_desk


@ft.component
def NotFoundPage() -> ft.Control:
    """Says so, and leads back."""
    words = use_desk().words
    button = ft.FilledButton(words("shell.to_dashboard"), on_click=lambda _: ft.context.page.navigate("/"))
    return scrolled([heading(words("shell.not_found")), button])
