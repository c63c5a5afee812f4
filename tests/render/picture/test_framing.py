"""Framing: crops stay inside the picture, follow the focus, and stills are kept no larger than needed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.render.picture.framing import Rect, crop_rect, rect_between, rect_in_still, still_size
from engine.render.timeline import Box, Crop, Motion

sizes = st.integers(2, 5000)
fractions = st.floats(0, 1)
crops = st.builds(Crop, zoom=st.floats(1, 4), x=st.none() | fractions, y=st.none() | fractions)


def inside(rect: Rect, width: int, height: int) -> bool:
    slack = 1e-6 * max(width, height)
    return (
        rect.left >= -slack
        and rect.top >= -slack
        and rect.left + rect.width <= width + slack
        and rect.top + rect.height <= height + slack
    )


@given(sizes, sizes, st.sampled_from([9 / 16, 1.0, 16 / 9]), crops, crops, fractions)
def test_no_crop_and_no_step_between_two_ever_leaves_the_picture(
    width: int, height: int, aspect: float, first: Crop, second: Crop, share: float
) -> None:
    start, end = (crop_rect(width, height, aspect, crop, None) for crop in (first, second))

    assert inside(start, width, height)
    assert inside(rect_between(start, end, share), width, height)
    assert start.width / start.height == pytest.approx(aspect)


def test_the_crop_is_centred_on_the_focus() -> None:
    face = Box(x=0.7, y=0.1, width=0.2, height=0.2)

    crop = crop_rect(1600, 900, 9 / 16, Crop(), face)

    assert crop.left + crop.width / 2 == pytest.approx(0.8 * 1600)


def test_a_focus_at_the_edge_keeps_the_crop_inside() -> None:
    crop = crop_rect(1600, 900, 9 / 16, Crop(), Box(x=0.95, y=0, width=0.05, height=1))

    assert crop.left + crop.width == pytest.approx(1600)


def test_a_move_begins_and_ends_exactly_at_its_crops() -> None:
    start, end = Rect(0, 0, 900, 1600), Rect(100, 50, 600, 1066.7)

    assert rect_between(start, end, 0.0) == start
    assert rect_between(start, end, 1.0).left == pytest.approx(end.left)
    assert rect_between(start, end, 1.0).width == pytest.approx(end.width)


def test_a_picture_is_never_enlarged_when_it_is_kept() -> None:
    size = still_size(400, 600, 1080, 1920, Motion(end=Crop(zoom=1.5)), None)

    assert (size.width, size.height) == (400, 600)


def test_a_photo_is_kept_at_the_size_of_its_tightest_crop() -> None:
    size = still_size(2400, 3000, 1080, 1920, Motion(end=Crop(zoom=1.15)), None)

    assert size.region == (0, 0, 2400, 3000)
    assert size.height == 1920 * 1.25


def test_of_a_panorama_only_the_part_that_is_seen_is_kept() -> None:
    size = still_size(12000, 1500, 1080, 1920, Motion(), None)

    assert size.region[2] - size.region[0] < 1000
    assert size.width <= 1200


@given(st.integers(100, 6000), st.integers(100, 6000), crops, crops)
def test_both_ends_of_a_move_lie_inside_the_still_that_was_kept_for_it(
    width: int, height: int, first: Crop, second: Crop
) -> None:
    size = still_size(width, height, 1080, 1920, Motion(start=first, end=second), None)

    for crop in (first, second):
        rect = rect_in_still(crop_rect(width, height, 9 / 16, crop, None), size)
        assert rect.left >= -0.01
        assert rect.top >= -0.01
        assert rect.left + rect.width <= size.width + 0.01
        assert rect.top + rect.height <= size.height + 0.01
