"""The limiter keeps peaks under its ceiling and leaves everything else alone."""

import numpy as np
import pytest

from engine.render.sound.limiter import Limiter
from engine.render.sound.samples import Samples
from tests.render.sound.materials import blocks_of, ffmpegs_loudness, noise, silence, sine, speech, square, stereo


def limited(samples: Samples, gain_db: float = 0.0, ceiling_dbtp: float = -1.5, block_frames: int = 10_000) -> Samples:
    limiter = Limiter(gain_db, ceiling_dbtp)
    return np.concatenate([*map(limiter.feed, blocks_of(samples, block_frames)), limiter.flush()])


HOT = {
    "square": square(331, 2),
    "sine": sine(50, 2),
    "noise": noise(2, -9),
    "voice": speech(3, -1),
    "clicks": np.where(np.arange(96_000) % 9_600 == 9_599, 1.0, 0.0).astype(np.float32)[:, None],
    "loud_at_once": np.concatenate((square(97, 0.5), silence(0.5))),
    "loud_at_the_end": np.concatenate((silence(0.5), square(97, 0.1))),
}


@pytest.mark.parametrize("name", HOT)
@pytest.mark.parametrize("gain_db", [0.0, 18.0])
def test_no_true_peak_passes_the_ceiling(name: str, gain_db: float) -> None:
    _, peak_dbtp = ffmpegs_loudness(limited(stereo(HOT[name]), gain_db))

    assert peak_dbtp <= -1.4


def test_what_stays_below_the_ceiling_is_not_changed_at_all() -> None:
    voice = stereo(speech(3, -6))

    assert np.array_equal(limited(voice), voice)


def test_the_cut_into_blocks_cannot_be_heard() -> None:
    voice = stereo(speech(2, -1))

    assert np.abs(limited(voice, 9.0, block_frames=777) - limited(voice, 9.0, block_frames=96_000)).max() < 1e-6


@pytest.mark.parametrize("frames", [0, 1, 5, 300])
def test_a_film_of_a_few_samples_keeps_its_length(frames: int) -> None:
    assert limited(np.ones((frames, 2), np.float32), block_frames=2).shape == (frames, 2)


def test_one_loud_word_does_not_hush_the_next_sentence() -> None:
    tone = stereo(sine(400, 3, -12))
    tone[48_000:50_400] *= 8

    after = limited(tone)[50_400 + 24_000 :]

    assert np.abs(after).max() == pytest.approx(np.abs(tone[-48_000:]).max(), rel=0.02)


def test_the_gain_falls_without_a_click() -> None:
    tone = stereo(sine(100, 1, -3))
    tone[24_000:] *= 4
    gain = limited(tone)[:, 0] / np.where(np.abs(tone[:, 0]) > 0.01, tone[:, 0], np.nan)
    steps = np.abs(np.diff(gain))

    assert np.nanmin(gain) < 0.3
    assert np.nanmax(steps) < 0.02
