"""Sources: the voice, the music and the clips' own sound, decoded once into work files and measured.

Called by mix.
Law: a source file is opened in the media sandbox, read once from front to back, and no further than the film needs.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.render.picture.spans import shown_spans
from engine.render.sound.beds import bed_blocks
from engine.render.sound.loudness import LoudnessMeter
from engine.render.sound.reading import sound_blocks
from engine.render.sound.samples import (
    SAMPLE_RATE,
    SAMPLES_PER_FRAME,
    Samples,
    amplitude_of,
    samples_of_ms,
)
from engine.render.sound.speech import HOP, SpeechEnvelope, speaking
from engine.render.sound.workfile import WorkFile
from engine.render.timeline import ClipSource, Music, MusicBed, Timeline, Voice

EDGE_FRAMES = samples_of_ms(5)
"""Fade where a voice was cut: shorter than any consonant, longer than a click."""
CLIP_EDGE_FRAMES = samples_of_ms(30)
"""Fade of a clip's sound at a cut; a transition fades it over its own length."""
LOOP_FRAMES = samples_of_ms(250)
"""Cross-fade where music begins again."""
SHORTEST_LOOP_FRAMES = SAMPLE_RATE
"""Music under 1 s is a sound effect: it is heard once."""
CLIP_SPEECH_DB = -12.0
"""A clip laid more quietly than this is background, and the music does not make room for it."""
TWO_CHANNELS_DB = 10 * math.log10(2)
"""The same sound from both sides is this much louder by BS.1770's sum over channels."""


@dataclass(frozen=True, slots=True)
class VoiceTrack:
    """The voice's piece that is heard, mono, and where it lies in the film."""

    file: WorkFile
    start: int
    loudness_lufs: float | None
    """As laid, the same on both sides."""
    speech: NDArray[np.bool_]
    """For every 10 ms of the piece."""


@dataclass(frozen=True, slots=True)
class MusicTrack:
    """The music as far as the film needs it, and how it begins again."""

    file: WorkFile
    loudness_lufs: float | None
    overlap_frames: int

    def piece(self, start: int, frames: int) -> Samples:
        """`frames` frames of endless music from film time `start` on."""
        if self.file.frames < SHORTEST_LOOP_FRAMES:
            return self.file.read(start, frames)
        period = self.file.frames - self.overlap_frames
        block = np.empty((frames, 2), np.float32)
        done = 0
        while done < frames:
            turn, place = divmod(start + done, period)
            is_overlap = turn > 0 and place < self.overlap_frames
            count = min(frames - done, (self.overlap_frames if is_overlap else period) - place)
            part = self.file.read(place, count)
            if is_overlap:
                angle = (np.arange(place, place + count, dtype=np.float32) / self.overlap_frames * (np.pi / 2))[:, None]
                part = part * np.sin(angle) + self.file.read(period + place, count) * np.cos(angle)
            block[done : done + count] = part
            done += count
        return block


def prepare_voice(voice: Voice, film_frames: int, file: WorkFile) -> VoiceTrack:
    """Read the voice into the file. Raises MediaRefused, OSError."""
    start = samples_of_ms(voice.start_ms)
    skipped = samples_of_ms(voice.trim_start_ms)
    wanted = max(0, film_frames - start)
    if voice.trim_end_ms is not None:
        wanted = min(wanted, max(0, samples_of_ms(voice.trim_end_ms) - skipped))
    meter, envelope = LoudnessMeter(1, with_peak=False), SpeechEnvelope(1)
    for block in sound_blocks(voice.path, 1, skipped_frames=skipped, most_frames=wanted):
        file.append(block)
        meter.feed(block)
        envelope.feed(block)
    if skipped:
        _fade(file, 0, min(EDGE_FRAMES, file.frames), rises=True)
    if file.frames == wanted:
        _fade(file, max(0, wanted - EDGE_FRAMES), min(EDGE_FRAMES, wanted), rises=False)
    loudness = meter.integrated_lufs
    return VoiceTrack(
        file,
        start,
        None if loudness is None else loudness + TWO_CHANNELS_DB,
        speaking(envelope.levels_dbfs),
    )


def prepare_music(music: Music, film_frames: int, file: WorkFile, keep_dir: Path) -> MusicTrack:
    """Read or make the music. keep_dir: where beds stay for the next film. Raises MediaRefused, OSError."""
    wanted = film_frames + LOOP_FRAMES
    meter = LoudnessMeter(2, with_peak=False)
    if isinstance(music.source, MusicBed):
        blocks, overlap_frames = bed_blocks(music.source.name, keep_dir), 0
    else:
        blocks, overlap_frames = sound_blocks(music.source.path, 2, most_frames=wanted), LOOP_FRAMES
    for block in blocks:
        file.append(block)
        meter.feed(block)
    return MusicTrack(file, meter.integrated_lufs, overlap_frames)


def prepare_clips(timeline: Timeline, file: WorkFile, on_clip: Callable[[], None]) -> NDArray[np.bool_]:
    """Lay the sound of every clip that has some under its scene, in film time.

    Returns for every 10 ms of the film whether somebody speaks in a clip. Raises MediaRefused, OSError.
    """
    speech = np.zeros(timeline.duration_frames * SAMPLES_PER_FRAME // HOP + 1, np.bool_)
    spans = shown_spans(timeline)
    for index, (scene, span) in enumerate(zip(timeline.scenes, spans, strict=True)):
        clip = scene.source
        if not isinstance(clip, ClipSource) or clip.sound_db is None:
            continue
        start, wanted = span.start * SAMPLES_PER_FRAME, span.count * SAMPLES_PER_FRAME
        arriving = spans[index - 1].end - span.start if index else 0
        leaving = span.end - spans[index + 1].start if index + 1 < len(spans) else 0
        gain = amplitude_of(clip.sound_db)
        envelope = SpeechEnvelope(2)
        done = 0
        skipped = clip.trim_start_frames * SAMPLES_PER_FRAME
        for block in sound_blocks(clip.path, 2, skipped_frames=skipped, most_frames=wanted, zero="picture"):
            envelope.feed(block)
            ramp = _clip_ramp(done, len(block), wanted, arriving * SAMPLES_PER_FRAME, leaving * SAMPLES_PER_FRAME)
            file.lay(start + done, file.read(start + done, len(block)) + block * ramp * np.float32(gain))
            done += len(block)
        if clip.sound_db >= CLIP_SPEECH_DB:
            spoken = speaking(envelope.levels_dbfs)
            speech[start // HOP :][: len(spoken)] |= spoken[: max(0, len(speech) - start // HOP)]
        on_clip()
    return speech


def _clip_ramp(place: int, count: int, length: int, arriving: int, leaving: int) -> Samples:
    """Factors for a clip's frames: up over `arriving` frames, down over the last `leaving`, equal power."""
    places = np.arange(place, place + count, dtype=np.float32)[:, None] + 0.5
    rise = np.minimum(places / max(arriving, min(CLIP_EDGE_FRAMES, length // 2)), 1)
    fall = np.minimum((length - places) / max(leaving, min(CLIP_EDGE_FRAMES, length // 2)), 1)
    return np.asarray(np.sin(rise * (np.pi / 2)) * np.sin(fall * (np.pi / 2)), np.float32)


def _fade(file: WorkFile, start: int, frames: int, *, rises: bool) -> None:
    ramp = ((np.arange(frames, dtype=np.float32) + 0.5) / max(frames, 1))[:, None]
    file.lay(start, np.asarray(file.read(start, frames) * (ramp if rises else ramp[::-1]), np.float32))
