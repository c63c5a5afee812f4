"""Overlays: what is laid over a picture covers it where it is opaque and nowhere else."""

import numpy as np
import pytest

from engine.render.picture.frames import Frame
from engine.render.picture.overlays import lay_over, overlay_of_rgba


def grey() -> Frame:
    frame = Frame(32, 32)
    frame.fill((100, 128, 128))
    return frame


def white_square(size: int = 6, alpha: int = 255) -> np.ndarray:
    return np.full((size, size, 4), alpha, np.uint8)


@pytest.mark.parametrize(("left", "top"), [(4, 4), (5, 4), (4, 5), (7, 9)])
def test_an_opaque_square_covers_exactly_its_own_pixels(left: int, top: int) -> None:
    frame = grey()

    lay_over(frame, overlay_of_rgba(white_square(), left, top))

    covered = frame.y == 235
    assert covered[top : top + 6, left : left + 6].all()
    assert covered.sum() == 36
    assert (frame.y[~covered] == 100).all()


def test_half_transparent_white_over_grey_is_half_way() -> None:
    frame = grey()

    lay_over(frame, overlay_of_rgba(white_square(alpha=128), 4, 4))

    assert abs(int(frame.y[6, 6]) - (100 + 235) // 2) <= 1
    assert abs(int(frame.u[3, 3]) - 128) <= 1


def test_an_overlay_that_reaches_past_the_edge_is_cut_off() -> None:
    frame = grey()

    lay_over(frame, overlay_of_rgba(white_square(), 30, 28))
    lay_over(frame, overlay_of_rgba(white_square(), 40, 40))

    assert (frame.y == 235).sum() == 8
