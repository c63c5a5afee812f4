"""Packets: an encoded segment as it lies in the cache, read back without a demuxer.

Called by engine.render.film.encoder and .join. FFmpeg's own opening of an MP4 decodes its first pictures to learn what
we already know, 20 ms a segment: that was the slowest part of a film in which nothing had changed.
"""

import json
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("<8sI")
_MAGIC = b"BOMSEGM1"


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One picture in decoding order; pts and dts in frames from the segment's first."""

    pts: int
    dts: int
    is_key: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class EncodedSegment:
    """A closed piece of an H.264 stream (Annex B) with its parameter sets."""

    parameter_sets: bytes
    pictures: Sequence[EncodedPicture]


def write_segment(segment: EncodedSegment, path: Path) -> None:
    """Write for `read_segment`. Raises OSError (a full disk)."""
    head = {
        "parameter_sets": segment.parameter_sets.hex(),
        "pictures": [[p.pts, p.dts, p.is_key, len(p.data)] for p in segment.pictures],
    }
    text = json.dumps(head).encode()
    with path.open("wb") as file:
        file.write(_HEAD.pack(_MAGIC, len(text)))
        file.write(text)
        for picture in segment.pictures:
            file.write(picture.data)


def read_segment(path: Path) -> EncodedSegment:
    """A segment from its file. Raises ValueError where the file is not whole."""
    data = path.read_bytes()
    magic, length = _HEAD.unpack_from(data) if len(data) >= _HEAD.size else (b"", 0)
    if magic != _MAGIC:
        raise ValueError(f"'{path.name}' is not a whole segment. Clear the cache folder and render again.")
    head = json.loads(data[_HEAD.size : _HEAD.size + length])
    pictures = []
    at = _HEAD.size + length
    for pts, dts, is_key, size in head["pictures"]:
        pictures.append(EncodedPicture(pts, dts, is_key, data[at : at + size]))
        at += size
    if at != len(data):
        raise ValueError(f"'{path.name}' is not a whole segment. Clear the cache folder and render again.")
    return EncodedSegment(bytes.fromhex(head["parameter_sets"]), pictures)
