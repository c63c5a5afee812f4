"""Timecode: places in a film or a voice, as people read and type them.

Called by pages and components. Pure. Law: inside the app a place is whole milliseconds from the beginning; frames exist
only where a picture is stepped through.
"""

import re
from typing import Final

_MILLISECONDS: Final = re.compile(r"\d{1,8}(?:\s*ms)?", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"(?:(?P<minutes>\d{1,4}):)?(?P<seconds>\d{1,4})(?:[.,](?P<rest>\d{1,3}))?\s*s?", re.IGNORECASE
)
_SHIFT: Final = re.compile(r"(?P<sign>[+\-−]?)\s*(?P<amount>\d{1,6})(?:\s*ms)?", re.IGNORECASE)  # typed by people


def timecode(at_ms: int) -> str:
    """Minutes, seconds and tenths: 1:02.3."""
    tenths = max(0, at_ms) // 100
    return f"{tenths // 600}:{tenths // 10 % 60:02}.{tenths % 10}"


def length(duration_ms: int) -> str:
    """Minutes and whole seconds, rounded: 0:32."""
    seconds = round(duration_ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def place_typed(typed: str) -> int | None:
    """Milliseconds that somebody typed: 2345, 2345 ms, 2.345, 2,3 s or 1:02.5; None where it is none of these."""
    typed = typed.strip()
    if _MILLISECONDS.fullmatch(typed):
        return int(re.sub(r"\D", "", typed))
    clock = _CLOCK.fullmatch(typed)
    if clock is None:
        return None
    rest_ms = int((clock["rest"] or "0").ljust(3, "0"))
    return (int(clock["minutes"] or 0) * 60 + int(clock["seconds"])) * 1000 + rest_ms


def shift_typed(typed: str) -> int | None:
    """Milliseconds earlier (below zero) or later that somebody typed: -120, +40 ms, 0; None where it is no such."""
    shift = _SHIFT.fullmatch(typed.strip())
    if shift is None:
        return None
    return int(shift["amount"]) * (-1 if shift["sign"] in {"-", "−"} else 1)  # typed by people


def frame_at(at_ms: int, fps: int) -> int:
    """The number of the frame that shows at a place; 0 is the first."""
    return at_ms * fps // 1000


def frame_start_ms(frame: int, fps: int) -> int:
    """The first whole millisecond at which a frame shows."""
    return -(-frame * 1000 // fps)
