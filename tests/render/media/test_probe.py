"""Probing tells what a file is by its bytes, and says in a sentence what cannot be used."""

import struct
import wave
import zlib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.render.media.containers import sniff
from engine.render.media.probe import probe
from engine.render.media.sandbox import MediaRefused
from tests.material import clip_with_sound_from, halves, make_clip, make_sound, number_card, sine

CARDS = [number_card(n) for n in range(24)]


def refusal_of(path: Path) -> str:
    with pytest.raises(MediaRefused) as refusal:
        probe(path)
    text = str(refusal.value)
    assert text.endswith(".")
    assert path.name in text
    return text


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert "no file" in refusal_of(tmp_path / "weg.mp4")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in refusal_of(tmp_path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leeg.mp4").touch()

    assert "empty" in refusal_of(tmp_path / "leeg.mp4")


def test_text_named_as_a_photo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_text("Beste Anna,\n\nhierbij de foto's.")

    assert "text" in refusal_of(tmp_path / "foto.jpg")


@pytest.mark.parametrize(
    "content",
    [
        "#EXTM3U\n#EXTINF:5,\n/etc/passwd\n",
        "\ufeff#EXTM3U\nhttp://127.0.0.1/x.ts\n",
        "ffconcat version 1.0\nfile /etc/passwd\n",
        "[playlist]\nFile1=/etc/passwd\n",
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n",
        '<?xml version="1.0"?><playlist xmlns="http://xspf.org/ns/0/"/>',
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    ],
)
@pytest.mark.parametrize("name", ["film.mp4", "foto.png", "stem.mp3"])
def test_a_playlist_is_refused_under_any_name(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    assert "playlist" in refusal_of(tmp_path / name) or "SVG" in refusal_of(tmp_path / name)


def test_an_mp4_that_was_cut_off_before_its_index_is_refused(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "heel.mp4", CARDS).read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) // 2])

    assert "not complete" in refusal_of(tmp_path / "half.mp4")


def test_a_download_that_broke_off_behind_its_index_is_refused(tmp_path: Path) -> None:
    whole = make_clip(tmp_path / "heel.mp4", CARDS, container_options={"movflags": "faststart"}).read_bytes()
    (tmp_path / "half.mp4").write_bytes(whole[: len(whole) * 2 // 3])

    assert "of its 24 pictures" in refusal_of(tmp_path / "half.mp4")


def test_a_wav_of_no_seconds_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "stil.wav"), "wb") as empty:
        empty.setparams((1, 2, 48_000, 0, "NONE", ""))

    assert "no sound" in refusal_of(tmp_path / "stil.wav")


def test_a_file_full_of_noise_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 256, 200_000, dtype=np.uint8).tobytes()
    (tmp_path / "ruis.mov").write_bytes(b"\0\0\0\x08wide" + noise)

    assert "damaged" in refusal_of(tmp_path / "ruis.mov")


