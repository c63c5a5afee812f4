"""Processes: run a command, time it, and watch the memory of it and all its children.

Called by bench. Linux only: it reads /proc.
"""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLE_EVERY_S = 0.02
NOT_OURS = ("PYTHONDONTWRITEBYTECODE",)
"""A developer's shell may forbid bytecode; then each start compiles our code anew, 0.1 s that no studio waits for."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: the JSON of its last line, seconds on the clock, and the tree's peak memory in MiB."""

    result: dict[str, object]
    wall_s: float
    peak_mib: float

    def seconds(self, part: str) -> float:
        """One of the seconds that `bom` reports of itself."""
        parts = self.result["seconds"]
        assert isinstance(parts, dict)
        return float(parts[part])


def run(*command: str, env: dict[str, str] | None = None) -> Run:
    """Run a Python module of this project with its arguments; raises CalledProcessError with what it said."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in NOT_OURS} | (env or {}),
    )
    peak = _Peak(process.pid)
    out, said = process.communicate()
    wall_s = time.perf_counter() - began
    peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, out, said)
    return Run(json.loads(out.splitlines()[-1]), wall_s, peak.mib)


class _Peak:
    """Samples the resident memory of a process and its descendants."""

    def __init__(self, pid: int) -> None:
        self._pid, self._done, self.mib = pid, threading.Event(), 0.0
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(SAMPLE_EVERY_S):
            self.mib = max(self.mib, tree_mib(self._pid))


def tree_mib(pid: int) -> float:
    """Resident memory of a process and its descendants; what they share counts for each."""
    return sum(_resident_mib(member) for member in _family(pid))


def _family(pid: int) -> list[int]:
    family = [pid]
    for member in family:
        for task in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                family += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return family


def _resident_mib(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / (1 << 20)
    except (OSError, IndexError):
        return 0.0
