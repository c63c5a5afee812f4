"""Speech is told from silence by the voice's own level, loud or soft, clean or in hiss."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.render.sound.samples import Samples
from engine.render.sound.speech import SpeechEnvelope, runs, speaking
from tests.render.sound.materials import blocks_of, noise, silence, sine, speech


def spoken_ms(samples: Samples) -> list[tuple[int, int]]:
    return [(start * 10, end * 10) for start, end in runs(speaking(levels_of(samples)))]


def levels_of(samples: Samples, block_frames: int = 10_000) -> NDArray[np.float32]:
    envelope = SpeechEnvelope(samples.shape[1])
    for block in blocks_of(samples, block_frames):
        envelope.feed(block)
    return envelope.levels_dbfs


TALK = np.concatenate((silence(1), speech(2, -6), silence(1.5), speech(1, -6, seed=8), silence(1)))


@pytest.mark.parametrize("samples", [silence(2), noise(5, -70), noise(5, -95), np.zeros((0, 1), np.float32)])
def test_silence_and_an_empty_rooms_noise_are_no_speech(samples: Samples) -> None:
    assert spoken_ms(samples) == []


@pytest.mark.parametrize(
    ("level", "hiss_dbfs"), [(1.0, -120), (0.01, -120), (1.0, -40), (0.03, -66)], ids=["loud", "soft", "hiss", "far"]
)
def test_the_same_words_are_found_at_every_level(level: float, hiss_dbfs: float) -> None:
    recording = TALK * np.float32(level) + noise(6.5, hiss_dbfs)

    found = np.array(spoken_ms(recording))

    assert found.shape == (2, 2)
    assert np.abs(found - [(1000, 3000), (4500, 5500)]).max() <= 40


def test_a_click_in_a_silent_room_is_no_word() -> None:
    click = noise(3, -70)
    click[72_000:72_400] = 0.5

    assert spoken_ms(click) == []


def test_a_voice_that_never_pauses_speaks_from_start_to_end() -> None:
    ((start_ms, end_ms),) = spoken_ms(speech(4))

    assert start_ms <= 50
    assert end_ms >= 3940


def test_a_loud_steady_tone_counts_as_something_to_be_heard() -> None:
    assert spoken_ms(sine(400, 2, -12)) == [(0, 2000)]


def test_hum_under_the_voice_does_not_hide_its_pauses() -> None:
    assert len(spoken_ms(TALK + sine(50, 6.5, -18))) == 2


def test_blocks_of_any_length_give_the_same_levels() -> None:
    assert np.array_equal(levels_of(TALK, 331), levels_of(TALK, 500_000))
