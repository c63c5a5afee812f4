"""The encoder: frames become one closed H.264 segment.

Called by engine.render.film.segments, one encoder per thread.
Law: every segment of a film has the same settings and so the same parameter sets, which lets them be joined by copy.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import av

from engine.render.formats import Canvas, Quality
from engine.render.picture.frames import Frame
from engine.render.timeline import FPS

av.logging.set_level(av.logging.PANIC)

BT709 = 1
"""FFmpeg's number for BT.709 as matrix, primaries and transfer alike (ITU-T H.273, tables 2 to 4)."""
LIMITED_RANGE = 1
# One encoder thread each: segments side by side use the cores better than frame threads (recipes/render: 23.9 CPU s
# against 26.8). Scene cuts are ours to place, so x264 need not look for them.
X264_PARAMS = "scenecut=0:open-gop=0:keyint=600"


class SegmentEncoder:
    """Takes frames one by one and writes them to a file."""

    def __init__(self, path: Path, canvas: Canvas, quality: Quality) -> None:
        self._container = av.open(str(path), "w", format="mp4")
        self._stream = stream = self._container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = canvas.width, canvas.height, "yuv420p"
        stream.time_base = Fraction(1, FPS)
        context = stream.codec_context
        context.time_base = Fraction(1, FPS)
        context.thread_count = 1
        context.profile = "High"
        context.colorspace = context.color_primaries = context.color_trc = BT709
        context.color_range = LIMITED_RANGE
        context.options = {"preset": quality.preset, "crf": str(quality.crf), "x264-params": X264_PARAMS}
        self._count = 0

    def push(self, frame: Frame) -> None:
        """Encode one more frame; the memory may be drawn over afterwards."""
        picture = av.VideoFrame.from_numpy_buffer(frame.packed, format="yuv420p")
        picture.pts, picture.time_base = self._count, Fraction(1, FPS)
        picture.colorspace, picture.color_range = BT709, LIMITED_RANGE
        self._count += 1
        self._container.mux(self._stream.encode(picture))

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._container.mux(self._stream.encode(None))

    def close(self) -> None:
        """Close the file."""
        self._container.close()


@contextmanager
def segment_encoder(path: Path, canvas: Canvas, quality: Quality) -> Iterator[SegmentEncoder]:
    """An encoder that writes to `path`; the file is whole once the block has ended well."""
    encoder = SegmentEncoder(path, canvas, quality)
    try:
        yield encoder
        encoder.finish()
    finally:
        encoder.close()
