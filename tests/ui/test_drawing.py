"""A window whose drawing fails says so, and does not stand still; one that was away for a moment misses nothing."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

import flet as ft
import msgpack  # type: ignore[import-untyped]
import pytest
from flet.controls.base_control import BaseControl
from flet.controls.context import _context_page
from flet.messaging.connection import Connection
from flet.messaging.protocol import Message, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub
from flet_web.fastapi.flet_app import FletApp

from engine.ui.drawing import keep_drawing, watch_drawing


def window_of(task: "asyncio.Task[None]", shown: list[str]) -> ft.Page:
    session = SimpleNamespace(_Session__updates_task=task, error=shown.append, start_updates_scheduler=lambda: None)
    return cast(ft.Page, SimpleNamespace(session=session))


@pytest.mark.parametrize("problem", [ValueError("no such scene"), None])
def test_a_window_that_cannot_be_drawn_says_so(problem: Exception | None, caplog: pytest.LogCaptureFixture) -> None:
    shown: list[str] = []

    async def draw() -> None:
        if problem is not None:
            raise problem

    async def window() -> None:
        task = asyncio.create_task(draw())
        watch_drawing(window_of(task, shown), "Laad de pagina opnieuw.")
        await asyncio.wait([task])
        await asyncio.sleep(0)

    asyncio.run(window())

    assert shown == (["Laad de pagina opnieuw."] if problem else [])
    assert ("no such scene" in caplog.text) is (problem is not None)


def test_flet_still_keeps_its_drawing_where_we_look_for_it() -> None:
    assert "_Session__updates_task" in Session.start_updates_scheduler.__code__.co_names
    assert "_Session__pending_effects" in Session.schedule_effect.__code__.co_names
    assert "_Session__send_message" in Session.patch_control.__code__.co_names
    assert "_FletApp__send_queue" in FletApp.send_message.__code__.co_names


class Line(Connection):
    """A line to a browser, which takes whatever goes over it."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = asyncio.get_running_loop()
        self.pubsubhub = PubSubHub(self.loop)
        self._FletApp__send_queue: list[bytes] | None = []

    def send_message(self, message: Message) -> None:
        assert self._FletApp__send_queue is not None
        self._FletApp__send_queue.append(_packed(message.body))

    def breaks(self) -> None:
        """As Flet's own does a moment before its session hears of it."""
        self._FletApp__send_queue = None


def _packed(body: object) -> bytes:
    """Flet follows changes of a control from when it is packed for its way."""
    encode = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]
    return cast(bytes, msgpack.packb(body, default=encode))


async def until_drawn() -> None:
    """Let everything that is ready happen."""
    for _ in range(20):
        await asyncio.sleep(0)


@contextmanager
def window_showing(component: Callable[[], ft.Control]) -> Iterator[Session]:
    """A window at its line."""
    session = Session(Line())
    keep_drawing(session.page)
    _context_page.set(session.page)
    _packed(session.get_page_patch())  # type: ignore[no-untyped-call]
    session.page.render(component)
    yield session
    session.close()  # type: ignore[no-untyped-call]


def test_what_comes_while_a_window_is_loaded_anew_shows_once_it_is_back() -> None:
    shown: list[str] = []
    asked: list[str] = []

    async def window() -> None:
        answer = asyncio.Event()

        @ft.component
        def Video() -> ft.Control:  # noqa: N802  # named like what it draws
            title, set_title = ft.use_state("Laden")

            async def load() -> None:
                await answer.wait()
                set_title("Oliebollen")

            ft.use_effect(load, [])
            ft.use_effect(lambda: asked.append(title), [title])
            shown.append(title)
            return ft.Text(title)

        with window_showing(Video) as session:
            await until_drawn()
            await session.disconnect(600)
            answer.set()
            await until_drawn()
            assert (shown[-1], asked) == ("Laden", ["Laden"])

            await session.connect(Line())
            await until_drawn()

    asyncio.run(window())
    assert (shown[-1], asked) == ("Oliebollen", ["Laden", "Oliebollen"])


def test_what_was_to_be_drawn_as_the_line_broke_shows_once_the_window_is_back() -> None:
    shown: list[int] = []

    @ft.observable
    @dataclass
    class Count:
        number: int = 0

    async def window() -> None:
        count = Count()

        @ft.component
        def Number() -> ft.Control:  # noqa: N802  # named like what it draws
            ft.use_state(count)
            shown.append(count.number)
            return ft.Text(str(count.number))

        with window_showing(Number) as session:
            await until_drawn()
            count.number = 1
            await session.disconnect(600)
            assert shown[-1] == 0

            await session.connect(Line())
            await until_drawn()

    asyncio.run(window())
    assert shown[-1] == 1


def test_a_window_whose_line_breaks_while_it_is_drawn_goes_on_once_it_is_back() -> None:
    shown: list[int] = []

    @ft.observable
    @dataclass
    class Count:
        number: int = 0

    async def window() -> None:
        count = Count()

        @ft.component
        def Number() -> ft.Control:  # noqa: N802  # named like what it draws
            ft.use_state(count)
            shown.append(count.number)
            return ft.Text(str(count.number))

        with window_showing(Number) as session:
            await until_drawn()
            cast(Line, session.connection).breaks()
            count.number = 1
            await until_drawn()
            await session.disconnect(600)
            await session.connect(Line())
            count.number = 2
            await until_drawn()

    asyncio.run(window())
    assert shown[-1] == 2


def test_what_stands_within_something_that_is_drawn_again_is_drawn_once_with_it() -> None:
    drawn: list[str] = []

    @ft.observable
    @dataclass
    class Shelf:
        loaves: int = 0

    async def window() -> None:
        shelf = Shelf()

        @ft.component
        def Loaf(number: int) -> ft.Control:  # noqa: N802  # named like what it draws
            ft.use_state(shelf)
            drawn.append(f"loaf {number}")
            return ft.Text(str(shelf.loaves))

        @ft.component
        def Bakery() -> ft.Control:  # noqa: N802
            ft.use_state(shelf)
            drawn.append("bakery")
            return ft.Column([Loaf(1), Loaf(2)])

        with window_showing(Bakery):
            await until_drawn()
            drawn.clear()
            shelf.loaves = 5
            await until_drawn()

    asyncio.run(window())
    assert drawn == ["bakery", "loaf 1", "loaf 2"]
