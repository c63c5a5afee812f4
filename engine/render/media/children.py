"""Children: the processes that the sandbox's tasks run in, split off from a nursery that has their libraries loaded.

Called by sandbox.py, by commands that will soon need children, and by an export that needs no more. To start Python
and load the decoders takes a fifth of a second; to split a process off one that has them takes 3 ms.
Law: a child serves one task and knows nothing of another, nor any setting or secret of the studio. Children and nursery
end with this process.
"""

import atexit
import os
import signal
import socket
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from io import FileIO
from pathlib import Path

NURSERY = "from engine.render.media.nursery import main; main()"
NUMBER = struct.Struct("<i")
"""What the nursery tells of a child: its process id, or minus an errno, and later its exit code."""

# What a decoder may know of this machine.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "LANG", "LC_ALL")
# One thread for numpy's linear algebra, which no task uses: starting more takes 50 ms of every import.
_GIVEN = {"PYTHONPATH": str(Path(__file__).resolve().parents[3]), "OPENBLAS_NUM_THREADS": "1"}


class Child:
    """A running child that waits for its request: a line on `requests`. Close it, or it lives as long as we do."""

    def __init__(self, requests: FileIO, output: FileIO, answer: FileIO, control: socket.socket) -> None:
        self.requests, self.output, self.answer = requests, output, answer
        self._control = control
        self._pid: int | None = None
        self._code: int | None = None

    @property
    def pid(self) -> int:
        """Its process id. Raises OSError where the system had no room for another process."""
        if self._pid is None:
            self._pid = self._hear()
            if self._pid < 0 and self._code is None:
                self._code = 1
                raise OSError(-self._pid, os.strerror(-self._pid))
        return self._pid

    def poll(self) -> int | None:
        """How it ended, as subprocess tells it; None where it has not."""
        with suppress(BlockingIOError):
            return self._ending(socket.MSG_DONTWAIT)
        return None

    def wait(self) -> int:
        """How it ended, once it has."""
        return self._ending(0)

    def kill(self) -> None:
        """End it at once; `wait` tells when it is gone."""
        with suppress(OSError):  # it has ended
            self._control.send(b"k")

    def close(self) -> None:
        """Let go of all its pipes, which ends it where it has not ended."""
        for pipe in (self.requests, self.output, self.answer, self._control):
            pipe.close()

    def _ending(self, flags: int) -> int:
        if self._code is None:
            _ = self.pid  # is told first
        if self._code is None:
            self._code = self._hear(flags)
        return self._code

    def _hear(self, flags: int = 0) -> int:
        try:
            said = self._control.recv(NUMBER.size, flags)
        except ConnectionError:
            said = b""
        if not said:  # the nursery is gone; the child ends with its lifeline, when we let go of it
            self._code = -signal.SIGKILL
            return self._code
        number: int = NUMBER.unpack(said)[0]
        return number


class _Nursery:
    """Our side of the process that children split off from."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                # -P: a file json.py in the folder where the studio was started is not ours to import.
                [sys.executable, "-P", "-c", NURSERY],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _INHERITED if name in os.environ} | _GIVEN,
                start_new_session=True,  # a Ctrl-C is the parent's to handle
            )
        self._socket = ours
        self.pid = self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def split_off(self) -> Child:
        """A new child. Raises OSError where it died."""
        ends = [os.pipe(), os.pipe(), os.pipe()]
        (reads_requests, requests), (output, writes_output), (answer, writes_answer) = ends
        control, childs_control = socket.socketpair()
        child = Child(FileIO(requests, "w"), FileIO(output), FileIO(answer), control)
        try:
            handed = [reads_requests, writes_output, writes_answer, childs_control.fileno()]
            socket.send_fds(self._socket, [b"c"], handed)
        except OSError:
            child.close()
            raise
        finally:
            childs_control.close()
            for descriptor in (reads_requests, writes_output, writes_answer):
                os.close(descriptor)
        return child

    def retire(self) -> None:
        """Ask for no more children: it ends with the last."""
        self._socket.close()

    def end(self) -> None:
        """Kill it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()


_lock = threading.Lock()
_nurseries: list[_Nursery] = []
"""The one that children come from, or none."""
_retired: list[_Nursery] = []
"""Those that end with their last child."""


def prepare() -> None:
    """Let the libraries be loaded now, beside what this process does meanwhile."""
    with _lock:
        _living_nursery()


def start_child() -> Child:
    """A child for one task."""
    with _lock:
        try:
            return _living_nursery().split_off()
        except BrokenPipeError:  # it died a moment ago
            return _living_nursery().split_off()


def rest() -> None:
    """Give back the nursery's 33 MiB: no child will be wanted for long. If one is all the same, it waits a little."""
    with _lock:
        while _nurseries:
            _nurseries[0].retire()
            _retired.append(_nurseries.pop())


def _living_nursery() -> _Nursery:
    _retired[:] = [nursery for nursery in _retired if nursery.is_alive]
    if _nurseries and not _nurseries[0].is_alive:
        _nurseries.pop().end()
    if not _nurseries:
        _nurseries.append(_Nursery())
    return _nurseries[0]


@atexit.register
def _end() -> None:
    with _lock:
        for nursery in [*_nurseries, *_retired]:
            nursery.end()
        _nurseries.clear()
        _retired.clear()
