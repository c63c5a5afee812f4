"""The child's side of probing: read the facts of one file. See probe.py for what they mean.

Run by child.py. Films and sounds are read by FFmpeg, still pictures by Pillow; neither decodes more than it needs.
Law: a still picture's size is checked from its header, before a byte of it is decoded.
"""

import json
import os
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from engine.render.media.containers import Container, open_media, sniff
from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import Json, MediaRefused

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet
    from av.stream import Stream
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

LARGEST_IMAGE_PIXELS = 120_000_000  # the best phones of 2026 take 108 megapixels; decoded they are 324 MB
_LARGEST_FILM_SIDE = 8192

_PICTURES_TIMED = 600  # 20 s at 30 fps tell how even the frames come
_PICTURES_UNTIL_HOPELESS = 300  # packets without one picture: ten seconds of film

_BY_ESTIMATE = {"mp3", "aac", "amr"}  # no index: FFmpeg guesses how long they are from the bit rate

_MATROSKA_DURATION = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")  # its tag of each stream: when it ends

_HDR = {16: "pq", 18: "hlg"}  # transfer characteristics, ITU-T H.273
_PILLOW_FORMATS = {"avif": ("AVIF", "HEIF"), "heic": ("HEIF",)}


def probe_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:  # noqa: ARG001
    """The fields of MediaFacts for the file at `path`."""
    path = str(arguments["path"])
    container = sniff(path)
    facts: dict[str, Json] = {"container": container.name, "size_bytes": os.stat(path).st_size}  # noqa: PTH116
    if container.kind == "image":
        return facts | _image_facts(path, container)
    with open_media(path, container) as media:
        return facts | _media_facts(media, container, os.stat(path).st_size)  # noqa: PTH116


def probes_task(arguments: Mapping[str, Json], stream: IO[bytes]) -> Json:
    """The facts of each of `paths`, a line of JSON each as soon as it is known; ends at the first that is refused."""
    paths = arguments["paths"]
    assert isinstance(paths, list)
    for path in paths:
        stream.write(json.dumps(probe_task({"path": path}, stream)).encode() + b"\n")
    return None


def pillow_formats(container: Container) -> tuple[str, ...]:
    """The readers of Pillow that may open such a file, HEIC's taught to it where needed; no other one is tried."""
    if container.name in ("heic", "avif"):
        import pillow_heif

        pillow_heif.register_heif_opener()
    return _PILLOW_FORMATS.get(container.name, (container.name.upper(),))


def _image_facts(path: str, container: Container) -> dict[str, Json]:
    import warnings

    from PIL import ExifTags, Image, UnidentifiedImageError

    formats = pillow_formats(container)
    name = os.path.basename(path)  # noqa: PTH119
    Image.MAX_IMAGE_PIXELS = None  # our own limit below has a sentence for it
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about broken EXIF, which we do not need
            with Image.open(path, formats=formats) as image:
                refuse_too_large(name, image.size)
                width, height = image.size
                mode = image.mode
                # Pillow decodes a whole PNG to look behind its pixels for EXIF, where no camera puts it.
                has_exif = container.name != "png" or "exif" in image.info
                turned = has_exif and image.getexif().get(ExifTags.Base.Orientation) in (5, 6, 7, 8)
    except (MemoryError, MediaRefused):
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, TypeError, OverflowError, EOFError):
        raise MediaRefused(
            Flaw.DAMAGED, f"'{name}' is damaged: its {container.name.upper()} header cannot be read. Export it again."
        ) from None
    if turned:
        width, height = height, width
    return {"kind": "image", "width": width, "height": height, "pixel_format": mode}


def refuse_too_large(name: str, size: tuple[int, int]) -> None:
    """Raises MediaRefused for a still picture (width, height) that would need too much memory."""
    width, height = size
    if width * height > LARGEST_IMAGE_PIXELS:
        raise MediaRefused(
            Flaw.TOO_MANY_PIXELS,
            f"'{name}' is {width} × {height} pixels; {LARGEST_IMAGE_PIXELS // 1_000_000} megapixels is the most. "
            "Make it smaller and add it again.",
            width=width,
            height=height,
            most_megapixels=LARGEST_IMAGE_PIXELS // 1_000_000,
        )


def _media_facts(media: "InputContainer", container: Container, size_bytes: int) -> dict[str, Json]:
    from engine.render.media.streams import find_pictures, find_sound, name_of

    pictures, sound = find_pictures(media), find_sound(media)
    facts: dict[str, Json] = {}
    if sound is not None:
        facts |= {
            "audio_codec": sound.codec_context.codec.canonical_name,
            "sample_rate_hz": sound.codec_context.sample_rate,
            "channels": sound.codec_context.channels,
        }
    if pictures is not None:
        return facts | _clip_facts(media, pictures, size_bytes)
    if sound is None:
        raise MediaRefused(
            Flaw.NOTHING_IN_IT, f"'{name_of(media)}' has neither pictures nor sound in it. Export it again."
        )
    return facts | {"kind": "audio", "duration_s": _sound_duration_s(media, sound, container)}


