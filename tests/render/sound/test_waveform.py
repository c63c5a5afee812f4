"""A waveform shows where there is sound and where there is none."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.render.sound.aac import AacWriter
from engine.render.sound.samples import Samples
from engine.render.sound.waveform import draw_waveform, waveform_peaks
from tests.render.sound.materials import silence, sine, stereo


def soundtrack(path: Path, samples: Samples) -> Path:
    with AacWriter(path) as writer:
        writer.write(samples)
    return path


def test_peaks_follow_the_sound(tmp_path: Path) -> None:
    loud_then_soft = np.concatenate((sine(440, 2, -6), silence(2), sine(440, 2, -20)))
    path = soundtrack(tmp_path / "s.m4a", stereo(loud_then_soft))

    assert waveform_peaks(path, 3) == [
        pytest.approx(0.5, abs=0.04),
        pytest.approx(0, abs=0.1),
        pytest.approx(0.1, abs=0.03),
    ]


def test_a_film_of_one_frame_has_as_many_bars_as_were_asked_for(tmp_path: Path) -> None:
    path = soundtrack(tmp_path / "s.m4a", stereo(sine(440, 1 / 30, -6)))

    peaks = waveform_peaks(path, 4000)

    assert len(peaks) == 4000
    assert max(peaks) > 0.2


def test_the_picture_is_high_where_it_is_loud_and_a_thin_line_where_it_is_silent(tmp_path: Path) -> None:
    path = soundtrack(tmp_path / "s.m4a", stereo(np.concatenate((sine(440, 2, -1), silence(2)))))

    draw_waveform(path, tmp_path / "w.png", colour="#2457A6")

    with Image.open(tmp_path / "w.png") as picture:
        assert (picture.size, picture.mode) == ((1200, 160), "RGBA")
        pixels = np.asarray(picture)
    heights = (pixels[..., 3] > 0).sum(0)
    assert heights[20:560].max() > 125
    assert 0 < heights[650:].max() <= 4
    assert tuple(pixels[80, :20][pixels[80, :20, 3] == 255][0][:3]) == (0x24, 0x57, 0xA6)
    assert pixels[0, :, 3].max() == 0


def test_a_picture_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    path = soundtrack(tmp_path / "s.m4a", stereo(sine(440, 1)))
    (tmp_path / "w.png").mkdir()

    with pytest.raises(OSError, match=r"w\.png"):
        draw_waveform(path, tmp_path / "w.png")

    assert {entry.name for entry in tmp_path.iterdir()} == {"s.m4a", "w.png"}
