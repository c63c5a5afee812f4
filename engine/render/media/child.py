"""The child's side of the sandbox: limit this process, then run one task on one untrusted file.

Called only by nursery.py, in a process that has just split off. A task is a function of this room that takes the
request's arguments and the stream for raw data, and returns something that JSON can say or raises MediaRefused.
Law: nothing untrusted is opened before this process is confined.
"""

import errno
import importlib
import json
import os
from collections.abc import Callable, Mapping
from typing import IO

from engine.render.media.confinement import confine, end_with, speak_through
from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, MediaRefused

Task = Callable[[Mapping[str, Json], IO[bytes]], Json]

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says of a disk or quota without room: not the media's fault, and the parent's to tell."""

# Task name → module of engine.render.media whose function `<name>_task` does it; imported only when asked for.
TASKS = {
    "probe": "probe_task",
    "probes": "probe_task",
    "logo": "logos",
    "pictures": "pictures",
    "preview": "preview",
    "colours": "colours",
    "typeface": "typeface_task",
    "drawing": "drawing_task",
    "clip": "clip_task",
    "sound": "sound_task",
}


def run(answer_fd: int) -> None:
    """Read the request on descriptor 0, confine this process, do the task, answer on answer_fd."""
    request = json.loads(_line(0))
    end_with(0)
    # A library that chatters on fd 1 would spoil the raw stream: keep the real one for us alone.
    stream = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    os.chdir(request["folder"])  # which names may be told from
    task = _task_named(request["task"])
    confine(*request["limits"])
    speak_through(answer_fd)
    try:
        reply: dict[str, Json] = {"answer": task(request["arguments"], stream)}
    except MediaRefused as refusal:
        reply = {"refused": str(refusal), "flaw": refusal.flaw, "facts": dict(refusal.facts)}
    except (BrokenPipeError, KeyboardInterrupt):
        return  # the parent has seen enough
    except OSError as error:
        if error.errno not in FULL:
            raise
        reply = {"full": [error.errno, error.strerror]}
    except MemoryError:
        name = os.path.basename(str(request["arguments"].get("path", "The file")))  # noqa: PTH119
        sentence = f"'{name}' needs more memory than one file may use. Make it smaller and try again."
        reply = {"refused": sentence, "flaw": Flaw.TOO_HEAVY, "facts": {}}
    except Exception:  # whatever a damaged file makes a library say
        import traceback

        reply = {"broke": traceback.format_exc()}
    stream.close()
    with os.fdopen(answer_fd, "w") as answer:
        json.dump(reply, answer)


def _line(fd: int) -> bytes:
    """The first line of a pipe, and nothing after it."""
    text = bytearray()
    while not text.endswith(b"\n"):
        piece = os.read(fd, 1 << 16)
        if not piece:
            raise SystemExit(1)  # the parent ended before it asked
        text += piece
    return bytes(text)


def _task_named(name: str) -> Task:
    module = importlib.import_module(f"engine.render.media.{TASKS[name]}")
    task: Task = getattr(module, f"{name}_task")
    return task
