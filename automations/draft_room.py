"""The draft room: one warm child that makes drafts and frames, and the thread that looks after it.

Called by api.services.drafts, in the api's process.
Law: of two drafts of one video only the newer is made: whoever waits for the older one is told, and the child drops it.
A child that dies is started again and does its order once more; one that dies of it twice is not tried a third time.

The thread lives as long as the room, since the kernel kills the child with the thread that started it.
"""

import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from automations.draft_child import DraftMade, DraftOrder, DraftPlace
from engine.core.errors import Conflict, DomainError, Unavailable
from engine.core.storage import StorageFull

log = logging.getLogger(__name__)

IDLE_S = 300.0
"""Unused for so long, the child is ended, which gives its memory back; it starts again in half a second."""
PATIENCE_S = 90.0
"""A child that says nothing for so long hangs; opening one file may take a minute (engine.render.media.sandbox)."""
MOST_MEMORY_BYTES = 700 * 1024**2
"""A child that took more is replaced after its order."""
MOST_WAITING = 64


class DraftRefused(Conflict):
    """The cut cannot be drawn; the message says why and where."""

    code = "draft_refused"


class DraftSuperseded(Conflict):
    """A newer draft of the same video was asked for."""

    code = "draft_superseded"

    def __init__(self) -> None:
        super().__init__("A newer draft of this video was asked for, so this one was dropped. Show that one.")


class DraftStopped(Unavailable):
    """The process that makes drafts ended in the midst of it, twice, or hung."""

    code = "draft_stopped"

    def __init__(self) -> None:
        super().__init__(
            "The draft stopped half-way: the machine may lack memory. Nothing is lost; try again, or export the film."
        )


@dataclass
class _Asked:
    """An order that somebody waits for. about: the video; orders of one `about` replace each other, None does not."""

    order: DraftOrder
    about: str | None
    answer: "Future[DraftMade]" = field(default_factory=Future)


