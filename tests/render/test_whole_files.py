"""Whole files: what stands under a film's name, whatever happens."""

import os
import subprocess
from pathlib import Path

import pytest

from engine.render.whole_files import written_whole


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_the_old_film_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_text("old")

    with written_whole(film) as unfinished:
        unfinished.write_text("new")
        assert film.read_text() == "old"
        assert unfinished.suffix == ".mp4"

    assert film.read_text() == "new"
    assert names(tmp_path) == ["film.mp4"]


def test_a_failure_leaves_the_old_film_and_nothing_else(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_text("old")

    with pytest.raises(OSError, match="full"), written_whole(film) as unfinished:
        unfinished.write_text("half")
        raise OSError("full")

    assert film.read_text() == "old"
    assert names(tmp_path) == ["film.mp4"]


def test_what_a_killed_run_left_of_this_film_is_removed_and_no_other_file(tmp_path: Path) -> None:
    with subprocess.Popen(["true"]) as dead:
        pass
    kept = ["unfinished-notes.txt", f"unfinished-{dead.pid}-ab-ander.mp4", f"unfinished-{os.getpid()}-ab-film[1].mp4"]
    for name in [*kept, f"unfinished-{dead.pid}-ab-film[1].mp4"]:
        (tmp_path / name).write_text("x")

    with written_whole(tmp_path / "film[1].mp4") as unfinished:
        unfinished.write_text("new")

    assert names(tmp_path) == sorted([*kept, "film[1].mp4"])


def test_the_longest_name_that_a_folder_takes_has_room_for_its_unfinished_one(tmp_path: Path) -> None:
    film = tmp_path / f"{'é' * 125}.mp4"

    with written_whole(film) as unfinished:
        unfinished.write_text("new")

    assert film.read_text() == "new"
