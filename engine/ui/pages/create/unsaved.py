"""Unsaved: what was typed and is not in the studio yet, kept in the browser until it is.

Called by engine.ui.pages.create.wizard. Neither a crash of the browser nor one of the studio loses what was typed.
Law: written as it is typed, the newest last; gone as soon as the studio has it. A browser that keeps nothing stops
nobody from working.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from pydantic import AwareDatetime, BaseModel, JsonValue, ValidationError

KEY: Final = "bom.unsaved."
WRITTEN_AFTER_S: Final = 0.15
ANSWERS_WITHIN_S: Final = 20.0
"""A browser answers at once, but for one that is still loading the page on a busy machine. Nothing can be typed before
it has: giving up too soon would lose what it keeps."""
ASKED_AGAIN_AFTER_S: Final = 2.0
"""A page that is loaded anew just then never answers what its predecessor was asked."""
WRITTEN_WITHIN_S: Final = 5.0
MOST_ATTEMPTS: Final = 6
"""A browser that answers late is asked again; one that is gone is given up, until something else is typed."""
_TROUBLE: Final = (TimeoutError, RuntimeError)
"""A window that is gone, a browser that keeps nothing."""


class BrowserStore(Protocol):
    """What a browser keeps for this app, as ft.SharedPreferences does it."""

    async def get(self, key: str) -> object:
        """The text under a key, or None."""

    async def set(self, key: str, value: str) -> bool:
        """Keep a text."""

    async def remove(self, key: str) -> bool:
        """Keep it no more."""


class UnsavedThing(BaseModel):
    """Fields of one thing: as typed, and as the studio had them when that began."""

    typed: dict[str, JsonValue]
    before: dict[str, JsonValue]


class UnsavedVideo(BaseModel):
    """All that is not saved of one video. `at`: when the last of it was typed."""

    at: AwareDatetime
    things: dict[str, UnsavedThing]


@dataclass
class Unsaved:
    """What is unsaved of one video, in one browser."""

    store: BrowserStore
    video_id: str
    _wanted: str | None = None
    _written: str | None = None
    _writing: asyncio.Task[None] | None = field(default=None, repr=False)

    async def read(self) -> UnsavedVideo | None:
        """What a window left behind that went away too soon."""
        kept = await self._answer()
        if not isinstance(kept, str) or not kept:
            return None
        self._written = kept
        try:
            return UnsavedVideo.model_validate_json(kept)
        except ValidationError:  # of another release of this app
            return None

    async def _answer(self) -> object:
        """What the browser keeps, as it first answers; None where it never does."""
        asked: set[asyncio.Future[object]] = set()
        until_s = time.monotonic() + ANSWERS_WITHIN_S
        try:
            while time.monotonic() < until_s:
                asked.add(asyncio.ensure_future(self.store.get(KEY + self.video_id)))
                answered, asked = await asyncio.wait(
                    asked, timeout=ASKED_AGAIN_AFTER_S, return_when=asyncio.FIRST_COMPLETED
                )
                for answer in answered:
                    return answer.result()
        except _TROUBLE:
            return None
        finally:
            for question in asked:
                question.cancel()
        return None

    def remember(self, things: Mapping[str, UnsavedThing], at: datetime) -> None:
        """Keep this and nothing else, in a moment; an empty mapping: all is saved."""
        self._wanted = UnsavedVideo(at=at, things=dict(things)).model_dump_json() if things else None
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        attempts_left = MOST_ATTEMPTS
        while self._wanted != self._written and attempts_left:
            await asyncio.sleep(WRITTEN_AFTER_S)
            wanted = self._wanted
            attempts_left -= 1
            with suppress(*_TROUBLE):
                async with asyncio.timeout(WRITTEN_WITHIN_S):
                    if wanted is None:
                        await self.store.remove(KEY + self.video_id)
                    else:
                        await self.store.set(KEY + self.video_id, wanted)
                self._written, attempts_left = wanted, MOST_ATTEMPTS
