"""Places in a film: how they are written, and what people type for them."""

import pytest

from engine.ui.timecode import frame_at, frame_start_ms, length, place_typed, shift_typed, timecode


@pytest.mark.parametrize(
    ("typed", "at_ms"),
    [
        ("2345", 2345),
        (" 2345 ms ", 2345),
        ("2.345", 2345),
        ("2,3", 2300),
        ("2,3 s", 2300),
        ("1:02.5", 62_500),
        ("0:07", 7000),
        ("90,5", 90_500),
    ],
)
def test_a_place_is_understood_however_it_is_typed(typed: str, at_ms: int) -> None:
    assert place_typed(typed) == at_ms


@pytest.mark.parametrize("typed", ["", "twee", "1:", "-5", "1:2:3", "2.3456", "3 min"])
def test_what_is_no_place_is_none(typed: str) -> None:
    assert place_typed(typed) is None


@pytest.mark.parametrize(("typed", "shift_ms"), [("-120", -120), ("−120 ms", -120), ("+40", 40), ("0", 0)])
def test_a_shift_may_have_a_sign(typed: str, shift_ms: int) -> None:
    assert shift_typed(typed) == shift_ms


@pytest.mark.parametrize("typed", ["", "-", "later", "1,5"])
def test_what_is_no_shift_is_none(typed: str) -> None:
    assert shift_typed(typed) is None


def test_a_place_is_shown_in_tenths_and_a_length_in_seconds() -> None:
    assert timecode(62_399) == "1:02.3"
    assert timecode(-5) == "0:00.0"
    assert length(31_600) == "0:32"
    assert length(3_600_000) == "60:00"


@pytest.mark.parametrize("frame", [0, 1, 2, 29, 30, 899])
def test_a_frame_is_found_again_at_the_place_where_it_begins(frame: int) -> None:
    start_ms = frame_start_ms(frame, 30)

    assert frame_at(start_ms, 30) == frame
    assert start_ms == 0 or frame_at(start_ms - 1, 30) == frame - 1
