"""Actors: who did something, in one word that every record keeps.

Used by all rules that write down who moved, decided, answered or paid.
Law: an actor is a person who is signed in, or the system; never a name that a request typed.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Actor:
    """Somebody who acts; `str(actor)` is what records keep: staff:<id>, contact:<id> or system."""

    kind: Literal["staff", "contact", "system"]
    id: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def staff_id(self) -> str | None:
        """The member of staff's id, or None for anybody else."""
        return self.id if self.kind == "staff" else None


SYSTEM = Actor("system")
"""The program itself: a schedule, a workflow, a clean-up."""
