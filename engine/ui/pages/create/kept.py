"""Kept: one thing of the studio that is edited in the wizard (the video, a scene, the client's style, the cut).

Called by engine.ui.pages.create.wizard. Pure but for `save` and `load`, which whoever holds the thing brings along.
Law: what somebody typed is shown until they take something else; a field that two people changed is never decided here.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

Fields = Mapping[str, JsonValue]


@dataclass(frozen=True)
class Told:
    """A thing as the studio told it: its fields and their revision."""

    fields: Fields
    revision: int


Save = Callable[[Fields, int], Awaitable[Told]]
"""Keep these fields on this revision, and answer with the thing as it became. Raises ApiProblem."""
Load = Callable[[], Awaitable[Told]]
"""The thing as it is now. Raises ApiProblem."""


@dataclass(frozen=True)
class Clash:
    """A field that somebody else changed while it was changed here."""

    key: str
    field: str
    mine: JsonValue
    theirs: JsonValue


@dataclass
class Kept:
    """One thing: what the studio has, what the screen shows, and what of that is not saved yet."""

    key: str
    told: Told
    save: Save
    load: Load
    shown: dict[str, JsonValue] = field(default_factory=dict)
    unsaved: set[str] = field(default_factory=set)
    clashes: dict[str, Clash] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.shown = dict(self.told.fields)

    def put(self, fields: Fields) -> None:
        """Show these values and have them saved. Typing goes on in a field that clashes: it stays mine."""
        for name, value in fields.items():
            self.shown[name] = value
            if value == self.told.fields[name] and name not in self.clashes:
                self.unsaved.discard(name)
            else:
                self.unsaved.add(name)
            if name in self.clashes:
                self.clashes[name] = Clash(self.key, name, value, self.clashes[name].theirs)

    def to_save(self) -> dict[str, JsonValue]:
        """What can be sent now: a thing with a clash waits for a person."""
        return {} if self.clashes else {name: self.shown[name] for name in self.unsaved}

    def was_saved(self, sent: Fields, told: Told) -> None:
        """The studio kept `sent`. It may have tidied it up (space at an end); the screen keeps what was typed."""
        before = self.told
        self.told = told
        for name, value in told.fields.items():
            if name in sent:
                if self.shown[name] != sent[name]:
                    self.unsaved.add(name)
                    continue
                self.unsaved.discard(name)
                if not isinstance(value, str):
                    self.shown[name] = value
            elif name not in self.unsaved and value != before.fields.get(name):
                self.shown[name] = value

    def restore(self, typed: Fields, before: Fields) -> None:
        """Show what was typed in a window that is gone. before: what the studio had when that was typed."""
        for name in typed.keys() & self.told.fields.keys():
            theirs = self.told.fields[name]
            self.put({name: typed[name]})
            if theirs not in (typed[name], before.get(name)):
                self.clashes[name] = Clash(self.key, name, typed[name], theirs)

    def meet(self, told: Told) -> None:
        """The thing as it is in the studio now. What nobody changed here follows; what both changed clashes."""
        before = self.told
        self.told = told
        for name, theirs in told.fields.items():
            if name not in self.unsaved:
                if theirs != before.fields.get(name):
                    self.shown[name] = theirs
            elif theirs == self.shown[name]:
                self.unsaved.discard(name)
                self.clashes.pop(name, None)
            elif theirs != before.fields.get(name):
                self.clashes[name] = Clash(self.key, name, self.shown[name], theirs)

    def keep_mine(self, name: str) -> None:
        """Save mine over theirs: somebody looked at both."""
        self.clashes.pop(name, None)

    def take_theirs(self, name: str) -> None:
        """Show theirs, which is in the studio already."""
        clash = self.clashes.pop(name)
        self.shown[name] = clash.theirs
        self.unsaved.discard(name)
