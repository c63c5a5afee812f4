"""The render cache: finished pieces (segments, stills, soundtracks) in files named by what went into them.

Called by engine.render.film and engine.render.export.
Law: a file with a final name is whole; a killed render leaves only names that begin with "unfinished-", which the
next render sweeps away. Several processes may share a cache: the last to finish a piece wins, with the same bytes.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from engine.render.whole_files import UNFINISHED, is_abandoned


class RenderCache:
    """A folder of finished pieces with a limit on its size; the longest unused go first."""

    def __init__(self, folder: Path, limit_bytes: int) -> None:
        # A relative name such as "Anna: zomer" would be an address to FFmpeg.
        self.folder = folder.absolute()
        self.limit_bytes = limit_bytes
        folder.mkdir(parents=True, exist_ok=True)

    def find(self, name: str) -> Path | None:
        """The piece of that name, marked as just used, or None."""
        path = self.folder / name
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def unfinished(self, name: str) -> Path:
        """A name of this process's own to write a piece under, for `finish`."""
        return self.folder / f"{UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}-{name}"

    def finish(self, written: Path, name: str) -> Path:
        """Give a wholly written piece its final name. It is on disk before the name is."""
        with written.open("rb") as file:
            os.fsync(file.fileno())
        return written.replace(self.folder / name)

    @contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """A path to write a piece to: finished when the block ends well, removed when it does not."""
        path = self.unfinished(name)
        try:
            yield path
            self.finish(path, name)
        finally:
            path.unlink(missing_ok=True)

    def sweep(self, keep: frozenset[str] = frozenset()) -> None:
        """Remove abandoned unfinished files, and the longest unused pieces until the rest fits the limit.

        keep: names that must stay whatever their age (the film that is being joined).
        """
        pieces: list[tuple[float, int, Path]] = []
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):  # another render swept it
                facts = path.stat()
                if path.name.startswith(UNFINISHED):
                    if is_abandoned(path.name, facts.st_mtime):
                        _remove(path)
                else:
                    pieces.append((facts.st_mtime, facts.st_size, path))
        excess = sum(size for _, size, _ in pieces) - self.limit_bytes
        for _, size, path in sorted(pieces):
            if excess <= 0:
                return
            if path.name not in keep:
                path.unlink(missing_ok=True)
                excess -= size


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink()
