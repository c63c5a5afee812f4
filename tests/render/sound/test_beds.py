"""The music beds: five moods, each a loop that nobody hears begin again."""

import wave
from pathlib import Path

import numpy as np
import pytest

from engine.render.sound.beds import BED_NAMES, bed_blocks, write_bed
from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.samples import SAMPLE_RATE, Samples
from tests.render.sound.materials import level_dbfs


@pytest.fixture(scope="module")
def beds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Samples]:
    folder = tmp_path_factory.mktemp("beds")
    return {name: np.concatenate(list(bed_blocks(name, folder))) for name in BED_NAMES}


def share_db(sound: Samples, low_hz: float, high_hz: float) -> float:
    """How much of a sound lies between two frequencies."""
    power = np.abs(np.fft.rfft(sound.mean(1))) ** 2
    frequencies = np.fft.rfftfreq(len(sound), 1 / SAMPLE_RATE)
    return float(10 * np.log10(power[(frequencies >= low_hz) & (frequencies < high_hz)].sum() / power.sum()))


def test_an_unknown_bed_is_refused_with_the_names_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"no music bed called 'disco'.*calm, warm, bright, pulse, night"):
        write_bed("disco", tmp_path / "bed.wav")

    assert list(tmp_path.iterdir()) == []


def test_a_bed_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "bed.wav").mkdir()

    with pytest.raises(OSError, match=r"bed\.wav"):
        write_bed("night", tmp_path / "bed.wav")

    assert [path.name for path in tmp_path.iterdir()] == ["bed.wav"]


def test_a_bed_is_the_same_every_time(tmp_path: Path) -> None:
    for name in ("a.wav", "b.wav"):
        write_bed("night", tmp_path / name)

    assert (tmp_path / "a.wav").read_bytes() == (tmp_path / "b.wav").read_bytes()


def test_a_bed_is_an_ordinary_stereo_wav(tmp_path: Path) -> None:
    write_bed("night", tmp_path / "bed.wav")

    with wave.open(str(tmp_path / "bed.wav")) as wav:
        assert (wav.getnchannels(), wav.getframerate(), wav.getsampwidth()) == (2, 48_000, 2)


@pytest.mark.parametrize("name", BED_NAMES)
def test_a_bed_lasts_20_to_40_seconds_at_one_loudness_with_room_above(name: str, beds: dict[str, Samples]) -> None:
    bed = beds[name]
    meter = LoudnessMeter()
    meter.feed(bed)

    assert 20 <= len(bed) / SAMPLE_RATE <= 40
    assert meter.integrated_lufs == pytest.approx(-20, abs=0.2)
    assert meter.true_peak_dbtp is not None
    assert meter.true_peak_dbtp < -3


@pytest.mark.parametrize("name", BED_NAMES)
def test_a_beds_end_runs_into_its_start(name: str, beds: dict[str, Samples]) -> None:
    # A seam would stand out in what a smooth curve through the neighbours cannot explain, sample by sample.
    around = np.concatenate((beds[name][-24_000:], beds[name][:24_000])).astype(np.float64)
    surprise = np.abs(np.diff(around, 3, axis=0)).max(1)

    assert surprise[23_996:24_000].max() <= np.percentile(surprise, 99.9)
    assert level_dbfs(around[:24_000]) == pytest.approx(level_dbfs(around[24_000:]), abs=9)


@pytest.mark.parametrize("name", BED_NAMES)
def test_a_bed_neither_hisses_nor_booms_and_leaves_words_alone(name: str, beds: dict[str, Samples]) -> None:
    bed = beds[name]

    assert share_db(bed, 8000, 24_000) < -40
    assert share_db(bed, 1000, 4000) < -12
    assert share_db(bed, 0, 60) < -6
    assert np.abs(bed.mean(0)).max() < 1e-4


@pytest.mark.parametrize("name", BED_NAMES)
def test_a_bed_is_wide_but_survives_a_phones_one_speaker(name: str, beds: dict[str, Samples]) -> None:
    bed = beds[name]

    left, right = bed[:, 0], bed[:, 1]

    assert 0.1 < float(np.mean(left * right) / np.sqrt(np.mean(left**2) * np.mean(right**2))) < 0.9
    assert level_dbfs(bed.mean(1)) > level_dbfs(bed) - 3


@pytest.mark.parametrize("name", BED_NAMES)
def test_a_beds_level_stays_even(name: str, beds: dict[str, Samples]) -> None:
    seconds = [level_dbfs(beds[name][at : at + 48_000]) for at in range(0, len(beds[name]) - 48_000, 24_000)]

    assert max(seconds) - min(seconds) < 6


def test_the_beds_differ(beds: dict[str, Samples]) -> None:
    brightness = {name: share_db(bed, 1000, 24_000) for name, bed in beds.items()}

    assert max(brightness, key=lambda name: brightness[name]) == "bright"
    assert min(brightness, key=lambda name: brightness[name]) == "night"


def test_a_bed_is_played_once_and_kept(tmp_path: Path) -> None:
    first = next(iter(bed_blocks("night", tmp_path)))
    (kept,) = tmp_path.iterdir()
    born = kept.stat().st_mtime_ns

    assert np.array_equal(next(iter(bed_blocks("night", tmp_path))), first)
    assert kept.stat().st_mtime_ns == born
