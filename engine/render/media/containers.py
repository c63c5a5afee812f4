"""Containers: what kind of file this is, told from its first bytes and never from its name.

`sniff` is called by probe and by whoever takes in a file; `open_media` only inside a child process.
Law: FFmpeg is told which reader to use and may open no other file, host or format than the one it was given.
Playlists, which do nothing but point elsewhere, are refused under any name.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, NamedTuple

from engine.render.media.flaws import Flaw
from engine.render.media.sandbox import MediaRefused

if TYPE_CHECKING:
    from av.container import InputContainer

Kind = Literal["image", "media"]


class Container(NamedTuple):
    """A kind of file: the name that people know, still picture or not, and FFmpeg's reader for it."""

    name: str
    kind: Kind
    demuxer: str | None = None
    """None for still pictures, which Pillow reads."""


_MP4 = Container("mp4", "media", "mov")
_MOV = Container("mov", "media", "mov")
_MATROSKA = Container("matroska", "media", "matroska")
_WEBM = Container("webm", "media", "matroska")
_AVI = Container("avi", "media", "avi")
_MPEGTS = Container("mpegts", "media", "mpegts")
_MPEG = Container("mpeg", "media", "mpeg")
_FLV = Container("flv", "media", "flv")
_ASF = Container("asf", "media", "asf")
_WAV = Container("wav", "media", "wav")
_W64 = Container("w64", "media", "w64")
_MP3 = Container("mp3", "media", "mp3")
_FLAC = Container("flac", "media", "flac")
_OGG = Container("ogg", "media", "ogg")
_AAC = Container("aac", "media", "aac")
_AIFF = Container("aiff", "media", "aiff")
_CAF = Container("caf", "media", "caf")
_AMR = Container("amr", "media", "amr")

_JPEG = Container("jpeg", "image")
_PNG = Container("png", "image")
_GIF = Container("gif", "image")
_WEBP = Container("webp", "image")
_TIFF = Container("tiff", "image")
_BMP = Container("bmp", "image")
_HEIC = Container("heic", "image")
_AVIF = Container("avif", "image")

_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_QUICKTIME_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}

_MAGIC: tuple[tuple[bytes, Container], ...] = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", _PNG),
    (b"GIF87a", _GIF),
    (b"GIF89a", _GIF),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"fLaC", _FLAC),
    (b"OggS", _OGG),
    (b"caff", _CAF),
    (b"#!AMR", _AMR),
    (b"FLV\x01", _FLV),
    (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), _ASF),
    (b"riff\x2e\x91\xcf\x11\xa5\xd6\x28\xdb\x04\xc1\x00\x00", _W64),
    (b"\0\0\x01\xba", _MPEG),
)
_RIFF_FORMS = {b"WAVE": _WAV, b"AVI ": _AVI, b"AVIX": _AVI, b"WEBP": _WEBP}

# What begins like this points at other files or hosts instead of being one.
_PLAYLISTS = (b"#extm3u", b"ffconcat", b"[playlist]", b"v=0\r", b"v=0\n", b"[reference]", b"rtsptext")
_POINTING_MARKUP = (b"<smil", b"<asx", b"<playlist", b"<mpd", b"<smoothstreamingmedia", b"<!doctype", b"<html")

_HEAD_BYTES = 64 << 10


def sniff(path: str | os.PathLike[str]) -> Container:
    """What the file is. Raises MediaRefused: missing, empty, a folder, a playlist, or nothing that we read."""
    name = os.path.basename(path)  # noqa: PTH119  # this module starts in every child: no pathlib
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            head = file.read(_HEAD_BYTES) or b""
            tag = _id3_bytes(head)
            if tag:
                file.seek(tag)
                return _sound_in(file.read(_HEAD_BYTES) or b"") or _MP3
    except FileNotFoundError:
        raise MediaRefused(
            Flaw.MISSING, f"There is no file at '{os.fspath(path)}'. Check the name and the folder."
        ) from None
    except IsADirectoryError:
        raise MediaRefused(Flaw.FOLDER, f"'{name}' is a folder. Choose one file in it.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise MediaRefused(
            Flaw.UNOPENABLE, f"'{name}' cannot be opened ({reason}). Check that you may read it."
        ) from None
    if not head:
        raise MediaRefused(Flaw.EMPTY, f"'{name}' is empty (0 bytes). Copy or export it again.")
    found = _by_magic(head) or _by_boxes(head) or _by_ebml(head) or _by_packets(head) or _sound_in(head)
    if found is None:
        raise _unreadable(name, head)
    return found


def _by_magic(head: bytes) -> Container | None:
    if head[:4] in (b"RIFF", b"RF64", b"BW64"):
        return _RIFF_FORMS.get(head[8:12])
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return _AIFF
    if head[:2] == b"BM" and head[14:18] in (b"\x0c\0\0\0", b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return _BMP
    return next((container for magic, container in _MAGIC if head.startswith(magic)), None)


def _by_boxes(head: bytes) -> Container | None:
    """ISO media (ISO/IEC 14496-12): boxes of a size and four letters, the first of which names the brands."""
    if head[4:8] in _QUICKTIME_BOXES:
        return _MOV
    if head[4:8] != b"ftyp":
        return None
    size = int.from_bytes(head[:4], "big")
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(size, 512), 4))}
    if head[8:12] in _AVIF_BRANDS or (head[8:12] in _HEIF_BRANDS and brands & _AVIF_BRANDS):
        return _AVIF
    if head[8:12] in _HEIF_BRANDS:
        return _HEIC
    return _MOV if head[8:12] == b"qt  " else _MP4


