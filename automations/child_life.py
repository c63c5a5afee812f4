"""A child's life: how a process that works for one of ours limits itself, tells how far it is, and ends.

Called by automations.render_child, voice_child and draft_child, first of all.
Law: a child never outlives who started it, however that one died: the kernel kills it then, wherever it computes; and
it ends when its standard input closes, which covers a parent that was gone before the kernel was asked, and other
systems. It follows the thread that started it, which therefore waits for it for as long as it lives.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import threading
from typing import IO

BEHIND_PEOPLE = 10
"""A niceness that lets what people wait for go first."""
_PR_SET_PDEATHSIG = 1


def begin(memory_bytes: int, niceness: int = BEHIND_PEOPLE) -> None:
    """Take no more memory than that, and be killed with the parent."""
    os.nice(niceness)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def only_order() -> str:
    """The one line of standard input; from then on, its end is ours."""
    line = sys.stdin.readline()
    threading.Thread(target=_end_with_parent, args=(sys.stdin.buffer,), daemon=True).start()
    return line


def say(told: dict[str, object]) -> None:
    """A line of JSON for the parent."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _end_with_parent(pipe: IO[bytes]) -> None:
    while os.read(pipe.fileno(), 4096):
        pass
    os._exit(1)
