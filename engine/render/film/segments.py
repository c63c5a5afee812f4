"""Segments: the pieces that a film is cut into for encoding, and the names they are kept under.

Called by engine.render.export. A segment is a scene's body (or a part of a long one) or a transition.
Law: a segment's name is a hash of all that shows in it and of how it is encoded, told from its own first frame; so a
piece that only moved in time is found again, and a piece that looks different never is.
"""

import hashlib
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from engine.render.film.cache import RenderCache
from engine.render.film.code_version import picture_code_version
from engine.render.film.encoder import X264_PARAMS, SegmentEncoder
from engine.render.film.packets import write_segment
from engine.render.formats import Quality
from engine.render.picture.compositor import Painter, Picture, StillShot
from engine.render.picture.frames import Frame
from engine.render.picture.spans import Span, crossings, shown_spans
from engine.render.timeline import Timeline

LONGEST_SEGMENT = 150
"""Frames."""
SHORT_SEGMENT = 75
"""Frames of a segment where few are missing: in two parts, a changed scene of five seconds keeps two cores busy (0.19
of a cold render, measured; in one part and with frame threads 0.23)."""


class Cancelled(Exception):
    """The caller asked to stop; finished segments are kept for the next time."""


def plan_segments(timeline: Timeline, span: Span, is_kept: Callable[[Span], bool], cores: int) -> tuple[Span, ...]:
    """Cut `span` of the film at every border between looks, and long bodies into equal parts.

    Where much is to be encoded the parts are long: for 900 frames in 11 segments x264 takes 7% less time and room than
    in 17. Where little is, they are short, and so is the last one of many, so that all cores end together. is_kept:
    whether a segment is in the cache; what is there is planned as it was kept.
    """
    borders = {span.start, span.end, *timeline.scene_starts}
    for crossing in crossings(timeline):
        borders.discard(timeline.scene_starts[crossing.scene + 1])
        borders.update((crossing.span.start, crossing.span.end))
    inside = sorted(border for border in borders if span.start <= border <= span.end)
    looks = [Span(start, end) for start, end in pairwise(inside)]
    long_parts = [part for look in looks for part in _equal_parts(look, LONGEST_SEGMENT)]
    short_parts = {part: _equal_parts(part, SHORT_SEGMENT) for part in long_parts}
    kept = {part for part in long_parts if is_kept(part)}
    missing = [
        p for p in long_parts if p not in kept and len(short_parts[p]) > 1 and not any(map(is_kept, short_parts[p]))
    ]
    whole = kept | set(missing[:-1] if len(missing) >= 2 * cores else ())
    return tuple(part for long in long_parts for part in ([long] if long in whole else short_parts[long]))


def _equal_parts(look: Span, longest: int) -> list[Span]:
    count = -(-look.count // longest)
    edges = [look.start + look.count * part // count for part in range(count + 1)]
    return [Span(first, last) for first, last in pairwise(edges)]


def segment_name(picture: Picture, segment: Span, quality: Quality) -> str:
    """The name that a segment is kept under."""
    shots = []
    for shot, shown in zip(picture.shots, shown_spans(picture.timeline), strict=True):
        if shown.meets(segment):
            kind = "still" if isinstance(shot, StillShot) else "clip"
            shots.append(
                [kind, shot.content, repr(shot.start), repr(shot.end), segment.start - shown.start, shown.count]
            )
    crossing_marks = [
        [crossing.transition.model_dump(mode="json"), segment.start - crossing.span.start]
        for crossing in crossings(picture.timeline)
        if crossing.span.meets(segment)
    ]
    description = {
        "code": picture_code_version(),
        "canvas": [picture.canvas.width, picture.canvas.height],
        "encoder": [quality.preset, quality.crf, X264_PARAMS],
        "frames": segment.count,
        "shots": shots,
        "crossings": crossing_marks,
        "ground": picture.timeline.brand.ground if crossing_marks else None,
        "layers": [layer.description(segment) for layer in picture.layers],
    }
    return f"segment-{hashlib.sha256(json.dumps(description).encode()).hexdigest()}"


def encode_segment(
    picture: Picture, segment: Span, quality: Quality, cache: RenderCache, on_frame: Callable[[], None]
) -> Path:
    """Draw and encode one segment into the cache; returns its file. What on_frame raises ends it, leaving nothing."""
    name = segment_name(picture, segment, quality)
    frame = Frame(picture.canvas.width, picture.canvas.height)
    encoder = SegmentEncoder(picture.canvas, quality)
    with Painter(picture, segment) as painter:
        for number in range(segment.start, segment.end):
            painter.paint(number, frame)
            encoder.push(frame)
            on_frame()
    with cache.writing(name) as unfinished:
        write_segment(encoder.finish(), unfinished)
    return cache.folder / name
