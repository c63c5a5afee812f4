"""A window whose drawing fails: it says so, and does not stand still."""

import asyncio
from types import SimpleNamespace
from typing import cast

import flet as ft
import pytest

from engine.ui.drawing import watch_drawing


def window_of(task: "asyncio.Task[None]", shown: list[str]) -> ft.Page:
    session = SimpleNamespace(_Session__updates_task=task, error=shown.append)
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
    from flet.messaging.session import Session

    assert "_Session__updates_task" in Session.start_updates_scheduler.__code__.co_names
