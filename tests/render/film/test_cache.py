"""The render cache: what has a name is whole, the longest unused goes first, and a killed render leaves nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.render.film.cache import RenderCache
from engine.render.film.fingerprints import fingerprint, sha256_of
from engine.render.whole_files import UNFINISHED


def put(cache: RenderCache, name: str, size: int, used_at: int) -> Path:
    with cache.writing(name) as unfinished:
        unfinished.write_bytes(b"x" * size)
    os.utime(cache.folder / name, (used_at, used_at))
    return cache.folder / name


def test_a_piece_has_its_name_only_when_it_is_whole(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path, 1000)

    with cache.writing("piece") as unfinished:
        unfinished.write_bytes(b"half")
        assert cache.find("piece") is None

    assert (tmp_path / "piece").read_bytes() == b"half"
    assert [path.name for path in tmp_path.iterdir()] == ["piece"]


def test_a_failed_piece_leaves_nothing(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path, 1000)

    with pytest.raises(RuntimeError), cache.writing("piece") as unfinished:
        unfinished.write_bytes(b"half")
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []


def test_the_longest_unused_pieces_go_first_when_room_runs_out(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path, 250)
    for age, name in enumerate(["old", "middle", "new"]):
        put(cache, name, 100, 1_000_000 + age)
    assert cache.find("old")  # used just now

    cache.sweep()

    assert {path.name for path in tmp_path.iterdir()} == {"old", "new"}


def test_pieces_in_use_stay_whatever_their_age(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path, 50)
    put(cache, "joined now", 100, 1_000_000)
    put(cache, "other", 100, 2_000_000)

    cache.sweep(keep=frozenset({"joined now"}))

    assert {path.name for path in tmp_path.iterdir()} == {"joined now"}


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_writes_is_not(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path, 1000)
    code = (
        "import os; from pathlib import Path; from engine.render.film.cache import RenderCache\n"
        f"c = RenderCache(Path({str(tmp_path)!r}), 1000)\n"
        "c.unfinished('film').write_bytes(b'half'); d = c.unfinished('sound'); d.mkdir(); (d / 'mix').touch()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code], check=False)
    ours = cache.unfinished("ours")
    ours.write_bytes(b"half")
    assert len(list(tmp_path.iterdir())) == 3

    cache.sweep()

    assert list(tmp_path.iterdir()) == [ours]
    assert ours.name.startswith(UNFINISHED)


def test_a_fingerprint_follows_the_bytes_not_the_name(tmp_path: Path) -> None:
    cache = RenderCache(tmp_path / "cache", 1 << 30)
    film, copy = tmp_path / "film.mov", tmp_path / "copy.mov"
    film.write_bytes(bytes(33 << 20))
    copy.write_bytes(bytes(33 << 20))

    assert fingerprint(film, cache) == fingerprint(copy, cache) == sha256_of(film)

    with film.open("r+b") as file:
        file.write(b"changed")
    assert fingerprint(film, cache) == sha256_of(film)
