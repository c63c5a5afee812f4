"""Joining: segments and a soundtrack become one MP4 by stream copy.

Called by engine.render.export. No pixel is encoded here.
Law: packets of picture and sound are interleaved by time, every time stamp is larger than the one before, and the index
stands at the file's front.
"""

import heapq
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias, cast

import av
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

from engine.render.film.encoder import configure
from engine.render.film.packets import read_segment
from engine.render.formats import Canvas, Quality
from engine.render.timeline import FPS

FilmPacket: TypeAlias = "Packet[VideoStream] | Packet[AudioStream]"
_Timed: TypeAlias = "tuple[float, FilmPacket]"


def join(
    segments: Sequence[tuple[Path, int]], canvas: Canvas, quality: Quality, soundtrack: Path, out: Path, title: str
) -> None:
    """Write the film. segments: files with their lengths in frames. Raises OSError (a full disk).

    `out` is written directly: the caller gives an unfinished name and renames.
    """
    options = {"movflags": "+faststart+use_metadata_tags", "video_track_timescale": str(FPS * 512)}
    with av.open(str(out), "w", format="mp4", options=options) as film, av.open(str(soundtrack), format="mov") as sound:
        film.metadata["title"] = title
        # Opened like the segments' encoder, so that the muxer knows their parameter sets; it encodes nothing.
        pictures = film.add_stream("libx264", rate=FPS)
        configure(pictures.codec_context, canvas, quality)
        sounds = film.add_stream_from_template(sound.streams.audio[0])
        film.start_encoding()
        parameter_sets = bytes(pictures.codec_context.extradata or b"")
        packets = heapq.merge(
            _pictures(segments, parameter_sets, pictures), _sounds(sound, sounds), key=lambda timed: timed[0]
        )
        for _, packet in packets:
            film.mux_one(packet)


def _sounds(sound: "av.container.InputContainer", stream: AudioStream) -> Iterator[_Timed]:
    source = sound.streams.audio[0]
    assert source.time_base is not None
    tick_s = float(source.time_base)
    for packet in sound.demux(source):
        if packet.dts is not None:
            seconds = packet.dts * tick_s
            packet.stream = stream
            yield seconds, packet


def _pictures(segments: Sequence[tuple[Path, int]], parameter_sets: bytes, stream: VideoStream) -> Iterator[_Timed]:
    start_frame = 0
    for path, frames in segments:
        segment = read_segment(path)
        if segment.parameter_sets != parameter_sets:
            raise RuntimeError(f"{path.name} was encoded with other settings; clear the cache folder and try again.")
        for picture in segment.pictures:
            packet = cast("Packet[VideoStream]", Packet(picture.data))
            packet.pts, packet.dts = start_frame + picture.pts, start_frame + picture.dts
            packet.time_base, packet.duration = Fraction(1, FPS), 1
            packet.is_keyframe = picture.is_key
            packet.stream = stream
            yield packet.dts / FPS, packet
        start_frame += frames
