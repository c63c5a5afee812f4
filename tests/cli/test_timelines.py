"""`bom render`: which timeline files it takes, which it refuses, and how much of one it renders."""

import json
from pathlib import Path

import pytest

from tests.cli.studio import Studio, assert_refused


def timeline(studio: Studio, **changes: object) -> Path:
    """A film of one title card, a second long."""
    scene = {"id": "intro", "source": {"kind": "card", "heading": "Hoi"}, "duration_frames": 30}
    return studio.file("film.timeline.json", json.dumps({"title": "Zomer", "scenes": [scene], **changes}))


def scene(**changes: object) -> list[dict[str, object]]:
    return [{"id": "intro", "source": {"kind": "card"}, "duration_frames": 30, **changes}]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"schema_version": 2}, "has schema version 2; this engine knows up to 1. Update the engine."),
        ({"scenes": scene(duration_frames=0)}, "Scene 1 (intro): duration_frames: "),
        ({"scenes": scene(kleur="rood")}, "Scene 1 (intro): kleur: "),
        ({"scenes": []}, "Timeline: scenes: "),
        ({"scenes": scene() * 2}, "Scene 2: id 'intro' is used by an earlier scene too."),
        ({"scenes": scene(source={"kind": "image", "path": "weg.jpg"})}, "weg.jpg'. Check the name"),
        ({"voice": {"path": "weg.wav"}}, "weg.wav'. Check the name"),
        ({"music": {"source": {"kind": "file", "path": "weg.mp3"}}}, "weg.mp3'. Check the name"),
        ({"music": {"source": {"kind": "bed", "name": "disco"}}}, "no bed 'disco'. Choose one of calm"),
        ({"brand": {"logo": {"path": "weg.png"}}}, "weg.png'. Check the name"),
    ],
)
def test_a_timeline_that_cannot_be_rendered_says_where_it_is_wrong(
    studio: Studio, changes: dict[str, object], sentence: str
) -> None:
    assert_refused(studio.render(timeline(studio, **changes)), sentence)
    assert not studio.out.exists()


@pytest.mark.parametrize("content", [b"{nee", b"\xff\xd8\xff\0", b"[" * 100_000, b"[]", b""])
def test_what_is_no_timeline_at_all_is_refused(studio: Studio, content: bytes) -> None:
    assert_refused(studio.render(studio.file("t.json", content)))
    assert not studio.out.exists()


def test_a_timeline_that_is_not_there_is_refused(studio: Studio) -> None:
    assert_refused(studio.render(studio.folder / "weg.json"), "weg.json' does not exist")


def test_a_place_that_cannot_hold_the_film_is_refused(studio: Studio) -> None:
    path = timeline(studio)

    assert_refused(studio.render(path, "--out", studio.folder), "is a folder. Give --out a file name like")
    assert_refused(studio.render(path, "--out", path / "film.mp4"), "is a file, where --out needs a folder")


@pytest.mark.parametrize("part", [("--from", "20", "--to", "10"), ("--to", "31"), ("--from", "30")], ids=" ".join)
def test_a_part_that_is_not_in_the_film_is_refused(studio: Studio, part: tuple[str, ...]) -> None:
    assert_refused(studio.render(timeline(studio), *part), "The film has frames 0 to 30", "is not a part of it")


def test_a_part_of_a_film_has_just_its_frames(studio: Studio) -> None:
    path = timeline(studio)

    (last,) = studio.render(path, "--from", "29", "--to", "30").files
    (middle,) = studio.render(path, "--from", "10", "--to", "20", "--format", "16:9", env={}).files

    assert (last["frames"], last["width"], last["height"]) == (1, 360, 640)
    assert (middle["frames"], middle["width"], middle["height"]) == (10, 640, 360)
    assert middle["duration_s"] == pytest.approx(10 / 30, abs=0.001)


def test_a_file_name_may_be_as_long_as_the_system_allows(studio: Studio) -> None:
    out = studio.folder / f"{'é' * 120}.mp4"

    (film,) = studio.render(timeline(studio), "--out", out).files

    assert Path(str(film["path"])) == out
    assert out.stat().st_size == film["size"]
