"""Children: work of a job that is done in a process of its own, so that it can be slowed, limited and killed.

Called by automations.workflows.render and automations.workflows.voices. The other side is automations.child_life.
Law: whatever stops the run (a cancel, the end of this process, an error) kills the child before it gets further.
"""

import json
import logging
import os
import selectors
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, JsonValue

from automations.runs import JobFailed, Run

log = logging.getLogger(__name__)

LOOK_UP_S = 0.3


@dataclass(frozen=True)
class ChildWork:
    """What a child is to do: a module that is run with -m, and its order.

    folder: its own, for its log. stage: what people are told that it does. begins_at, ends_at: the share of the whole
    job that is done when it begins and when it has ended.
    """

    module: str
    order: BaseModel
    folder: Path
    stage: str
    ends_at: float
    begins_at: float = 0.0


def made_by_child(run: Run, work: ChildWork) -> JsonValue:
    """Run a child to its end, passing its progress on; answers what it says that it made.

    Raises JobFailed (media_refused, child_stopped) and what Run.report raises.
    """
    log_path = work.folder / "child.log"
    with _child(work.module, log_path) as child:
        assert child.stdin is not None
        child.stdin.write(work.order.model_dump_json().encode() + b"\n")
        child.stdin.flush()  # and stays open: the child lives as long as we do
        share = 0.0
        for line in _lines(child):
            told = json.loads(line) if line else {"progress": share}  # none: silent, and can be canceled all the same
            if "made" in told:
                made: JsonValue = told["made"]
                return made
            if "refused" in told:
                raise JobFailed(str(told["refused"]), "media_refused")
            share = float(told["progress"])
            run.report(work.stage, work.begins_at + (work.ends_at - work.begins_at) * share)
        code = child.wait()
    log.error("%s ended with %s: %s", work.module, code, log_path.read_text("utf-8", "replace")[-4000:])
    raise JobFailed(
        "The work stopped half-way: the machine may lack memory or room on its disk. What was finished is kept; "
        "try it again.",
        "child_stopped",
    )


@contextmanager
def empty_folder(path: Path) -> Iterator[Path]:
    """An empty folder, gone afterwards; what a killed run left in it goes first."""
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    try:
        yield path.absolute()
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _lines(child: "subprocess.Popen[bytes]") -> Iterator[bytes]:
    """The child's lines, and an empty one whenever it is silent for a while."""
    assert child.stdout is not None
    fd = child.stdout.fileno()
    unread = b""
    with selectors.DefaultSelector() as selector:
        selector.register(fd, selectors.EVENT_READ)
        while True:
            if not selector.select(LOOK_UP_S):
                yield b""
                continue
            block = os.read(fd, 65536)
            if not block:
                return
            *lines, unread = (unread + block).split(b"\n")
            yield from filter(None, lines)


@contextmanager
def _child(module: str, log_path: Path) -> "Iterator[subprocess.Popen[bytes]]":
    with (
        log_path.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            start_new_session=True,  # Ctrl-C in the worker's terminal is the worker's to pass on
        ) as child,
    ):
        try:
            yield child
        finally:
            if child.poll() is None:
                with suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
