"""The compositor: draws any frame of a film on a canvas.

Called by engine.render.film, one painter per segment and thread.
Law: what a frame shows depends on the timeline, the canvas and the materials alone, never on which frames were drawn
before it, so that segments can be drawn in any order and joined.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from engine.render.formats import Canvas
from engine.render.picture.frames import Frame, Scratch, Still, draw_still, scale_frame, yuv_of
from engine.render.picture.framing import Rect, eased, rect_between
from engine.render.picture.overlays import Overlay, lay_over
from engine.render.picture.spans import Span, crossings, shown_spans
from engine.render.picture.transitions import cross
from engine.render.timeline import Timeline


class FrameReader(Protocol):
    """A clip's pictures, one after another."""

    def read_into(self, frame: memoryview) -> None:
        """Fill the next picture's packed planes."""

    def close(self) -> None:
        """Let go of the clip."""


@dataclass(frozen=True, slots=True)
class StillShot:
    """A still and the parts of it (in its pixels) that are seen first and last."""

    load: Callable[[], Still]
    start: Rect
    end: Rect
    content: str
    """Names what the still shows: two stills with one name have the same pixels."""


@dataclass(frozen=True, slots=True)
class ClipShot:
    """A clip whose pictures come `width` x `height` pixels large, and the parts of them seen first and last."""

    open: Callable[[int, int], FrameReader]
    """From (first frame, count), counted from the scene's first seen frame."""
    width: int
    height: int
    start: Rect
    end: Rect
    content: str
    """Names the pictures that the reader gives."""


Shot = StillShot | ClipShot


class Layer(Protocol):
    """Something laid over the pictures: captions, a logo, a progress bar."""

    def at(self, number: int) -> Overlay | None:
        """What lies over film frame `number`."""

    def description(self, span: Span) -> object:
        """All that decides how the layer looks in `span`, as plain data; places in time counted from span.start."""


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is seen of a film on one canvas: a shot for each scene and what lies over them."""

    timeline: Timeline
    canvas: Canvas
    shots: tuple[Shot, ...]
    layers: tuple[Layer, ...]
    """Lowest first."""


class Painter:
    """Draws the frames `span` of a picture in order. Leaving the `with` block lets go of clips."""

    def __init__(self, picture: Picture, span: Span) -> None:
        self._picture = picture
        self._canvas = picture.canvas
        self._crossings = [crossing for crossing in crossings(picture.timeline) if crossing.span.meets(span)]
        self._spans = shown_spans(picture.timeline)
        self._scratch = Scratch()
        self._second: Frame | None = None
        self._open = ExitStack()
        self._views = {
            scene: self._view(picture.shots[scene], shown, span)
            for scene, shown in enumerate(self._spans)
            if shown.meets(span)
        }

    def paint(self, number: int, frame: Frame) -> None:
        """Draw film frame `number`; numbers come in order within the span."""
        scenes = [scene for scene in self._views if self._spans[scene].start <= number < self._spans[scene].end]
        self._views[scenes[0]](number, frame)
        if len(scenes) > 1:
            crossing = next(crossing for crossing in self._crossings if crossing.scene == scenes[0])
            second = self._second = self._second or Frame(frame.width, frame.height)
            self._views[scenes[1]](number, second)
            share = (number - crossing.span.start + 0.5) / crossing.span.count
            ground = crossing.transition.colour or self._picture.timeline.brand.ground
            cross(frame, second, crossing.transition, share, yuv_of(ground))
        for layer in self._picture.layers:
            if overlay := layer.at(number):
                lay_over(frame, overlay)

    def _view(self, shot: Shot, shown: Span, span: Span) -> Callable[[int, Frame], None]:
        """A function that draws film frame n of one scene."""
        last = max(shown.count - 1, 1)

        def seen(number: int) -> Rect:
            return rect_between(shot.start, shot.end, eased((number - shown.start) / last))

        if isinstance(shot, StillShot):
            still = shot.load()
            return lambda number, frame: draw_still(still, seen(number), frame, self._scratch)

        first, end = max(shown.start, span.start), min(shown.end, span.end)
        reader = shot.open(first - shown.start, end - first)
        self._open.callback(reader.close)
        whole = Rect(0, 0, shot.width, shot.height)
        if shot.start == shot.end == whole and (shot.width, shot.height) == (self._canvas.width, self._canvas.height):
            return lambda _, frame: reader.read_into(frame.packed.data.cast("B"))
        larger = Frame(shot.width, shot.height)

        def draw(number: int, frame: Frame) -> None:
            reader.read_into(larger.packed.data.cast("B"))
            scale_frame(larger, seen(number), frame, self._scratch)

        return draw

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._views.clear()  # they hold stills, and us: without this the memory stays until Python looks for cycles
        self._open.close()
