"""OpenTimelineIO: the cut as an editor opens it."""

from pathlib import Path

import opentimelineio as otio

from engine.render.sidecars.otio import otio_of
from engine.render.timeline import (
    CardSource,
    ClipSource,
    ImageSource,
    Music,
    MusicBed,
    MusicFile,
    Scene,
    Timeline,
    Transition,
    Voice,
)

CUT = Timeline(
    title="Zomer & kaas",
    scenes=(
        Scene(
            id="foto",
            source=ImageSource(path=Path("/werk/foto één.jpg")),
            duration_frames=60,
            text="Brood",
            transition=Transition(kind="crossfade", duration_frames=13),
        ),
        Scene(
            id="clip",
            source=ClipSource(path=Path("/werk/clip.mp4"), trim_start_frames=45),
            duration_frames=40,
            transition=Transition(kind="slide", duration_frames=8),
        ),
        Scene(id="kaart", source=CardSource(heading="Tot ziens"), duration_frames=30),
    ),
    voice=Voice(path=Path("/werk/stem.wav"), start_ms=300),
    music=Music(source=MusicFile(path=Path("/werk/muziek.mp3"))),
)


def opened(timeline: Timeline) -> otio.schema.Timeline:
    return otio.adapters.read_from_string(otio_of(timeline), "otio_json")


def test_the_cut_is_as_long_as_the_film_and_so_is_every_track() -> None:
    cut = opened(CUT)

    assert cut.name == "Zomer & kaas"
    assert cut.duration().to_frames() == 130
    assert [track.duration().to_frames() for track in cut.tracks] == [130, 130, 130]


def test_clips_stand_in_order_with_their_trims_and_files() -> None:
    foto, clip, card = opened(CUT).video_tracks()[0].find_clips()

    assert foto.media_reference.target_url == "file:///werk/foto%20%C3%A9%C3%A9n.jpg"
    assert (clip.source_range.start_time.value, clip.source_range.duration.value) == (45, 40)
    assert isinstance(card.media_reference, otio.schema.MissingReference)
    assert foto.metadata["bom"]["text"] == "Brood"


def test_a_transition_lies_around_the_border_as_in_the_film() -> None:
    cut = opened(CUT)

    fade, slide = (part for part in cut.video_tracks()[0] if isinstance(part, otio.schema.Transition))

    assert (fade.in_offset.value, fade.out_offset.value) == (6, 7)
    assert fade.transition_type == otio.schema.TransitionTypes.SMPTE_Dissolve
    assert slide.transition_type == otio.schema.TransitionTypes.Custom


def test_the_voice_begins_where_it_is_heard() -> None:
    voice, music = opened(CUT).audio_tracks()

    assert isinstance(voice[0], otio.schema.Gap)
    assert voice[0].duration().value == 9
    assert music[0].media_reference.target_url == "file:///werk/muziek.mp3"


def test_a_trimmed_voice_is_trimmed_in_the_editor_too() -> None:
    voice = Voice(path=Path("/werk/stem.wav"), start_ms=300, trim_start_ms=2000, trim_end_ms=4000)

    cut = opened(CUT.model_copy(update={"voice": voice}))

    (clip,) = cut.audio_tracks()[0].find_clips()
    assert clip.source_range.start_time.to_seconds() == 2
    assert clip.source_range.duration.to_seconds() == 2


def test_a_bed_has_no_file_and_so_no_track() -> None:
    cut = opened(CUT.model_copy(update={"music": Music(source=MusicBed(name="warm")), "voice": None}))

    assert [track.kind for track in cut.tracks] == [otio.schema.TrackKind.Video]
