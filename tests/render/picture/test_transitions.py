"""Transitions, on pictures of a few letters: A is the scene that goes, B the one that comes, . the colour of a dip."""

import numpy as np
import pytest

from engine.render.picture.frames import Frame
from engine.render.picture.transitions import cross
from engine.render.timeline import Transition

A, B, DOT = 60, 200, 16


def picture(value: int) -> Frame:
    frame = Frame(8, 8)
    frame.fill((value, 128, 128))
    return frame


def crossed(kind: str, share: float, direction: str = "left") -> np.ndarray:
    first = picture(A)
    transition = Transition.model_validate({"kind": kind, "duration_frames": 10, "direction": direction})
    cross(first, picture(B), transition, share, (DOT, 128, 128))
    return first.y


def letters(row: np.ndarray) -> str:
    return "".join({A: "A", B: "B", DOT: "."}.get(int(value), "?") for value in row)


def test_a_crossfade_is_half_of_each_in_the_middle() -> None:
    assert abs(int(crossed("crossfade", 0.5)[0, 0]) - (A + B) // 2) <= 1


@pytest.mark.parametrize(
    ("direction", "row"), [("left", "AAAABBBB"), ("right", "BBBBAAAA"), ("up", "AAAAAAAA"), ("down", "BBBBBBBB")]
)
def test_a_slide_pushes_the_old_scene_out(direction: str, row: str) -> None:
    assert letters(crossed("slide", 0.5, direction)[0]) == row


def test_a_slide_upwards_brings_the_new_scene_from_below() -> None:
    assert letters(crossed("slide", 0.5, "up")[:, 0]) == "AAAABBBB"


def test_a_dip_is_all_colour_in_the_middle_and_never_shows_both_scenes() -> None:
    assert letters(crossed("dip", 0.4999)[0]) == "........"
    assert A > int(crossed("dip", 0.25)[0, 0]) > DOT
    assert B > int(crossed("dip", 0.75)[0, 0]) > DOT


@pytest.mark.parametrize("kind", ["crossfade", "slide", "dip"])
def test_a_transition_grows_out_of_the_old_scene_and_into_the_new_one(kind: str) -> None:
    assert np.abs(crossed(kind, 0.0).astype(int) - A).max() <= 1
    assert np.abs(crossed(kind, 1.0).astype(int) - B).max() <= 1
