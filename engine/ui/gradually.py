"""Gradually: a long row of heavy things is drawn from its beginning, and is there before all of it is.

Called by pages that show many cards. Law: what is seen without scrolling is drawn first and at once; the rest follows
by itself, and stays.
"""

import asyncio
from typing import Final

import flet as ft

BREATH_S: Final = 0.05
"""So that the browser draws what it has before it gets the rest."""


def use_gradually(count: int, at_once: int) -> int:
    """How many of `count` things to draw now: the first `at_once`, and all of them a breath later."""
    has_begun, set_begun = ft.use_state(count <= at_once)

    async def go_on() -> None:
        await asyncio.sleep(BREATH_S)
        set_begun(True)

    ft.use_effect(lambda: None if has_begun else ft.context.page.run_task(go_on), [])
    return count if has_begun else min(count, at_once)
