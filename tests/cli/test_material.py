"""Scripts, names and files as people have them: each becomes a film."""

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pillow_heif
import pytest
from PIL import Image

from engine.render.timeline import Timeline, parse_timeline
from tests.cli.studio import Studio
from tests.material import halves, make_clip, number_card

SCRIPT = "Brood is warm."


def timeline_of(studio: Studio, slug: str = "script") -> Timeline:
    return parse_timeline((studio.out / f"{slug}.timeline.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("Ja. " * 100, 25),
        ("x" * 300, 1),
        ("🎬 🎉\n\n👩‍👩‍👧‍👦", 1),
        ("مرحبا بالعالم. هذا فيلم قصير عن الخبز الجيد.", 1),
        ("!!! ??? ...", 1),
    ],
    ids=["100-sentences", "300-letters", "emoji", "right-to-left", "marks-only"],
)
def test_an_unusual_script_becomes_a_film_with_all_its_words(studio: Studio, text: str, scenes: int) -> None:
    (film,) = studio.make(text).files

    timeline = timeline_of(studio)
    assert "".join(word.text for word in timeline.words) == "".join(text.split())
    assert len(timeline.scenes) == scenes
    assert film["frames"] == timeline.duration_frames


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("O'Brien & Zn. 🎬.txt", "obrien-zn"),
        ("-v.txt", "v"),
        ("twee\nregels.txt", "twee-regels"),
        ("café: zomer 50%d.txt", "cafe-zomer-50-d"),
        (f"{'lang' * 50}.txt", "lang" * 20),
        (b"fot\xe9.txt".decode("utf-8", "surrogateescape"), "fot"),
    ],
)
def test_any_name_of_a_script_gives_a_file_name_for_everywhere(studio: Studio, name: str, slug: str) -> None:
    studio.script(SCRIPT, name)

    answer = studio.bom("make", "--draft", "--json", "--voice", "none", "--out", "out", "--", name)

    assert Path(str(answer.files[0]["path"])) == studio.out / f"{slug}-9x16.mp4"
    assert timeline_of(studio, slug).title


def test_two_scripts_with_arabic_names_are_two_films(studio: Studio) -> None:
    films = [studio.make(studio.script(SCRIPT, f"{name}.txt")).files[0]["path"] for name in ("خبز", "جبن")]

    assert len(set(map(str, films))) == 2


@pytest.mark.parametrize("out", ["Klant: Bakker", "http:klant", "  ", "nieuwe\nregel", "%05d عربي", "a/b/c"])
def test_any_folder_can_hold_the_film(studio: Studio, out: str) -> None:
    answer = studio.make(SCRIPT, "--out", out, env={"PYTHONIOENCODING": "ascii"})

    assert Path(str(answer.files[0]["path"])).parent == studio.folder / out
    assert (studio.folder / out / "script.waveform.png").exists()


def test_the_cache_may_lie_in_any_folder(studio: Studio) -> None:
    answer = studio.make(SCRIPT, "--music", "bed:calm", env={"BOM_CACHE_DIR": "data: cache"})

    assert answer.files
    assert list((studio.folder / "data: cache").glob("segment-*"))


def test_scripts_of_other_editors_are_read(studio: Studio) -> None:
    for number, encoding in enumerate(("utf-8-sig", "utf-16", "cp1252")):
        path = studio.file(f"s{number}.txt", "Café één is open.".encode(encoding))
        assert studio.make(path).code == 0
        assert [word.text for word in timeline_of(studio, f"s{number}").words] == ["Café", "één", "is", "open."]


def heic(path: Path) -> None:
    pillow_heif.from_pillow(Image.fromarray(halves(64, 48, (0, 150, 0), (200, 0, 0)))).save(path)


def sixteen_bit(path: Path) -> None:
    Image.fromarray(np.tile(np.linspace(0, 65535, 64, dtype=np.uint16), (48, 1))).save(path)


def transparent_palette(path: Path) -> None:
    picture = Image.fromarray(halves(64, 48, (0, 150, 0), (200, 0, 0))).quantize(8)
    picture.save(path, transparency=0)


def animated_gif(path: Path) -> None:
    frames = [Image.fromarray(halves(64, 48, (0, 150, 0), (red, 0, 0))) for red in (90, 200)]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)


PICTURES: dict[str, Callable[[Path], object]] = {
    "foto.heic": heic,
    "foto.webp": lambda path: Image.fromarray(halves(64, 48, (0, 150, 0), (200, 0, 0))).save(path),
    "diep.png": sixteen_bit,
    "druk.jpg": lambda path: Image.new("CMYK", (64, 48), (0, 90, 90, 10)).save(path),
    "palet.png": transparent_palette,
    "beweegt.gif": animated_gif,
    "punt.png": lambda path: Image.new("RGB", (1, 1), (0, 150, 0)).save(path),
    "lint.png": lambda path: Image.new("RGB", (8000, 20), (0, 150, 0)).save(path),
    "toren.jpg": lambda path: Image.new("L", (20, 8000), 90).save(path),
}


def cards(count: int) -> list[np.ndarray]:
    return [number_card(number) for number in range(count)]


CLIPS: dict[str, Callable[[Path], object]] = {
    "schokt.mp4": lambda path: make_clip(path, cards(20), ticks=[n * 3000 + (n % 3) * 900 for n in range(20)]),
    "gedraaid.mp4": lambda path: make_clip(path, cards(20), rotation_deg=90, tone_hz=300),
    "stil.mp4": lambda path: make_clip(path, cards(20)),
    "vijftig.mp4": lambda path: make_clip(path, cards(40), fps=50),
    "film.mov": lambda path: make_clip(path, cards(20), fps=Fraction(24000, 1001)),
    "web.webm": lambda path: make_clip(path, cards(20), codec="libvpx-vp9", tone_hz=300),
}


def test_every_kind_of_picture_and_clip_is_taken_and_its_folder_left_alone(studio: Studio) -> None:
    folder = studio.folder / "lees alleen"
    folder.mkdir()
    for name, write in {**PICTURES, **CLIPS}.items():
        write(folder / name)
    folder.chmod(0o555)
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    count = len(PICTURES) + len(CLIPS)

    answer = studio.make("\n---\n".join(["Ja."] * count), "--images", folder)

    (film,) = answer.files
    assert answer.result["warnings"] == []
    shown = {Path(str(getattr(scene.source, "path"))).name for scene in timeline_of(studio).scenes}  # noqa: B009
    assert shown == {*PICTURES, *CLIPS}
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    with av.open(str(film["path"])) as container:
        assert sum(1 for _ in container.decode(video=0)) == film["frames"]


def test_a_picture_named_twice_is_shown_twice_before_those_of_the_folder(studio: Studio) -> None:
    studio.picture("map/a.jpg")
    studio.picture("b.jpg")

    studio.make("\n---\n".join(["Ja."] * 3), "--image", "b.jpg", "--image", "b.jpg", "--images", "map")

    names = [Path(str(getattr(scene.source, "path"))).name for scene in timeline_of(studio).scenes]  # noqa: B009
    assert names == ["b.jpg", "b.jpg", "a.jpg"]
