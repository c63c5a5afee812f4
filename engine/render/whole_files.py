"""Whole files: a file in a person's folder has its name only when all of it is there.

Called by every room that writes a file which somebody may open, and by the render cache.
Law: who opens a file by its own name never sees half of it, not after a crash either.
"""

import glob
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = "unfinished-"
ABANDONED_AFTER_S = 6 * 3600
"""An unfinished file this old belongs to no running render: the longest export of a two-hour film takes less."""
TAIL_CHARACTERS = 40
"""Of a file's name that its unfinished one keeps: the suffix says what to write, and 255 bytes are the most."""


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to: it takes the name when the block ends well, and is removed when it does not.

    What a killed run left of the same file is removed first.
    """
    tail = path.name[-TAIL_CHARACTERS:]
    for left in path.parent.glob(f"{UNFINISHED}*-{glob.escape(tail)}"):
        with suppress(OSError):  # somebody else's to remove, or already gone
            if is_abandoned(left.name, left.stat().st_mtime):
                left.unlink()
    unfinished = path.with_name(f"{UNFINISHED}{os.getpid()}-{secrets.token_hex(4)}-{tail}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def is_abandoned(name: str, written_at: float) -> bool:
    """Whether the process that wrote an unfinished file is gone, as far as this machine can tell."""
    if time.time() - written_at > ABANDONED_AFTER_S:
        return True
    pid = name.removeprefix(UNFINISHED).split("-", 1)[0]
    if not pid.isdigit() or int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
