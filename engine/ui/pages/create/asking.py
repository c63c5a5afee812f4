"""Asking: one wish for background work, of which a double click makes no second one.

Called by the Audio and Export steps through `use_asking`. Law: a wish keeps its name until the studio has answered it;
where the answer is lost, the next click asks under the same name, and the studio does it once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

import flet as ft

from api.schemas.jobs import JobOut
from engine.ui.client import ApiProblem
from engine.ui.components.states import said_of
from engine.ui.desk import Desk, use_desk
from engine.ui.pages.create.wizard import Wizard, use_wizard


@ft.observable
@dataclass(eq=False)
class Asking:
    """Whether an answer is awaited, and why the last wish was refused."""

    desk: Desk
    wizard: Wizard
    is_busy: bool = False
    problem: str = ""
    _intent: str = ""

    async def ask(self, wish: Callable[[str], Awaitable[list[JobOut]]]) -> bool:
        """Have it done once everything typed is saved. wish: asks the studio, under the name that it is given, and
        answers with the jobs that do it. Whether it was asked."""
        if self.is_busy:
            return False
        self.is_busy, self.problem = True, ""
        self._intent = self._intent or uuid4().hex
        try:
            if not await self.wizard.all_saved():
                self.problem = self.desk.words("asking.not_saved")
                return False
            for job in await wish(self._intent):
                self.desk.feed.take_job(job)
        except ApiProblem as problem:
            if not problem.is_passing:
                self._intent = ""
            if not self.desk.meet(problem):
                self.problem = said_of(problem, self.desk.words)
            return False
        finally:
            self.is_busy = False
        self._intent = ""
        return True


def use_asking() -> Asking:
    """A wish of this component."""
    desk, wizard = use_desk(), use_wizard()
    asking = ft.use_memo(lambda: Asking(desk, wizard), [])
    return ft.use_state(asking)[0]
