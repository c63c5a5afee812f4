"""Frame pictures: any frame of a film as a JPEG, exactly as an export of that size would show it; and one of a clip.

Called by automations.draft_child, for stepping through a film and to show what each format crops, and by
api.services.intake.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import av
from PIL import Image

from engine.render.film.cache import RenderCache
from engine.render.film.encoder import BT709, LIMITED_RANGE
from engine.render.film.logo_cache import CachedLogos
from engine.render.film.shots import ShotMaker
from engine.render.formats import Canvas
from engine.render.media.clips import ClipReader
from engine.render.media.probe import MediaFacts
from engine.render.picture.compositor import Painter, Picture
from engine.render.picture.frames import Frame
from engine.render.picture.framing import even_size
from engine.render.picture.layers import layers_of
from engine.render.picture.spans import Span
from engine.render.picture.typefaces import with_own_typefaces
from engine.render.timeline import FPS, Timeline

JPEG_QUALITY = 88
CLIP_LONGER_SIDE = 640


def frame_jpeg(
    timeline: Timeline, canvas: Canvas, number: int, facts: Mapping[Path, MediaFacts], cache: RenderCache
) -> bytes:
    """Film frame `number` (0 is the first) on a canvas. facts: of every image and clip in the timeline.

    Raises MediaRefused, TypefaceUnusable, OSError.
    """
    timeline = with_own_typefaces(timeline)
    span = Span(number, number + 1)
    logos, frame = CachedLogos(cache), Frame(canvas.width, canvas.height)
    with ShotMaker(timeline, canvas, facts, cache, span) as shot_maker:
        layers = layers_of(timeline, canvas, logos.content(timeline.brand.logo), logos.load)
        with Painter(Picture(timeline, canvas, shot_maker.shots, layers), span) as painter:
            painter.paint(number, frame)
    out = BytesIO()
    _picture(frame).save(out, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return out.getvalue()


def clip_preview(path: Path, facts: MediaFacts) -> bytes:
    """A picture from near a clip's beginning, past a first black one, as a small WebP. Raises MediaRefused."""
    assert facts.width is not None
    assert facts.height is not None
    share = min(1.0, CLIP_LONGER_SIDE / max(facts.width, facts.height))
    frame = Frame(even_size(facts.width * share), even_size(facts.height * share))
    number = min(FPS, int((facts.duration_s or 0) * FPS) // 2)
    whole = (0.0, 0.0, 1.0, 1.0)
    with ClipReader(path, start_frame=number, count=1, width=frame.width, height=frame.height, crop=whole) as reader:
        reader.read_into(frame.packed.data.cast("B"))
    out = BytesIO()
    _picture(frame).save(out, "WEBP", quality=82, method=4)
    return out.getvalue()


def _picture(frame: Frame) -> Image.Image:
    picture = av.VideoFrame.from_numpy_buffer(frame.packed, format="yuv420p")
    picture.colorspace, picture.color_range = BT709, LIMITED_RANGE
    return Image.fromarray(picture.to_ndarray(format="rgb24"))
