"""What of a voice fits the script as it is now."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from automations.assembly import VoiceOutdated, assembled_cut, assembled_timeline
from automations.voices import VoiceFacts, scenes_of_words, voice_facts, words_as_said, words_guessed
from engine.core.database import Database
from engine.core.models import Asset, AssetType, Take, TakeKind, TakeSource, Video
from engine.core.scripts import spoken_words
from engine.core.takes import keep_take
from engine.core.videos import change_video, order_scenes, scenes_of
from engine.render.media.sandbox import MediaRefused
from engine.render.sound.voice_survey import MOST_PEAKS, survey_voice
from engine.render.timeline import Word
from tests.automations.conftest import ON_SQLITE
from tests.core.domain import NOW, a_picture, a_video
from tests.material import make_sound, sine

TEXTS = ("Brood is warm en lekker.", "Kaas is oud. 🎬", "Morgen komt de bakker weer langs.")
SCRIPT = "\n---\n".join(TEXTS)


@ON_SQLITE
def test_a_script_that_changed_its_order_has_an_outdated_voice_though_it_has_as_many_words(database: Database) -> None:
    facts = VoiceFacts(speech_end_ms=5000, words=words(*(word for text in TEXTS for word in spoken_words(text))))
    with database.writing() as session:
        video = a_video(session, script=SCRIPT)
        add_voice(session, video, facts)
        assembled_timeline(session, video)
        order = [scene.id for scene in scenes_of(session, video.id)]
        order_scenes(session, video.id, order[::-1], video.revision, at=NOW)

        with pytest.raises(VoiceOutdated):
            assembled_timeline(session, video)
        cut = assembled_cut(session, video)
        assert "voice_outdated" in cut.problems
        assert [word.text for word in cut.timeline.words] == [w for text in TEXTS[::-1] for w in spoken_words(text)]

        order_scenes(session, video.id, order, video.revision, at=NOW)
        better = SCRIPT.replace("lekker.", "lekker!")
        change_video(session, video.id, video.revision, script=better, at=NOW)
        assert assembled_timeline(session, video).words[4].text == "lekker!"


def add_voice(session: Session, video: Video, facts: VoiceFacts) -> None:
    asset = a_picture(session)
    asset.type = AssetType.AUDIO
    keep_take(
        session,
        video=video,
        scene=None,
        kind=TakeKind.VOICE,
        source=TakeSource.UPLOADED,
        asset=asset,
        facts=facts.model_dump(mode="json"),
        at=NOW,
    )


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(Word(text=text, start_ms=100 * at, end_ms=100 * at + 90) for at, text in enumerate(texts))


def test_new_words_share_the_time_between_those_that_stayed() -> None:
    facts = VoiceFacts(speech_end_ms=600, words=words("Elke", "dag", "vers", "brood.", "Kom", "langs."))

    guessed = words_guessed(facts, ["Elke dag warm, vers gebakken brood!", "Kom."])

    assert words_as_said(facts, ["Elke dag warm, vers gebakken brood!", "Kom."]) is None
    first, second = guessed
    assert [(word.text, word.start_ms) for word in first if word.text in {"Elke", "dag", "vers", "brood!"}] == [
        ("Elke", 0),
        ("dag", 100),
        ("vers", 200),
        ("brood!", 300),
    ]
    assert 190 <= first[2].start_ms <= first[2].end_ms <= 200
    assert second[0].start_ms == 400
    assert scenes_of_words(facts, ["Elke dag warm, vers gebakken brood!", "Kom."]) == [0, 0, 0, 0, 1, None]


def test_only_what_can_be_heard_makes_a_voice_outdated() -> None:
    facts = VoiceFacts(speech_end_ms=200, words=words("elke", "DAG,"))

    said = words_as_said(facts, ["Elke", "dag!"])

    assert said is not None
    assert [[word.text for word in scene] for scene in said] == [["Elke"], ["dag!"]]
    assert words_as_said(facts, ["Elke dag weer."]) is None
    assert words_as_said(facts, []) is None


def test_a_voice_that_nobody_searched_yet_knows_how_long_it_is() -> None:
    asset = Asset(facts={"duration_s": 4.2})

    facts = voice_facts(Take(facts={}), asset)

    assert (facts.duration_ms, facts.words, facts.sync_quality) == (4200, (), "spread")


def test_a_waveform_is_as_loud_as_its_loudest_moment_and_flat_where_nothing_is(tmp_path: Path) -> None:
    loud_half = np.concatenate([sine(440, 1.0) * 0.0, sine(440, 1.0) * 0.1])
    survey = survey_voice(make_sound(tmp_path / "half.wav", np.asarray(loud_half, np.float32)))
    silent = survey_voice(make_sound(tmp_path / "stil.wav", np.zeros((48_000, 1), np.float32)))

    assert survey.duration_ms == 2000
    assert max(survey.peaks[: len(survey.peaks) // 2 - 1]) == 0
    assert max(survey.peaks) == 100
    assert (silent.speech_start_ms, silent.speech_end_ms, set(silent.peaks)) == (0, 1000, {0})
    long = survey_voice(make_sound(tmp_path / "lang.wav", np.asarray(sine(440, 30.0), np.float32)))
    assert len(long.peaks) == MOST_PEAKS
    with pytest.raises(MediaRefused):
        survey_voice(tmp_path / "nergens.wav")


TOKEN = st.sampled_from(["een", "twee", "drie", "🎬", "–", "Ja!", "1000"])


@given(
    said=st.lists(st.tuples(TOKEN, st.integers(0, 300), st.integers(0, 300)), max_size=12),
    written=st.lists(st.lists(TOKEN, min_size=1, max_size=6), max_size=5),
)
def test_whatever_became_of_the_script_its_words_follow_each_other_within_the_speech(
    said: list[tuple[str, int, int]], written: list[list[str]]
) -> None:
    old, at_ms = [], 0
    for text, pause_ms, length_ms in said:
        old.append(Word(text=text, start_ms=at_ms + pause_ms, end_ms=at_ms + pause_ms + length_ms))
        at_ms += pause_ms + length_ms
    facts = VoiceFacts(speech_end_ms=at_ms + 50, words=tuple(old))
    texts = [" ".join(tokens) for tokens in written]

    guessed = words_guessed(facts, texts)

    assert [[word.text for word in scene] for scene in guessed] == [spoken_words(text) for text in texts]
    times = [time for scene in guessed for word in scene for time in (word.start_ms, word.end_ms)]
    assert times == sorted(times)
    assert all(0 <= time <= at_ms + 50 for time in times)
    assert len(scenes_of_words(facts, texts)) == len(old)
