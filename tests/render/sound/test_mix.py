"""Voice, music and clips stand in the right balance, at the right time, and join without a click."""

from pathlib import Path

import numpy as np
import pytest

from engine.render.media.sandbox import MediaRefused
from engine.render.sound.samples import Samples
from engine.render.timeline import ClipSource, Scene, Timeline, Transition
from tests.render.sound.films import film, music, soundtrack, voice, write_clip
from tests.render.sound.materials import clicks_in, decoded, level_dbfs, silence, sine, speech, stereo


def level_at_hz(samples: Samples, frequency_hz: float) -> float:
    """The level of one tone in a stretch of sound, whatever else is heard."""
    mono = samples.mean(1) * np.hanning(len(samples)) * 2
    turn = np.exp(-2j * np.pi * frequency_hz * np.arange(len(mono)) / 48_000)
    return float(20 * np.log10(abs(np.mean(mono * turn)) * 2 + 1e-9))


def between(samples: Samples, start_s: float, end_s: float) -> Samples:
    return samples[round(start_s * 48_000) : round(end_s * 48_000)]


@pytest.mark.parametrize("voice_level", [1.0, 0.03])
def test_music_is_at_least_8_db_lower_under_speech(voice_level: float, tmp_path: Path) -> None:
    words = np.concatenate((silence(4), speech(4, -12), silence(4))) * np.float32(voice_level)
    timeline = film(12, voice=voice(tmp_path, words), music=music(tmp_path, stereo(sine(7000, 12, -20))))

    heard = decoded(soundtrack(timeline, tmp_path).path)

    before, under, after = (level_at_hz(between(heard, at, at + 2), 7000) for at in (1, 5, 9.5))
    assert before - under >= 8
    assert after - under >= 8
    assert before - under == pytest.approx(12, abs=1)


def test_music_lies_under_the_voice_however_loud_its_file_is(tmp_path: Path) -> None:
    words = np.concatenate((silence(4), speech(4, -12)))
    differences = []
    for level_dbfs_of_music in (-40, -3):
        tone = stereo(sine(7000, 4, level_dbfs_of_music))
        heard = decoded(soundtrack(film(8, voice=voice(tmp_path, words), music=music(tmp_path, tone)), tmp_path).path)
        differences.append(level_dbfs(between(heard, 5, 7)) - level_at_hz(between(heard, 1, 3), 7000))

    assert differences[0] == pytest.approx(differences[1], abs=0.3)
    assert differences[0] > 3


def test_short_music_goes_round_without_a_click_or_a_hole(tmp_path: Path) -> None:
    # Its end and its start are a quarter of a turn apart: cut hard, that would be a click.
    tone = stereo(sine(400.1, 3.1, -20))

    heard = decoded(soundtrack(film(10, music=music(tmp_path, tone, fade_in_ms=0, fade_out_ms=0)), tmp_path).path)

    assert clicks_in(between(heard, 0.5, 9.5)[:, 0], 400.1) < 0.1
    tenths = [level_dbfs(heard[at : at + 4800]) for at in range(4800, len(heard) - 9600, 4800)]
    assert max(tenths) - min(tenths) < 8  # two tones in unlike phase may half cancel, never vanish


def test_music_fades_in_and_out_with_the_film(tmp_path: Path) -> None:
    tone = stereo(sine(400, 5, -20))

    heard = decoded(soundtrack(film(10, music=music(tmp_path, tone, fade_in_ms=1000, fade_out_ms=2000)), tmp_path).path)

    middle = level_dbfs(between(heard, 2, 2.5))
    assert level_dbfs(between(heard, 0, 0.05)) < middle - 20
    assert level_dbfs(between(heard, 0.95, 1.05)) == pytest.approx(middle, abs=1)
    assert level_dbfs(between(heard, 7.9, 8)) == pytest.approx(middle, abs=1)
    assert level_dbfs(between(heard, 9.95, 10)) < middle - 25


def clip_film(*scenes: Scene, **rest: object) -> Timeline:
    return Timeline.model_validate({"title": "Markt", "scenes": scenes, **rest})


def clip_scene(name: str, path: Path, frames: int, sound_db: float | None, **rest: object) -> Scene:
    trim = rest.pop("trim_start_frames", 0)
    source = ClipSource.model_validate({"path": path, "sound_db": sound_db, "trim_start_frames": trim})
    return Scene.model_validate({"id": name, "source": source, "duration_frames": frames, **rest})


