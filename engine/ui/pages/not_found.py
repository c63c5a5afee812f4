"""What stands at an address where there is no page."""

import flet as ft

from engine.ui.components.texts import heading
from engine.ui.desk import use_desk
from engine.ui.theme import space


@ft.component
def NotFoundPage() -> ft.Control:
    """Says so, and leads back."""
    words = use_desk().words
    button = ft.FilledButton(words("shell.to_dashboard"), on_click=lambda _: ft.context.page.navigate("/"))
    return ft.Column([heading(words("shell.not_found")), button], spacing=space(6))
