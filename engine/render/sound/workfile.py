"""Work files: sound that is too long for memory, kept raw on disk while a soundtrack is made.

Called by mix and master.
Law: float32, written and read in blocks. Memory-mapping is avoided: its pages count as the process's own.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from engine.render.sound.samples import Samples


class WorkFile:
    """One raw float32 file; leaving the `with` block closes it. A full disk is an OSError from `append` or `close`."""

    def __init__(self, path: Path, channels: int) -> None:
        self._channels = channels
        self._frame_bytes = 4 * channels
        self._file = path.open("w+b", buffering=0)
        self.frames = 0
        """How long it is."""

    def append(self, block: Samples) -> None:
        """Write the block behind what is there."""
        self.lay(self.frames, block)

    def lay(self, start: int, block: Samples) -> None:
        """Write the block from frame `start` on; a gap before it is silence, and costs no room on most disks."""
        left = memoryview(np.ascontiguousarray(block, np.float32).tobytes())
        self._file.seek(start * self._frame_bytes)
        while left:
            left = left[self._file.write(left) :]
        self.frames = max(self.frames, start + len(block))

    def read(self, start: int, frames: int) -> Samples:
        """`frames` frames from `start` on, silence where the file has none."""
        data = bytearray(frames * self._frame_bytes)
        left = memoryview(data)
        self._file.seek(start * self._frame_bytes)
        while left and (count := self._file.readinto(left)):
            left = left[count:]
        return np.frombuffer(data, np.float32).reshape(frames, self._channels)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
