"""Newest: what a handler must look up that outlives the drawing in which it was made.

Called by hooks and components that keep a control or a subscription between drawings.
"""

from typing import Generic, TypeVar

import flet as ft

T = TypeVar("T")


class Newest(Generic[T]):
    """A place that always holds what the last drawing put there."""

    def __init__(self, value: T) -> None:
        self.value = value


def use_newest(value: T) -> Newest[T]:
    """The same place at each drawing, holding this drawing's value."""
    place: Newest[T] = ft.use_memo(lambda: Newest(value), [])
    place.value = value
    return place
