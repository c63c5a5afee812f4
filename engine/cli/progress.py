"""Progress on standard error: what is being done, how far, and how long it still takes.

Called by engine.cli.make and engine.cli.render. Quiet where standard error is no terminal, but for a line per step.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from engine.cli.outcome import stderr

Step = Callable[[float], None]


class Steps:
    """Named steps, one bar each."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """A step whose bar is told its share, 0 to 1, and is full when the block ends well."""
        task = self._progress.add_task(name, total=1.0)
        if not stderr.is_terminal:
            stderr.print(f"{name} …", markup=False)
        yield lambda share: self._progress.update(task, completed=share)
        self._progress.update(task, completed=1.0)


@contextmanager
def steps() -> Iterator[Steps]:
    """Bars for the steps of one command."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, disable=not stderr.is_terminal) as progress:
        yield Steps(progress)
