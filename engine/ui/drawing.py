"""Drawing: how a window's changes are drawn, and what is done when it cannot draw, for a while or any more.

Called by engine.app for each window. Flet draws a window's changes in one task; where a component raises, that task
ends, and the window would stand still without a word. Nothing typed is lost: it is kept by what saves it, elsewhere.
Law: what changed while a window was away shows once it is back.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final, cast

import flet as ft
from flet.components.component import Component
from flet.components.hooks.use_effect import EffectHook
from flet.controls.base_control import BaseControl
from flet.messaging.connection import Connection
from flet.messaging.protocol import Message

log = logging.getLogger(__name__)
_TASK: Final = "_Session__updates_task"
_EFFECTS: Final = "_Session__pending_effects"
_SEND: Final = "_Session__send_message"
_QUEUE: Final = "_FletApp__send_queue"
"""Where Flet 1.0.5 keeps them; it has no other way to learn of the one's end, or of what waits in the others."""
WATCHED: Final = "the drawing of a window, watched"


class Round:
    """What is to be drawn next: each component once, the outer ones first, since they draw those within them along.

    Flet 1.0.5 draws in any order, and draws again what was just drawn with its parent: a click on a grid of scenes cost
    twice as much.
    """

    def __init__(self) -> None:
        self.due: set[BaseControl] = set()

    def update(self) -> None:
        """Draw it; called by Flet, as the update of a control."""
        due = sorted(self.due, key=_depth)
        self.due.clear()
        for control in due:
            if not isinstance(control, Component) or control._state.is_dirty:
                control.update()


def _depth(control: BaseControl) -> int:
    """How many components stand around it."""
    depth, around = 0, control
    while isinstance(around, Component) and around._parent_component is not None:
        parent = around._parent_component()
        if parent is None:
            break
        depth, around = depth + 1, parent
    return depth


def keep_drawing(page: ft.Page) -> None:
    """Draw a window's changes in rounds; and once it is back what came up while it was away. Called before it is drawn.

    Flet 1.0.5 forgets the latter: a page that was loaded anew while its video was on its way showed grey bars for ever.
    Gone as soon as Flet does both itself.
    """
    session = page.session
    drawing = Round()
    updates: set[BaseControl] = set()
    effects: list[tuple[EffectHook, bool]] = []
    draw, do, connect, disconnect = (
        session.schedule_update,
        session.schedule_effect,
        session.attach_connection,
        session.disconnect,
    )

    send: Callable[[Message], None] = getattr(session, _SEND)

    def is_away() -> bool:
        return cast("Connection | None", session.connection) is None

    def send_or_drop(message: Message) -> None:
        # For a moment after a line broke it is still the session's, with nothing that could take a message. What is
        # drawn then would end all drawing; the whole page is sent when the window is back.
        if is_away() or getattr(session.connection, _QUEUE, message) is not None:
            send(message)

    def draw_soon(controls: set[BaseControl]) -> None:
        drawing.due |= controls
        draw(cast(BaseControl, drawing))

    def draw_or_keep(control: BaseControl) -> None:
        if is_away():
            updates.add(control)
        else:
            draw_soon({control})

    def do_or_keep(hook: EffectHook, is_cleanup: bool) -> None:
        if is_away():
            effects.append((hook, is_cleanup))
        do(hook, is_cleanup)

    async def keep_and_disconnect(session_timeout_seconds: int) -> None:
        updates.update(drawing.due)
        drawing.due.clear()
        effects.extend(getattr(session, _EFFECTS))
        await disconnect(session_timeout_seconds)

    def connect_and_catch_up(conn: Connection) -> None:
        connect(conn)
        if updates:
            draw_soon(updates)
        for hook, is_cleanup in effects:
            do(hook, is_cleanup)
        updates.clear()
        effects.clear()

    setattr(session, _SEND, send_or_drop)
    session.schedule_update = draw_or_keep  # type: ignore[method-assign]
    session.schedule_effect = do_or_keep  # type: ignore[method-assign]
    session.attach_connection = connect_and_catch_up  # type: ignore[method-assign]
    session.disconnect = keep_and_disconnect  # type: ignore[method-assign]


def watch_drawing(page: ft.Page, said: str) -> None:
    """Log why drawing ended, and show `said` in place of the window. Called once the window is drawn, and when it has
    come back: what had ended by then begins anew."""
    session = page.session
    session.start_updates_scheduler()  # type: ignore[no-untyped-call]
    task: asyncio.Task[None] | None = getattr(session, _TASK, None)
    if task is None:
        log.warning("this release of Flet keeps its drawing elsewhere, so that a window that stands still says nothing")
        return
    if task.get_name() == WATCHED:
        return
    task.set_name(WATCHED)

    def ended(task: "asyncio.Task[None]") -> None:
        problem = None if task.cancelled() else task.exception()
        if problem is not None:
            log.error("a window cannot be drawn any more", exc_info=problem)
            session.error(said)

    task.add_done_callback(ended)
