"""Where a recording's speech starts, ends and pauses."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from engine.render.media.sandbox import MediaRefused
from engine.render.sound.silence import pauses, speech_span_ms, voice_levels
from tests.render.sound.materials import noise, silence, speech, write_wav


@pytest.mark.parametrize("recording", [silence(3), noise(3, -70)], ids=["digital", "empty room"])
def test_a_file_without_a_word_is_refused_in_a_sentence(recording: np.ndarray, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "stilte.wav", recording)

    with pytest.raises(MediaRefused, match=r"'stilte\.wav' holds no speech.*Record it again"):
        speech_span_ms(path)


@pytest.mark.parametrize(
    ("level", "hiss_dbfs"), [(1.0, -120), (1.0, -45), (0.04, -66)], ids=["clean", "hiss", "quiet with hiss"]
)
def test_the_silence_around_a_voice_is_found(level: float, hiss_dbfs: float, tmp_path: Path) -> None:
    words = np.concatenate((silence(1.2), speech(3, -10), silence(2)))
    path = write_wav(tmp_path / "voice.wav", words * np.float32(level) + noise(6.2, hiss_dbfs))

    start_ms, end_ms = speech_span_ms(path)

    assert 1080 <= start_ms <= 1200
    assert 4200 <= end_ms <= 4400


def test_a_voice_that_fills_its_file_keeps_all_of_it(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "voice.wav", speech(3))

    start_ms, end_ms = speech_span_ms(path)

    assert start_ms == 0
    assert end_ms == 3000


def test_pauses_lie_between_the_words(tmp_path: Path) -> None:
    words = [silence(0.5), speech(2), silence(0.8), speech(1.5), silence(0.1), speech(1), silence(0.4), speech(1)]
    levels = voice_levels(write_wav(tmp_path / "voice.wav", np.concatenate([*words, silence(0.7)])))

    found = np.array(pauses(levels))

    assert found.shape == (2, 2)
    assert np.abs(found - [(2500, 3300), (5900, 6300)]).max() <= 60


def test_a_silent_file_has_no_pauses() -> None:
    assert pauses(np.full(500, -120, np.float32)) == []


def test_forty_minutes_are_searched_in_little_memory(tmp_path: Path) -> None:
    minute = np.concatenate((silence(5), speech(50, -14), silence(5)))
    path = tmp_path / "voice.wav"
    write_wav(tmp_path / "minute.wav", minute)
    with wave.open(str(tmp_path / "minute.wav")) as short, wave.open(str(path), "wb") as long:
        data = short.readframes(short.getnframes())
        long.setparams(short.getparams())
        for _ in range(40):
            long.writeframes(data)
    script = """
import resource, sys
from pathlib import Path
from engine.render.sound.silence import speech_span_ms
before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(*speech_span_ms(Path(sys.argv[1])))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before_kib)
"""

    said = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True).stdout

    start_ms, end_ms, grown_kib = (int(number) for number in said.split())
    assert abs(start_ms - 4940) <= 60
    assert abs(end_ms - (2_400_000 - 5000 + 150)) <= 80
    assert grown_kib < 40 * 1024
