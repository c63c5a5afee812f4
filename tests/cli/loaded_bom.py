"""`bom`, loaded once: each command that a test runs to its end splits off from a process that has loaded it already.

Called by tests.cli.studio. A command so run is a process of its own, with its own folder, environment and streams; only
the second that Python takes to load the program is saved. What is stopped, started by another command or given an
environment of its own is started as people start it.
"""

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, NoReturn

HERE = Path(__file__).resolve().parents[2]
COMMANDS = ("make", "render", "sync", "user", "doctor", "backup", "restore")
"""What may split off: those that do not serve."""
_LOADED = (
    "engine.cli.app",
    "engine.cli.make",
    "engine.cli.render",
    "engine.cli.sync",
    "engine.cli.backup",
    "engine.cli.doctor",
    "engine.cli.prepare",
    "engine.core.staff",
    "engine.render.export",
    "engine.render.speech_sync",
    "engine.render.media.children",
)


class LoadedBom:
    """Our side of the process that commands split off from."""

    def __init__(self) -> None:
        self._socket, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from tests.cli.loaded_bom import serve; serve()"],
                stdin=theirs.fileno(),
                cwd=HERE,
            )
        atexit.register(self.end)

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], typed: str, longest_s: float
    ) -> tuple[int, str, str]:
        """Run `bom` in a folder to its end: its exit code and what it wrote. Raises TimeoutError, after killing it."""
        request = json.dumps({"arguments": arguments, "folder": str(folder), "environment": dict(environment)})
        with TemporaryFile() as stdin, TemporaryFile() as stdout, TemporaryFile() as stderr:
            stdin.write(typed.encode())
            stdin.seek(0)
            sent = request.encode()
            streams = [stream.fileno() for stream in (stdin, stdout, stderr)]
            socket.send_fds(self._socket, [len(sent).to_bytes(4, "little")], streams)
            self._socket.sendall(sent)
            pid = int.from_bytes(self._hear(longest_s), "little")
            try:
                code = int.from_bytes(self._hear(longest_s), "little", signed=True)
            except TimeoutError:
                os.kill(pid, signal.SIGKILL)
                self._hear(longest_s)
                raise
            return code, _read(stdout), _read(stderr)

    def _hear(self, longest_s: float) -> bytes:
        self._socket.settimeout(longest_s)
        said = self._socket.recv(4, socket.MSG_WAITALL)
        assert said, "the process that commands split off from is gone"
        return said

    def end(self) -> None:
        """No more commands are wanted."""
        self._socket.close()
        self._process.wait()


def _read(written: IO[bytes]) -> str:
    written.seek(0)
    return written.read().decode(errors="replace")


@cache
def loaded_bom() -> LoadedBom:
    """The one of this process."""
    return LoadedBom()


def serve() -> None:
    """Split off a command for each request, until there is nobody who could ask."""
    for name in _LOADED:
        __import__(name)
    with socket.socket(fileno=os.dup(0)) as asked:
        while True:
            length, streams, _, _ = socket.recv_fds(asked, 4, 3)
            if not length:
                return
            request = json.loads(asked.recv(int.from_bytes(length, "little"), socket.MSG_WAITALL))
            pid = os.fork()
            if pid == 0:
                asked.close()
                _be_bom(request["arguments"], request["folder"], request["environment"], streams)
            for stream in streams:
                os.close(stream)
            asked.sendall(pid.to_bytes(4, "little"))
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            with suppress(BrokenPipeError):
                asked.sendall(code.to_bytes(4, "little", signed=True))


def _be_bom(arguments: list[str], folder: str, environment: Mapping[str, str], streams: Sequence[int]) -> NoReturn:
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["bom", *arguments]
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w", errors="surrogateescape")
    sys.stderr = os.fdopen(2, "w", errors="backslashreplace")
    code: object = 0
    try:
        from engine.cli import main

        main()
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]  # as Python itself does at its end
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 0 if code is None else 1)
