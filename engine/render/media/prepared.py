"""Prepared children: sandbox children started before there is work for them.

Called by engine.render.film.facts and sandbox.py. A child needs a tenth of a second and more to import its libraries;
started ahead, it does so while something else is waited for.
Law: a child serves one task, prepared or not; one that is never needed ends with its parent.
"""

import atexit
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

# What a decoder may know of this machine. No setting or secret of the studio is among it.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "LANG", "LC_ALL")
# One thread for numpy's linear algebra, which no task uses: starting more takes 50 ms of every import.
_GIVEN = {"PYTHONPATH": str(Path(__file__).resolve().parents[3]), "OPENBLAS_NUM_THREADS": "1"}

_lock = threading.Lock()
_waiting: dict[str, list["StartedChild"]] = {}


@dataclass(frozen=True, slots=True)
class StartedChild:
    """A running child that waits for its request: its process, and both ends of the pipe for its answer.

    answer_end is the child's own descriptor, closed on our side.
    """

    process: "subprocess.Popen[bytes]"
    answer_fd: int
    answer_end: int

    def end(self) -> None:
        """Kill it unused."""
        self.process.kill()
        self.process.communicate()
        os.close(self.answer_fd)


def prepare(*tasks: str) -> None:
    """Start a child for each task; the next child asked for that task is it."""
    for task in tasks:
        child = _start(task)
        with _lock:
            _waiting.setdefault(task, []).append(child)


def take(task: str) -> StartedChild:
    """A child for a task: a prepared one that still runs, or a new one."""
    with _lock:
        waiting = _waiting.get(task)
        child = waiting.pop() if waiting else None
    if child is not None and child.process.poll() is None:
        return child
    if child is not None:
        child.end()
    return _start("")


def _start(task: str) -> StartedChild:
    answer_fd, answer_end = os.pipe()
    try:
        process = subprocess.Popen(
            # -P: a file json.py in the folder where the studio was started is not ours to import.
            [
                sys.executable,
                "-P",
                "-c",
                "import sys; from engine.render.media.child import run; run(sys.argv[1])",
                task,
            ],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(answer_end,),
            env={name: os.environ[name] for name in _INHERITED if name in os.environ} | _GIVEN,
            start_new_session=True,  # a Ctrl-C is the parent's to handle; it then ends the child itself
        )
    except BaseException:
        os.close(answer_fd)
        raise
    finally:
        os.close(answer_end)
    return StartedChild(process, answer_fd, answer_end)


@atexit.register
def _end_unused() -> None:
    with _lock:
        unused = [child for children in _waiting.values() for child in children]
        _waiting.clear()
    for child in unused:
        child.end()
