"""Progress on standard error: what is being done, how far, and how long it still takes.

Called by engine.cli.make, .render and .sync. Where standard error is no terminal, a line per step.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.cli.outcome import say

if TYPE_CHECKING:
    from rich.progress import Progress

Step = Callable[[float], None]


class Steps:
    """Named steps, one bar each; only lines where there is no terminal to draw bars on."""

    def __init__(self, progress: "Progress | None") -> None:
        self._progress = progress

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """A step that is told its share, 0 to 1, and is full when the block ends well."""
        if self._progress is None:
            say(f"{name} …")
            yield lambda _: None
            return
        progress = self._progress
        task = progress.add_task(name, total=1.0)
        yield lambda share: progress.update(task, completed=share)
        progress.update(task, completed=1.0)


@contextmanager
def steps() -> Iterator[Steps]:
    """Bars for the steps of one command."""
    if not sys.stderr.isatty():
        yield Steps(None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        yield Steps(progress)
