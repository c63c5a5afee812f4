"""Kept drafts: what somebody is writing to a client, kept in the browser until the studio has it.

Made by the Review step for each version that is open, and for each thread of messages; their forms write here what is
typed in them.
Law: neither a reload nor a lost network loses a word, and what was sent before its window went away is kept once: a
draft carries the id of the note or message that it becomes.
"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from pydantic import BaseModel, Field, ValidationError

if TYPE_CHECKING:
    from engine.ui.pages.create.unsaved import BrowserStore

KEY: Final = "bom.drafts."
NEW: Final = "new"
"""The place of what answers nothing."""
WRITTEN_AFTER_S: Final = 0.15
ANSWERS_WITHIN_S: Final = 5.0
MOST_QUESTIONS: Final = 4
"""A page that is just loaded may not answer what it is asked first."""
_TROUBLE: Final = (TimeoutError, RuntimeError)


def answer_to(note_id: str) -> str:
    """The place of an answer to a note."""
    return note_id


def change_of(note_id: str) -> str:
    """The place of other words for one's own note."""
    return f"change {note_id}"


class KeptDraft(BaseModel):
    """Something as it is typed. text: as the field shows it; start_ms: of a note, its moment; empty: the whole film."""

    id: str = Field(default_factory=lambda: str(uuid4()))
    text: str = ""
    start_ms: int | None = None


class _Kept(BaseModel):
    drafts: dict[str, KeptDraft]


@dataclass(eq=False)
class KeptDrafts:
    """All drafts about one thing in one browser. about: its id; place: NEW, or as answer_to and change_of say it."""

    store: "BrowserStore"
    about: str
    drafts: dict[str, KeptDraft] = field(default_factory=dict)
    _written: str = ""
    _writing: asyncio.Task[None] | None = field(default=None, repr=False)

    async def read(self) -> bool:
        """Bring back what an earlier window left; what is typed here already stays. Whether there was anything."""
        kept = await self._asked()
        if not isinstance(kept, str) or not kept:
            return False
        try:
            found = _Kept.model_validate_json(kept).drafts
        except ValidationError:  # of another release of this app
            return False
        self._written = kept
        self.drafts = found | self.drafts
        return bool(found)

    def find(self, place: str) -> KeptDraft | None:
        """What is being written there."""
        return self.drafts.get(place)

    def put(self, place: str, draft: KeptDraft) -> None:
        """It was typed."""
        self.drafts = {**self.drafts, place: draft}
        self._remember()

    def drop(self, place: str) -> None:
        """The studio has it, or nobody wants it any more."""
        self.drafts = {kept: draft for kept, draft in self.drafts.items() if kept != place}
        self._remember()

    async def _asked(self) -> object:
        for _ in range(MOST_QUESTIONS):
            with suppress(*_TROUBLE):
                async with asyncio.timeout(ANSWERS_WITHIN_S):
                    return await self.store.get(KEY + self.about)
        return None

    def _remember(self) -> None:
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        tries_left = MOST_QUESTIONS
        while (wanted := self._wanted()) != self._written and tries_left:
            await asyncio.sleep(WRITTEN_AFTER_S)
            wanted, tries_left = self._wanted(), tries_left - 1
            with suppress(*_TROUBLE):
                async with asyncio.timeout(ANSWERS_WITHIN_S):
                    if wanted:
                        await self.store.set(KEY + self.about, wanted)
                    else:
                        await self.store.remove(KEY + self.about)
                self._written, tries_left = wanted, MOST_QUESTIONS

    def _wanted(self) -> str:
        return _Kept(drafts=self.drafts).model_dump_json() if self.drafts else ""
