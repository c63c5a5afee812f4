"""Stills and frames: colours stay true, crops land where they should, and a slow zoom does not shake."""

from pathlib import Path

import av
import numpy as np
import pytest

from engine.render.picture.frames import (
    Frame,
    Scratch,
    draw_still,
    read_still,
    scale_frame,
    still_of_rgb,
    write_still,
    yuv_of,
)
from engine.render.picture.framing import Rect, eased, rect_between

COLOURS = ["#000000", "#FFFFFF", "#C2410C", "#2457A6", "#00FF00", "#FF00FF"]


def plain(colour: str, width: int = 64, height: int = 48) -> np.ndarray:
    rgb = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return np.broadcast_to(np.array(rgb, np.uint8), (height, width, 3))


def rgb_of(frame: Frame) -> np.ndarray:
    """What a player shows: FFmpeg's own conversion from BT.709 limited range."""
    picture = av.VideoFrame.from_numpy_buffer(frame.packed, format="yuv420p")
    picture.colorspace, picture.color_range = 1, 1
    return np.asarray(picture.to_ndarray(format="rgb24", src_colorspace="ITU709", dst_colorspace="ITU709"))


@pytest.mark.parametrize("colour", COLOURS)
def test_a_colour_of_a_picture_is_the_colour_on_the_screen(colour: str) -> None:
    frame = Frame(32, 24)

    draw_still(still_of_rgb(plain(colour)), Rect(3.3, 2.1, 40, 30), frame, Scratch())

    assert np.abs(rgb_of(frame).astype(int) - plain(colour, 32, 24)).max() <= 3
    assert np.abs(np.array(yuv_of(colour)) - [frame.y[0, 0], frame.u[0, 0], frame.v[0, 0]]).max() <= 1


def test_a_crop_of_the_same_size_gives_the_same_pixels() -> None:
    rgb = np.random.default_rng(1).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    still, frame = still_of_rgb(rgb), Frame(64, 48)

    draw_still(still, Rect(0, 0, 64, 48), frame, Scratch())

    assert np.array_equal(frame.y, still.y.T)
    assert np.array_equal(frame.u, still.u.T)
    assert np.array_equal(frame.v, still.v.T)


def test_a_crop_shifted_by_whole_pixels_shows_the_neighbours() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (80, 90, 3), dtype=np.uint8)
    still, frame = still_of_rgb(rgb), Frame(40, 30)

    draw_still(still, Rect(10, 20, 40, 30), frame, Scratch())

    assert np.array_equal(frame.y, still.y[10:50, 20:50].T)
    assert np.array_equal(frame.u, still.u[5:25, 10:25].T)


def test_scaling_a_frame_keeps_a_smooth_ramp_smooth() -> None:
    ramp = np.repeat(np.linspace(0, 255, 96)[None, :, None], 64, axis=0).repeat(3, axis=2).astype(np.uint8)
    still, source, frame = still_of_rgb(ramp), Frame(96, 64), Frame(60, 40)
    draw_still(still, Rect(0, 0, 96, 64), source, Scratch())

    scale_frame(source, Rect(12, 8, 72, 48), frame, Scratch())

    expected = np.interp(12 + (np.arange(60) + 0.5) * 1.2 - 0.5, np.arange(96), source.y[32].astype(float))
    assert np.abs(frame.y[20].astype(float) - expected).max() <= 2


def test_a_still_comes_back_from_its_file(tmp_path: Path) -> None:
    still = still_of_rgb(np.random.default_rng(3).integers(0, 256, (20, 30, 3), dtype=np.uint8))

    write_still(still, tmp_path / "a")
    again = read_still(tmp_path / "a")

    assert (again.width, again.height) == (30, 20)
    assert np.array_equal(again.y, still.y)
    assert np.array_equal(again.v, still.v)


@pytest.mark.parametrize("kept", [0, 10, 500])
def test_a_still_cut_short_is_noticed(tmp_path: Path, kept: int) -> None:
    write_still(still_of_rgb(np.zeros((20, 30, 3), np.uint8)), tmp_path / "a")
    (tmp_path / "a").write_bytes((tmp_path / "a").read_bytes()[:kept])

    with pytest.raises(ValueError, match="not a whole still"):
        read_still(tmp_path / "a")


def test_mixing_by_shares_goes_from_one_picture_to_the_other() -> None:
    black, white = Frame(16, 16), Frame(16, 16)
    black.fill((16, 128, 128))
    white.fill((235, 128, 128))

    black.mix(white, 0.5)

    assert set(np.unique(black.y)) <= {125, 126}
    black.mix(white, 1.0)
    assert set(np.unique(black.y)) == {235}


def dot_path(start: Rect, end: Rect, frames: int) -> np.ndarray:
    """Where the middle of a dot lies in each frame of a move, in pixels of the canvas: shape (frames, 2)."""
    x, y = np.meshgrid(np.arange(480) - 236.0, np.arange(720) - 361.0)
    dot = 20 + 215 / (1 + np.exp((np.hypot(x, y) - 14) * 1.2))
    still = still_of_rgb(np.repeat(dot.astype(np.uint8)[:, :, None], 3, axis=2))
    frame, scratch = Frame(360, 540), Scratch()
    places = []
    for number in range(frames):
        draw_still(still, rect_between(start, end, eased(number / (frames - 1))), frame, scratch)
        light = frame.y.astype(np.float64) - float(np.median(frame.y))
        light[light < 4] = 0
        rows, columns = np.mgrid[0:540, 0:360]
        places.append(((light * columns).sum() / light.sum(), (light * rows).sum() / light.sum()))
    return np.array(places)


def test_ken_burns_keeps_a_dot_on_a_smooth_path_within_a_hundredth_of_a_pixel() -> None:
    places = dot_path(Rect(0, 0, 480, 720), Rect(31.3, 40.7, 417.4, 626.1), 90)

    time = np.linspace(-1, 1, 90)
    residue = [axis - np.polyval(np.polyfit(time, axis, 6), time) for axis in places.T]

    assert np.sqrt(np.mean(np.square(residue))) <= 0.01
