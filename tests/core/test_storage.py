"""A file that the studio stored is all there, once, for as long as something refers to it."""

import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import fsspec
import pytest

from engine.core.errors import NotFound
from engine.core.storage import BLOCK_BYTES, Collected, Storage, StorageDamaged, StorageFull

BREAD = b"warm bread " * 300_000  # three blocks and a bit
SHA256 = hashlib.sha256(BREAD).hexdigest()
SOON = datetime.now(UTC) + timedelta(days=1)
LONG_AGO = datetime.now(UTC) - timedelta(days=1)


@pytest.fixture(params=["file", "memory"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Storage]:
    """A folder of this machine, and a far place with its cache."""
    if request.param == "file":
        yield Storage(f"file://{tmp_path}/media", tmp_path / "unused")
        assert not (tmp_path / "unused").exists()
        return
    yield Storage(f"memory://{tmp_path.name}/media", tmp_path / "cache")
    fsspec.filesystem("memory").store.clear()


@pytest.fixture
def local(tmp_path: Path) -> Storage:
    return Storage(f"file://{tmp_path}/media", tmp_path / "unused")


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Storage]:
    yield Storage(f"memory://{tmp_path.name}/media", tmp_path / "cache")
    fsspec.filesystem("memory").store.clear()


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def none_referred(_hashes: Collection[str]) -> set[str]:
    return set()


class Breaking:
    """A sender that goes away after a block."""

    def __init__(self, error: Exception) -> None:
        self._error: Exception | None = None
        self._next = error

    def read(self, size: int = -1, /) -> bytes:
        if self._error:
            raise self._error
        self._error = self._next
        return b"x" * size


def test_a_sender_that_goes_away_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(ConnectionResetError):
        storage.put(cast(BinaryIO, Breaking(ConnectionResetError())))

    assert list(storage.list()) == []
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_as_such_and_leaves_nothing(number: int, storage: Storage, tmp_path: Path) -> None:
    with pytest.raises(StorageFull, match="disk is full"):
        storage.put(cast(BinaryIO, Breaking(OSError(number, "full"))))

    assert files_in(tmp_path) == []


def test_a_disk_that_fills_up_while_writing_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from io import BytesIO; from pathlib import Path\n"
        "from engine.core.storage import Storage, StorageFull\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000,) * 2)\n"
        "try: Storage(f'file://{sys.argv[1]}', Path()).put(BytesIO(bytes(3_000_000)))\n"
        "except StorageFull: sys.exit(7)"
    )

    assert subprocess.run([sys.executable, "-c", program, str(tmp_path / "media")], check=False).returncode == 7
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("name", ["", "0" * 63, "../../etc/passwd", SHA256.upper(), SHA256 + "/..", "\0" * 64, SHA256])
def test_what_is_not_stored_is_not_found_whatever_its_name(name: str, storage: Storage) -> None:
    assert not storage.exists(name)
    for ask in (storage.open, storage.local_path, storage.size_bytes, storage.verify):
        with pytest.raises(NotFound):
            ask(name)
    with pytest.raises(NotFound):
        storage.open_range(name, 0, 1)


def test_a_file_comes_back_whole_under_its_hash(storage: Storage, tmp_path: Path) -> None:
    original = tmp_path / "original.bin"
    original.write_bytes(BREAD)

    stored = storage.put(original)

    assert (stored.sha256, stored.size_bytes) == (SHA256, len(BREAD))
    with storage.open(SHA256) as file:
        assert file.read() == BREAD
    path = storage.local_path(SHA256)
    assert path.relative_to(path.parents[2]) == Path(SHA256[:2], SHA256[2:4], SHA256)
    assert original.read_bytes() == BREAD
    storage.verify(SHA256)


def test_an_empty_file_is_a_file(storage: Storage) -> None:
    stored = storage.put(BytesIO())

    assert (stored.size_bytes, storage.local_path(stored.sha256).read_bytes()) == (0, b"")
    assert list(storage.open_range(stored.sha256, 0, 0)) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 1), (0, 0), (5, 5), (BLOCK_BYTES - 1, BLOCK_BYTES + 1), (len(BREAD) - 3, len(BREAD)), (7, 3_000_000)],
)
def test_a_range_is_those_bytes_in_small_blocks(start: int, end: int, storage: Storage) -> None:
    storage.put(BytesIO(BREAD))

    blocks = list(storage.open_range(SHA256, start, end))

    assert b"".join(blocks) == BREAD[start:end]
    assert all(0 < len(block) <= BLOCK_BYTES for block in blocks)


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 4), (0, len(BREAD) + 1)])
def test_a_range_beyond_the_file_is_a_mistake_of_the_caller(start: int, end: int, storage: Storage) -> None:
    storage.put(BytesIO(BREAD))

    with pytest.raises(ValueError, match="bytes"):
        storage.open_range(SHA256, start, end)


