"""Orientation: how a stored picture is turned and mirrored to be displayed, and the shape of its pixels.

Called by probe_task and framing, inside a child process.
Law: whatever a phone wrote, the caller sees the picture upright.
"""

import struct
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

if TYPE_CHECKING:
    from av.sidedata.sidedata import SideData
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream


class Orientation(NamedTuple):
    """FFmpeg filters from stored to displayed, and the turn clockwise; `turned` swaps width and height."""

    rotation_deg: Literal[0, 90, 180, 270]
    filters: tuple[tuple[str, str], ...]

    @property
    def turned(self) -> bool:
        """Whether columns become rows."""
        return self.rotation_deg in (90, 270)

    def stored(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Where a box (x, y, width, height in fractions) of the displayed picture lies in the stored one."""
        x, y, width, height = box
        for step in reversed(self.filters):
            match step:
                case ("hflip", _):
                    x = 1 - x - width
                case ("vflip", _):
                    y = 1 - y - height
                case (_, "clock"):
                    x, y, width, height = y, 1 - x - width, height, width
                case (_, "cclock"):
                    x, y, width, height = 1 - y - height, x, height, width
                case (_, "cclock_flip"):
                    x, y, width, height = y, x, height, width
                case _:
                    x, y, width, height = 1 - y - height, 1 - x - width, height, width
        return x, y, width, height


UPRIGHT = Orientation(0, ())

# Signs of the matrix's a and d (straight) or b and c (turned); a mirrored one counts as the turn that it contains.
_STRAIGHT = {
    (1, 1): UPRIGHT,
    (-1, -1): Orientation(180, (("hflip", ""), ("vflip", ""))),
    (-1, 1): Orientation(0, (("hflip", ""),)),
    (1, -1): Orientation(180, (("vflip", ""),)),
}
_TURNED = {
    (1, -1): Orientation(90, (("transpose", "clock"),)),
    (-1, 1): Orientation(270, (("transpose", "cclock"),)),
    (1, 1): Orientation(90, (("transpose", "cclock_flip"),)),
    (-1, -1): Orientation(270, (("transpose", "clock_flip"),)),
}
_QUARTERS = (UPRIGHT, _TURNED[1, -1], _STRAIGHT[-1, -1], _TURNED[-1, 1])


def orientation_of(frame: "VideoFrame") -> Orientation:
    """From the frame's display matrix: x' = a x + c y, y' = b x + d y, y downwards (ISO/IEC 14496-12, 6.2.2)."""
    try:
        data = side_data_of(frame, "DISPLAYMATRIX")
    except ValueError:
        return _QUARTERS[round(-frame.rotation / 90) % 4]
    if len(data) < 36:
        return UPRIGHT
    a, b, _, c, d, *_ = struct.unpack("=9i", data[:36])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return _STRAIGHT[_sign(a), _sign(d)]
    return _TURNED[_sign(b), _sign(c)]


def side_data_of(frame: "VideoFrame", kind: str) -> bytes:
    """A frame's side data of one kind, empty where it has none.

    Raises ValueError where the frame has a kind that PyAV does not know (stereo film of a phone): it then lists none.
    """
    known = cast("Mapping[str, SideData]", frame.side_data)  # PyAV's stubs know of motion vectors only
    try:
        return bytes(known[kind])
    except KeyError:
        return b""


def pixel_aspect_of(stream: "VideoStream") -> float:
    """Width of a stored pixel over its height, 1.0 where the file says nothing or nonsense."""
    ratio = float(stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio or 1)
    return ratio if 0.25 <= ratio <= 4 else 1.0


def displayed_size(width: int, height: int, pixel_aspect: float, orientation: Orientation) -> tuple[int, int]:
    """Width and height in square pixels, upright. Lines are kept; only the width is stretched."""
    width = max(1, round(width * pixel_aspect))
    return (height, width) if orientation.turned else (width, height)


def _sign(value: int) -> int:
    return -1 if value < 0 else 1
