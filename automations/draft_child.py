"""The draft child: small, quick films and single frames of cuts, in a process that stays warm between them.

Started by automations.draft_room as `python -m automations.draft_child`. The first line of standard input is its
DraftPlace; each further one is {"order": DraftOrder} or {"stop": id}. It does one order after another and answers each
with a line: {"id": …} and one of "made", "refused" (a sentence), "full" (no room on the disk) and "stopped". Before
that it says "progress" now and then, so that it is not taken for hung.
Law: it knows no database. What it was told to write is a file only when it is whole.
"""

import errno
import json
import os
import queue
import resource
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from automations.child_life import begin, say
from engine.render.formats import DRAFT, FormatName
from engine.render.timeline import Timeline

if TYPE_CHECKING:
    from engine.render.film.cache import RenderCache

MEMORY_BYTES = 2 * 1024**3
ALIVE_EVERY_S = 1.0
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class DraftPlace(BaseModel):
    """Where finished pieces are kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cache_dir: Path
    cache_limit_bytes: int


class DraftOrder(BaseModel):
    """A draft of a cut, or one frame of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    timeline: Timeline
    """Its paths are files on this machine."""
    format: FormatName
    frame: int | None = None
    """None: the whole film."""
    out: Path


class DraftMade(BaseModel):
    """What it took. Segments are 0 of a frame."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    segments_rendered: int = 0
    segments_reused: int = 0
    memory_bytes: int
    """The most that the child took so far."""


class _Stopped(Exception):
    """Nobody waits for this order any more."""


class _Orders:
    """What comes over standard input, read beside the work so that a stop is heard in it."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[DraftOrder] = queue.SimpleQueue()
        self._stopped: set[str] = set()
        threading.Thread(target=self._read, daemon=True).start()

    def next(self) -> DraftOrder:
        """The next one, once there is one."""
        return self._waiting.get()

    def is_stopped(self, order_id: str) -> bool:
        """Whether nobody wants it any more."""
        return order_id in self._stopped

    def _read(self) -> None:
        for line in sys.stdin:
            told = json.loads(line)
            if "stop" in told:
                self._stopped.add(told["stop"])
            else:
                self._waiting.put(DraftOrder.model_validate(told["order"]))
        os._exit(0)  # the parent let go of us, or is gone


def main() -> None:
    """The process."""
    begin(MEMORY_BYTES, niceness=0)  # somebody sits and waits
    place = DraftPlace.model_validate_json(sys.stdin.readline())
    orders = _Orders()
    from engine.render.film.cache import RenderCache
    from engine.render.media.children import prepare

    prepare()
    cache = RenderCache(place.cache_dir, place.cache_limit_bytes)
    while True:
        order = orders.next()
        try:
            made = _film(order, cache, orders) if order.frame is None else _frame(order, order.frame, cache)
        except _Stopped:
            say({"id": order.id, "stopped": True})
        except ValueError as refused:  # MediaRefused, TimelineInvalid: each carries its sentence
            say({"id": order.id, "refused": str(refused)})
        except OSError as error:
            if error.errno not in _FULL:
                raise
            say({"id": order.id, "full": True})
        else:
            say({"id": order.id, "made": made.model_dump()})


def _film(order: DraftOrder, cache: "RenderCache", orders: _Orders) -> DraftMade:
    from engine.render.export import ExportOrder, export
    from engine.render.film.facts import facts_of, facts_of_scenes, files_of

    said_at = time.monotonic()

    def keep_on(share: float) -> None:
        nonlocal said_at
        if orders.is_stopped(order.id):
            raise _Stopped
        if time.monotonic() - said_at > ALIVE_EVERY_S:
            said_at = time.monotonic()
            say({"id": order.id, "progress": round(share, 3)})

    keep_on(0)
    facts_of(files_of(order.timeline), cache)  # all in one child; what follows finds them
    facts = facts_of_scenes(order.timeline, cache)
    film = export(ExportOrder(order.timeline, order.format, order.out, draft=True), facts, cache, keep_on)
    return DraftMade(
        segments_rendered=film.segments_rendered, segments_reused=film.segments_reused, memory_bytes=_memory_bytes()
    )


def _frame(order: DraftOrder, number: int, cache: "RenderCache") -> DraftMade:
    from engine.render.film.facts import facts_of_scenes
    from engine.render.frame_picture import frame_jpeg
    from engine.render.whole_files import written_whole

    facts = facts_of_scenes(order.timeline, cache)
    jpeg = frame_jpeg(order.timeline, DRAFT[order.format], number, facts, cache)
    with written_whole(order.out) as unfinished:
        unfinished.write_bytes(jpeg)
    return DraftMade(memory_bytes=_memory_bytes())


def _memory_bytes() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    main()
