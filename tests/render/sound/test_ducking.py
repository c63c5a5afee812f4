"""The music makes room for words, early, long enough, and without being heard to move."""

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.render.sound.ducking import Ducking


def gains_db(spoken_ms: list[tuple[int, int]], film_ms: int = 10_000, duck_db: float = 12) -> NDArray[np.float64]:
    """The music's gain at every millisecond."""
    speech = np.zeros(film_ms // 10 + 1, np.bool_)
    for start, end in spoken_ms:
        speech[start // 10 : end // 10] = True
    gains = Ducking(speech, duck_db).gains(0, film_ms * 48)[::48, 0]
    return 20 * np.log10(gains.astype(np.float64))


def test_without_words_the_music_stays_as_it_is() -> None:
    assert np.all(gains_db([]) == 0)


def test_the_music_is_down_when_a_word_begins_and_until_a_moment_after_it() -> None:
    gains = gains_db([(4000, 6000)])

    assert np.allclose(gains[4000:6340], -12, atol=0.01)
    assert np.all(gains[:3700] == 0)
    assert np.all(gains[7200:] == 0)


def test_a_pause_between_sentences_does_not_bring_the_music_up() -> None:
    gains = gains_db([(2000, 4000), (4900, 7000)])

    assert np.allclose(gains[2000:7000], -12, atol=0.01)


def test_a_long_pause_does() -> None:
    gains = gains_db([(1000, 3000), (6000, 9000)])

    assert gains[4500] == 0


def test_a_word_at_the_very_start_is_ducked_from_the_first_sample() -> None:
    assert gains_db([(0, 1000)])[0] == pytest.approx(-12, abs=0.01)


def test_the_gain_never_jumps() -> None:
    gains = 10 ** (gains_db([(1000, 3000), (6000, 9000)], duck_db=40) / 20)

    assert np.abs(np.diff(gains)).max() < 0.02  # in a millisecond


@pytest.mark.parametrize("start_frame", [0, 1, 479, 480, 190_000, 479_223])
def test_the_gain_is_the_same_in_blocks_of_any_length(start_frame: int) -> None:
    speech = np.zeros(1001, np.bool_)
    speech[300:500] = True
    ducking = Ducking(speech, 12)

    whole = ducking.gains(0, 480_000)

    assert np.allclose(ducking.gains(start_frame, 777), whole[start_frame : start_frame + 777], atol=1e-6)


def test_a_film_without_a_single_hop_has_a_gain() -> None:
    assert np.all(Ducking(np.zeros(0, np.bool_), 12).gains(0, 10) == 1)
