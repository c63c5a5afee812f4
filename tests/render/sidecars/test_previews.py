"""Previews: the pictures that stand for a film."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.render.sidecars.previews import STRIP_HEIGHT, write_previews
from tests.material import make_clip, number_card, number_on


def luma(path: Path) -> np.ndarray:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("L"))


@pytest.mark.parametrize("frames", [1, 5, 120])
def test_the_strip_shows_the_film_from_begin_to_end(tmp_path: Path, frames: int) -> None:
    film = make_clip(tmp_path / "film.mp4", [number_card(number) for number in range(frames)])

    write_previews(film, frames, tmp_path / "t.jpg", tmp_path / "s.jpg")

    strip = luma(tmp_path / "s.jpg")
    count = min(12, frames)
    width = strip.shape[1] // count
    shown = [number_on(strip[:, place * width : (place + 1) * width]) for place in range(count)]
    assert strip.shape == (STRIP_HEIGHT, width * count)
    assert shown == sorted(shown)
    wanted = [(2 * place + 1) * frames // (2 * count) for place in range(count)]
    assert all(abs(number - target) <= 3 for number, target in zip(shown, wanted, strict=True))


def test_the_thumbnail_is_a_frame_of_the_first_act(tmp_path: Path) -> None:
    film = make_clip(tmp_path / "film.mp4", [number_card(number) for number in range(100)])

    write_previews(film, 100, tmp_path / "t.jpg", tmp_path / "s.jpg")

    assert number_on(luma(tmp_path / "t.jpg")) in range(9, 16)
