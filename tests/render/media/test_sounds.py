"""Sound comes out at 48 kHz, in time, whole, and in memory that does not grow with its length."""

import wave
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pytest

from engine.render.media.sandbox import MediaRefused
from engine.render.media.sounds import RATE_HZ, Samples, SoundReader
from tests.material import beep_at, clip_with_sound_from, make_clip, make_sound, number_card, sine


def heard(path: Path, channels: Literal[1, 2] = 1, zero: Literal["sound", "picture"] = "sound") -> Samples:
    with SoundReader(path, channels=channels, zero=zero) as sound:
        return np.concatenate([np.zeros((0, channels), np.float32), *sound])


def onset_s(sound: Samples) -> float:
    return float(np.argmax(np.abs(sound[:, 0]) > 0.1)) / RATE_HZ


def test_a_clip_without_sound_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaRefused, match=r"'stom\.mp4' has no sound"):
        heard(make_clip(tmp_path / "stom.mp4", [number_card(1)] * 3))


def test_a_sound_of_no_seconds_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "stil.wav"), "wb") as empty:
        empty.setparams((1, 2, 48_000, 0, "NONE", ""))

    with pytest.raises(MediaRefused, match="no sound to be heard"):
        heard(tmp_path / "stil.wav")


def test_a_photo_is_no_voice(tmp_path: Path) -> None:
    (tmp_path / "foto.wav").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))

    with pytest.raises(MediaRefused, match="still picture"):
        heard(tmp_path / "foto.wav")


@pytest.mark.parametrize(
    ("name", "codec", "rate_hz"),
    [
        ("stem.wav", "pcm_s16le", 44_100),
        ("stem.mp3", "libmp3lame", 44_100),
        ("stem.flac", "flac", 96_000),
        ("stem.ogg", "libopus", 48_000),
        ("stem.m4a", "aac", 44_100),
        ("stem.m4a", "aac", 48_000),
        ("stem.webm", "libopus", 48_000),
    ],
)
def test_a_word_is_heard_where_it_was_spoken(tmp_path: Path, name: str, codec: str, rate_hz: int) -> None:
    path = make_sound(tmp_path / name, beep_at(0.7, rate_hz=rate_hz), rate_hz=rate_hz, codec=codec)

    sound = heard(path)

    assert onset_s(sound) == pytest.approx(0.7, abs=0.003)
    assert len(sound) == pytest.approx(2 * RATE_HZ, abs=1500)


def test_a_recorders_plain_stereo_wav_keeps_its_sides(tmp_path: Path) -> None:
    left, right = sine(440, 0.5), np.zeros(RATE_HZ // 2, np.float32)
    samples = (np.stack([left, right], 1) * 32767).astype("<i2")
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((2, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes(samples.tobytes())

    sound = heard(tmp_path / "a.wav", channels=2)

    assert np.abs(sound[:, 0] - left).max() < 1e-3
    assert np.abs(sound[:, 1]).max() == 0


@pytest.mark.parametrize("channels", [1, 2])
def test_a_mono_voice_is_as_loud_as_it_was(tmp_path: Path, channels: Literal[1, 2]) -> None:
    voice = sine(300, 1.0, 44_100)

    sound = heard(make_sound(tmp_path / "stem.wav", voice, rate_hz=44_100), channels=channels)

    power = (sound[5000:-5000] ** 2).mean(axis=0).sum()  # of all channels together: as loudness is measured (BS.1770)
    assert power == pytest.approx(0.5**2 / 2, rel=0.02)


def test_the_voice_in_the_middle_of_surround_sound_is_kept(tmp_path: Path) -> None:
    surround = np.zeros((RATE_HZ, 6), np.float32)
    surround[:, 2] = sine(440, 1.0)

    sound = heard(make_sound(tmp_path / "5.1.wav", surround), channels=2)

    assert np.abs(sound).max() > 0.1
    assert np.allclose(sound[:, 0], sound[:, 1])


def test_blocks_and_single_reads_give_the_same_samples(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "a.flac", sine(440, 2.3), codec="flac")

    with SoundReader(path, channels=1) as sound:
        pieces = [sound.read(1000)]
        while len(pieces[-1]) == 1000:
            pieces.append(sound.read(1000))
        assert sound.read(1000).shape == (0, 1)

    assert np.array_equal(np.concatenate(pieces), heard(path))
    assert sum(map(len, pieces)) == round(2.3 * RATE_HZ)


def test_sound_that_begins_after_the_picture_keeps_its_moment(tmp_path: Path) -> None:
    clip = clip_with_sound_from(tmp_path / "laat.mkv", Fraction(1, 2), beep_s=0.2)

    assert onset_s(heard(clip, zero="picture")) == pytest.approx(0.7, abs=0.002)
    assert onset_s(heard(clip, zero="sound")) == pytest.approx(0.2, abs=0.002)


def test_sound_from_before_the_picture_is_left_out(tmp_path: Path) -> None:
    clip = clip_with_sound_from(tmp_path / "vroeg.mkv", Fraction(-1, 4), beep_s=0.4)

    sound = heard(clip, zero="picture")

    assert onset_s(sound) == pytest.approx(0.15, abs=0.002)
    assert len(sound) == pytest.approx(0.75 * RATE_HZ, abs=100)


def test_a_broken_place_stays_as_long_as_it_was(tmp_path: Path) -> None:
    path = make_sound(tmp_path / "stem.mka", beep_at(3.0, 4.0), codec="libmp3lame")
    data = bytearray(path.read_bytes())
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(audio=0) if packet.size]
        broken = [bytes(packet) for packet in packets[40:70]]
    for packet in broken:
        at = data.index(packet)
        data[at : at + len(packet)] = bytes(len(packet))
    path.write_bytes(data)

    assert onset_s(heard(path)) == pytest.approx(3.0, abs=0.03)


def test_an_hour_of_voice_needs_no_more_memory_than_a_minute(tmp_path: Path) -> None:
    quiet = np.zeros(60 * 8000, np.int16)
    with wave.open(str(tmp_path / "uur.wav"), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        for _ in range(60):
            file.writeframes(quiet.tobytes())

    peaks: list[int] = []
    with SoundReader(tmp_path / "uur.wav", channels=1) as sound:
        for minute in range(60):
            assert len(sound.read(60 * RATE_HZ)) >= 59 * RATE_HZ
            if minute in (1, 58):
                status = Path(f"/proc/{sound._child.pid}/status").read_text()
                peaks.append(int(status.split("VmHWM:")[1].split()[0]))

    assert peaks[1] - peaks[0] < 4000  # kB
