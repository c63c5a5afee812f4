"""Frames and stills: planar 8-bit YUV 4:2:0, BT.709, limited range, and the kernels that fill them.

Called by engine.render.picture and engine.render.film. Nothing here knows a timeline.
Law: a frame is drawn in place and reused; a still is read-only and kept transposed (row = x, column = y), since both
passes of a resample then run along rows.
"""

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from engine.render.kernels import Double, Int, Long, Pointer, declare
from engine.render.picture.framing import Rect

Plane = npt.NDArray[np.uint8]

_crop_plane = declare(
    "bom_crop_plane", Pointer, Long, Int, Int, Pointer, Long, Int, Int, Double, Double, Double, Double, Pointer
)
_scale_plane = declare(
    "bom_scale_plane", Pointer, Long, Int, Int, Pointer, Long, Int, Int, Double, Double, Double, Double, Pointer
)
_mix = declare("bom_mix", Pointer, Pointer, Long, Int)
_rgb_to_planes = declare("bom_rgb_to_planes", Pointer, Long, Int, Int, Pointer, Pointer, Pointer)

_TAPS_BYTES = 8
_BAND = 128
"""As in kernels/picture.c."""

_HEADER = struct.Struct("<8sII")
_MAGIC = b"BOMSTIL1"


class Frame:
    """One picture of the film: `packed` holds the planes Y, U, V one after another, as encoders take them."""

    __slots__ = ("height", "packed", "u", "v", "width", "y")

    def __init__(self, width: int, height: int) -> None:
        """width and height: even, in pixels. The content is undefined until drawn."""
        self.width, self.height = width, height
        self.packed: Plane = np.empty((height * 3 // 2, width), np.uint8)
        flat, luma, chroma = self.packed.reshape(-1), width * height, width * height // 4
        self.y: Plane = flat[:luma].reshape(height, width)
        self.u: Plane = flat[luma : luma + chroma].reshape(height // 2, width // 2)
        self.v: Plane = flat[luma + chroma :].reshape(height // 2, width // 2)

    def fill(self, colour: tuple[int, int, int]) -> None:
        """Paint the whole frame in one Y, U, V colour."""
        self.y.fill(colour[0])
        self.u.fill(colour[1])
        self.v.fill(colour[2])

    def mix(self, other: "Frame", share: float) -> None:
        """Blend `other` in; share 0 keeps this frame, 1 replaces it."""
        _mix(self.packed.ctypes.data, other.packed.ctypes.data, self.packed.size, round(share * 256))

    def copy_from(self, other: "Frame") -> None:
        """Become the same picture."""
        np.copyto(self.packed, other.packed)


@dataclass(frozen=True, slots=True)
class Still:
    """A picture ready to be framed: transposed planes of `width` x `height` pixels, both even."""

    width: int
    height: int
    y: Plane
    u: Plane
    v: Plane


class Scratch:
    """Working memory of one thread, grown to the largest need so far."""

    __slots__ = ("_memory",)

    def __init__(self) -> None:
        self._memory = np.empty(0, np.uint8)

    def address(self, size: int) -> int:
        """Where at least `size` bytes are free to use until the next call."""
        if self._memory.size < size:
            self._memory = np.empty(size, np.uint8)
        return self._memory.ctypes.data


def draw_still(still: Still, rect: Rect, frame: Frame, scratch: Scratch) -> None:
    """Fill the frame with the part `rect` (pixels of the still, of the frame's shape) by Catmull-Rom resampling.

    Chroma is left-sited across and centred down, in the still and in the frame alike.
    """
    x_step, y_step = rect.width / frame.width, rect.height / frame.height
    for source, target, x_start, y_start in _planes_and_starts(still, frame, rect):
        height, width = target.shape
        memory = scratch.address(_TAPS_BYTES * (width + height) + 2 * _BAND * (int(height * y_step) + 16))
        _crop_plane(
            source.ctypes.data, source.strides[0], source.shape[0], source.shape[1],
            target.ctypes.data, target.strides[0], width, height, x_start, y_start, x_step, y_step, memory,
        )  # fmt: skip


def scale_frame(source: Frame, rect: Rect, frame: Frame, scratch: Scratch) -> None:
    """Fill `frame` with the part `rect` (pixels of `source`) of another frame."""
    x_step, y_step = rect.width / frame.width, rect.height / frame.height
    for plane, target, x_start, y_start in _planes_and_starts(source, frame, rect):
        (height, width), (source_height, source_width) = target.shape, plane.shape
        memory = scratch.address(_TAPS_BYTES * (width + height) + 2 * source_width * height + width * height)
        _scale_plane(
            plane.ctypes.data, plane.strides[0], source_width, source_height,
            target.ctypes.data, target.strides[0], width, height, x_start, y_start, x_step, y_step, memory,
        )  # fmt: skip


def _planes_and_starts(
    source: "Still | Frame", frame: Frame, rect: Rect
) -> tuple[tuple[Plane, Plane, float, float], ...]:
    """Each plane with its target and the place, in the plane's own samples, of the target's first sample."""
    x_step, y_step = rect.width / frame.width, rect.height / frame.height
    x, y = rect.left + 0.5 * x_step - 0.5, rect.top + 0.5 * y_step - 0.5
    chroma_x, chroma_y = x / 2, rect.top / 2 + 0.5 * y_step - 0.5
    return (
        (source.y, frame.y, x, y),
        (source.u, frame.u, chroma_x, chroma_y),
        (source.v, frame.v, chroma_x, chroma_y),
    )


def still_of_rgb(rgb: Plane) -> Still:
    """rgb: (height, width, 3) of even sizes, sRGB; its transfer curve is kept, as every still in a BT.709 film does."""
    height, width, _ = rgb.shape
    upright = np.ascontiguousarray(rgb)
    y = np.empty((width, height), np.uint8)
    u, v = np.empty((width // 2, height // 2), np.uint8), np.empty((width // 2, height // 2), np.uint8)
    _rgb_to_planes(upright.ctypes.data, upright.strides[0], width, height, y.ctypes.data, u.ctypes.data, v.ctypes.data)
    return Still(width, height, y, u, v)


def resized_still(still: Still, region_width: float, region_height: float, width: int, height: int) -> Still:
    """The still's upper left region_width x region_height pixels, resampled to width x height, both even."""
    x_step, y_step = region_width / width, region_height / height
    x, y = 0.5 * x_step - 0.5, 0.5 * y_step - 0.5
    planes = []
    for source, shrink, x_start, y_start in ((still.y, 1, x, y), (still.u, 2, x / 2, y), (still.v, 2, x / 2, y)):
        target = np.empty((width // shrink, height // shrink), np.uint8)
        # Kept transposed, so the kernel's rows are our columns.
        rows, columns = source.shape
        memory = np.empty(_TAPS_BYTES * sum(target.shape) + 2 * columns * target.shape[0] + target.size, np.uint8)
        _scale_plane(
            source.ctypes.data, source.strides[0], columns, rows,
            target.ctypes.data, target.strides[0], target.shape[1], target.shape[0],
            y_start, x_start, y_step, x_step, memory.ctypes.data,
        )  # fmt: skip
        planes.append(target)
    return Still(width, height, *planes)


def write_still(still: Still, path: Path) -> None:
    """Write for `read_still`. Raises OSError (a full disk) and leaves what it wrote so far to the caller."""
    with path.open("wb") as file:
        file.write(_HEADER.pack(_MAGIC, still.width, still.height))
        for plane in (still.y, still.u, still.v):
            file.write(plane.data)


def read_still(path: Path) -> Still:
    """A still from its file. Raises ValueError where the file is not whole."""
    data = np.fromfile(path, np.uint8)
    if data.size < _HEADER.size:
        raise ValueError(f"'{path.name}' is not a whole still.")
    magic, width, height = _HEADER.unpack(data[: _HEADER.size].tobytes())
    luma, chroma = width * height, width * height // 4
    if magic != _MAGIC or data.size != _HEADER.size + luma + 2 * chroma:
        raise ValueError(f"'{path.name}' is not a whole still.")
    planes = data[_HEADER.size :]
    return Still(
        width,
        height,
        planes[:luma].reshape(width, height),
        planes[luma : luma + chroma].reshape(width // 2, height // 2),
        planes[luma + chroma :].reshape(width // 2, height // 2),
    )


def yuv_of(colour: str) -> tuple[int, int, int]:
    """The Y, U, V of an #RRGGBB colour, BT.709 limited range (ITU-R BT.709-6, section 3)."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    luma = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (
        round(16 + luma * 219 / 255),
        round(128 + (blue - luma) / 1.8556 * 224 / 255),
        round(128 + (red - luma) / 1.5748 * 224 / 255),
    )
