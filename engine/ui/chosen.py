"""Chosen: what a person chose with a switch, a box, a list or a row of buttons, as its event tells.

Called by pages and components.
Law: it is never read from the event's control. A drawing that falls between a click and its handler puts the control
back to what it showed before, and the choice would be lost.
"""

from collections.abc import Sequence

import flet as ft

Switched = ft.Event[ft.Switch] | ft.Event[ft.Checkbox]
Picked = ft.Event[ft.Dropdown] | ft.Event[ft.RadioGroup] | ft.Event[ft.SegmentedButton]


def is_on(event: Switched) -> bool:
    """Whether a switch or a box stands on now."""
    return event.data is True


def chosen(event: Picked) -> str:
    """The one that was chosen of several."""
    told: str | Sequence[str] = event.data or ""
    return told if isinstance(told, str) else next(iter(told), "")
