"""Recordings: whatever dies, what was said is still there."""

import io
import wave
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.ui.pages.create.audio.recordings import (
    CHANNELS,
    RATE_HZ,
    Recording,
    as_wav,
    left_behind,
    level_of,
    throw_away,
)

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)


def a_second(value: int = 8000) -> bytes:
    return np.full(RATE_HZ * CHANNELS, value, "<i2").tobytes()


def test_what_was_heard_is_on_disk_before_the_recording_ends(tmp_path: Path) -> None:
    recording = Recording.begin(tmp_path, "video", AT)
    recording.hear(a_second())

    assert recording.path.stat().st_size == RATE_HZ * 2
    assert recording.duration_ms == 1000
    assert left_behind(tmp_path, "video") == []  # somebody is still talking
    recording.end()


def test_a_recording_that_its_window_left_is_found_with_its_time_and_length(tmp_path: Path) -> None:
    recording = Recording.begin(tmp_path, "video", AT)
    recording.hear(a_second())
    recording.hear(a_second()[:1000] + b"\x01")  # cut off in the middle of a sample
    recording.end()

    (left,) = left_behind(tmp_path, "video")

    assert (left.began_at, left.duration_ms) == (AT, 1005)
    assert left_behind(tmp_path, "another video") == []
    assert left_behind(tmp_path / "no folder yet", "video") == []


def test_a_kept_recording_is_a_file_that_everything_plays(tmp_path: Path) -> None:
    recording = Recording.begin(tmp_path, "video", AT)
    recording.hear(a_second(4000))
    recording.end()

    with wave.open(io.BytesIO(as_wav(recording.path))) as wav:
        assert (wav.getnchannels(), wav.getframerate(), wav.getnframes()) == (1, RATE_HZ, RATE_HZ)
        assert set(np.frombuffer(wav.readframes(100), "<i2")) == {4000}
    throw_away(recording.path)
    assert left_behind(tmp_path, "video") == []


def test_nobody_else_on_the_machine_can_listen_to_a_recording(tmp_path: Path) -> None:
    recording = Recording.begin(tmp_path / "new", "video", AT)
    recording.end()

    assert recording.path.stat().st_mode & 0o077 == 0
    assert recording.path.parent.stat().st_mode & 0o077 == 0


def test_a_click_on_the_wrong_button_is_no_recording(tmp_path: Path) -> None:
    recording = Recording.begin(tmp_path, "video", AT)
    recording.hear(a_second()[:400])
    recording.end()
    recording.hear(a_second())

    assert left_behind(tmp_path, "video") == []


@pytest.mark.parametrize(("peak", "level"), [(0.0, 0.0), (1.0, 1.0), (0.001, 0.0), (0.0316, 0.5), (2.0, 1.0)])
def test_the_meter_shows_loudness_as_ears_hear_it(peak: float, level: float) -> None:
    assert level_of(peak) == pytest.approx(level, abs=0.01)