class DraftRoom:
    """See the module. `ask` may be called from any thread."""

    def __init__(self, folder: Path, place: DraftPlace) -> None:
        """folder: the room's own, for what it makes; gone when it is closed."""
        self.folder = folder.absolute()
        self._place = place
        self._waiting: deque[_Asked] = deque()
        self._current: _Asked | None = None
        self._child: subprocess.Popen[bytes] | None = None
        self._changed = threading.Condition()
        self._is_expected = False
        self._is_ending = False
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Open the room; the child is started when it is first needed."""
        shutil.rmtree(self.folder, ignore_errors=True)  # of a process that had our id and was killed
        self.folder.mkdir(parents=True)
        self._thread = threading.Thread(target=self._work, name="drafts", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the child and whatever it does."""
        with self._changed:
            self._is_ending = True
            self._changed.notify_all()
            self._kill_child()
        if self._thread is not None:
            self._thread.join()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def is_open(self) -> bool:
        """Whether somebody looks after it."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def child_pid(self) -> int | None:
        """The process id of the child, where there is one."""
        child = self._child
        return None if child is None else child.pid

    def expect(self) -> None:
        """A draft will be asked for soon: start the child where there is none. Does not wait."""
        with self._changed:
            self._is_expected = True
            self._changed.notify_all()

    def ask(self, order: DraftOrder, *, about: str | None) -> "Future[DraftMade]":
        """Have a draft or frame made. about: the video, of a draft; the newest of a video drops the others.

        The answer raises DraftRefused, DraftSuperseded, DraftStopped, StorageFull. Raises Unavailable (busy).
        """
        asked = _Asked(order, about)
        with self._changed:
            if self._is_ending or len(self._waiting) >= MOST_WAITING:
                raise Unavailable("Many drafts are being made just now. Try again in a moment.", code="busy")
            if about is not None:
                self._drop_older(about)
                self._waiting.append(asked)
            else:
                self._waiting.appendleft(asked)  # a frame takes a moment and is waited for by an eye
            self._changed.notify_all()
        return asked.answer

    def _drop_older(self, about: str) -> None:
        for older in [asked for asked in self._waiting if asked.about == about]:
            self._waiting.remove(older)
            _fail(older, DraftSuperseded())
        if self._current is not None and self._current.about == about:
            self._tell({"stop": self._current.order.id})

    def _work(self) -> None:
        while (asked := self._next()) is not None:
            try:
                made = self._made(asked)
            except DomainError as problem:
                _fail(asked, problem)
            except Exception as problem:  # what the child said makes no sense: it goes, and whoever asked is told
                self._end_child()
                _fail(asked, problem)
            else:
                with suppress(Exception):  # who asked has gone
                    asked.answer.set_result(made)
        self._end_child()
        with self._changed:
            for left in self._waiting:
                _fail(left, DraftStopped())

    def _next(self) -> _Asked | None:
        with self._changed:
            self._current = None
            while not self._is_ending:
                if self._waiting:
                    self._current = self._waiting.popleft()
                    return self._current
                if self._is_expected:
                    self._is_expected = False
                    with suppress(DraftStopped):  # whoever asks for a draft is told
                        self._living_child()
                if not self._changed.wait(IDLE_S) and not self._waiting:
                    self._end_child()
        return None

    def _made(self, asked: _Asked) -> DraftMade:
        order = asked.order
        for _ in range(2):
            child = self._living_child()
            self._tell({"order": order.model_dump(mode="json")})
            for told in self._lines(child):
                if told.get("id") == order.id and "progress" not in told:
                    return self._read(told)
            code = self._end_child()
            if self._is_ending:
                break
            log.error("the draft child ended with %s: %s", code, self._log_path.read_text("utf-8", "replace")[-4000:])
        raise DraftStopped

    def _read(self, told: dict[str, object]) -> DraftMade:
        if "stopped" in told:
            raise DraftSuperseded
        if "refused" in told:
            raise DraftRefused(str(told["refused"]))
        if "full" in told:
            raise StorageFull
        made = DraftMade.model_validate(told["made"])
        if made.memory_bytes > MOST_MEMORY_BYTES:
            self._end_child()
        return made

    def _lines(self, child: "subprocess.Popen[bytes]") -> Iterator[dict[str, object]]:
        """What the child says, until it ends or says nothing for too long."""
        assert child.stdout is not None
        fd, unread = child.stdout.fileno(), b""
        with selectors.DefaultSelector() as selector:
            selector.register(fd, selectors.EVENT_READ)
            while selector.select(PATIENCE_S):
                block = os.read(fd, 65536)
                if not block:
                    return
                *lines, unread = (unread + block).split(b"\n")
                yield from map(json.loads, lines)

    @property
    def _log_path(self) -> Path:
        return self.folder / "child.log"

    def _living_child(self) -> "subprocess.Popen[bytes]":
        """The child, started where there is none. Raises DraftStopped."""
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._end_child()
        with self._changed, self._log_path.open("wb") as errors:
            if self._is_ending:  # nobody would kill it any more
                raise DraftStopped
            try:
                self._child = subprocess.Popen(
                    [sys.executable, "-m", "automations.draft_child"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=errors,
                    start_new_session=True,  # Ctrl-C is ours to pass on
                )
            except OSError as problem:  # no memory, or no room for another process
                log.exception("the draft child cannot be started")
                raise DraftStopped from problem
        self._tell(self._place.model_dump(mode="json"))
        return self._child

    def _tell(self, told: dict[str, object]) -> None:
        child = self._child
        if child is not None and child.stdin is not None:
            with suppress(OSError, ValueError):  # it has ended, which whoever reads it notices
                child.stdin.write(json.dumps(told).encode() + b"\n")
                child.stdin.flush()

    def _kill_child(self) -> None:
        if self._child is not None and self._child.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, signal.SIGKILL)

    def _end_child(self) -> int | None:
        """Kill it, wait until it is gone and let go of its pipes."""
        child, code = self._child, None
        if child is not None:
            self._kill_child()
            code = child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):  # what was not written is for nobody
                        pipe.close()
            self._child = None
        return code


def _fail(asked: _Asked, problem: Exception) -> None:
    with suppress(Exception):  # who asked has gone
        asked.answer.set_exception(problem)
