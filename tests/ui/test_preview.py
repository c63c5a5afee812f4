"""The Preview step's own arithmetic: cuts that are moved, places that buttons go to, sizes that fit."""

import pytest

from api.schemas.cuts import CutScene
from api.schemas.videos import Format
from engine.ui.components.level import Range
from engine.ui.pages.create.preview.music import decibels
from engine.ui.pages.create.preview.stage import fitted
from engine.ui.pages.create.preview.strip import edge_near, edges_of
from engine.ui.pages.create.preview.transport import place_after, place_before, scene_at


def scene(number: int, start_ms: int, shift_ms: int = 0) -> CutScene:
    return CutScene(
        scene_id=f"scene-{number}",
        number=number,
        start_ms=start_ms,
        duration_ms=2000,
        cut_shift_ms=shift_ms,
        text="",
        has_picture=True,
    )


SCENES = [scene(1, 0), scene(2, 2000), scene(3, 4000, shift_ms=-100)]


def test_the_first_scene_has_no_cut_to_move() -> None:
    assert [(edge.number, edge.at_ms, edge.shift_ms) for edge in edges_of(SCENES, {})] == [
        (2, 2000, 0),
        (3, 4000, -100),
    ]
    assert edges_of([], {}) == []


def test_a_cut_that_is_not_saved_yet_shows_where_it_was_put() -> None:
    edges = edges_of(SCENES, {"scene-2": 300, "scene-3": 0})

    assert [edge.at_ms for edge in edges] == [2300, 4100]


def test_a_cut_is_moved_as_far_as_may_be() -> None:
    (_, third) = edges_of(SCENES, {})

    assert (third.moved(-50, 1000).at_ms, third.moved(-50, 1000).shift_ms) == (3950, -150)
    assert third.moved(-5000, 1000).shift_ms == -1000


def test_only_a_cut_near_the_hand_is_taken() -> None:
    edges = edges_of(SCENES, {})

    taken = edge_near(edges, 2080, 100)

    assert taken is not None
    assert taken.number == 2
    assert edge_near(edges, 3000, 100) is None
    assert edge_near([], 0, 100) is None


def test_buttons_go_from_scene_to_scene() -> None:
    assert place_before(SCENES, 2100) == 0
    assert place_before(SCENES, 2600) == 2000
    assert place_before(SCENES, 0) == 0
    assert place_after(SCENES, 2000, 6000) == 4000
    assert place_after(SCENES, 4500, 6000) == 6000
    at_the_end = scene_at(SCENES, 6000)
    assert at_the_end is not None
    assert at_the_end.number == 3
    assert scene_at([], 0) is None


@pytest.mark.parametrize(("shape", "size"), [("9:16", (225, 400)), ("1:1", (400, 400)), ("16:9", (400, 225))])
def test_a_picture_keeps_its_shape_in_its_room(shape: Format, size: tuple[int, int]) -> None:
    assert fitted(shape, (400, 400)) == size


def test_a_level_stands_on_one_of_its_steps() -> None:
    sizes = Range(0.5, 2.0, 0.1)

    assert sizes.at(0.33) == 1.0
    assert sizes.nearest(9) == 2.0
    assert sizes.nearest(1.0 + 0.1) == 1.1
    assert sizes.share(0) == 0
    assert decibels(-8.0) == "-8 dB"
    assert decibels(3.0) == "+3 dB"
    assert decibels(0.0) == "0 dB"