def test_a_clips_own_sound_is_heard_under_its_scene_only(tmp_path: Path) -> None:
    high = write_clip(tmp_path / "high.mkv", stereo(sine(3000, 4, -20)))
    low = write_clip(tmp_path / "low.mkv", stereo(sine(500, 4, -20)))

    timeline = clip_film(
        clip_scene("a", high, 60, 0.0), clip_scene("b", low, 60, -6.0), clip_scene("c", high, 60, None)
    )
    heard = decoded(soundtrack(timeline, tmp_path).path)

    loud = level_at_hz(between(heard, 0.5, 1.5), 3000)
    assert level_at_hz(between(heard, 2.5, 3.5), 500) == pytest.approx(loud - 6, abs=0.5)
    assert level_at_hz(between(heard, 2.5, 3.5), 3000) < loud - 60
    assert np.abs(between(heard, 4.2, 6)).max() < 1e-3
    clicks = between(heard, 1.9, 2.1)[:, 0] * np.hanning(9600)
    assert np.abs(np.fft.rfft(clicks))[1600:].max() < np.abs(np.fft.rfft(clicks)).max() * 10 ** (-50 / 20)


def test_a_trimmed_clip_is_in_time_with_its_picture(tmp_path: Path) -> None:
    sound = silence(4, 2)
    sound[96_000 - 24 : 96_000 + 24] = np.hanning(48)[:, None] * 0.9

    timeline = clip_film(
        clip_scene("a", write_clip(tmp_path / "klap.mkv", sound), 60, 0.0, trim_start_frames=45),
    )
    heard = np.abs(decoded(soundtrack(timeline, tmp_path).path)).sum(1)

    assert int(heard.argmax()) == pytest.approx(0.5 * 48_000, abs=48)


def test_a_clips_late_sound_stays_with_its_picture(tmp_path: Path) -> None:
    sound = silence(2, 2)
    sound[24_000 - 24 : 24_000 + 24] = np.hanning(48)[:, None] * 0.9
    clip = write_clip(tmp_path / "laat.mkv", sound, sound_from_s=1.0)

    heard = np.abs(decoded(soundtrack(clip_film(clip_scene("a", clip, 60, 0.0)), tmp_path).path)).sum(1)

    assert int(heard.argmax()) == pytest.approx(1.5 * 48_000, abs=48)


def test_clips_cross_fade_while_their_pictures_do(tmp_path: Path) -> None:
    high = write_clip(tmp_path / "high.mkv", stereo(sine(3000, 6, -20)))
    low = write_clip(tmp_path / "low.mkv", stereo(sine(500, 6, -20)))
    fade = Transition(kind="crossfade", duration_frames=30)

    timeline = clip_film(clip_scene("a", high, 90, 0.0, transition=fade), clip_scene("b", low, 90, 0.0))
    heard = decoded(soundtrack(timeline, tmp_path).path)

    alone, alone_low = level_at_hz(between(heard, 1, 2), 3000), level_at_hz(between(heard, 4, 5), 500)
    assert level_at_hz(between(heard, 2.95, 3.05), 3000) == pytest.approx(alone - 3, abs=1)
    assert level_at_hz(between(heard, 2.95, 3.05), 500) == pytest.approx(alone_low - 3, abs=1)
    assert level_at_hz(between(heard, 3.6, 4), 3000) < alone - 40


def test_music_makes_room_for_somebody_who_speaks_in_a_clip(tmp_path: Path) -> None:
    words = stereo(np.concatenate((silence(3), speech(3, -12), silence(3))))
    timeline = clip_film(
        clip_scene("a", write_clip(tmp_path / "anna.mkv", words), 270, 0.0),
        music=music(tmp_path, stereo(sine(7000, 9, -20))),
    )

    heard = decoded(soundtrack(timeline, tmp_path).path)

    assert level_at_hz(between(heard, 1, 2), 7000) - level_at_hz(between(heard, 4, 5), 7000) >= 8


def test_a_clip_without_sound_whose_sound_is_asked_for_is_refused_by_name(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "stom.mkv", silence(0, 2))
    with pytest.raises(MediaRefused, match=r"stom\.mkv"):
        soundtrack(clip_film(clip_scene("a", clip, 30, 0.0)), tmp_path)
