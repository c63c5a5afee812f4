"""Going: a page is there at once, and what a browser tells late takes nobody back."""

from types import SimpleNamespace
from typing import cast

import flet as ft

from engine.ui.going import Going


class Window:
    """A page with a router, whose browser tells of its address when the test says so."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.written_down: list[str] = []
        self._last = ""
        self._page = SimpleNamespace(
            navigate=self.written_down.append,
            on_route_change=lambda event: self.shown.append(event.route),
            before_event=self._is_another,
            route="/",
        )
        self._going = Going()

    def _is_another(self, event: ft.RouteChangeEvent) -> bool:
        """As Flet does: an address that it has heard last is no news."""
        before, self._last = self._last, event.route
        return event.route != before

    def go(self, path: str) -> None:
        self._going.go(cast(ft.Page, self._page), path)

    @property
    def address(self) -> str:
        return self._going.address(cast(ft.Page, self._page))

    def browser_tells(self, route: str) -> None:
        self._page.route = route
        event = ft.RouteChangeEvent(name="route_change", control=cast(ft.Page, self._page), route=route)
        if self._page.before_event(event) is not False:
            self._page.on_route_change(event)


def test_a_page_is_shown_before_the_browser_has_told_of_it() -> None:
    window = Window()

    window.go("/clients")

    assert window.shown == ["/clients"]
    assert window.address == "/clients"
    assert window.written_down == ["/clients"]


def test_what_was_typed_in_a_search_stays_when_the_browser_tells_of_its_beginnings() -> None:
    window = Window()
    for typed in ("a", "an", "anna de"):
        window.go(f"/projects?search={typed.replace(' ', '%20')}")

    for told in ("a", "an", "anna de"):  # some write a space as %20, some do not
        window.browser_tells(f"/projects?search={told}")

    assert window.shown[-1] == "/projects?search=anna%20de"
    assert len(window.shown) == 3


def test_a_step_back_is_shown_also_where_an_earlier_step_was_never_told() -> None:
    window = Window()
    window.go("/projects")
    window.browser_tells("/projects")
    window.go("/projects")  # which is no step, and of which a browser tells nothing

    window.browser_tells("/")
    window.browser_tells("/projects")

    assert window.shown == ["/projects", "/projects", "/", "/projects"]
    assert window.address == "/projects"
