"""OpenTimelineIO: the cut as a file that desktop editors read (Resolve, Premiere, Kdenlive).

Called by engine.cli. What an editor cannot know (captions, motion) travels as metadata under "bom".
"""

import json
from pathlib import Path

import opentimelineio as otio

from engine.render.timeline import FPS, CardSource, ClipSource, MusicFile, Scene, Timeline, Voice


def otio_of(timeline: Timeline) -> str:
    """The timeline as OTIO JSON: a picture track with transitions, a voice track, a music track."""
    cut = otio.schema.Timeline(name=timeline.title, global_start_time=_frames(0))
    pictures = otio.schema.Track(name="Picture", kind=otio.schema.TrackKind.Video)
    cut.tracks.append(pictures)
    for number, scene in enumerate(timeline.scenes):
        pictures.append(_clip(scene))
        length = scene.transition.duration_frames
        if length and number + 1 < len(timeline.scenes):
            kinds = otio.schema.TransitionTypes
            dissolve = scene.transition.kind == "crossfade"
            pictures.append(
                otio.schema.Transition(
                    name=scene.transition.kind,
                    transition_type=kinds.SMPTE_Dissolve if dissolve else kinds.Custom,
                    in_offset=_frames(length // 2),
                    out_offset=_frames(length - length // 2),
                )
            )
    if timeline.voice is not None:
        cut.tracks.append(_voice_track(timeline.voice, timeline.duration_frames))
    if timeline.music is not None and isinstance(timeline.music.source, MusicFile):
        cut.tracks.append(_sound_track("Music", timeline.music.source.path, 0, _range(0, timeline.duration_frames)))
    text: str = cut.to_json_string()
    return text


def _frames(count: float) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(count, FPS)


def _range(start: float, count: float) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_frames(start), _frames(count))


def _clip(scene: Scene) -> otio.schema.Clip:
    start = scene.source.trim_start_frames if isinstance(scene.source, ClipSource) else 0
    if isinstance(scene.source, CardSource):
        media = otio.schema.MissingReference(name=f"title card: {scene.source.heading or scene.text}")
    else:
        media = otio.schema.ExternalReference(target_url=Path(scene.source.path).resolve().as_uri())
    clip = otio.schema.Clip(name=scene.id, media_reference=media, source_range=_range(start, scene.duration_frames))
    clip.metadata["bom"] = {
        "text": scene.text,
        "fit": scene.fit,
        "motion": json.loads(scene.motion.model_dump_json()) if scene.motion else None,
    }
    return clip


def _voice_track(voice: Voice, film_frames: int) -> otio.schema.Track:
    lead, trim = voice.start_ms * FPS / 1000, voice.trim_start_ms * FPS / 1000
    length = film_frames - lead
    if voice.trim_end_ms is not None:
        length = min(length, voice.trim_end_ms * FPS / 1000 - trim)
    return _sound_track("Voice", voice.path, lead, _range(trim, length))


def _sound_track(name: str, path: Path, lead_frames: float, heard: otio.opentime.TimeRange) -> otio.schema.Track:
    """A track with one sound after a gap. heard: the part of its file."""
    track = otio.schema.Track(name=name, kind=otio.schema.TrackKind.Audio)
    if lead_frames:
        track.append(otio.schema.Gap(source_range=_range(0, lead_frames)))
    media = otio.schema.ExternalReference(target_url=Path(path).resolve().as_uri())
    track.append(otio.schema.Clip(name=name, media_reference=media, source_range=heard))
    return track
