"""The storyboard: how long scenes are, what they show and how they give way."""

import math
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automations.storyboard import (
    BREATH_MS,
    END_CARD_FRAMES,
    LEAD_IN_MS,
    SHORTEST_SCENE_FRAMES,
    TAIL_MS,
    TRANSITION_FRAMES,
    SourceFile,
    Storyboard,
    silent_words,
    storyboard,
)
from engine.core.scripts import split_script
from engine.render.timeline import CardSource, ClipSource, ImageSource, Scene, Timeline, Word

PICTURE = SourceFile(Path("/foto.jpg"), "image")
FPS = 30

words_of_a_scene = st.lists(st.tuples(st.integers(0, 900), st.integers(1, 1500)), min_size=1, max_size=6)
"""Pause before a word and its length, in ms."""


def scenes_with(timing: list[list[tuple[int, int]]]) -> tuple[list[str], list[list[Word]]]:
    """Scenes whose words follow each other with these pauses and lengths."""
    now = LEAD_IN_MS
    words: list[list[Word]] = []
    for scene in timing:
        words.append([])
        for pause_ms, length_ms in scene:
            start = now + pause_ms
            now = start + length_ms
            words[-1].append(Word(text="ja", start_ms=start, end_ms=now))
    scenes = [" ".join(["ja"] * len(scene)) for scene in timing]
    return scenes, words


def told(text: str, sources: list[SourceFile] | None = None, end_card: str | None = None) -> Storyboard:
    """The storyboard of a script without a voice."""
    scenes = [scene.text for scene in split_script(text, "nl")]
    return storyboard(scenes, silent_words(scenes, "nl"), sources or [], "nl", 0, end_card)


def starts(scenes: tuple[Scene, ...]) -> list[int]:
    return list(accumulate((scene.duration_frames for scene in scenes[:-1]), initial=0))


@given(st.lists(words_of_a_scene, min_size=1, max_size=8), st.integers(0, 3000))
def test_a_film_ends_a_breath_after_the_voice_and_no_scene_is_a_flash(
    timing: list[list[tuple[int, int]]], after_ms: int
) -> None:
    scenes, words = scenes_with(timing)
    voice_end_ms = words[-1][-1].end_ms + after_ms

    made = storyboard(scenes, words, [PICTURE], "nl", voice_end_ms)

    lengths = [scene.duration_frames for scene in made.scenes]
    assert min(lengths) >= SHORTEST_SCENE_FRAMES
    if min(lengths) > SHORTEST_SCENE_FRAMES:
        assert sum(lengths) == pytest.approx((voice_end_ms + TAIL_MS) * FPS / 1000, abs=1)
    else:  # scenes shorter than one can see push what follows later
        assert sum(lengths) >= math.floor((voice_end_ms + TAIL_MS) * FPS / 1000)
    Timeline(title="x", scenes=made.scenes, words=made.words)


@given(st.lists(words_of_a_scene, min_size=2, max_size=8))
def test_a_scene_begins_in_the_pause_before_its_first_word(timing: list[list[tuple[int, int]]]) -> None:
    scenes, words = scenes_with([[(0, 1000), *scene] for scene in timing])

    made = storyboard(scenes, words, [PICTURE], "nl", 0)

    for start, (before, scene) in zip(starts(made.scenes)[1:], pairwise(words), strict=True):
        first_ms, silent_since_ms = scene[0].start_ms, before[-1].end_ms
        start_ms = start * 1000 / FPS
        assert first_ms - BREATH_MS - 1000 / FPS <= start_ms <= first_ms + 1000 / FPS
        assert start_ms >= silent_since_ms - 1000 / FPS


@pytest.mark.parametrize(("pause_ms", "before_ms"), [(100, 50), (400, 200), (2000, BREATH_MS)])
def test_a_short_pause_is_shared_and_a_long_one_leaves_a_breath(pause_ms: int, before_ms: int) -> None:
    scenes, words = scenes_with([[(0, 1000)], [(pause_ms, 1000)]])

    made = storyboard(scenes, words, [PICTURE], "nl", 0)

    assert made.scenes[0].duration_frames == round((words[1][0].start_ms - before_ms) * FPS / 1000)


