"""The child's side of a sound: decode, resample, keep in time, write. See sounds.py.

Run by child.py.
Law: a sample's place follows the file's clock, so that sound stays with its picture across gaps and broken places.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Literal, cast

from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from engine.render.media.containers import Container, open_media, sniff
from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, MediaRefused
from engine.render.media.streams import (
    find_pictures,
    find_sound,
    name_of,
    picture_decoder,
    pictures_of,
    read_only,
    sounds_of,
    time_base_of,
)

RATE_HZ = 48_000
_BYTES = 4  # of a float32 sample

# Clocks of files wobble by a codec's frame; beyond that a jump is a hole (a broken place, a pause of the recorder).
_JUMP_S = 0.1
# A longer one is a broken clock, not an hour of silence.
_LONGEST_HOLE_S = 120.0


def sound_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """Write the sound as interleaved float32 at 48 kHz."""
    path, zero = str(arguments["path"]), arguments["zero"]
    channels = cast("Literal[1, 2]", arguments["channels"])
    container = sniff(path)
    name = os.path.basename(path)  # noqa: PTH119
    if container.kind == "image":
        raise MediaRefused(Flaw.IS_PICTURE, f"'{name}' is a still picture and has no sound. Choose a sound or a clip.")
    zero_s = _first_picture_s(path, container) if zero == "picture" else None
    with open_media(path, container) as media:
        sound = find_sound(media)
        if sound is None:
            raise MediaRefused(
                Flaw.NO_SOUND, f"'{name_of(media)}' has no sound. Choose another file or leave its sound out."
            )
        read_only(media, sound)
        written = 0
        for piece in _in_time(_resampled(sounds_of(media, sound), channels), zero_s, channels * _BYTES):
            written += len(piece)
            _write(stream, piece)
    if not written:
        raise MediaRefused(
            Flaw.NOTHING_HEARD, f"There is no sound to be heard in '{name}': it is empty or damaged. Export it again."
        )
    return None


def _first_picture_s(path: str, container: Container) -> float | None:
    with open_media(path, container) as media:
        stream = find_pictures(media)
        if stream is None:
            return None
        read_only(media, stream)
        first = next(pictures_of(media, stream, picture_decoder(stream, threads=1)), None)
        ticks = None if first is None else first.pts if first.pts is not None else first.dts
        return None if ticks is None else float(ticks * time_base_of(stream))


_Placed = tuple[float | None, bytes]
"""The file's time in seconds of the first sample, where the file says it, and the samples."""


def _resampled(frames: Iterator[AudioFrame], channels: Literal[1, 2]) -> Iterator[_Placed]:
    """At 48 kHz, interleaved. A stream that changes its rate or layout half-way gets a new resampler."""
    resampler: AudioResampler | None = None
    form: tuple[int, str, str] | None = None
    for frame in frames:
        found = (frame.sample_rate, frame.layout.name, frame.format.name)
        if resampler is None or found != form:
            if resampler is not None:
                yield from _bytes_of(resampler.resample(None), channels)
            resampler = AudioResampler("flt", "mono" if channels == 1 else "stereo", RATE_HZ)
            form = found
        yield from _bytes_of(resampler.resample(frame), channels)
    if resampler is not None:
        yield from _bytes_of(resampler.resample(None), channels)


def _bytes_of(frames: Sequence[AudioFrame | None], channels: int) -> Iterator[_Placed]:
    for frame in frames:
        if frame is not None:  # what a resampler with nothing to do gives back at the end
            yield frame.time, bytes(frame.planes[0])[: frame.samples * channels * _BYTES]


def _in_time(pieces: Iterator[_Placed], zero_s: float | None, frame_bytes: int) -> Iterator[bytes]:
    """The pieces where the file's clock puts them: holes become silence, what is told twice is cut."""
    at = 0  # samples written
    for time_s, data in pieces:
        if zero_s is None:
            zero_s = time_s
        place = at if time_s is None or zero_s is None else round((time_s - zero_s) * RATE_HZ)
        hole = place - at
        if (at and abs(hole) < _JUMP_S * RATE_HZ) or abs(hole) > _LONGEST_HOLE_S * RATE_HZ:
            hole = 0
        if hole > 0:
            yield bytes(hole * frame_bytes)
        kept = data[max(0, -hole) * frame_bytes :]
        at += max(0, hole) + len(kept) // frame_bytes
        yield kept


def _write(stream: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[stream.write(view) :]