def test_a_picture_of_ten_billion_pixels_is_refused_by_its_header(tmp_path: Path) -> None:
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    (tmp_path / "bom.png").write_bytes(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT" + b"\0" * 4)

    assert "100000 × 100000" in refusal_of(tmp_path / "bom.png")


def test_a_phone_clip_held_upright_is_told_upright(tmp_path: Path) -> None:
    clip = make_clip(tmp_path / "telefoon.mp4", CARDS, rotation_deg=90, tone_hz=440)

    facts = probe(clip)

    assert (facts.kind, facts.container, facts.width, facts.height, facts.rotation_deg) == ("clip", "mp4", 96, 160, 90)
    assert (facts.video_codec, facts.audio_codec, facts.sample_rate_hz, facts.channels) == ("h264", "aac", 48_000, 2)
    assert facts.duration_s == pytest.approx(0.8, abs=0.01)
    assert facts.size_bytes == clip.stat().st_size


@pytest.mark.parametrize(("fps", "told"), [(24, 24), (Fraction(30000, 1001), 29.97), (50, 50), (60, 60)])
def test_an_even_frame_rate_is_told_as_it_is(tmp_path: Path, fps: Fraction | int, told: float) -> None:
    facts = probe(make_clip(tmp_path / "clip.mp4", CARDS, fps=fps))

    assert facts.fps == pytest.approx(told, abs=0.01)
    assert facts.variable_frame_rate is False


def test_an_uneven_frame_rate_is_told(tmp_path: Path) -> None:
    ticks = np.cumsum([0, *([3000, 3000, 7500] * 8)])[:24].tolist()

    assert probe(make_clip(tmp_path / "scherm.mp4", CARDS, ticks=ticks)).variable_frame_rate is True


def test_a_webm_whose_times_are_rounded_is_not_called_uneven(tmp_path: Path) -> None:
    facts = probe(make_clip(tmp_path / "a.webm", CARDS, codec="libvpx-vp9", options={"deadline": "realtime"}))

    assert (facts.container, facts.video_codec, facts.audio_codec) == ("webm", "vp9", None)
    assert facts.variable_frame_rate is False


def test_a_clip_is_as_long_as_its_pictures_not_as_its_sound(tmp_path: Path) -> None:
    facts = probe(clip_with_sound_from(tmp_path / "a.mkv", Fraction(1, 2), beep_s=0.2))

    assert facts.duration_s == pytest.approx(1.0, abs=0.05)


def test_a_browsers_recording_that_tells_no_length_is_measured(tmp_path: Path) -> None:
    live = {"live": "1"}
    clip = make_clip(
        tmp_path / "a.webm", CARDS, codec="libvpx", options={"deadline": "realtime"}, container_options=live
    )

    assert probe(clip).duration_s == pytest.approx(0.8, abs=0.05)


def test_oblong_pixels_are_told_as_square_ones(tmp_path: Path) -> None:
    facts = probe(make_clip(tmp_path / "dv.mp4", CARDS, pixel_aspect=Fraction(16, 11)))

    assert (facts.width, facts.height) == (round(160 * 16 / 11), 96)


@pytest.mark.parametrize(("transfer", "told"), [("smpte2084", "pq"), ("arib-std-b67", "hlg"), ("bt709", None)])
def test_high_dynamic_range_is_told(tmp_path: Path, transfer: str, told: str | None) -> None:
    parameters = f"log-level=none:bframes=0:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc"
    clip = make_clip(
        tmp_path / "hdr.mp4",
        CARDS[:5],
        codec="libx265",
        pixel_format="yuv420p10le",
        options={"x265-params": parameters},
    )

    assert probe(clip).hdr == told


@pytest.mark.parametrize(
    ("name", "codec", "container", "rate_hz"),
    [
        ("stem.wav", "pcm_s16le", "wav", 44_100),
        ("stem.mp3", "libmp3lame", "mp3", 44_100),
        ("stem.flac", "flac", "flac", 48_000),
        ("stem.ogg", "libopus", "ogg", 48_000),
        ("stem.m4a", "aac", "mp4", 44_100),
        ("stem.aac", "aac", "aac", 22_050),
        ("stem.aiff", "pcm_s16be", "aiff", 48_000),
        ("stem.caf", "pcm_s16be", "caf", 48_000),
    ],
)
def test_a_voice_is_known_by_its_bytes(tmp_path: Path, name: str, codec: str, container: str, rate_hz: int) -> None:
    made = make_sound(tmp_path / name, sine(440, 1.5, rate_hz), rate_hz=rate_hz, codec=codec)
    facts = probe(made.rename(tmp_path / "onbekend.bin"))

    assert (facts.kind, facts.container, facts.sample_rate_hz, facts.channels) == ("audio", container, rate_hz, 1)
    assert facts.duration_s == pytest.approx(1.5, abs=0.12)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "AVIF", "HEIF"])
def test_a_photo_is_known_by_its_bytes(tmp_path: Path, kind: str) -> None:
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    Image.fromarray(halves(60, 40, (200, 0, 0), (0, 0, 200))).save(tmp_path / "foto.bin", kind)

    facts = probe(tmp_path / "foto.bin")

    assert (facts.kind, facts.width, facts.height) == ("image", 60, 40)
    assert facts.container == {"HEIF": "heic"}.get(kind, kind.lower())


def test_a_photo_taken_upright_is_told_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(tmp_path / "foto.jpg", exif=exif)

    facts = probe(tmp_path / "foto.jpg")

    assert (facts.width, facts.height) == (40, 60)


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "mov"),
        (b"\0\0\0\x14ftyp3gp4\0\0\0\0isom", "mp4"),
        (b"\0\0\0\x08wide\0\0\x10\0mdat", "mov"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
        (b"RF64\xff\xff\xff\xffWAVEds64", "wav"),
        (b"RIFF\0\0\0\0AVI LIST", "avi"),
        ((b"G" + b"\0" * 187) * 6, "mpegts"),
        ((b"\0\0\0\0G" + b"\0" * 187) * 6, "mpegts"),
        (b"#!AMR\n\x3c", "amr"),
        (b"ID3\x04\0\0\0\0\0\x0a" + b"\0" * 10 + b"fLaC", "flac"),
    ],
)
def test_a_container_is_sniffed_from_its_first_bytes(tmp_path: Path, head: bytes, container: str) -> None:
    (tmp_path / "x").write_bytes(head + b"\0" * 64)

    assert sniff(tmp_path / "x").name == container