@given(st.lists(words_of_a_scene, min_size=2, max_size=8), st.booleans())
def test_a_transition_takes_at_most_a_third_of_the_scenes_it_joins(
    timing: list[list[tuple[int, int]]], with_picture: bool
) -> None:
    scenes, words = scenes_with(timing)

    made = storyboard(scenes, words, [PICTURE] if with_picture else [], "nl", 0, end_card="Tot ziens")

    for scene, following in pairwise(made.scenes):
        frames = scene.transition.duration_frames
        assert frames <= min(TRANSITION_FRAMES, scene.duration_frames / 3, following.duration_frames / 3)
    assert made.scenes[-1].transition.kind == "cut"


def test_photos_melt_and_cards_push() -> None:
    text = "Brood is warm en lekker.\n---\nKaas is oud en geel.\n---\nMorgen weer."

    assert [scene.transition.kind for scene in told(text).scenes] == ["slide", "slide", "cut"]
    assert [scene.transition.kind for scene in told(text, [PICTURE]).scenes] == ["crossfade", "crossfade", "cut"]


def test_without_a_voice_every_word_gets_its_share_in_order() -> None:
    scenes = ["Een hele lange zin over brood.", "Ja."]

    first, second = silent_words(scenes, "nl")

    assert [word.text for word in [*first, *second]] == "Een hele lange zin over brood. Ja.".split()
    assert all(one.end_ms <= other.start_ms + 1 for one, other in pairwise([*first, *second]))
    assert second[0].end_ms - second[0].start_ms >= 1000  # even "Ja." can be read


def test_sources_are_given_to_scenes_in_turn() -> None:
    sources = [SourceFile(Path(f"/{name}.jpg"), "image") for name in "abc"]

    made = told("\n---\n".join(["Brood is warm."] * 7), sources)

    shown = [scene.source.path.stem for scene in made.scenes if isinstance(scene.source, ImageSource)]
    assert "".join(shown) == "abcabca"


def test_a_clip_goes_on_where_it_stopped_until_too_little_of_it_is_left() -> None:
    scenes = "\n---\n".join(["Brood is warm en lekker vandaag."] * 4)
    length = told(scenes, [PICTURE]).scenes[1].duration_frames

    made = told(scenes, [SourceFile(Path("/clip.mp4"), "clip", frames=3 * length + length // 2)])

    trims = [scene.source.trim_start_frames for scene in made.scenes if isinstance(scene.source, ClipSource)]
    lengths = [scene.duration_frames for scene in made.scenes]
    assert trims == [0, lengths[0], lengths[0] + lengths[1], 0]


def test_a_clip_shorter_than_its_scene_starts_at_its_beginning_each_time() -> None:
    made = told("Brood is warm en lekker.\n---\nKaas ook.", [SourceFile(Path("/kort.mp4"), "clip", frames=10)])

    assert [getattr(scene.source, "trim_start_frames", None) for scene in made.scenes] == [0, 0]


def test_an_end_card_is_a_scene_of_its_own_after_the_voice() -> None:
    without, made = told("Brood is warm."), told("Brood is warm.", end_card="bakkerij.example")

    *scenes, end = made.scenes
    assert [scene.duration_frames for scene in scenes] == [scene.duration_frames for scene in without.scenes]
    assert (end.duration_frames, end.id) == (END_CARD_FRAMES, "end")
    assert isinstance(end.source, CardSource)
    assert end.source.heading == "bakkerij.example"


@given(st.text(min_size=1, max_size=900))
def test_any_script_makes_a_timeline_that_is_valid(text: str) -> None:
    try:
        made = told(text)
    except ValueError as refusal:
        assert "no words yet" in str(refusal)  # noqa: PT017
        return

    Timeline(title="x", scenes=made.scenes, words=made.words)
