"""The encoder: frames become one closed H.264 segment.

Called by engine.render.film.segments, one encoder per thread, and by .join for the stream that segments are joined in.
Law: every segment of a film has the same settings and so the same parameter sets, which lets them be joined by copy.
"""

from fractions import Fraction

import av
from av.codec.context import Flags
from av.video.codeccontext import VideoCodecContext

from engine.render.film.packets import EncodedPicture, EncodedSegment
from engine.render.formats import Canvas, Quality
from engine.render.picture.frames import Frame
from engine.render.timeline import FPS

av.logging.set_level(av.logging.PANIC)

BT709 = 1
"""FFmpeg's number for BT.709 as matrix, primaries and transfer alike (ITU-T H.273, tables 2 to 4)."""
LIMITED_RANGE = 1
# Scene cuts are ours to place, so x264 need not look for them.
X264_PARAMS = "scenecut=0:open-gop=0:keyint=600"


def configure(context: VideoCodecContext, canvas: Canvas, quality: Quality) -> None:
    """Set everything that a film's segments have in common."""
    context.width, context.height, context.pix_fmt = canvas.width, canvas.height, "yuv420p"
    context.time_base, context.framerate = Fraction(1, FPS), Fraction(FPS)
    context.profile = "High"
    context.colorspace = context.color_primaries = context.color_trc = BT709
    context.color_range = LIMITED_RANGE
    context.flags |= Flags.global_header
    context.options = {"preset": quality.preset, "crf": str(quality.crf), "x264-params": X264_PARAMS}


class SegmentEncoder:
    """Takes frames one by one and holds what they are encoded to."""

    def __init__(self, canvas: Canvas, quality: Quality) -> None:
        context = av.CodecContext.create("libx264", "w")
        assert isinstance(context, VideoCodecContext)
        configure(context, canvas, quality)
        # Segments side by side use the cores better than frame threads (recipes/render: 23.9 CPU s against 26.8), and
        # one thread gives the same bytes for the same frames, whoever else is rendering.
        context.thread_count = 1
        self._context = context
        self._count = 0
        self._pictures: list[EncodedPicture] = []

    def push(self, frame: Frame) -> None:
        """Encode one more frame; the memory may be drawn over afterwards."""
        picture = av.VideoFrame.from_numpy_buffer(frame.packed, format="yuv420p")
        picture.pts, picture.time_base = self._count, Fraction(1, FPS)
        picture.colorspace, picture.color_range = BT709, LIMITED_RANGE
        self._count += 1
        self._keep(picture)

    def finish(self) -> EncodedSegment:
        """The whole segment."""
        self._keep(None)
        return EncodedSegment(bytes(self._context.extradata or b""), self._pictures)

    def _keep(self, picture: av.VideoFrame | None) -> None:
        for packet in self._context.encode(picture):
            assert packet.pts is not None
            assert packet.dts is not None
            self._pictures.append(EncodedPicture(packet.pts, packet.dts, packet.is_keyframe, bytes(packet)))
