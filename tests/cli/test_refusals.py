"""What `bom make` refuses: one sentence, exit code 2, and a folder that is as it was."""

import socket
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.studio import Studio, assert_refused

SCRIPT = "Brood is warm."


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(99))) + chunk(b"IEND", b"")


def empty_wav() -> bytes:
    """A WAV header that is followed by no sample."""
    layout = struct.pack("<IHHIIHH", 16, 1, 1, 48_000, 96_000, 2, 16)
    return b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + layout + b"data" + struct.pack("<I", 0)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "no words yet"),
        (b"# \n\n---\n\n***\n[pauze]\n> \n", "no words yet"),
        ("\ufeff\u200b\u200d".encode(), "no words yet"),
        (bytes(range(256)) * 9, "not a text file"),
        (b"Ja hoor. " * 250_000, "no script"),
        (b"---\n" + b"woord " * 4000, "Scene 1 has"),
        (b"Ja hoor.\n---\n" * 2001, "2,001 scenes"),
    ],
    ids=["empty", "markdown", "invisible", "binary", "two-megabytes", "endless-scene", "2001-scenes"],
)
def test_a_script_that_cannot_be_told_is_refused(studio: Studio, content: bytes, sentence: str) -> None:
    assert_refused(studio.make(studio.file("s.txt", content)), sentence)
    assert not studio.out.exists()


def test_a_script_that_is_not_there_or_a_folder_is_refused(studio: Studio) -> None:
    assert_refused(studio.make(studio.folder / "weg.txt"), "weg.txt' does not exist")
    assert_refused(studio.make(studio.folder), "Is a directory")
    assert not studio.out.exists()


Given = Callable[[Studio], list[str | Path]]


def just(*arguments: str | Path) -> Given:
    """Arguments that need no file."""
    return lambda _: list(arguments)


REFUSED_FILES: dict[str, tuple[Given, str]] = {
    "text-as-picture": (lambda s: ["--image", s.file("brief.jpg", "Beste klant,")], "'brief.jpg' is text"),
    "empty-picture": (lambda s: ["--image", s.file("leeg.jpg", "")], "'leeg.jpg' is empty"),
    "cut-off-clip": (lambda s: ["--clip", s.file("half.mp4", s.clip().read_bytes()[:3000])], "'half.mp4' is damaged"),
    "huge-picture": (lambda s: ["--image", s.file("reus.png", png_header(100_000, 100_000))], "100000 × 100000"),
    "sound-as-picture": (lambda s: ["--image", s.sound()], "'toon.wav' is a sound"),
    "folder-as-picture": (lambda s: ["--image", s.folder], "is a folder"),
    "picture-as-voice": (lambda s: ["--voice", s.picture()], "'foto.jpg' has no sound"),
    "picture-as-music": (lambda s: ["--music", s.picture()], "'foto.jpg' has no sound"),
    "sound-as-logo": (lambda s: ["--logo", s.sound()], "'toon.wav' is not a picture"),
    "voice-of-0-s": (lambda s: ["--voice", s.file("nul.wav", empty_wav())], "'nul.wav'"),
    "silent-voice": (lambda s: ["--voice", s.sound(level=0)], "holds no speech"),
    "missing-picture": (just("--image", "weg.jpg"), "no file at 'weg.jpg'"),
    "missing-clip": (just("--clip", "weg.mp4"), "no file at 'weg.mp4'"),
    "missing-voice": (just("--voice", "weg.wav"), "no file at 'weg.wav'"),
    "missing-music": (just("--music", "weg.mp3"), "no file at 'weg.mp3'"),
    "missing-logo": (just("--logo", "weg.png"), "weg.png"),
    "missing-brand": (just("--brand", "weg.json"), "'weg.json' does not exist"),
    "missing-folder": (just("--images", "weg"), "'weg' is not a folder"),
    "file-as-folder": (lambda s: ["--images", s.picture()], "is not a folder"),
    "folder-without-pictures": (
        lambda s: ["--images", s.file("map/brief.txt", "Beste klant,").parent],
        "No picture or clip",
    ),
    "unknown-bed": (just("--music", "bed:disco"), "no bed 'disco'. Choose one of calm"),
    "unknown-voice": (just("--voice", "offline:fr"), "Choose offline:nl, offline:en"),
    "unknown-format": (just("--format", "4:3"), "no format '4:3'. Choose one of 9:16, 1:1, 16:9"),
    "end-card-too-long": (just("--end-card", "x" * 601), "The end card has 601"),
    "broken-brand": (lambda s: ["--brand", s.file("m.json", "{nee")], "'m.json' is not JSON. Write it like {"),
    "nested-brand": (lambda s: ["--brand", s.file("m.json", "[" * 100_000)], "'m.json' is not JSON"),
    "brand-that-is-a-list": (lambda s: ["--brand", s.file("m.json", "[1]")], "'m.json': Input should be"),
    "bad-colour": (lambda s: ["--brand", s.file("m.json", '{"accent": "rood"}')], "accent: is not a colour like #C24"),
    "unknown-brand-field": (lambda s: ["--brand", s.file("m.json", '{"kleur": "#000000"}')], "kleur"),
    "brand-without-its-logo": (
        lambda s: ["--brand", s.file("m.json", '{"logo": {"path": "weg.png"}}')],
        "weg.png'. Check the name",
    ),
    "out-is-a-file": (lambda s: ["--out", s.file("uit", "mijn werk")], "uit' is a file"),
    "out-below-a-file": (lambda s: ["--out", s.file("uit", "mijn werk") / "map"], "uit' is a file"),
}


