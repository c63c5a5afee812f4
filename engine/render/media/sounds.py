"""Sounds: the samples of a sound file, or of a clip's sound, at 48 kHz.

Called by engine.render.sound and engine.render.film. Decoding happens in a child process (sound_task.py).
Law: samples stream; memory does not grow with the length of a recording.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from engine.render.media.sandbox import Limits, MediaChild

RATE_HZ = 48_000

Samples = npt.NDArray[np.float32]

# Ten minutes of AAC decode in 1.6 s (measured), so this is enough for a whole day.
_LIMITS = Limits(memory_mib=1024, cpu_s=300, written_mib=1)


class SoundReader:
    """The first stream of sound in a file, from its start to its end.

    channels: 1 or 2; more or fewer in the file are mixed down or spread (ITU-R BS.775 for 5.1).
    zero: which moment is sample 0. "sound" is the sound's own first sample, without what an encoder put before it.
    "picture" is the clip's first picture, as ClipReader counts: sound that begins later comes after silence, what was
    heard before the picture is left out. In a file without pictures both are the same.
    """

    def __init__(self, path: Path, *, channels: Literal[1, 2], zero: Literal["sound", "picture"] = "sound") -> None:
        self._channels = channels
        self._ended = False
        self._child = MediaChild("sound", {"path": str(path), "channels": channels, "zero": zero}, _LIMITS)

    def read(self, frames: int) -> Samples:
        """The next samples, shape (frames, channels), −1 to 1 (louder where the file is); fewer only at the end.

        Raises MediaRefused where the file has no sound, is 0 seconds long or cannot be read.
        """
        frame_bytes = 4 * self._channels
        data = b"" if self._ended else self._child.stream.read(frames * frame_bytes)
        if len(data) < frames * frame_bytes and not self._ended:
            self._ended = True
            self._child.answer()  # raises where it ended too early
        return np.frombuffer(data, np.float32).reshape(-1, self._channels)

    def __iter__(self) -> Iterator[Samples]:
        """Blocks of a second; the last one is shorter."""
        while len(block := self.read(RATE_HZ)):
            yield block

    def close(self) -> None:
        """End the child; nothing can be read any more."""
        self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
