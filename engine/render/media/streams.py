"""Streams: which stream of an opened file is used, and its pictures or sounds in spite of damage.

Called by probe_task, clip_task and sound_task, inside a child process.
Law: a broken packet costs that packet. A file in which nothing decodes is for the caller to refuse.
"""

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from typing import cast

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard, Disposition, Stream
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.render.media.confinement import still_working
from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import MediaRefused

# A reader that fails this often without a packet in between goes nowhere.
_FAILURES_IN_A_ROW = 50

_NO_FILM = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


def find_pictures(container: InputContainer) -> VideoStream | None:
    """The first stream of moving pictures; the cover art of a song is none. Raises MediaRefused: unknown codec."""
    stream = next((found for found in container.streams.video if not found.disposition & _NO_FILM), None)
    if stream is not None and cast("object", stream.codec_context) is None:
        raise MediaRefused(
            Flaw.PICTURE_CODEC,
            f"'{name_of(container)}' has pictures in a format that we cannot decode. Export it as H.264.",
        )
    return stream


def find_sound(container: InputContainer) -> AudioStream | None:
    """The first stream of sound, or None. Raises MediaRefused: unknown codec."""
    stream = next(iter(container.streams.audio), None)
    if stream is not None and cast("object", stream.codec_context) is None:
        raise MediaRefused(
            Flaw.SOUND_CODEC, f"'{name_of(container)}' has sound in a format that we cannot decode. Export it as AAC."
        )
    return stream


def name_of(container: InputContainer) -> str:
    """The file's name as a person knows it."""
    return container.name.rpartition("/")[2]


def read_only(container: InputContainer, wanted: VideoStream | AudioStream) -> None:
    """Let the reader skip the bytes of all other streams."""
    for stream in container.streams:
        if stream.index != wanted.index:
            stream.discard = Discard.all


def picture_decoder(stream: VideoStream, threads: int) -> VideoCodecContext:
    """A decoder for the stream's packets. Transparent VP8 and VP9 need libvpx; FFmpeg's own drop the alpha."""
    decoder = stream.codec_context
    if stream.metadata.get("alpha_mode") == "1" and decoder.name in ("vp8", "vp9"):
        extradata = decoder.extradata
        decoder = VideoCodecContext.create("libvpx" if decoder.name == "vp8" else "libvpx-vp9", "r")
        decoder.extradata = extradata
    decoder.thread_count = threads
    decoder.thread_type = "AUTO"
    return decoder


def packets_of(container: InputContainer, stream: VideoStream | AudioStream) -> "Iterator[Packet[Stream]]":
    """The stream's packets from where the reader stands to the end, past damaged places."""
    failures = 0
    while failures < _FAILURES_IN_A_ROW:
        try:
            for packet in container.demux(stream):
                still_working()
                if packet.size or packet.dts is not None:  # the last one, empty, only says that this is the end
                    failures = 0
                    yield packet
        except av.error.FFmpegError as error:
            _pass_on_memory(error)
            failures += 1
        else:
            return


def pictures_of(container: InputContainer, stream: VideoStream, decoder: VideoCodecContext) -> Iterator[VideoFrame]:
    """Every picture that decodes, in the order of display, with the stream's time base. Its pts can be None."""
    for packet in chain(packets_of(container, stream), (None,)):
        try:
            frames = decoder.decode(packet)
        except (av.error.FFmpegError, EOFError) as error:
            _pass_on_memory(error)
            continue
        for frame in frames:
            frame.time_base = time_base_of(stream)
            yield frame


def sounds_of(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """Every piece of sound that decodes, with the stream's time base. Its pts can be None."""
    decoder: AudioCodecContext = stream.codec_context
    for packet in chain(packets_of(container, stream), (None,)):
        try:
            frames = decoder.decode(packet)
        except (av.error.FFmpegError, EOFError) as error:
            _pass_on_memory(error)
            continue
        for frame in frames:
            frame.time_base = time_base_of(stream)
            yield frame


def time_base_of(stream: VideoStream | AudioStream) -> Fraction:
    """Seconds per tick of the stream's times."""
    return stream.time_base or Fraction(1, 1_000_000)


def _pass_on_memory(error: Exception) -> None:
    if isinstance(error, MemoryError):
        raise error
