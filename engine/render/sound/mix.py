"""The mix: voice, clips and music of a film in one stereo work file, balanced against each other.

Called by master, which brings the whole to its level.
Law: `gain_db` in a timeline means the same whatever the level of the file: voice and music are first brought to one
loudness. A clip's own sound stays as recorded, for a street heard far away should stay far away.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.render.sound.ducking import Ducking
from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.samples import BLOCK_FRAMES, SAMPLES_PER_FRAME, Samples, amplitude_of, samples_of_ms
from engine.render.sound.sources import VoiceTrack, prepare_clips, prepare_music, prepare_voice
from engine.render.sound.speech import HOP
from engine.render.sound.workfile import WorkFile
from engine.render.timeline import ClipSource, Music, Timeline

COMMON_LUFS = -20.0
"""Where voice and music meet before their own gains: the level of a good recording, so that clips fit in."""
SOURCE_LIFT_LIMIT_DB = 30.0
"""What a source may be lifted by: a whisper at -50 LUFS arrives, an empty room is not turned into a waterfall."""


@dataclass(frozen=True, slots=True)
class Mix:
    """What was measured of a finished mix."""

    loudness_lufs: float | None
    true_peak_dbtp: float | None
    lift_db: float
    """The most that any source was lifted, 0 or more."""


def lay_mix(timeline: Timeline, out: WorkFile, folder: Path, keep_dir: Path, progress: Callable[[float], None]) -> Mix:
    """Write exactly the film's length of stereo sound to `out`.

    folder: for files that nobody needs afterwards. keep_dir: for music beds, made once.
    progress: told fractions of this work done. Raises MediaRefused, OSError.
    """
    film_frames = timeline.duration_frames * SAMPLES_PER_FRAME
    clips = sum(isinstance(scene.source, ClipSource) and scene.source.sound_db is not None for scene in timeline.scenes)
    steps = (timeline.voice is not None) + (timeline.music is not None) + clips + 1
    done = 0

    def step_done() -> None:
        nonlocal done
        done += 1
        progress(done / steps)

    with (
        WorkFile(folder / "voice.f32", 1) as voice_file,
        WorkFile(folder / "music.f32", 2) as music_file,
        WorkFile(folder / "clips.f32", 2) as clip_file,
    ):
        voice = music = None
        speech = prepare_clips(timeline, clip_file, step_done)
        if timeline.voice:
            voice = prepare_voice(timeline.voice, film_frames, voice_file)
            first = voice.start // HOP
            speech[first:][: len(voice.speech)] |= voice.speech[: max(0, len(speech) - first)]
            step_done()
        if timeline.music:
            music = prepare_music(timeline.music, film_frames, music_file, keep_dir)
            step_done()

        voice_lift_db = _lift(voice.loudness_lufs if voice else None)
        music_lift_db = _lift(music.loudness_lufs if music else None)
        voice_gain = amplitude_of(voice_lift_db + timeline.voice.gain_db) if timeline.voice else 0.0
        music_gain = amplitude_of(music_lift_db + timeline.music.gain_db) if timeline.music else 0.0
        ducking = Ducking(speech, timeline.music.duck_db if timeline.music else 0.0)

        meter = LoudnessMeter(2)
        for start in range(0, film_frames, BLOCK_FRAMES):
            count = min(BLOCK_FRAMES, film_frames - start)
            block = clip_file.read(start, count) if clips else np.zeros((count, 2), np.float32)
            if voice:
                block += _voice_piece(voice, start, count) * np.float32(voice_gain)
            if music and timeline.music:
                gains = ducking.gains(start, count) * _film_fade(timeline.music, start, count, film_frames)
                block += music.piece(start, count) * (gains * np.float32(music_gain))
            out.append(block)
            meter.feed(block)
            progress((done + (start + count) / film_frames) / steps)
    return Mix(meter.integrated_lufs, meter.true_peak_dbtp, max(0.0, voice_lift_db, music_lift_db))


def _lift(loudness_lufs: float | None) -> float:
    """Decibels that bring a source to the common level; 0 for one that is silent."""
    return 0.0 if loudness_lufs is None else min(COMMON_LUFS - loudness_lufs, SOURCE_LIFT_LIMIT_DB)


def _voice_piece(voice: VoiceTrack, start: int, count: int) -> Samples:
    lead = min(count, max(0, voice.start - start))
    piece = np.zeros((count, 1), np.float32)
    piece[lead:] = voice.file.read(start + lead - voice.start, count - lead) if lead < count else 0
    return piece


def _film_fade(music: Music, start: int, count: int, film_frames: int) -> Samples:
    """Factors for the music's rise at the film's start and fall at its end, shape (count, 1) or (1, 1)."""
    fade_in, fade_out = samples_of_ms(music.fade_in_ms), samples_of_ms(music.fade_out_ms)
    if start >= fade_in and start + count <= film_frames - fade_out:
        return np.ones((1, 1), np.float32)
    places = np.arange(start, start + count, dtype=np.float32)[:, None] + 0.5
    rise = np.minimum(places / max(fade_in, 1), 1)
    fall = np.minimum((film_frames - places) / max(fade_out, 1), 1)
    return np.asarray(np.sin(rise * (np.pi / 2)) * np.sin(fall * (np.pi / 2)), np.float32)
