"""The child's side of a clip: find the picture of each frame, frame it, write it. See clips.py.

Run by child.py.
Law: a seek is a hint. What it landed on is looked at, and where that is too late, it is sought again from further back.
"""

import os
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, cast

import av
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from engine.render.media.clip_framing import Framer
from engine.render.media.containers import Container, open_media, sniff
from engine.render.media.flaws import Flaw
from engine.render.media.interlace import progressive
from engine.render.media.orientation import pixel_aspect_of
from engine.render.media.sandbox import Json, MediaRefused
from engine.render.media.streams import (
    find_pictures,
    name_of,
    picture_decoder,
    pictures_of,
    read_only,
    time_base_of,
)
from engine.render.media.tone import refuse_unknown_colours

FPS = 30  # engine.render.timeline's; that module brings pydantic, which costs a child 50 ms

# The encoder runs beside us: two threads cost an eighth more processor time, which only larger pictures are worth.
_PIXELS_FOR_TWO_THREADS = 1920 * 1080 + 1

# Matroska and FLV round times to a millisecond; a picture 1 ms late still belongs to its frame.
_LATE_S = 0.001

# Pictures right behind a key frame may lean on those before it; half a second later none does.
_AIM_BEFORE_S = 0.5
_FURTHER_BACK_S = (_AIM_BEFORE_S, 3.0, 15.0)

_BROKEN_HELD_S = 1.0  # a stream whose every picture is flagged as broken is shown all the same

_Timed = tuple[float, VideoFrame]
"""Seconds since the clip's first picture, and the picture."""


def clip_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """Write `count` framed pictures from `start_frame` on."""
    path = str(arguments["path"])
    container = sniff(path)
    if container.kind == "image":
        name = os.path.basename(path)  # noqa: PTH119
        raise MediaRefused(Flaw.IS_PICTURE, f"'{name}' is a still picture, not a clip. Use it as an image.")
    start, count = cast("int", arguments["start_frame"]), cast("int", arguments["count"])
    crop = cast("list[float] | None", arguments["crop"])
    clip = _ClipPictures(path, container)
    framer = Framer(
        cast("int", arguments["width"]),
        cast("int", arguments["height"]),
        (crop[0], crop[1], crop[2], crop[3]) if crop else None,
        pixel_aspect_of(clip.stream),
    )
    shown: VideoFrame | None = None
    packed = memoryview(b"")
    for picture in _picture_of_each_frame(clip, start, count):
        if picture is not shown:
            shown, packed = picture, framer.framed(picture)
        _write(stream, packed)
    return None


def _picture_of_each_frame(clip: "_ClipPictures", start: int, count: int) -> Iterator[VideoFrame]:
    """The last picture that begins at or before each frame; the first one before it, the last one behind the end."""
    pictures = clip.around(start / FPS)
    _, shown = next(pictures)
    following = next(pictures, None)
    for number in range(start, start + count):
        while following is not None and following[0] <= number / FPS + _LATE_S:
            shown = following[1]
            following = next(pictures, None)
        yield shown


class _ClipPictures:
    """The pictures of a clip with their times."""

    def __init__(self, path: str, container: Container) -> None:
        self._path, self._container = path, container
        self._open()

    def _open(self) -> None:
        self._media = open_media(self._path, self._container)
        self.name = name_of(self._media)
        stream = find_pictures(self._media)
        if stream is None:
            raise MediaRefused(
                Flaw.IS_SOUND, f"'{self.name}' has no pictures, only sound. Use it as a voice or as music."
            )
        read_only(self._media, stream)
        self.stream = stream
        self._decoder = picture_decoder(
            stream, threads=2 if stream.width * stream.height >= _PIXELS_FOR_TWO_THREADS else 1
        )

    def around(self, at_s: float) -> Iterator[_Timed]:
        """From a picture at or before `at_s` to the end; from the first one where `at_s` is before it.

        Raises MediaRefused where nothing in the file decodes.
        """
        pictures = self._decoded()
        first = next(pictures, None)
        if first is None:
            raise MediaRefused(
                Flaw.DAMAGED,
                f"No picture in '{self.name}' can be decoded: it is damaged or not complete. Export it again.",
            )
        zero_s = first[0]
        refuse_unknown_colours(self.name, self.stream, first[1])
        if at_s <= 2 * _AIM_BEFORE_S:
            return _from(zero_s, first, pictures)
        for back_s in _FURTHER_BACK_S:
            pictures = self._sought(zero_s + at_s - back_s)
            first = next(pictures, None)
            if first is not None and zero_s <= first[0] <= zero_s + at_s + _LATE_S:
                return _from(zero_s, first, pictures)
        self._open()  # it cannot be sought in: walk
        return _from(zero_s, None, self._decoded())

    def _sought(self, time_s: float) -> Iterator[_Timed]:
        try:
            self._media.seek(int(time_s / time_base_of(self.stream)), stream=self.stream)
        except (av.error.FFmpegError, OverflowError):
            return iter(())
        self._decoder.flush_buffers()
        return self._decoded()

    def _decoded(self) -> Iterator[_Timed]:
        return progressive(_timed(pictures_of(self._media, self.stream, self._decoder), self.stream))


def _from(zero_s: float, first: _Timed | None, rest: Iterator[_Timed]) -> Iterator[_Timed]:
    for time_s, picture in chain((first,) if first else (), rest):
        yield time_s - zero_s, picture


def _timed(pictures: Iterator[VideoFrame], stream: VideoStream) -> Iterator[_Timed]:
    """Pictures with the file's own times in seconds, which only ever rise; broken ones are left out for a while."""
    second = time_base_of(stream)
    rate = stream.average_rate or stream.guessed_rate
    usual_s = 1 / float(rate) if rate and 1 <= rate <= 240 else 1 / FPS
    last_s: float | None = None
    for picture in pictures:
        ticks = picture.pts if picture.pts is not None else picture.dts
        next_s = 0.0 if last_s is None else last_s + usual_s
        time_s = next_s if ticks is None else float(ticks * second)
        if last_s is not None:
            if picture.is_corrupt and time_s - last_s < _BROKEN_HELD_S:
                continue
            time_s = time_s if time_s > last_s else next_s
        last_s = time_s
        yield time_s, picture


def _write(stream: IO[bytes], data: memoryview) -> None:
    while data:
        data = data[stream.write(data) :]
