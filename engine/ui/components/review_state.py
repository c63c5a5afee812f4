"""Review state: where a video stands at its client, in words and with a dot of its colour.

Called by the pages of projects, the library and the Review step.
"""

from typing import Final

import flet as ft

from api.schemas.videos import VideoReview
from engine.ui.components.surfaces import dot
from engine.ui.components.texts import text
from engine.ui.notation import STUDIO_ZONE, day
from engine.ui.theme import Role, space
from engine.ui.words import Words

COLOURS: Final = {
    "waiting": Role.CAUTION,
    "deciding": Role.INFO,
    "approved": Role.POSITIVE,
    "changes_requested": Role.CAUTION,
}


def review_words(review: VideoReview, words: Words) -> str:
    """Since when it waits, or when it was decided: “Versie 2: wacht op de klant sinds 22 november”."""
    when = day(review.since.astimezone(STUDIO_ZONE).date(), words)
    return words(f"review_since.{review.state}", number=review.version_number, when=when)


def review_mark(review: VideoReview, words: Words) -> ft.Control:
    """The same with its colour; in two lines where there is little room."""
    said = text(review_words(review, words), "caption", Role.MUTED, lines=2, expand=True)
    return ft.Row([dot(COLOURS.get(review.state, Role.MUTED)), said], spacing=space(2))
