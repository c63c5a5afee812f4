"""Statuses: where a project or a video stands, as a mark and a word.

Called by the pages of projects and the library.
"""

from typing import Final

import flet as ft

from engine.ui.components.surfaces import dot
from engine.ui.components.texts import text
from engine.ui.theme import Role, space
from engine.ui.words import Words

COLOURS: Final = {
    "in_progress": Role.INFO,
    "review": Role.CAUTION,
    "approved": Role.POSITIVE,
    "delivered": Role.POSITIVE,
    "rendering": Role.INFO,
    "ready": Role.POSITIVE,
    "failed": Role.DANGER,
}


def status_mark(words: Words, group: str, status: str) -> ft.Control:
    """group: project, video or export_status."""
    return ft.Row(
        [dot(COLOURS.get(status, Role.MUTED)), text(words.named(group, status), "caption", lines=1)],
        spacing=space(2),
        tight=True,
    )
