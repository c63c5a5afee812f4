"""Turns: the cores of a machine end a film together, whatever pieces it is cut into."""

import heapq
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.render.film.turns import Turns
from engine.render.picture.spans import Span

LONG, SHORT = (70, 1.0), (15, 2.0)
SIX_SCENES = [LONG, *[LONG, SHORT, LONG] * 5, LONG]
"""Twelve halves of scenes and the five transitions between them: frames, and what one of them costs."""


def in_a_row(pieces: Sequence[tuple[int, float]]) -> dict[Span, float]:
    """The pieces as segments of a film, one behind the other."""
    costs, start = {}, 0
    for frames, cost in pieces:
        costs[Span(start, start + frames)] = cost
        start += frames
    return costs


def encoded(costs: dict[Span, float], threads: int) -> tuple[list[Span], list[float]]:
    """The order in which threads that work frame by frame take the segments, and when each thread ends."""
    turns, taken = Turns(costs, threads), []
    working: list[tuple[float, int, Span | None, int]] = [(0.0, thread, None, 0) for thread in range(threads)]
    ends = [0.0] * threads
    while working:
        now, thread, segment, left = heapq.heappop(working)
        if segment and left:
            turns.count_frame(segment)
            left -= 1
        if not left:
            segment = turns.take()
            if segment is None:
                ends[thread] = now
                continue
            taken.append(segment)
            left = segment.count
        assert segment is not None
        heapq.heappush(working, (now + costs[segment], thread, segment, left))
    assert turns.frames_done == sum(segment.count for segment in costs)
    return taken, ends


def test_two_cores_end_a_film_of_six_scenes_together() -> None:
    _, ends = encoded(in_a_row(SIX_SCENES), threads=2)

    assert max(ends) - min(ends) <= SHORT[0] * SHORT[1] / 2


@pytest.mark.parametrize("threads", [1, 3, 8])
def test_no_core_works_alone_for_longer_than_a_piece_takes(threads: int) -> None:
    costs = in_a_row(SIX_SCENES)

    _, ends = encoded(costs, threads)

    assert max(ends) <= sum(s.count * cost for s, cost in costs.items()) / threads + LONG[0]


def test_a_long_film_is_encoded_from_its_start_as_its_stills_are_made() -> None:
    costs = in_a_row([LONG] * 40)

    taken, _ = encoded(costs, threads=2)

    assert taken[:30] == list(costs)[:30]


@given(st.lists(st.tuples(st.integers(1, 75), st.sampled_from([1.0, 2.0])), max_size=16), st.integers(1, 4))
def test_every_missing_segment_is_encoded_once(pieces: list[tuple[int, float]], threads: int) -> None:
    costs = in_a_row(pieces)

    taken, _ = encoded(costs, threads)

    assert sorted(taken, key=lambda segment: segment.start) == list(costs)