def test_ten_writers_of_the_same_bytes_keep_one_file(local: Storage) -> None:
    results: list[str] = []
    writers = [threading.Thread(target=lambda: results.append(local.put(BytesIO(BREAD)).sha256)) for _ in range(10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert results == [SHA256] * 10
    assert [file.sha256 for file in local.list()] == [SHA256]


def test_the_list_is_complete_and_in_order(storage: Storage) -> None:
    stored = {storage.put(BytesIO(bytes([number]))).sha256 for number in range(40)}

    assert [file.sha256 for file in storage.list()] == sorted(stored)


def test_damage_is_found_told_and_healed_by_the_same_file(local: Storage) -> None:
    path = local.local_path(local.put(BytesIO(BREAD)).sha256)
    path.write_bytes(BREAD[:-1] + b"!")

    with pytest.raises(StorageDamaged, match="damaged"):
        local.verify(SHA256)

    local.put(BytesIO(BREAD))
    local.verify(SHA256)


def test_a_far_file_that_arrives_damaged_is_not_handed_out(far: Storage, tmp_path: Path) -> None:
    far.put(BytesIO(BREAD))
    (tmp_path / "cache" / SHA256[:2] / SHA256[2:4] / SHA256).unlink()
    memory = fsspec.filesystem("memory")
    with memory.open(memory.find(f"{tmp_path.name}/media")[0], "wb") as file:
        file.write(BREAD[:-1] + b"!")

    with pytest.raises(StorageDamaged):
        far.local_path(SHA256)

    assert files_in(tmp_path / "cache") == []


def test_a_far_file_is_fetched_once_and_again_when_its_copy_is_gone(far: Storage, tmp_path: Path) -> None:
    far.put(BytesIO(BREAD))
    far.local_path(SHA256).unlink()

    assert b"".join(far.open_range(SHA256, 5, 20)) == BREAD[5:20]
    assert files_in(tmp_path / "cache") == []
    assert far.local_path(SHA256).read_bytes() == BREAD


def test_what_nothing_refers_to_goes_and_the_rest_stays(storage: Storage) -> None:
    kept = {storage.put(BytesIO(f"kept {number}".encode())).sha256 for number in range(5)}
    for number in range(4):
        storage.put(BytesIO(f"gone {number}".encode()))

    collected = storage.collect_garbage(lambda hashes: kept & set(hashes), older_than=SOON)

    assert collected == Collected(files=4, size_bytes=4 * len("gone 0"))
    assert {file.sha256 for file in storage.list()} == kept
    assert all(storage.local_path(sha256).read_bytes().startswith(b"kept") for sha256 in kept)


def test_what_is_young_stays_since_its_work_may_still_be_under_way(storage: Storage) -> None:
    storage.put(BytesIO(BREAD))

    assert storage.collect_garbage(none_referred, older_than=LONG_AGO) == Collected(0, 0)
    assert storage.exists(SHA256)


def test_an_old_file_that_is_put_in_again_is_young_again(local: Storage) -> None:
    path = local.local_path(local.put(BytesIO(BREAD)).sha256)
    os.utime(path, (0, 0))

    local.put(BytesIO(BREAD))

    assert local.collect_garbage(none_referred, older_than=LONG_AGO) == Collected(0, 0)


def test_what_a_killed_process_left_is_cleared_after_the_grace_period(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from engine.core.storage import Storage\n"
        "print('begun', flush=True); Storage(f'file://{sys.argv[1]}', Path()).put(sys.stdin.buffer)"
    )
    media = tmp_path / "media"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(media)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdin is not None
        writer.stdin.write(bytes(3 * BLOCK_BYTES))
        writer.stdin.flush()
        while not files_in(media):
            assert writer.poll() is None
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    storage = Storage(f"file://{media}", tmp_path)
    assert list(storage.list()) == []
    assert len(files_in(media)) == 1

    storage.collect_garbage(none_referred, older_than=LONG_AGO)
    assert len(files_in(media)) == 1
    storage.collect_garbage(none_referred, older_than=SOON)
    assert files_in(media) == []


def test_copies_of_far_files_that_nobody_used_are_let_go(far: Storage, tmp_path: Path) -> None:
    far.put(BytesIO(BREAD))

    far.collect_garbage(set, older_than=SOON)

    assert files_in(tmp_path / "cache") == []
    assert far.local_path(SHA256).read_bytes() == BREAD


def test_a_deleted_file_is_gone_and_may_be_deleted_again(storage: Storage) -> None:
    storage.put(BytesIO(BREAD))

    storage.delete(SHA256)
    storage.delete(SHA256)

    assert not storage.exists(SHA256)
    assert list(storage.list()) == []


def test_a_large_file_passes_in_little_memory(tmp_path: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path; from engine.core.storage import Storage\n"
        "class Zeros:\n"
        "    left = 400_000_000\n"
        "    def read(self, most):\n"
        "        size = min(most, self.left); self.left -= size; return bytes(size)\n"
        "storage = Storage(f'file://{sys.argv[1]}', Path())\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "stored = storage.put(Zeros())\n"
        "assert sum(map(len, storage.open_range(stored.sha256, 0, stored.size_bytes))) == 400_000_000\n"
        "storage.delete(stored.sha256)\n"
        "print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)"
    )

    grown = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "media")], check=True, capture_output=True, text=True
    )

    assert int(grown.stdout) < 20, "MiB"


def test_a_studio_that_verifies_what_it_reads_hands_out_no_damaged_file(tmp_path: Path) -> None:
    storage = Storage(f"file://{tmp_path / 'media'}", tmp_path, verify_reads=True)
    storage.put(BytesIO(BREAD))
    with storage.open(SHA256) as file:
        assert file.read() == BREAD
    (kept,) = files_in(tmp_path / "media")
    kept.chmod(0o600)
    kept.write_bytes(BREAD[:-1] + b"!")

    with pytest.raises(StorageDamaged):
        storage.open(SHA256)
    with pytest.raises(StorageDamaged):
        storage.open_range(SHA256, 0, 1)
