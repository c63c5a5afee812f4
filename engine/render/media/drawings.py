"""Drawings: an SVG of unknown origin becomes a picture with transparency, in the sandbox.

Called by api.services.intake. The child's half is drawing_task.py.
Law: nothing of the SVG but its pixels leaves the child; no script runs and nothing is fetched, there or later.
"""

import re
from pathlib import Path
from typing import Final

from engine.render.media.sandbox import Limits, MediaChild

LONGER_SIDE: Final = 2048
"""Pixels of what is drawn: four times a logo's room in the largest format."""
_MOST_BYTES: Final = 40_000_000
_LOOKED_AT: Final = 4096
_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?svg[\s>]")
_LIMITS: Final = Limits(memory_mib=1536, cpu_s=30, written_mib=64)


def is_drawing(path: Path) -> bool:
    """Whether a file begins as SVG does, under whatever name."""
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT).lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").lower()
    return head.startswith(b"<") and _ROOT.search(head.replace(b"\x00", b"")) is not None


def drawn(path: Path) -> bytes:
    """The drawing as PNG, LONGER_SIDE pixels. Raises MediaRefused."""
    with MediaChild("drawing", {"path": path}, _LIMITS) as child:
        png = child.stream.read(_MOST_BYTES)
        child.answer()
    return png
