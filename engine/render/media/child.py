"""The child's side of the sandbox: limit this process, then run one task on one untrusted file.

Started only by engine.render.media.sandbox. A task is a function of this room that takes the request's arguments
and the stream for raw data, and returns something that JSON can say or raises MediaRefused.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import IO

from engine.render.media.sandbox import Json, MediaRefused, confine

Task = Callable[[Mapping[str, Json], IO[bytes]], Json]

# Task name → module of engine.render.media whose function `<name>_task` does it; imported only when asked for.
TASKS = {
    "probe": "probe",
    "pictures": "pictures",
    "clip": "clips",
    "sound": "sounds",
}


def run() -> None:
    """Read the request, confine this process, do the task, answer."""
    request = json.load(sys.stdin)
    # A library that chatters on fd 1 would spoil the raw stream: keep the real one for us alone.
    stream = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    task = _task_named(request["task"])
    confine(*request["limits"])
    try:
        reply: dict[str, Json] = {"answer": task(request["arguments"], stream)}
    except MediaRefused as refusal:
        reply = {"refused": str(refusal)}
    except (BrokenPipeError, KeyboardInterrupt):
        return  # the parent has seen enough
    except MemoryError:
        name = os.path.basename(str(request["arguments"].get("path", "The file")))  # noqa: PTH119
        reply = {"refused": f"'{name}' needs more memory than one file may use. Make it smaller and try again."}
    stream.close()
    with os.fdopen(request["answer_fd"], "w") as answer:
        json.dump(reply, answer)


def _task_named(name: str) -> Task:
    module = importlib.import_module(f"engine.render.media.{TASKS[name]}")
    task: Task = getattr(module, f"{name}_task")
    return task


if __name__ == "__main__":
    run()