def _by_ebml(head: bytes) -> Container | None:
    if not head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    return _WEBM if b"webm" in head[:64] else _MATROSKA


def _by_packets(head: bytes) -> Container | None:
    """MPEG transport streams: 188-byte packets that begin with 0x47, each behind four more bytes on Blu-ray."""
    for first, step in ((0, 188), (4, 192)):
        if len(head) > first + 4 * step and all(head[first + n * step] == 0x47 for n in range(5)):
            return _MPEGTS
    return None


def _id3_bytes(head: bytes) -> int:
    """The length of an ID3v2 tag at the start (its size has seven bits to a byte), or 0."""
    if not head.startswith(b"ID3") or len(head) < 10:
        return 0
    return 10 + sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))


def _sound_in(data: bytes) -> Container | None:
    """FLAC, ADTS or MPEG audio frames. One sync word is chance; the frame after it must begin with one as well."""
    if data.startswith(b"fLaC"):
        return _FLAC
    for start in range(min(len(data) - 8, 4096)):
        if data[start] == 0xFF and data[start + 1] & 0xE0 == 0xE0:
            for container, length_of in _FRAME_LENGTHS:
                length = length_of(data, start)
                after = start + length
                if length and (after == len(data) or (after + 8 < len(data) and length_of(data, after))):
                    return container
    return None


def _adts_length(data: bytes, at: int) -> int:
    if data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
        return 0
    length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return length if length > 7 else 0


def _mpeg_audio_length(data: bytes, at: int) -> int:
    """Layer III frames of MPEG 1, 2 and 2.5 (ISO/IEC 11172-3): 144 (or 72) × bit rate / sample rate + padding."""
    version, layer = data[at + 1] >> 3 & 3, data[at + 1] >> 1 & 3
    rate, frequency, padding = data[at + 2] >> 4, data[at + 2] >> 2 & 3, data[at + 2] >> 1 & 1
    if data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0 or version == 1 or layer != 1:
        return 0
    if rate in (0, 15) or frequency == 3:
        return 0
    kbps = (_KBPS_1 if version == 3 else _KBPS_2)[rate]
    hz = (44_100, 48_000, 32_000)[frequency] >> {3: 0, 2: 1, 0: 2}[version]
    return (144 if version == 3 else 72) * kbps * 1000 // hz + padding


_KBPS_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_FRAME_LENGTHS: tuple[tuple[Container, Callable[[bytes, int], int]], ...] = (
    (_AAC, _adts_length),
    (_MP3, _mpeg_audio_length),
)


def _unreadable(name: str, head: bytes) -> MediaRefused:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(_PLAYLISTS) or any(mark in text[:1024] for mark in _POINTING_MARKUP):
        return MediaRefused(
            Flaw.PLAYLIST, f"'{name}' is a playlist or page that only points at other files. Add the film itself."
        )
    if b"<svg" in text[:4096]:
        return MediaRefused(Flaw.DRAWING, f"'{name}' is an SVG drawing. Export it as PNG and add that.")
    if not any(byte < 9 or 13 < byte < 32 for byte in head[:4096]):
        return MediaRefused(Flaw.TEXT, f"'{name}' is text, not a picture, film or sound. Choose another file.")
    return MediaRefused(
        Flaw.UNKNOWN,
        f"'{name}' is no picture, film or sound that we can read. Export it as JPEG, PNG, MP4, MOV, WAV or MP3.",
    )


def open_media(path: str, container: Container) -> "InputContainer":
    """FFmpeg's reader on this one file. Only inside a child process. Raises MediaRefused."""
    import av

    name = os.path.basename(path)  # noqa: PTH119
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": _DEMUXER_LISTS.get(container.demuxer or "", container.demuxer or ""),
    }
    if container.demuxer == "mov":
        options |= {"enable_drefs": "0", "use_absolute_path": "0"}
    if container.demuxer == "wav":
        # FFmpeg looks for DTS disguised as PCM in up to 10 MB; 32 KiB hold a dozen frames of it, and four are
        # enough. That is 7 ms to open a file instead of 30.
        options |= {"max_probe_packets": "8"}
    try:
        # "file:" because a name such as "data:x.mp4" would else be taken for an address.
        return av.open("file:" + os.path.abspath(path), format=container.demuxer, options=options)  # noqa: PTH100
    except (av.error.FFmpegError, ValueError) as error:
        if isinstance(error, MemoryError):
            raise
        raise MediaRefused(
            Flaw.DAMAGED,
            f"'{name}' is damaged or not complete: its {container.name} structure cannot be read. Export it again.",
        ) from None


# FFmpeg compares the whole name of the reader that it uses.
_DEMUXER_LISTS = {"mov": "mov,mp4,m4a,3gp,3g2,mj2", "matroska": "matroska,webm"}
