"""The meter reads what the standard says, and what FFmpeg's own meter reads."""

import numpy as np
import pytest

from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.samples import Samples
from tests.render.sound.materials import (
    blocks_of,
    ffmpegs_loudness,
    noise,
    silence,
    sine,
    speech,
    square,
    stereo,
)


def metered(samples: Samples, block_frames: int = 10_000) -> LoudnessMeter:
    meter = LoudnessMeter(samples.shape[1])
    for block in blocks_of(samples, block_frames):
        meter.feed(block)
    return meter


def softly_begun(tone: Samples) -> Samples:
    """With 0.1 s of fade at both ends: a tone cut short rings, in every meter a little differently."""
    ramp = np.minimum(np.arange(len(tone)) / 4800, 1).astype(np.float32)[:, None]
    return tone * ramp * ramp[::-1]


@pytest.mark.parametrize("samples", [silence(3, 2), np.zeros((0, 2), np.float32), noise(3, -90, 2)])
def test_silence_has_no_loudness(samples: Samples) -> None:
    assert metered(samples).integrated_lufs is None


def test_silence_has_no_peak() -> None:
    assert metered(silence(3, 2)).true_peak_dbtp is None


def test_a_full_scale_sine_in_one_channel_reads_minus_3_01_lufs() -> None:
    one_channel = np.concatenate((sine(997, 5), silence(5)), axis=1)

    assert metered(one_channel).integrated_lufs == pytest.approx(-3.01, abs=0.01)


def test_the_same_sine_in_both_channels_reads_3_db_more() -> None:
    assert metered(stereo(sine(997, 5, -20))).integrated_lufs == pytest.approx(-20, abs=0.02)


def test_a_sine_whose_samples_miss_its_crest_still_shows_its_true_peak() -> None:
    # At a quarter of the sample rate, 45 degrees off: no sample is above -3 dBFS (BS.1770-5, annex 2).
    time = np.arange(48_000)
    tone = softly_begun((0.5 * np.sin(2 * np.pi * time / 4 + np.pi / 4)).astype(np.float32)[:, None])

    assert np.abs(tone).max() < 0.3536
    assert metered(tone).true_peak_dbtp == pytest.approx(-6.02, abs=0.1)


MATERIALS = {
    "sine": stereo(sine(440, 4, -9)),
    "noise": noise(4, -24, 2),
    "one_side": np.concatenate((noise(4, -24), silence(4)), axis=1),
    "mono": speech(5),
    "speech": stereo(speech(8)),
    "square": stereo(square(331, 3, -3)),
    "high": stereo(softly_begun(sine(15_000, 4, -6))),
    "pauses": stereo(np.concatenate((speech(3), silence(4), speech(3, seed=5)))),
    "soft_end": stereo(np.concatenate((noise(4, -20), noise(6, -60)))),
}


@pytest.mark.parametrize("name", MATERIALS)
def test_the_meter_agrees_with_ffmpegs(name: str) -> None:
    loudness_lufs, peak_dbtp = ffmpegs_loudness(MATERIALS[name])
    meter = metered(MATERIALS[name])

    assert meter.integrated_lufs == pytest.approx(loudness_lufs, abs=0.1)
    assert meter.true_peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)


def test_blocks_of_any_length_read_the_same() -> None:
    voice = stereo(speech(4))
    whole, pieces = metered(voice, len(voice)), metered(voice, 331)

    assert pieces.integrated_lufs == pytest.approx(whole.integrated_lufs, abs=1e-9)
    assert pieces.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=1e-9)


def test_a_sound_shorter_than_one_gating_block_is_measured_as_if_silence_followed() -> None:
    short = metered(stereo(sine(997, 0.2, -20))).integrated_lufs

    assert short == pytest.approx(-20 - 3.01, abs=0.2)
