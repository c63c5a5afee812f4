"""Loading: what a page asks of the api, as one of three things to show.

Called by pages. Law: a page that has shown something goes on showing it while it asks again.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

import flet as ft

from engine.ui.client import ApiProblem
from engine.ui.desk import use_desk

T = TypeVar("T")


@dataclass(frozen=True)
class Waiting:
    """Nothing has come yet."""


@dataclass(frozen=True)
class Failed:
    """It did not come, and why."""

    problem: ApiProblem
    retry: Callable[[], None]


@dataclass(frozen=True)
class Loaded(Generic[T]):
    """It is here."""

    value: T


def use_loaded(load: Callable[[], Awaitable[T]], *when: object) -> Waiting | Failed | Loaded[T]:
    """What `load` answers, asked when the page opens, when one of `when` changes, and on a retry."""
    desk = use_desk()
    initial: object = Waiting()
    kept, set_state = ft.use_state(initial)
    state = cast("Waiting | Failed | Loaded[T]", kept)
    attempt, set_attempt = ft.use_state(0)

    def retry() -> None:
        set_state(Waiting())
        set_attempt(attempt + 1)

    async def ask() -> None:
        try:
            set_state(Loaded(await load()))
        except ApiProblem as problem:
            if not desk.meet(problem):
                failed = Failed(problem, retry)
                set_state(lambda shown: shown if isinstance(shown, Loaded) else failed)

    ft.use_effect(ask, [attempt, *when])
    return state
