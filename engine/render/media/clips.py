"""Clips: the pictures of a film file, one for each frame of ours, already on the canvas.

Called by engine.render.film. Decoding, timing and framing happen in a child process (clip_task.py).
Law: frame n is the picture that a viewer sees n / FPS seconds after the clip's first picture, whatever its frame rate.
"""

from pathlib import Path
from types import TracebackType
from typing import Self

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Limits, MediaChild, MediaRefused


class ClipReader:
    """Frames `start_frame` to `start_frame + count` (exclusive) of a clip, in order.

    start_frame may be negative and the range may end behind the clip: its first and last pictures are held.
    width, height: of the canvas in pixels, both even.
    crop: what of the displayed picture fills the canvas: x, y, width and height in fractions of it (0 to 1).
    None shows the whole picture between blurred sides.
    A broken place in the file holds the last good picture.
    """

    def __init__(
        self,
        path: Path,
        *,
        start_frame: int,
        count: int,
        width: int,
        height: int,
        crop: tuple[float, float, float, float] | None,
    ) -> None:
        request = {
            "path": str(path),
            "start_frame": start_frame,
            "count": count,
            "width": width,
            "height": height,
            "crop": crop,
        }
        # 4K HEVC in HDR costs 0.06 s for a frame that is shown and 0.03 s for one that is only passed (measured); eight
        # times that is allowed. A screen recording may have one key frame, so that all before the start are passed.
        cpu_s = 60 + count // 2 + max(0, start_frame) // 5
        self._left = count
        self._child = MediaChild("clip", request, Limits(memory_mib=2048, cpu_s=cpu_s, written_mib=8))

    def read_into(self, frame: memoryview) -> None:
        """Fill `frame`, width × height × 3 // 2 bytes, with the next picture: planes Y, U, V in BT.709 limited range.

        Raises MediaRefused where the file cannot be read, and EOFError after the last frame asked for.
        """
        if self._left == 0:
            raise EOFError("All frames that were asked for have been read.")
        if not self._child.read_into(frame):
            self._child.answer()  # says why
            raise MediaRefused(Flaw.DAMAGED, "The clip ended before its last frame. Export it again.")
        self._left -= 1

    def close(self) -> None:
        """End the child; nothing can be read any more."""
        self._child.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