@pytest.mark.parametrize("what", REFUSED_FILES)
def test_what_cannot_be_used_is_refused_before_anything_is_made(studio: Studio, what: str) -> None:
    given, sentence = REFUSED_FILES[what]
    arguments = given(studio)
    before = {path: path.stat().st_size for path in studio.folder.rglob("*") if path.is_file()}

    answer = studio.make(SCRIPT, *arguments)

    assert_refused(answer, sentence)
    after = {path: path.stat().st_size for path in studio.folder.rglob("*") if "cache" not in path.parts}
    assert {path for path in after if path.is_file()} == {*before, studio.folder / "script.txt"}
    assert not studio.out.exists()
    assert not studio.unfinished()


@pytest.mark.parametrize("list_of", ["#EXTM3U\n#EXTINF:9,\n{}\n", "ffconcat version 1.0\nfile '{}'\n"])
def test_a_playlist_named_mp4_opens_neither_the_file_nor_the_host_it_points_at(studio: Studio, list_of: str) -> None:
    canary = studio.clip("geheim.mp4")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        host = f"http://127.0.0.1:{listener.getsockname()[1]}/film.ts"
        for target in (str(canary), host):
            answer = studio.make(SCRIPT, "--clip", studio.file("lijst.mp4", list_of.format(target)))
            assert_refused(answer, "'lijst.mp4' is a playlist or page")
            assert "geheim" not in answer.stderr
        with pytest.raises(BlockingIOError):  # nobody has called
            listener.accept()


def test_a_file_whose_name_is_not_utf8_is_refused_with_a_way_out(studio: Studio) -> None:
    odd = studio.folder / b"fot\xe9.jpg".decode("utf-8", "surrogateescape")
    studio.picture().rename(odd)

    assert_refused(studio.make(SCRIPT, "--image", odd), "is not UTF-8. Rename it")


@pytest.mark.parametrize(
    "arguments",
    [
        ["make"],
        ["make", "s.txt"],
        ["make", "s.txt", "--out", "o", "--captions", "strip"],
        ["make", "s.txt", "--out", "o", "--crf", "99"],
        ["make", "s.txt", "--out", "o", "--lang", "fr"],
        ["make", "s.txt", "--out", "o", "--preset", "snel"],
        ["make", "s.txt", "--out", "o", "--kleur"],
        ["render", "t.json", "--out", "f.mp4", "--format", "4:3"],
        ["render", "t.json", "--out", "f.mp4", "--from", "-1"],
        ["render", "t.json", "--out", "f.mp4", "--to", "0"],
        ["maak"],
    ],
    ids=" ".join,
)
def test_a_mistyped_command_is_answered_with_how_to_write_it(studio: Studio, arguments: list[str]) -> None:
    answer = studio.bom(*arguments)

    assert answer.code == 2
    assert "Usage: bom" in answer.stderr
    assert "Error: " in answer.said[-1]
    assert "Traceback" not in answer.stderr


def test_a_broken_setting_is_named_as_it_is_set(studio: Studio) -> None:
    answer = studio.make(SCRIPT, env={"BOM_CACHE_LIMIT_GB": "veel"})

    assert_refused(answer, "The setting BOM_CACHE_LIMIT_GB cannot be 'veel'")


def test_a_cache_folder_that_is_a_file_is_refused(studio: Studio) -> None:
    answer = studio.make(SCRIPT, env={"BOM_CACHE_DIR": str(studio.file("bestand", "x"))})

    assert_refused(answer, "bestand' is a file, where a folder is needed")
