"""Going: a page is shown as soon as somebody asks for it, and not once the browser has told of its new address.

Called by desk.py. Flet shows a page when the browser says where it went, which it does after it has drawn a frame: from
the click to the first sight of a page took twice as long.
Law: what the browser says of a step that was shown already changes nothing, or somebody who types in a search would see
their own last letters come and go; all else that it says (back, forward, an address that was typed) is shown.
"""

from collections.abc import Callable
from typing import cast
from urllib.parse import unquote

import flet as ft

Show = Callable[[ft.RouteChangeEvent], None]
Hear = Callable[[ft.ControlEvent], bool | None]


class Going:
    """The steps of one window that its browser has not told of yet."""

    def __init__(self) -> None:
        self._hear: Hear | None = None
        self._untold: list[str] = []

    def address(self, page: ft.Page) -> str:
        """Where the window is, also while its browser does not know it yet; with what stands behind the ?."""
        return self._untold[-1] if self._untold else page.route or "/"

    def go(self, page: ft.Page, path: str) -> None:
        """Show the page at this address, and have the browser write it down."""
        if self._hear is None:
            self._hear = page.before_event
            setattr(page, "before_event", self._is_news)  # noqa: B010  # Flet asks it before each event is handled
        page.navigate(path)
        if show := cast(Show | None, page.on_route_change):
            self._untold.append(path)
            show(ft.RouteChangeEvent(name="route_change", control=page, route=path))

    def _is_news(self, event: ft.ControlEvent) -> bool | None:
        """Whether an event is to be handled; as Flet's own, None is yes."""
        assert self._hear is not None
        is_news = self._hear(event)
        if isinstance(event, ft.RouteChangeEvent):
            shown = [unquote(path) for path in self._untold]
            if (told := unquote(event.route)) in shown:
                del self._untold[: shown.index(told) + 1]
                return False
            self._untold.clear()  # a step back or forward; what was not told until now never will be
        return is_news
