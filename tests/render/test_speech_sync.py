"""A voice-over finds its script; where it cannot, it says so instead of guessing silently."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.speech_sync import SCRIPTS, Recording, recording
from engine.render.espeak import EspeakVoice, sample_rate_hz
from engine.render.media.sandbox import MediaRefused
from engine.render.speech_features import mel_frames
from engine.render.speech_sync import SpeechSync, sync_speech

NL, EN = SCRIPTS["nl"].split(), SCRIPTS["en"].split()
WOMAN, MAN = EspeakVoice("nl+f4", 150), EspeakVoice("en-gb-scotland", 175)


def misses_ms(found: SpeechSync, starts_s: Sequence[float]) -> list[float]:
    return [abs(word.start_ms - 1000 * start) for word, start in zip(found.words, starts_s, strict=True)]


def is_in_order(found: SpeechSync) -> bool:
    edges = [edge for word in found.words for edge in (word.start_ms, word.end_ms)]
    return edges == sorted(edges)


def noise(seconds: float, level: float) -> Recording:
    samples = np.random.default_rng(1).normal(0, level, int(seconds * 22_050)).astype(np.float32)
    return Recording(samples, 22_050, ())


def joined(*recordings: Recording) -> Recording:
    return Recording(np.concatenate([part.samples for part in recordings]), recordings[0].rate_hz, ())


@pytest.mark.parametrize("seconds", [0.0, 3.0])
def test_a_file_in_which_nothing_is_heard_is_refused(tmp_path: Path, seconds: float) -> None:
    file = Recording(np.zeros(int(seconds * 22_050), np.float32), 22_050, ()).written_to(tmp_path / "stil.wav")

    with pytest.raises(MediaRefused, match=r"'stil\.wav'"):
        sync_speech(file, NL, "nl")


def test_words_are_found_in_dutch_and_english(tmp_path: Path) -> None:
    dutch, english = recording(NL, WOMAN, "nl", 3), recording(EN, MAN, "en", 4)

    for made, words, language in ((dutch, NL, "nl"), (english, EN, "en")):
        found = sync_speech(made.written_to(tmp_path / "v.wav"), words, "nl" if language == "nl" else "en")

        assert [word.text for word in found.words] == words
        assert np.median(misses_ms(found, made.starts_s)) < 30
        assert np.percentile(misses_ms(found, made.starts_s), 95) < 120
        assert found.warnings == ()
        assert is_in_order(found)
        assert found.words[-1].end_ms <= 1000 * len(made.samples) / made.rate_hz


@pytest.mark.parametrize("words_per_minute", [90, 280])
def test_a_very_slow_or_fast_speaker_is_followed(tmp_path: Path, words_per_minute: int) -> None:
    made = recording(NL, EspeakVoice("nl+m3", words_per_minute), "nl", 5)

    found = sync_speech(made.written_to(tmp_path / "v.wav"), NL, "nl")

    assert np.percentile(misses_ms(found, made.starts_s), 95) < 150


def test_long_silences_around_the_voice_do_not_matter(tmp_path: Path) -> None:
    made = recording(NL[:30], WOMAN, "nl", 6)
    late = joined(noise(40, 1e-4), made, noise(25, 1e-4))

    found = sync_speech(late.written_to(tmp_path / "v.wav"), NL[:30], "nl")

    assert np.median([abs(miss) for miss in misses_ms(found, [s + 40 for s in made.starts_s])]) < 40
    assert found.words[-1].end_ms < 41_000 + 1000 * made.starts_s[-1] + 1500


def test_a_word_ends_where_its_sound_ends_and_not_after_the_pause(tmp_path: Path) -> None:
    first, second = recording(NL[:12], WOMAN, "nl", 12), recording(NL[12:24], WOMAN, "nl", 13)
    file = joined(first, noise(3, 4e-3), second).written_to(tmp_path / "v.wav")

    found = sync_speech(file, NL[:24], "nl")

    ends_s = len(first.samples) / first.rate_hz
    assert 1000 * first.starts_s[-1] < found.words[11].end_ms < 1000 * ends_s
    assert found.words[12].start_ms == pytest.approx(1000 * (ends_s + 3 + second.starts_s[0]), abs=100)


def test_a_sentence_that_was_skipped_is_named_and_the_rest_stays_right(tmp_path: Path) -> None:
    skipped = range(12, 25)  # "Ze kneedt het deeg …"
    said = [word for number, word in enumerate(NL) if number not in skipped]
    made = recording(said, WOMAN, "nl", 7)

    found = sync_speech(made.written_to(tmp_path / "v.wav"), NL, "nl")

    kept = [word for number, word in enumerate(found.words) if number not in skipped]
    assert any("kneedt" in warning and "could not be found" in warning for warning in found.warnings)
    assert np.mean([found.words[number].confidence for number in skipped]) < 0.3
    assert np.percentile(misses_ms(SpeechSync(tuple(kept), ()), made.starts_s), 90) < 150


def test_a_sentence_that_was_added_is_reported_and_the_rest_stays_right(tmp_path: Path) -> None:
    added = range(12, 25)
    script = [word for number, word in enumerate(NL) if number not in added]
    made = recording(NL, WOMAN, "nl", 8)

    found = sync_speech(made.written_to(tmp_path / "v.wav"), script, "nl")

    starts = [start for number, start in enumerate(made.starts_s) if number not in added]
    assert any("is said that the script does not have" in warning for warning in found.warnings)
    assert np.percentile(misses_ms(found, starts), 90) < 150


@pytest.mark.parametrize("what", ["another text", "another language", "noise"])
def test_what_does_not_say_the_script_is_spread_evenly_with_a_warning(tmp_path: Path, what: str) -> None:
    made = {
        "another text": lambda: recording([*NL[40:], *NL[30:50]], WOMAN, "nl", 9),
        "another language": lambda: recording(EN, MAN, "en", 9),
        "noise": lambda: noise(12, 0.1),
    }[what]()

    found = sync_speech(made.written_to(tmp_path / "vreemd.wav"), NL[:30], "nl")

    assert "'vreemd.wav' does not seem to say this script" in found.warnings[0]
    assert all(word.confidence == 0 for word in found.words)
    assert is_in_order(found)
    assert found.words[-1].start_ms > 0.7 * 1000 * len(made.samples) / made.rate_hz


def test_dashes_and_emoji_have_a_place_but_no_time(tmp_path: Path) -> None:
    made = recording(NL[:12], WOMAN, "nl", 10)
    words = ["🎉", *NL[:6], "–", *NL[6:12], "👩‍👩‍👧"]

    found = sync_speech(made.written_to(tmp_path / "v.wav"), words, "nl")

    silent = [word for word in found.words if word.text in "🎉–👩‍👩‍👧"]
    assert len(silent) == 3
    assert all(word.start_ms == word.end_ms for word in silent)
    assert is_in_order(found)
    assert np.median(misses_ms(found, [0, *made.starts_s[:6], 0, *made.starts_s[6:], 0])[1:7]) < 40


def test_a_script_of_only_emoji_has_nothing_to_find(tmp_path: Path) -> None:
    made = recording(NL[:12], WOMAN, "nl", 10)

    assert len(sync_speech(made.written_to(tmp_path / "v.wav"), ["🎉", "–"], "nl").words) == 2
    assert sync_speech(made.written_to(tmp_path / "v.wav"), [], "nl") == SpeechSync((), ())


def test_a_whole_novel_in_a_second_of_sound_still_gets_its_words(tmp_path: Path) -> None:
    made = recording(["Ja."], WOMAN, "nl", 11)

    found = sync_speech(made.written_to(tmp_path / "v.wav"), NL * 5, "nl")

    assert len(found.words) == len(NL) * 5
    assert found.warnings
    assert is_in_order(found)


def test_a_long_recording_is_found_as_well_as_a_short_one(tmp_path: Path) -> None:
    chapters = [recording(NL, EspeakVoice("nl+m3", 170), "nl", seed) for seed in range(5)]
    offsets = np.cumsum([0, *(len(chapter.samples) for chapter in chapters)]) / sample_rate_hz()
    starts = [o + s for o, chapter in zip(offsets, chapters, strict=False) for s in chapter.starts_s]
    progress: list[float] = []

    file = joined(*chapters).written_to(tmp_path / "v.wav")
    found = sync_speech(file, NL * 5, "nl", on_progress=progress.append)

    assert np.percentile(misses_ms(found, starts), 95) < 150
    assert progress == sorted(progress)
    assert progress[-1] == 1


def test_sound_in_blocks_has_the_features_of_the_whole() -> None:
    samples = np.random.default_rng(0).normal(0, 0.1, 30_011).astype(np.float32)
    blocks = [samples[:7], samples[7:7], samples[7:9000], samples[9000:]]

    whole, parts = mel_frames([samples], 22_050), mel_frames(blocks, 22_050)

    assert len(whole) == 136
    assert np.array_equal(whole, parts)
    assert len(mel_frames([], 22_050)) == 0
