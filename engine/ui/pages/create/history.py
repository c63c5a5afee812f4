"""History: what was changed in the open video, to be undone and done again across all steps.

Called by engine.ui.pages.create.wizard. Pure: no clock of its own.
Law: each entry is a named change with its inverse. Typing that goes on without a pause is one entry.
"""

from dataclasses import dataclass, field, replace
from typing import Final

from engine.ui.pages.create.kept import Fields

MOST_ENTRIES: Final = 200
PAUSE_S: Final = 1.5
"""Whoever stops typing for so long has finished a thought: the next key begins a new entry."""
LONGEST_S: Final = 8.0
"""However fluently somebody types, one undo takes back no more than this."""


@dataclass(frozen=True)
class Change:
    """One change. name: the word for it, as in `create.did_title`."""

    key: str
    name: str
    before: Fields
    after: Fields
    began_at_s: float = 0.0
    ended_at_s: float = 0.0


@dataclass
class History:
    """Two stacks: what can be undone, what can be done again."""

    done: list[Change] = field(default_factory=list)
    undone: list[Change] = field(default_factory=list)

    def add(self, change: Change, *, at_s: float, is_typing: bool = False) -> None:
        """Something was changed. What had been undone is given up."""
        self.undone.clear()
        last = self.done[-1] if self.done else None
        if (
            is_typing
            and last is not None
            and (last.key, last.name) == (change.key, change.name)
            and last.after.keys() == change.after.keys()
            and at_s - last.ended_at_s <= PAUSE_S
            and at_s - last.began_at_s <= LONGEST_S
        ):
            self.done[-1] = replace(last, after=change.after, ended_at_s=at_s)
            return
        self.done.append(replace(change, began_at_s=at_s, ended_at_s=at_s if is_typing else float("-inf")))
        del self.done[:-MOST_ENTRIES]

    def undo(self) -> Change | None:
        """The last change, to be taken back; None where there is none."""
        if not self.done:
            return None
        self.undone.append(self.done.pop())
        return self.undone[-1]

    def redo(self) -> Change | None:
        """The change that was undone last, to be made again; None where there is none."""
        if not self.undone:
            return None
        change = self.undone.pop()
        self.done.append(replace(change, ended_at_s=float("-inf")))
        return change
