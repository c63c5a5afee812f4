"""The draft voice costs nothing and says the whole script."""

import subprocess
import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from engine.core.scripts import ScriptEmpty, split_script, spoken_words
from engine.providers.offline import OfflineVoice, SpokenDraft
from engine.render.espeak import EspeakFailed

SCENES = ["Café één opent ’s avonds – voor € 5,50! 🎉", "Kom je **ook** langs?", "Tot dan."]


@pytest.fixture
def draft(tmp_path: Path) -> SpokenDraft:
    return OfflineVoice().speak(SCENES, "nl", tmp_path / "voice.wav")


def samples_of(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth()) == (1, 2)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2"), file.getframerate()


@pytest.mark.parametrize("scenes", [[], [""], ["**", " \n"]])
def test_nothing_to_say_is_refused_and_leaves_no_file(tmp_path: Path, scenes: list[str]) -> None:
    with pytest.raises(ScriptEmpty):
        OfflineVoice().speak(scenes, "nl", tmp_path / "voice.wav")

    assert list(tmp_path.iterdir()) == []


def test_a_failure_half_way_keeps_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "voice.wav"
    OfflineVoice().speak(["Dag."], "nl", out)
    earlier = out.read_bytes()
    monkeypatch.setattr("engine.providers.offline._VOICES", {"nl": None})

    with pytest.raises((AttributeError, EspeakFailed)):
        OfflineVoice().speak(SCENES, "nl", out)

    assert out.read_bytes() == earlier
    assert list(tmp_path.iterdir()) == [out]


def test_the_words_are_the_captions_words_in_order(draft: SpokenDraft) -> None:
    edges = [edge for word in draft.words for edge in (word.start_ms, word.end_ms)]

    assert [word.text for word in draft.words] == [word for scene in SCENES for word in spoken_words(scene)]
    assert edges == sorted(edges)
    assert edges[-1] <= draft.duration_ms


def test_scenes_are_parted_by_a_short_pause(draft: SpokenDraft) -> None:
    samples, rate_hz = samples_of(draft.path)

    for before, after in zip(draft.scenes, draft.scenes[1:], strict=False):
        assert after.start_ms - before.end_ms == pytest.approx(350, abs=1)
        pause = samples[round(before.end_ms * rate_hz / 1000) + 9 : round(after.start_ms * rate_hz / 1000) - 9]
        assert not pause.any()
    assert draft.duration_ms == pytest.approx(1000 * len(samples) / rate_hz, abs=1)
    assert 8000 < np.abs(samples).max() < 32_000


def test_each_word_sounds_while_it_is_shown_and_emoji_take_no_time(draft: SpokenDraft) -> None:
    samples, rate_hz = samples_of(draft.path)

    for word in draft.words:
        if any(map(str.isalnum, word.text)):
            heard = samples[round(word.start_ms * rate_hz / 1000) : round(word.end_ms * rate_hz / 1000)]
            assert np.abs(heard).max() > 500, word.text
        else:
            assert word.start_ms == word.end_ms, word.text


def test_the_same_script_sounds_the_same_every_time(draft: SpokenDraft, tmp_path: Path) -> None:
    again = OfflineVoice().speak(SCENES, "nl", tmp_path / "again.wav")

    assert again.scenes == draft.scenes
    assert (tmp_path / "again.wav").read_bytes() == draft.path.read_bytes()


def test_a_script_goes_from_text_to_voice(tmp_path: Path) -> None:
    scenes = split_script("# Welcome home\n\nIt costs $ 3.50. Isn't that nice? Come and see us, e.g. on Monday.", "en")

    spoken = OfflineVoice().speak([scene.text for scene in scenes], "en", tmp_path / "v.wav")

    assert len(spoken.scenes) == len(scenes)
    assert 4_000 < spoken.duration_ms < 12_000


def test_the_same_script_sounds_the_same_at_any_hour(tmp_path: Path) -> None:
    """espeak-ng seeds the breath of its voices with the clock, in whole seconds: each run waits for another one."""
    program = (
        "import sys, time; from pathlib import Path; from engine.providers.offline import OfflineVoice\n"
        "begun = int(time.time())\n"
        "while int(time.time()) == begun: time.sleep(0.01)\n"
        "OfflineVoice().speak(['Brood is warm.'], 'nl', Path(sys.argv[1]))"
    )
    for name in ("een.wav", "twee.wav"):
        subprocess.run([sys.executable, "-c", program, str(tmp_path / name)], check=True)

    assert (tmp_path / "een.wav").read_bytes() == (tmp_path / "twee.wav").read_bytes()


def test_a_clients_word_sounds_otherwise_and_keeps_its_spelling_in_the_captions(tmp_path: Path) -> None:
    plain = OfflineVoice().speak(["Bij BOM."], "nl", tmp_path / "plain.wav")
    own = OfflineVoice().speak(["Bij BOM."], "nl", tmp_path / "own.wav", {"bom": "bee oo em studio"})

    assert [word.text for word in own.words] == [word.text for word in plain.words]
    assert own.duration_ms > plain.duration_ms + 300
