"""Turns: which of a film's missing segments is encoded next, so that all cores end together.

Called by engine.render.export, from each thread that encodes.
Law: the order changes when a segment is encoded, never what is in it.
"""

import threading
from collections.abc import Mapping

from engine.render.picture.spans import Span

CROSSING_COST = 2.0
"""A frame of a transition takes the encoder twice as long as another (55 ms against 28, measured): all of it moves."""
MOST_WEIGHED = 10
"""Segments left from which on every way to share them out is looked at: 1,024 sums. Before, any order will do."""


class Turns:
    """Hands out segments to threads that ask for one after another, and counts their frames."""

    def __init__(self, frame_costs: Mapping[Span, float], threads: int) -> None:
        """frame_costs: each missing segment with the cost of one of its frames, in any unit. threads: who will ask."""
        self._frame_costs, self._threads = frame_costs, threads
        self._left = sorted(frame_costs, key=lambda segment: segment.start)
        self._begun: dict[Span, int] = {}
        self._lock = threading.Lock()
        self.frames_done = 0
        """Of all segments."""

    def take(self) -> Span | None:
        """The segment that the asking thread shall encode next, None where none is left."""
        with self._lock:
            if not self._left:
                return None
            segment = self._next()
            self._left.remove(segment)
            self._begun[segment] = segment.count
            return segment

    def count_frame(self, segment: Span) -> None:
        """One more frame of a segment that was taken is encoded."""
        with self._lock:
            self._begun[segment] -= 1
            self.frames_done += 1

    def _next(self) -> Span:
        """Of what the asking thread should still take, the first long one: stills are made in the film's order."""
        share = self._left if len(self._left) > MOST_WEIGHED else self._fair_share()
        longest = max(map(self._cost, share))
        return next(segment for segment in share if self._cost(segment) > longest / 2)

    def _fair_share(self) -> list[Span]:
        """The segments that keep the asking thread busy for just as long as the others will be."""
        under_way = sum(self._frame_costs[segment] * frames for segment, frames in self._begun.items())
        fair = (under_way + sum(map(self._cost, self._left))) / self._threads
        sums = [0.0]  # of each choice of segments: choice number n holds those whose bits are set in n
        for segment in self._left:
            sums += [before + self._cost(segment) for before in sums]
        best = min(range(1, len(sums)), key=lambda choice: abs(sums[choice] - fair))
        return [segment for bit, segment in enumerate(self._left) if best >> bit & 1]

    def _cost(self, segment: Span) -> float:
        return self._frame_costs[segment] * segment.count
