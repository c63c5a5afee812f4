"""The sandbox: untrusted media is opened only in a child process with limits on memory, time and files.

Called by the rest of engine.render.media. The other side is child.py; both speak JSON over pipes:
arguments on the child's standard input, raw data on its standard output, one answer on a pipe of its own.
Law: a file that harms the decoder kills a child, never the studio; what reaches the caller is data or MediaRefused.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


class MediaRefused(ValueError):
    """A file cannot be used; the message is one sentence that names it and says what to do."""


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
    """

    def __init__(self, task: str, arguments: Mapping[str, object], limits: Limits = Limits()) -> None:
        self.task = task
        self._named = str(arguments.get("name") or arguments.get("path") or task)
        self._answer, answer_end = os.pipe()
        request = {
            "task": task,
            "arguments": dict(arguments),
            "limits": [limits.memory_mib, limits.cpu_s, limits.written_mib],
            "answer_fd": answer_end,
        }
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "engine.render.media.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(answer_end,),
                start_new_session=True,  # a Ctrl-C is the parent's to handle; it then ends the child itself
            )
        finally:
            os.close(answer_end)
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(request, default=str).encode())
            self._process.stdin.close()

    @property
    def stream(self) -> IO[bytes]:
        """The raw data that the task writes."""
        assert self._process.stdout is not None
        return self._process.stdout

    def read_into(self, buffer: memoryview) -> bool:
        """Fill the buffer from the stream; False where the stream ended first (ask `answer` why)."""
        filled = 0
        while filled < len(buffer):
            count = self.stream.readinto(buffer[filled:])  # type: ignore[attr-defined]  # a BufferedReader has it
            if not count:
                return False
            filled += count
        return True

    def answer(self) -> Json:
        """What the task returned, once it has ended. Raises MediaRefused with the reason where it did not succeed."""
        self.stream.close()
        with os.fdopen(os.dup(self._answer), "rb") as pipe:
            text = pipe.read()
        code = self._process.wait()
        if text:
            reply = json.loads(text)
            if "refused" in reply:
                raise MediaRefused(reply["refused"])
            return reply["answer"]  # type: ignore[no-any-return]  # our own child wrote it
        name = Path(self._named).name
        if code in (-24, -9):  # SIGXCPU, or the kernel's out-of-memory killer
            raise MediaRefused(
                f"'{name}' takes too long or too much memory to open. Convert it to a plain MP4, JPEG or WAV."
            )
        raise MediaRefused(f"'{name}' could not be read: it is damaged or made to harm. Export it again.")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self.stream.close()
        os.close(self._answer)


def ask(task: str, arguments: Mapping[str, object], limits: Limits = Limits()) -> Json:
    """Run a task that streams nothing and return its answer. Raises MediaRefused."""
    with MediaChild(task, arguments, limits) as child:
        return child.answer()


def confine(memory_mib: int, cpu_s: int, written_mib: int) -> None:
    """Set the limits on this process, for good. Called by the child before it opens anything."""
    memory, written = memory_mib << 20, written_mib << 20
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written, written))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
