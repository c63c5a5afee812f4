"""Drawing: what is done when a window cannot draw any more.

Called by engine.app for each window. Flet draws a window's changes in one task; where a component raises, that task
ends, and the window would stand still without a word. Nothing typed is lost: it is kept by what saves it, elsewhere.
"""

import asyncio
import logging

import flet as ft

log = logging.getLogger(__name__)
_TASK = "_Session__updates_task"
"""Where Flet 1.0.5 keeps it; it has no other way to learn of its end."""


def watch_drawing(page: ft.Page, said: str) -> None:
    """Log why drawing ended, and show `said` in place of the window. Called once the window is drawn."""
    session = page.session
    task: asyncio.Task[None] | None = getattr(session, _TASK, None)
    if task is None:
        log.warning("this release of Flet keeps its drawing elsewhere, so that a window that stands still says nothing")
        return

    def ended(task: "asyncio.Task[None]") -> None:
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            log.error("a window cannot be drawn any more", exc_info=problem)
            session.error(said)

    task.add_done_callback(ended)
