"""Drafts: what a form holds while it is being filled in.

Called by pages with a form. Law: whoever presses Enter right after the last key sends that key too. A handler
therefore looks up what was typed at the moment that it runs; what was drawn may be older.
"""

from collections.abc import Callable
from typing import TypeVar

import flet as ft

from engine.ui.newest import Newest

T = TypeVar("T")


def use_draft(begin: Callable[[], T]) -> tuple[Newest[T], Callable[[T], None]]:
    """A place that holds the draft, and the way to put another one there, which draws the form again."""
    place: Newest[T] = ft.use_memo(lambda: Newest(begin()), [])
    _, draw = ft.use_state(0)

    def put(draft: T) -> None:
        place.value = draft
        draw(lambda count: count + 1)

    return place, put
