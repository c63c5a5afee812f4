"""Joining: segments and a soundtrack become one MP4 by stream copy.

Called by engine.render.export. No pixel is encoded here.
Law: packets of picture and sound are interleaved by time, every time stamp is larger than the one before, the index
stands at the file's front, and the file gets its name only when it is whole.
"""

import heapq
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

from engine.render.timeline import FPS

FilmPacket: TypeAlias = "Packet[VideoStream] | Packet[AudioStream]"


def join(segments: Sequence[tuple[Path, int]], soundtrack: Path, out: Path, title: str) -> None:
    """Write the film. segments: files with their lengths in frames. Raises OSError (a full disk).

    `out` is written directly: the caller gives an unfinished name and renames.
    """
    options = {"movflags": "+faststart+use_metadata_tags", "video_track_timescale": str(FPS * 512)}
    with (
        av.open(str(out), "w", format="mp4", options=options) as film,
        av.open(str(segments[0][0])) as first,
        av.open(str(soundtrack)) as sound,
    ):
        film.metadata["title"] = title
        picture_stream = film.add_stream_from_template(first.streams.video[0])
        sound_stream = film.add_stream_from_template(sound.streams.audio[0])
        pictures = _pictures(segments, bytes(first.streams.video[0].codec_context.extradata or b""))
        sounds = _sounds(sound)
        for packet in heapq.merge(pictures, sounds, key=_decoding_time):
            packet.stream = picture_stream if packet.stream.type == "video" else sound_stream
            film.mux(packet)


def _decoding_time(packet: FilmPacket) -> Fraction:
    assert packet.dts is not None
    return packet.dts * packet.time_base


def _sounds(sound: InputContainer) -> Iterator[FilmPacket]:
    return (packet for packet in sound.demux(sound.streams.audio[0]) if packet.dts is not None)


def _pictures(segments: Sequence[tuple[Path, int]], parameter_sets: bytes) -> Iterator[FilmPacket]:
    start_frame = 0
    for path, frames in segments:
        with av.open(str(path)) as segment:
            stream = segment.streams.video[0]
            if bytes(stream.codec_context.extradata or b"") != parameter_sets:
                raise RuntimeError(f"Segment {path.name} was encoded with other settings; clear the cache folder.")
            assert stream.time_base is not None
            shift = int(start_frame / (FPS * stream.time_base))
            for packet in segment.demux(stream):
                if packet.dts is None or packet.pts is None:
                    continue
                packet.pts += shift
                packet.dts += shift
                yield packet
        start_frame += frames
