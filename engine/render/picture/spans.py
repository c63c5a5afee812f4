"""Spans: from which frame to which each scene and each transition is seen.

Called by engine.render.picture and engine.render.film. Pure arithmetic on a Timeline.
"""

from dataclasses import dataclass

from engine.render.timeline import Timeline, Transition


@dataclass(frozen=True, slots=True)
class Span:
    """Frames of the film, `end` exclusive."""

    start: int
    end: int

    @property
    def count(self) -> int:
        """How many frames."""
        return self.end - self.start

    def meets(self, other: "Span") -> bool:
        """Whether they share a frame."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Crossing:
    """A transition at its place: `scene` gives way to `scene + 1` during `span`."""

    scene: int
    span: Span
    transition: Transition


def crossings(timeline: Timeline) -> tuple[Crossing, ...]:
    """Every transition that is not a cut, in order; each lies half before and half after its border."""
    borders = timeline.scene_starts[1:]
    return tuple(
        Crossing(index, Span(first := border - frames // 2, first + frames), scene.transition)
        for index, (scene, border) in enumerate(zip(timeline.scenes, borders, strict=False))
        if (frames := scene.transition.duration_frames)
    )


def shown_spans(timeline: Timeline) -> tuple[Span, ...]:
    """From which frame to which each scene is seen, its share of transitions included."""
    starts = list(timeline.scene_starts)
    ends = [*starts[1:], timeline.duration_frames]
    for crossing in crossings(timeline):
        ends[crossing.scene] = crossing.span.end
        starts[crossing.scene + 1] = crossing.span.start
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))
