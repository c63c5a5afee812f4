"""Storage: every file of the studio, named by the sha256 of its bytes.

Called by api.services and automations; the rules of engine.core know of a file its hash alone.
Law: a name is given only to all of the bytes that it is the hash of, once they are on the disk. So two writers of the
same bytes cannot disagree, a crash leaves nothing half-written under a name, and a file is replaced by itself at most.

Files lie as `ab/cd/abcd…` at any fsspec URL. Of a far place, the files in use are kept on this machine in the same
layout. A far place has to write an object whole or not at all, as object stores do.
"""

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from engine.core.errors import DomainError, NotFound, Unavailable
from engine.core.storage_far import FarPlace, far_place

BLOCK_BYTES = 1024 * 1024
ASKED_AT_ONCE = 500
"""Hashes in one question to `is_referred`: a database takes so many in one statement."""
_INCOMING = "incoming"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is in storage."""

    sha256: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Collected:
    """What a round of garbage collection removed."""

    files: int
    size_bytes: int


class StorageFull(Unavailable):
    """No room for the file; nothing of it is left."""

    code = "storage_full"

    def __init__(self) -> None:
        super().__init__("The disk is full. The file was not stored and nothing half-written is left: free some room.")


class StorageDamaged(DomainError):
    """The bytes under a name are not those that it is the hash of."""

    code = "storage_damaged"

    def __init__(self, sha256: str) -> None:
        super().__init__(
            f"The stored file {sha256[:12]}… is damaged. Put the same file in again, or restore it from a backup.",
            sha256=sha256,
        )


class Storage:
    """The files at one URL. Safe to use from many threads and processes at once."""

    def __init__(self, url: str, local_cache_dir: Path, *, verify_reads: bool = False) -> None:
        """url: such as file:///srv/bom/media or s3://bucket/media. local_cache_dir: used for a far place only.

        verify_reads: compare a file with its hash when it is first read, and whenever it has changed since.
        """
        place = far_place(url)
        self._far: FarPlace | None = None if isinstance(place, Path) else place
        self._root = place if isinstance(place, Path) else local_cache_dir
        self._verify_reads = verify_reads
        self._sound: dict[str, tuple[int, int]] = {}
        """Files that were found to be what they should be, with the size and time of change that they had then."""

    def put(self, source: Path | BinaryIO) -> StoredFile:
        """Keep a copy of the bytes, hashed while written. What was there already is there still, and young again.

        Raises StorageFull and leaves nothing.
        """
        with _full_told(), self._incoming() as path:
            if isinstance(source, Path):
                with source.open("rb") as stream:
                    stored = _written(stream, path)
            else:
                stored = _written(source, path)
            if self._far is not None:
                self._far.upload(path, stored.sha256)
            self._give_name(path, stored.sha256)
            return stored

    def open(self, sha256: str) -> BinaryIO:
        """The whole file to read. Raises NotFound."""
        return self.local_path(sha256).open("rb")

    def open_range(self, sha256: str, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to `end` (exclusive), in blocks. Raises NotFound before the first block."""
        size_bytes = self.size_bytes(sha256)
        if not 0 <= start <= end <= size_bytes:
            raise ValueError(f"bytes {start} to {end} of {size_bytes}")
        if self._far is not None and not self._path(sha256).exists():
            return self._far.blocks(sha256, start, end, BLOCK_BYTES)
        return _blocks(self.local_path(sha256).open("rb"), start, end)

    def size_bytes(self, sha256: str) -> int:
        """How large the file is. Raises NotFound."""
        try:
            return self._far.size_bytes(sha256) if self._far else self._path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise NotFound("stored file", sha256) from error

    def local_path(self, sha256: str) -> Path:
        """The file on this machine, to be read only; of a far place a copy whose hash was verified on arrival.

        Raises NotFound, StorageDamaged, StorageFull.
        """
        path = self._path(sha256)
        if self._far is None:
            if not path.exists():
                raise NotFound("stored file", sha256)
            if self._verify_reads:
                self._require_sound(path, sha256)
            return path
        with suppress(FileNotFoundError):
            os.utime(path)  # in use: collect_garbage leaves it
            return path
        with _full_told(), self._incoming() as copy:
            size_bytes = self.size_bytes(sha256)
            stored = _written(_Stream(self._far.blocks(sha256, 0, size_bytes, BLOCK_BYTES)), copy)
            if stored.sha256 != sha256:
                raise StorageDamaged(sha256)
            self._give_name(copy, sha256)
        return path

    def _require_sound(self, path: Path, sha256: str) -> None:
        state = path.stat()
        seen = (state.st_size, state.st_mtime_ns)
        if self._sound.get(sha256) != seen:
            self.verify(sha256)
            self._sound[sha256] = seen

    def exists(self, sha256: str) -> bool:
        """Whether the file is stored; not whether it is sound."""
        try:
            self.size_bytes(sha256)
        except NotFound:
            return False
        return True

    def verify(self, sha256: str) -> None:
        """Read the stored file whole and compare. Raises NotFound, StorageDamaged."""
        digest = hashlib.sha256()
        size_bytes = self.size_bytes(sha256)
        if self._far is not None:
            blocks = self._far.blocks(sha256, 0, size_bytes, BLOCK_BYTES)
        else:
            blocks = _blocks(self._path(sha256).open("rb"), 0, size_bytes)
        for block in blocks:
            digest.update(block)
        if digest.hexdigest() != sha256:
            raise StorageDamaged(sha256)

    def delete(self, sha256: str) -> None:
        """Remove the file, if it is there. Only for bytes that nothing may have: see collect_garbage for the rest."""
        path = self._path(sha256)
        if self._far is not None:
            self._far.delete(sha256)
        path.unlink(missing_ok=True)

    def list(self) -> Iterator[StoredFile]:
        """All files, in the order of their hashes."""
        if self._far is not None:
            yield from (StoredFile(name, size_bytes) for name, size_bytes in self._far.listed())
            return
        yield from self._local_files()

    def collect_garbage(self, is_referred: Callable[[Collection[str]], set[str]], older_than: datetime) -> Collected:
        """Remove files that nothing refers to and that were put in before `older_than`, and what broke off before it.

        is_referred: which of some hashes are in use; asked anew for each few hundred. The grace period has to be longer
        than any piece of work takes from putting a file in to committing what refers to it.
        """
        files = size_bytes = 0
        listed = self.list()
        while batch := list(islice(listed, ASKED_AT_ONCE)):
            kept = is_referred([file.sha256 for file in batch])
            for file in batch:
                if file.sha256 not in kept and self._removed_if_older(file.sha256, older_than):
                    files, size_bytes = files + 1, size_bytes + file.size_bytes
        self._clear_abandoned(older_than)
        return Collected(files, size_bytes)

    def _removed_if_older(self, sha256: str, older_than: datetime) -> bool:
        path = self._path(sha256)
        if self._far is not None:
            if self._far.modified_at(sha256) >= older_than:
                return False
            self.delete(sha256)
            return True
        # Out of the way first and looked at then: who puts the same file in meanwhile makes it anew and loses nothing.
        with self._incoming() as aside:
            try:
                if _modified_at(path) >= older_than:
                    return False
                path.rename(aside)
            except FileNotFoundError:
                return False
            if _modified_at(aside) >= older_than:
                aside.rename(path)
                return False
        return True

    def _clear_abandoned(self, older_than: datetime) -> None:
        """What a killed process left unfinished, and copies of far files that nobody used since."""
        unfinished = (self._root / _INCOMING).glob("*")
        copies = (self._path(file.sha256) for file in self._local_files()) if self._far is not None else ()
        for path in (*unfinished, *copies):
            with suppress(FileNotFoundError):
                if _modified_at(path) < older_than:
                    path.unlink()

    def _local_files(self) -> Iterator[StoredFile]:
        for folder in sorted(self._root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                with suppress(FileNotFoundError):
                    yield StoredFile(path.name, path.stat().st_size)

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):  # also keeps `..` out of every path
            raise NotFound("stored file", sha256[:80])
        return self._root / sha256[:2] / sha256[2:4] / sha256

    @contextmanager
    def _incoming(self) -> Iterator[Path]:
        """A path of our own on the same disk, empty again afterwards."""
        folder = self._root / _INCOMING
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _give_name(self, path: Path, sha256: str) -> None:
        named = self._path(sha256)
        named.parent.mkdir(parents=True, exist_ok=True)
        path.replace(named)
        for folder in (named.parent, named.parent.parent, self._root):  # new folders have to outlive a power cut too
            _sync(folder)


class _Stream:
    """Blocks, read as a file is."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks = blocks

    def read(self, _most: int = -1, /) -> bytes:
        return next(self._blocks, b"")


def _written(stream: BinaryIO | _Stream, path: Path) -> StoredFile:
    digest = hashlib.sha256()
    size_bytes = 0
    with path.open("wb") as file:
        while block := stream.read(BLOCK_BYTES):
            digest.update(block)
            file.write(block)
            size_bytes += len(block)
        file.flush()
        os.fsync(file.fileno())
    return StoredFile(digest.hexdigest(), size_bytes)


def _blocks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        left = end - start
        while left and (block := file.read(min(BLOCK_BYTES, left))):
            left -= len(block)
            yield block


def _modified_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _full_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise
