"""The sandbox: untrusted media is opened only in a child process with limits on memory, time and files.

Called by the rest of engine.render.media. The other side is child.py; both speak JSON over pipes:
arguments on the child's standard input, raw data on its standard output, one answer on a pipe of its own.
Law: a file that harms the decoder kills a child, never the studio; what reaches the caller is data or MediaRefused.
Law: nobody waits for ever. A child that gives no sign of life is ended, and a child whose parent is gone ends itself:
its standard input stays open as long as the parent lives.
"""

import fcntl
import io
import json
import os
import select
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self, TypeAlias

from engine.render.media.children import start_child
from engine.render.media.flaws import Flaw

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# A child that works says so every few seconds (confinement.still_working), so only one call into a decoder that takes
# this long is mistaken for a standstill. The longest seen is 1 s, for a photo of 99 megapixels.
PATIENCE_S = 60.0

_PIPE_BYTES = 1 << 20  # Linux's usual limit; with the default of 64 KiB a frame costs 50 changes of process
_F_SETPIPE_SZ = 1031


class MediaRefused(ValueError):
    """A file cannot be used; the message is one sentence that names it and says what to do.

    flaw: what is wrong, for a program that says it in another language; facts: what it then needs besides the name.
    """

    def __init__(self, flaw: Flaw, sentence: str, **facts: str | int) -> None:
        super().__init__(sentence)
        self.flaw = flaw
        self.facts = facts


class ChildBroke(RuntimeError):
    """The cause of a MediaRefused that no task foresaw: the child's own traceback, for whoever mends it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: address space, processor seconds, and the size of any file that it writes."""

    memory_mib: int = 1536
    cpu_s: int = 120
    written_mib: int = 4096


class MediaChild:
    """One task running in a child process; leaving the `with` block ends it.

    >>> with MediaChild("probe", {"path": "film.mp4"}) as child:  # doctest: +SKIP
    ...     facts = child.answer()

    patience_s: how long the child may stay silent before it is ended and MediaRefused is raised.
    """

    def __init__(
        self, task: str, arguments: Mapping[str, object], limits: Limits = Limits(), patience_s: float = PATIENCE_S
    ) -> None:
        self.task = task
        self._name = Path(str(arguments.get("name") or arguments.get("path") or task)).name
        self._patience_ms = round(patience_s * 1000)
        self._said = bytearray()
        self._process = start_child()
        request = {
            "task": task,
            "folder": str(Path.cwd()),
            "arguments": dict(arguments),
            "limits": [limits.memory_mib, limits.cpu_s, limits.written_mib],
        }
        self._output_fd, self._answer_fd = self._process.output.fileno(), self._process.answer.fileno()
        _widen(self._output_fd)
        self._waiting = select.poll()
        self._waiting.register(self._answer_fd, select.POLLIN)
        self._waiting.register(self._output_fd, select.POLLIN)
        self._stream = io.BufferedReader(_PatientOutput(self))
        with suppress(BrokenPipeError):  # it died at once; the answer tells why
            self._process.requests.write(json.dumps(request, default=str).encode() + b"\n")

    @property
    def stream(self) -> IO[bytes]:
        """The raw data that the task writes. A read raises MediaRefused where the child stays silent too long."""
        return self._stream

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def read_into(self, buffer: "memoryview | bytearray") -> bool:
        """Fill the buffer from the stream; False where the stream ended first (ask `answer` why)."""
        return self._stream.readinto(buffer) == len(buffer)

    def answer(self) -> Json:
        """What the task returned, once it has ended. Raises MediaRefused with the reason where it did not succeed."""
        self._close_output()
        while self._more_was_said():
            pass
        code = self._process.wait()
        if self._said.strip():
            reply = json.loads(self._said)
            if "refused" in reply:
                raise MediaRefused(Flaw(reply["flaw"]), reply["refused"], **reply["facts"])
            if "full" in reply:
                raise OSError(*reply["full"])
            if "broke" in reply:
                raise self._damaged() from ChildBroke(reply["broke"])
            return reply["answer"]  # type: ignore[no-any-return]  # our own child wrote it
        if code in (-24, -9):  # SIGXCPU, or the kernel's out-of-memory killer
            raise self._took_too_much()
        raise self._damaged()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child, finished or not. Closing twice does nothing."""
        self._end()
        self._close_output()
        self._process.close()

    def _end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _close_output(self) -> None:
        if self._output_fd >= 0:
            self._waiting.unregister(self._output_fd)
            self._output_fd = -1
        self._process.output.close()

    def _damaged(self) -> MediaRefused:
        return MediaRefused(
            Flaw.DAMAGED, f"'{self._name}' could not be read: it is damaged or made to harm. Export it again."
        )

    def _took_too_much(self) -> MediaRefused:
        return MediaRefused(
            Flaw.TOO_HEAVY,
            f"'{self._name}' takes too long or too much memory to open. Convert it to a plain MP4, JPEG or WAV.",
        )

    def _signs(self) -> set[int]:
        """The pipes that have something to read. Ends the child and raises where there is nothing for too long."""
        ready = {fd for fd, _ in self._waiting.poll(self._patience_ms)}
        if not ready:
            self._end()
            raise self._took_too_much()
        return ready

    def _more_was_said(self) -> bool:
        """Take what stands on the answer's pipe; False at its end."""
        if self._answer_fd not in self._signs():
            return True
        said = os.read(self._answer_fd, 1 << 16)
        self._said += said
        if not said:
            self._waiting.unregister(self._answer_fd)
        return bool(said)

    def _read_output(self, buffer: "WriteableBuffer") -> int:
        if self._output_fd < 0:
            return 0
        while True:
            ready = self._signs()
            if self._output_fd in ready:
                return os.readv(self._output_fd, [buffer])
            self._more_was_said()


class _PatientOutput(io.RawIOBase):
    """The child's standard output, read with the patience of its MediaChild."""

    def __init__(self, child: MediaChild) -> None:
        self._child = child

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        return self._child._read_output(buffer)


def ask(task: str, arguments: Mapping[str, object], limits: Limits = Limits()) -> Json:
    """Run a task that streams nothing and return its answer. Raises MediaRefused."""
    with MediaChild(task, arguments, limits) as child:
        return child.answer()


def _widen(pipe: int) -> None:
    with suppress(OSError):  # not Linux, or its owner has used up the pages that pipes may take
        fcntl.fcntl(pipe, _F_SETPIPE_SZ, _PIPE_BYTES)
