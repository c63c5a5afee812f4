"""Acting: one thing at a time that a form asks of the studio, and what came of it.

Called by pages with a form. Law: what is under way is not begun again, however often a button is pressed; a refusal is
said beside the button, in our words where we have them, and takes nothing from what was typed.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import flet as ft

from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.components.texts import text
from engine.ui.desk import use_desk
from engine.ui.theme import Role
from engine.ui.words import WORDS, Words

Do = Callable[[], Awaitable[str]]
"""What is to be done; answers what a person then reads."""


@dataclass(frozen=True)
class Outcome:
    """What came of it. wrong: why a field cannot be taken, by its name."""

    said: str = ""
    problem: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Act:
    """One form's way to the studio."""

    is_busy: bool
    outcome: Outcome
    run: Callable[[Do], None]
    refuse: Callable[[Mapping[str, str]], None]
    """Say what is wrong with fields before anything is asked."""

    def wrong(self, name: str) -> str:
        """What is wrong with a field; empty where nothing is."""
        return self.outcome.wrong.get(name, "")

    def line(self) -> ft.Control:
        """The outcome, as it stands beside a button."""
        color = Role.DANGER if self.outcome.problem else Role.MUTED
        said = text(self.outcome.problem or self.outcome.said, color=color)
        return ft.Semantics(live_region=True, content=said)


def use_act() -> Act:
    """The form's own; a problem that the session is over leads to the sign-in page."""
    desk = use_desk()
    outcome, set_outcome = ft.use_state(Outcome())
    is_busy, set_busy = ft.use_state(False)
    under_way = ft.use_ref(False)

    async def go(do: Do) -> None:
        if under_way.current:
            return
        under_way.current = True
        set_busy(True)
        set_outcome(Outcome(said=desk.words("settings.saving")))
        try:
            set_outcome(Outcome(said=await do()))
        except ApiProblem as problem:
            if not desk.meet(problem):
                wrong = wrong_fields(problem, desk.words)
                set_outcome(Outcome(problem="" if wrong else said_of(problem, desk.words), wrong=wrong))
        finally:
            under_way.current = False
            set_busy(False)

    def run(do: Do) -> None:
        ft.context.page.run_task(go, do)

    return Act(is_busy, outcome, run, lambda wrong: set_outcome(Outcome(wrong=dict(wrong))))


def wrong_fields(problem: ApiProblem, words: Words) -> dict[str, str]:
    """Why a field cannot be taken: in our words where we have them, else in the api's own."""
    return {
        name: words(f"wrong.{name}") if f"wrong.{name}" in WORDS else message
        for name, message in problem.fields.items()
    }
