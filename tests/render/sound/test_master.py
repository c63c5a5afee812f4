"""The finished soundtrack, decoded again, is what was promised: level, peaks, length and place."""

from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from engine.render.media.sandbox import MediaRefused
from engine.render.picture.spans import Span
from engine.render.sound.master import make_draft_part, make_soundtrack
from engine.render.sound.samples import Samples
from engine.render.timeline import Levels, Music, MusicBed, Timeline, Voice
from tests.render.sound.films import film, music, soundtrack, voice
from tests.render.sound.materials import (
    clicks_in,
    decoded,
    ffmpegs_loudness,
    level_dbfs,
    noise,
    silence,
    sine,
    speech,
    square,
    stereo,
)

TALK = np.concatenate((speech(2, -12), silence(1.5), speech(2, -12, seed=8), silence(1.5)))


def with_clicks(samples: Samples) -> Samples:
    clicked = samples.copy()
    clicked[::30_000] = 1
    return clicked


AWKWARD: dict[str, Callable[[Path], Timeline]] = {
    "a loud voice": lambda f: film(7, voice=voice(f, speech(7, -0.1))),
    "a voice at -40 dBFS in hiss": lambda f: film(7, voice=voice(f, TALK * 0.04 + noise(7, -66))),
    "a voice with clicks 28 dB above it": lambda f: film(7, voice=voice(f, with_clicks(TALK * 0.06))),
    "a clipped square wave": lambda f: film(5, voice=voice(f, square(331, 5))),
    "a high square wave": lambda f: film(5, voice=voice(f, square(2117, 5))),
    "white noise": lambda f: film(5, voice=voice(f, np.clip(noise(5, -3), -1, 1))),
    "music alone": lambda f: film(6, music=music(f, stereo(sine(300, 2, -30)))),
    "loud music under a soft voice": lambda f: film(
        7, voice=voice(f, TALK * 0.03), music=music(f, square(110, 3) + noise(3, -12))
    ),
    "a bed and a voice": lambda f: film(7, voice=voice(f, TALK), music=Music(source=MusicBed(name="night"))),
    "one word in a minute": lambda f: film(60, voice=voice(f, speech(0.5), start_ms=30_000)),
    "everything turned up": lambda f: film(
        7, voice=voice(f, TALK, gain_db=24), music=music(f, noise(3, -9, 2), gain_db=24)
    ),
    "a clip cut short": lambda f: film(0.2, voice=voice(f, speech(2))),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_the_file_is_at_minus_14_lufs_and_under_minus_1_dbtp(case: str, tmp_path: Path) -> None:
    timeline = AWKWARD[case](tmp_path)

    made = soundtrack(timeline, tmp_path)

    heard = decoded(made.path)
    loudness_lufs, peak_dbtp = ffmpegs_loudness(np.concatenate((heard, silence(0.4, 2))))
    assert len(heard) == timeline.duration_frames * 1600
    assert peak_dbtp <= -1.0
    assert made.true_peak_dbtp == pytest.approx(peak_dbtp, abs=0.2)
    assert made.loudness_lufs == pytest.approx(-14, abs=0.5)
    if timeline.duration_frames > 60:
        assert loudness_lufs == pytest.approx(-14, abs=0.5)


@pytest.mark.parametrize(
    "levels", [Levels(loudness_lufs=-23, true_peak_dbtp=-3), Levels(loudness_lufs=-16, true_peak_dbtp=-2)]
)
def test_other_targets_are_met_too(levels: Levels, tmp_path: Path) -> None:
    made = soundtrack(film(7, voice=voice(tmp_path, with_clicks(TALK)), levels=levels), tmp_path)

    loudness_lufs, peak_dbtp = ffmpegs_loudness(decoded(made.path))
    assert loudness_lufs == pytest.approx(levels.loudness_lufs, abs=0.5)
    assert peak_dbtp <= levels.true_peak_dbtp


def test_a_draft_sounds_as_loud_as_the_film(tmp_path: Path) -> None:
    made = soundtrack(film(7, voice=voice(tmp_path, TALK)), tmp_path, draft=True)

    loudness_lufs, peak_dbtp = ffmpegs_loudness(decoded(made.path))
    assert loudness_lufs == pytest.approx(-14, abs=0.5)
    assert peak_dbtp <= -1.0
    assert made.loudness_lufs == pytest.approx(loudness_lufs, abs=0.3)


@pytest.mark.parametrize("span", [Span(0, 30), Span(76, 79), Span(150, 180)])
def test_a_part_of_a_draft_sounds_as_that_part_of_the_whole(span: Span, tmp_path: Path) -> None:
    """Also just after a click that the limiter has not let go of yet."""
    timeline = film(7, voice=voice(tmp_path, with_clicks(TALK)), music=music(tmp_path, stereo(sine(300, 3, -30))))
    whole = soundtrack(timeline, tmp_path, draft=True)

    part = make_draft_part(timeline, span, tmp_path / "part.m4a", tmp_path, on_progress=lambda _: None)

    heard, wanted = decoded(part.path), decoded(whole.path)[span.start * 1600 : span.end * 1600]
    assert len(heard) == span.count * 1600
    assert level_dbfs(heard) == pytest.approx(level_dbfs(wanted), abs=0.3)
    assert level_dbfs(heard - wanted) < level_dbfs(wanted) - 12  # what AAC leaves out of two encodes of the same
    assert (part.loudness_lufs, part.true_peak_dbtp) == (whole.loudness_lufs, whole.true_peak_dbtp)


@pytest.mark.parametrize("draft", [False, True])
def test_a_film_without_sound_has_a_silent_track_of_its_length(tmp_path: Path, *, draft: bool) -> None:
    made = soundtrack(film(2), tmp_path, draft=draft)

    assert (made.loudness_lufs, made.true_peak_dbtp) == (None, None)
    assert not decoded(made.path).any()
    assert len(decoded(made.path)) == 2 * 48_000


def test_a_silent_recording_stays_silent(tmp_path: Path) -> None:
    made = soundtrack(film(2, voice=voice(tmp_path, silence(5))), tmp_path)

    assert made.loudness_lufs is None
    assert not decoded(made.path).any()


def test_an_empty_room_is_not_turned_into_a_waterfall(tmp_path: Path) -> None:
    soundtrack(film(4, voice=voice(tmp_path, noise(4, -75))), tmp_path)

    assert level_dbfs(decoded(tmp_path / "sound.m4a")) < -30


@pytest.mark.parametrize("frames", [1, 2, 7, 31, 100])
def test_a_film_of_any_length_has_exactly_its_samples(frames: int, tmp_path: Path) -> None:
    made = soundtrack(film(frames / 30, voice=voice(tmp_path, TALK)), tmp_path)

    assert len(decoded(made.path)) == frames * 1600
    with av.open(str(made.path)) as container:
        stream = container.streams.audio[0]
        assert len(container.streams) == 1
        assert (stream.codec_context.name, stream.codec_context.profile) == ("aac", "LC")
        assert (stream.codec_context.sample_rate, stream.codec_context.channels) == (48_000, 2)
        assert stream.start_time == 0


def test_a_sound_is_heard_at_its_time(tmp_path: Path) -> None:
    click = silence(3)
    click[24_000 - 24 : 24_000 + 24] = np.hanning(48)[:, None]

    made = soundtrack(film(3, voice=voice(tmp_path, click, start_ms=250)), tmp_path)

    heard = np.abs(decoded(made.path)).sum(1)
    assert int(heard.argmax()) == pytest.approx(0.75 * 48_000, abs=48)


def test_a_trimmed_voice_starts_and_ends_where_it_was_cut_without_a_click(tmp_path: Path) -> None:
    tone = sine(200, 4, -12)

    made = soundtrack(
        film(3, voice=voice(tmp_path, tone, start_ms=500, trim_start_ms=1002, trim_end_ms=2251)), tmp_path
    )

    heard = decoded(made.path)[:, 0]
    loud = np.flatnonzero(np.abs(heard) > 0.05)
    assert loud[0] / 48 == pytest.approx(500, abs=6)
    assert loud[-1] / 48 == pytest.approx(500 + 1249, abs=6)
    assert clicks_in(heard, 200) < 0.1


def test_progress_only_grows_and_ends_at_one(tmp_path: Path) -> None:
    told: list[float] = []
    timeline = film(7, voice=voice(tmp_path, TALK), music=music(tmp_path, noise(2, -20, 2)))
    make_soundtrack(timeline, tmp_path / "a.m4a", tmp_path / "work", on_progress=told.append)

    assert told == sorted(told)
    assert told[0] > 0
    assert told[-1] == 1.0


@pytest.mark.parametrize("words", [speech(7, -0.1), with_clicks(TALK), TALK], ids=["hot", "clicks", "plain"])
def test_a_voice_needs_to_be_encoded_only_once(words: Samples, tmp_path: Path) -> None:
    told: list[float] = []

    make_soundtrack(
        film(7, voice=voice(tmp_path, words)), tmp_path / "a.m4a", tmp_path / "work", on_progress=told.append
    )

    assert told[-2] == pytest.approx(0.95)  # the first try's share of the bar


def test_a_voice_that_is_no_sound_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "stem.wav").write_text("this is not sound")

    with pytest.raises(MediaRefused, match=r"stem\.wav"):
        soundtrack(film(2, voice=Voice(path=tmp_path / "stem.wav")), tmp_path)

    assert not (tmp_path / "sound.m4a").exists()
    assert list((tmp_path / "work").iterdir()) == []


def test_an_unknown_bed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no music bed called 'disco'"):
        soundtrack(film(2, music=Music(source=MusicBed(name="disco"))), tmp_path)


def test_a_broken_sample_does_not_silence_the_film(tmp_path: Path) -> None:
    tone = np.repeat(sine(300, 3, -20), 2, axis=1)
    tone[48_000] = np.nan
    path = write_float_wav(tmp_path / "voice.wav", tone)

    made = soundtrack(film(3, voice=Voice(path=path)), tmp_path)

    assert made.loudness_lufs == pytest.approx(-14, abs=0.5)


def write_float_wav(path: Path, samples: Samples) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_f32le", rate=48_000, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.reshape(1, -1)), format="flt", layout="stereo")
        frame.sample_rate, frame.pts = 48_000, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