def _clip_facts(media: "InputContainer", stream: "VideoStream", size_bytes: int) -> dict[str, Json]:
    from engine.render.media.orientation import displayed_size, orientation_of, pixel_aspect_of
    from engine.render.media.streams import name_of, packets_of, picture_decoder, read_only, time_base_of
    from engine.render.media.tone import refuse_unknown_colours

    name, second = name_of(media), time_base_of(stream)
    _refuse_what_is_cut_off(name, stream, size_bytes)
    read_only(media, stream)
    decoder = picture_decoder(stream, threads=1)
    first: VideoFrame | None = None
    times: list[float] = []
    end_s = 0.0
    known_s = _known_duration_s(media, stream)
    for packet in packets_of(media, stream):
        if first is None and len(times) < _PICTURES_UNTIL_HOPELESS:
            first = _first_of(decoder, packet)
        at = packet.pts if packet.pts is not None else packet.dts
        if at is not None and not packet.is_discard:
            if len(times) < _PICTURES_TIMED:
                times.append(float(at * second))
            end_s = max(end_s, float((at + (packet.duration or 0)) * second))
        if known_s and len(times) >= _PICTURES_TIMED:
            break
    if first is None:
        first = _first_of(decoder, None)
    if first is None:
        raise MediaRefused(
            Flaw.DAMAGED, f"No picture in '{name}' can be decoded: it is damaged or not complete. Export it again."
        )
    refuse_unknown_colours(name, stream, first)
    orientation = orientation_of(first)
    width, height = displayed_size(first.width, first.height, pixel_aspect_of(stream), orientation)
    if max(first.width, first.height) > _LARGEST_FILM_SIDE:
        raise MediaRefused(
            Flaw.FILM_TOO_LARGE,
            f"'{name}' is {width} × {height} pixels, too large to edit here. Export it at 4K or less.",
            width=width,
            height=height,
        )
    times.sort()
    duration_s = known_s or end_s - times[0]
    if duration_s <= 0:
        raise MediaRefused(Flaw.NO_LENGTH, f"'{name}' is 0 seconds long. Export it again.")
    return {
        "kind": "clip",
        "duration_s": duration_s,
        "width": width,
        "height": height,
        "rotation_deg": orientation.rotation_deg,
        "fps": _average_fps(times, duration_s),
        "variable_frame_rate": _varies(times),
        "video_codec": stream.codec_context.codec.canonical_name,
        "pixel_format": first.format.name,
        "hdr": _HDR.get(first.color_trc),
        "interlaced": first.interlaced_frame,
    }


def _first_of(decoder: "VideoCodecContext", packet: "Packet[Stream] | None") -> "VideoFrame | None":
    import av

    try:
        return next(iter(decoder.decode(packet)), None)
    except (av.error.FFmpegError, EOFError) as error:
        if isinstance(error, MemoryError):
            raise
        return None


def _refuse_what_is_cut_off(name: str, stream: "VideoStream", size_bytes: int) -> None:
    """A download that broke off still opens where the index comes first; its last packets lie behind the end."""
    entries = stream.index_entries
    count = len(entries)
    if count and entries[count - 1].pos + entries[count - 1].size > size_bytes:
        there = sum(entry.pos + entry.size <= size_bytes for entry in entries)
        raise MediaRefused(
            Flaw.INCOMPLETE,
            f"'{name}' is not complete: only {there} of its {count} pictures are in the file. Copy or export it again.",
            there=there,
            count=count,
        )


def _known_duration_s(media: "InputContainer", stream: "VideoStream | AudioStream") -> float:
    """What the file says of this stream, else of itself; 0 where it says nothing, as a browser's recordings do."""
    from engine.render.media.streams import time_base_of

    if stream.duration:
        return float(stream.duration * time_base_of(stream))
    told = _MATROSKA_DURATION.fullmatch(stream.metadata.get("DURATION", ""))
    if told:
        end_s = int(told[1]) * 3600 + int(told[2]) * 60 + float(told[3])
        return max(0.0, end_s - float((stream.start_time or 0) * time_base_of(stream)))
    return (media.duration or 0) / 1_000_000


def _average_fps(times: list[float], duration_s: float) -> float:
    span = times[-1] - times[0] if times else 0.0
    return round((len(times) - 1) / span, 3) if span > 0 else round(1 / duration_s, 3)


def _varies(times: list[float]) -> bool:
    """Whether more than one step in fifty differs from the usual one by more than a tenth and by 2.5 ms (Matroska
    and FLV round to 1 ms, so that even 30 fps comes in steps of 33 and 34)."""
    steps = [following - at for at, following in pairwise(times)]
    if not steps:
        return False
    usual = sorted(steps)[len(steps) // 2]
    odd = sum(abs(step - usual) > max(0.0025, 0.1 * usual) for step in steps)
    return odd * 50 > len(steps)


def _sound_duration_s(media: "InputContainer", stream: "AudioStream", container: Container) -> float:
    from engine.render.media.streams import name_of, packets_of, read_only, sounds_of, time_base_of

    name, second = name_of(media), time_base_of(stream)
    read_only(media, stream)
    first = next(sounds_of(media, stream), None)
    if first is None:
        raise MediaRefused(
            Flaw.NOTHING_HEARD, f"There is no sound to be heard in '{name}': it is empty or damaged. Export it again."
        )
    duration_s = _known_duration_s(media, stream)
    if container.name in _BY_ESTIMATE or duration_s <= 0:
        start_s = float((first.pts or 0) * second)
        duration_s = first.samples / first.sample_rate
        for packet in packets_of(media, stream):
            if packet.pts is not None:
                duration_s = max(duration_s, float((packet.pts + (packet.duration or 0)) * second) - start_s)
    if duration_s <= 0:
        raise MediaRefused(Flaw.NO_LENGTH, f"'{name}' is 0 seconds long. Export it again.")
    return duration_s
