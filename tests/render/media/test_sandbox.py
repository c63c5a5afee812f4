"""A file made to harm reads nothing else, harms nobody, and keeps nobody waiting."""

import os
import select
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.render.media.clips import ClipReader
from engine.render.media.probe import probe
from engine.render.media.sandbox import Limits, MediaChild, MediaRefused
from engine.render.media.sounds import SoundReader
from tests.material import make_clip, make_sound, number_card, sine

CARDS = [number_card(n) for n in range(12)]


def read_as_clip(path: Path) -> object:
    with ClipReader(path, start_frame=0, count=1, width=16, height=16, crop=None) as clip:
        frame = bytearray(16 * 16 * 3 // 2)
        clip.read_into(memoryview(frame))
        return frame


def read_as_sound(path: Path) -> object:
    with SoundReader(path, channels=1) as sound:
        return sound.read(100)


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A host on loopback that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server
        ready, _, _ = select.select([server], [], [], 0)
        assert not ready, "a file made us connect to a host"


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A playable file that nobody may read; its access time tells."""
    bait = make_clip(tmp_path / "canary.mp4", CARDS, tone_hz=440)
    os.utime(bait, ns=(0, bait.stat().st_mtime_ns))
    yield bait
    untouched = bait.stat().st_atime_ns == 0
    bait.read_bytes()
    if bait.stat().st_atime_ns == 0:
        pytest.skip("this file system does not note when a file is read")
    assert untouched, "a file made us read another one"


@pytest.mark.parametrize("read", [probe, read_as_clip, read_as_sound])
@pytest.mark.parametrize("name", ["film.mp4", "film.mov", "film.webm", "foto.jpg", "stem.wav"])
def test_a_playlist_reads_no_other_file_and_calls_no_host(
    tmp_path: Path, canary: Path, listener: socket.socket, name: str, read: Callable[[Path], object]
) -> None:
    host, port = listener.getsockname()
    for content in (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:1,\n{canary}\n#EXTINF:1,\nhttp://{host}:{port}/a.ts\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{canary}'\nfile 'tcp://{host}:{port}'\n",
    ):
        (tmp_path / name).write_text(content)

        with pytest.raises(MediaRefused, match="playlist"):
            read(tmp_path / name)


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def with_external_reference(movie: bytes, entry: bytes) -> bytes:
    """The movie with its data references ("dref": in this very file) replaced by another one of the same meaning."""
    at = movie.index(b"dref") - 4
    old = struct.unpack(">I", movie[at : at + 4])[0]
    new = box(b"dref", struct.pack(">II", 0, 1) + entry)
    grown = len(new) - old
    movie = movie[:at] + new + movie[at + old :]
    for parent in (b"dinf", b"minf", b"mdia", b"trak", b"moov"):
        start = movie.rindex(parent, 0, at) - 4
        size = struct.unpack(">I", movie[start : start + 4])[0]
        movie = movie[:start] + struct.pack(">I", size + grown) + movie[start + 4 :]
    return movie


def alias_to(path: Path) -> bytes:
    """A QuickTime alias record that names a file by its absolute path (its entry of type 2)."""
    text = str(path).encode() + b"\0" * (len(str(path)) % 2)
    name = path.name.encode().ljust(63, b"\0")
    record = bytes(4)  # version and kind
    record += bytes(1 + 27) + bytes(12)  # volume, without a name; dates and signatures
    record += bytes([len(path.name)]) + name + bytes(16)
    record += struct.pack(">HH", 1, 1) + bytes(16)  # levels up to a common folder and down from it
    record += struct.pack(">HH", 2, len(text)) + text + struct.pack(">HH", 0xFFFF, 0)
    return box(b"alis", bytes(4) + bytes(4) + struct.pack(">H", 6 + len(record)) + record)


@pytest.mark.parametrize("reference", ["alias", "url"])
def test_a_movie_whose_pictures_lie_elsewhere_reads_nothing_there(
    tmp_path: Path, canary: Path, listener: socket.socket, reference: str
) -> None:
    host, port = listener.getsockname()
    url = box(b"url ", bytes(4) + f"http://{host}:{port}/film.mp4\0".encode())
    movie = make_clip(tmp_path / "heel.mov", CARDS).read_bytes()
    (tmp_path / "elders.mov").write_bytes(
        with_external_reference(movie, alias_to(canary) if reference == "alias" else url)
    )

    for read in (probe, read_as_clip):
        try:
            read(tmp_path / "elders.mov")
        except MediaRefused as refusal:
            assert "elders.mov" in str(refusal)  # noqa: PT017  # both ends are good; reading elsewhere is not


def test_a_file_named_like_an_address_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_sound(tmp_path / "stem.wav", sine(440, 0.5)).rename(tmp_path / "concat:a.wav|b.wav")
    monkeypatch.chdir(tmp_path)

    assert probe(Path("concat:a.wav|b.wav")).kind == "audio"


def test_the_decoder_knows_no_secret_of_the_studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOM_SECRET_KEY", "geheim-9431")
    clip = make_clip(tmp_path / "a.mp4", CARDS)

    with ClipReader(clip, start_frame=0, count=9000, width=160, height=96, crop=None) as reader:
        reader.read_into(memoryview(bytearray(160 * 96 * 3 // 2)))

        assert b"geheim-9431" not in Path(f"/proc/{reader._child.pid}/environ").read_bytes()


def long_clip(tmp_path: Path) -> MediaChild:
    """A child with more to write than it will ever be asked for."""
    clip = make_clip(tmp_path / "a.mp4", CARDS)
    request = {"path": str(clip), "start_frame": 0, "count": 1_000_000, "width": 640, "height": 360, "crop": None}
    return MediaChild("clip", request, patience_s=0.3)


def test_a_child_that_stands_still_is_ended(tmp_path: Path) -> None:
    with long_clip(tmp_path) as child:
        frame = bytearray(640 * 360 * 3 // 2)
        assert child.read_into(frame)
        os.kill(child.pid, signal.SIGSTOP)

        with pytest.raises(MediaRefused, match="takes too long"):
            all(child.read_into(frame) for _ in range(1_000_000))

        assert child._process.poll() == -signal.SIGKILL


def test_a_child_that_is_killed_is_told_as_too_much(tmp_path: Path) -> None:
    with long_clip(tmp_path) as child:
        os.kill(child.pid, signal.SIGKILL)
        with pytest.raises(MediaRefused, match="too much memory"):
            child.answer()


def test_a_child_that_needs_too_much_memory_is_refused(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "groot.mp4", CARDS)
    request = {"path": str(clip), "start_frame": 0, "count": 1, "width": 32_000, "height": 32_000, "crop": [0, 0, 1, 1]}

    with MediaChild("clip", request, Limits(memory_mib=600)) as child, pytest.raises(MediaRefused, match="groot"):
        child.answer()


def test_leaving_a_reader_early_leaves_no_child(tmp_path: Path) -> None:
    with long_clip(tmp_path) as child:
        pid = child.pid

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_child_does_not_outlive_its_parent(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "a.mp4", CARDS)
    program = f"""
import os, sys
from engine.render.media.sandbox import MediaChild
child = MediaChild("clip", {{"path": {str(clip)!r}, "start_frame": 0, "count": 1000000, "width": 640, "height": 360,
                             "crop": None}})
child.stream.read(1)
print(child.pid, flush=True)
sys.stdin.read()
"""
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        ended = os.pidfd_open(pid)
        parent.kill()

        ready, _, _ = select.select([ended], [], [], 20)
        os.close(ended)

    assert ready


def test_broken_files_are_refused_in_a_sentence_and_never_crash_us(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "heel.mp4", CARDS, tone_hz=440).read_bytes()
    for number in range(6):
        broken = bytearray(whole)
        for at in range(40 + number, len(broken), 97 + 13 * number):
            broken[at] ^= 0x5A
        (tmp_path / "stuk.mp4").write_bytes(broken)
        for read in (probe, read_as_clip, read_as_sound):
            try:
                read(tmp_path / "stuk.mp4")
            except MediaRefused as refusal:
                assert "stuk.mp4" in str(refusal)  # noqa: PT017  # playing what is left is as good
