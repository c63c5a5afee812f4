"""Confinement: what a child process does to itself before it opens anything untrusted.

Called by child.py; tasks call `still_working` where they work long without writing.
Law: limits are set for good, and a child outlives neither its limits nor its parent.
"""

import _thread
import os
import resource
import time
from contextlib import suppress

_SIGN_OF_LIFE_EVERY_S = 5.0


def confine(memory_mib: int, cpu_s: int, written_mib: int) -> None:
    """Set the limits on this process, for good."""
    memory, written = memory_mib << 20, written_mib << 20
    with suppress(ValueError, OSError):  # macOS has no limit on address space
        _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, cpu_s)
    _lower(resource.RLIMIT_FSIZE, written)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, 64)
    os.nice(5)  # the screens go before


def _lower(kind: int, most: int) -> None:
    """Set a limit, or keep the one that this machine's owner set lower still."""
    _, hard = resource.getrlimit(kind)
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (limit, limit))


def end_with(lifeline: int) -> None:
    """End this process when the pipe closes at its other end, which the parent holds for as long as it lives.

    Linux's PR_SET_PDEATHSIG is not used: it follows the thread that started us, which may end before the studio does.
    """

    def wait() -> None:
        while os.read(lifeline, 4096):
            pass
        os._exit(1)

    _thread.start_new_thread(wait, ())


class _Life:
    answer_fd = -1
    said_at = 0.0


def speak_through(answer_fd: int) -> None:
    """Signs of life go through this pipe, as spaces before the answer: JSON does not mind them."""
    _Life.answer_fd = answer_fd
    _Life.said_at = time.monotonic()


def still_working() -> None:
    """Tell the parent that this child is not stuck. Cheap: call it for every packet."""
    now = time.monotonic()
    if _Life.answer_fd >= 0 and now - _Life.said_at > _SIGN_OF_LIFE_EVERY_S:
        _Life.said_at = now
        os.write(_Life.answer_fd, b" ")
