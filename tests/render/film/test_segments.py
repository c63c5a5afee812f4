"""Segments: a film is cut where its look changes, and a piece is made again only when it looks different."""

from collections.abc import Collection
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from engine.render.film.segments import LONGEST_SEGMENT, plan_segments, segment_name
from engine.render.formats import FULL, Quality
from engine.render.picture.captions import CaptionLayer
from engine.render.picture.compositor import Picture, StillShot
from engine.render.picture.frames import Still
from engine.render.picture.framing import Rect
from engine.render.picture.spans import Span, crossings, shown_spans
from engine.render.timeline import CaptionStyle, CardSource, Scene, Timeline, Transition, Word


def scene(name: str, frames: int, crossfade: int = 0) -> Scene:
    transition = Transition(kind="crossfade", duration_frames=crossfade) if crossfade else Transition()
    return Scene(id=name, source=CardSource(), duration_frames=frames, transition=transition)


def film(*scenes: Scene, words: tuple[Word, ...] = (), progress_bar: bool = False) -> Timeline:
    return Timeline(title="t", scenes=scenes, words=words, captions=CaptionStyle(), progress_bar=progress_bar)


@dataclass
class NoStill:
    def __call__(self) -> Still:
        raise AssertionError("a name is found without looking at pixels")


def plan(timeline: Timeline, kept: Collection[Span] = (), cores: int = 2) -> tuple[Span, ...]:
    return plan_segments(timeline, Span(0, timeline.duration_frames), lambda segment: segment in kept, cores)


def names(timeline: Timeline, quality: Quality = Quality()) -> list[str]:
    shots = tuple(StillShot(NoStill(), Rect(0, 0, 9, 16), Rect(0, 0, 9, 16), content=s.id) for s in timeline.scenes)
    picture = Picture(timeline, FULL["9:16"], shots, (CaptionLayer(timeline, FULL["9:16"]),))
    return [segment_name(picture, segment, quality) for segment in plan(timeline)]


lengths = st.lists(st.tuples(st.integers(20, 400), st.integers(0, 10)), min_size=1, max_size=8)


@given(lengths)
def test_segments_cover_every_frame_once_and_none_is_long(parts: list[tuple[int, int]]) -> None:
    timeline = film(*(scene(str(n), frames, crossfade) for n, (frames, crossfade) in enumerate(parts)))

    segments = plan(timeline)

    assert [n for s in segments for n in range(s.start, s.end)] == list(range(timeline.duration_frames))
    assert max(segment.count for segment in segments) <= LONGEST_SEGMENT


@given(lengths)
def test_a_transition_is_a_segment_of_its_own(parts: list[tuple[int, int]]) -> None:
    timeline = film(*(scene(str(n), frames, crossfade) for n, (frames, crossfade) in enumerate(parts)))

    segments = plan(timeline)

    assert {crossing.span for crossing in crossings(timeline)} <= set(segments)


def test_scenes_are_seen_through_their_transitions() -> None:
    timeline = film(scene("a", 60, 15), scene("b", 60), scene("c", 30))

    assert shown_spans(timeline) == (Span(0, 68), Span(53, 120), Span(120, 150))


def test_a_part_of_a_film_is_planned_by_the_same_borders() -> None:
    timeline = film(scene("a", 60, 15), scene("b", 60))

    part = plan_segments(timeline, Span(50, 100), lambda _: False, cores=2)

    assert part == (Span(50, 53), Span(53, 68), Span(68, 100))


def test_a_cold_film_is_cut_into_few_segments_and_the_last_one_in_two() -> None:
    assert [part.count for part in plan(film(*(scene(name, 140) for name in "abcde")))] == [140, 140, 140, 140, 70, 70]


def test_one_changed_scene_is_shared_by_two_cores_and_found_in_two_parts_afterwards() -> None:
    timeline = film(*(scene(name, 140) for name in "abcde"))
    others = [Span(start, start + 140) for start in (0, 280, 420, 560)]

    changed = plan(timeline, others)

    assert [part.count for part in changed] == [140, 70, 70, 140, 140, 140]
    assert plan(timeline, changed) == changed


def test_a_half_that_is_kept_is_used_in_a_film_that_is_cold_otherwise() -> None:
    timeline = film(*(scene(name, 140) for name in "abcdef"))

    assert [part.count for part in plan(timeline, [Span(70, 140)])] == [70, 70, 140, 140, 140, 140, 70, 70]


def test_changing_one_scene_changes_only_its_own_pieces_and_transitions() -> None:
    before = names(film(scene("a", 60, 10), scene("b", 60, 10), scene("c", 60, 10), scene("d", 60)))
    after = names(film(scene("a", 60, 10), scene("B", 60, 10), scene("c", 60, 10), scene("d", 60)))

    assert [old == new for old, new in zip(before, after, strict=True)] == [True, False, False, False, True, True, True]


def test_a_scene_that_only_moved_in_time_is_found_again() -> None:
    before = names(film(scene("a", 60), scene("b", 60)))
    after = names(film(scene("a", 75), scene("b", 60)))

    assert before[-1] == after[-1]


def test_a_moved_caption_is_another_piece() -> None:
    one = film(scene("a", 60), words=(Word(text="hallo", start_ms=500, end_ms=900),))
    other = film(scene("a", 60), words=(Word(text="hallo", start_ms=600, end_ms=900),))

    assert names(one) != names(other)


def test_another_quality_is_another_piece() -> None:
    timeline = film(scene("a", 60))

    assert names(timeline) != names(timeline, Quality("fast", 20))
    assert names(timeline) != names(timeline, Quality("veryfast", 21))


def test_two_scenes_with_other_pictures_are_other_pieces() -> None:
    repeated = names(film(scene("a", 60), scene("b", 60)))

    assert repeated[0] != repeated[1]
