"""Far places: files at an fsspec URL that is not a folder of this machine.

Called by engine.core.storage alone, which names, hashes and caches.
Law: nothing here holds more than a block of a file in memory.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast

import fsspec


class _FileSystem(Protocol):
    """What we use of fsspec, which tells no types."""

    def put_file(self, lpath: str, rpath: str) -> object: ...
    def makedirs(self, path: str, exist_ok: bool = False) -> object: ...
    def cat_file(self, path: str, start: int, end: int) -> bytes: ...
    def size(self, path: str) -> int: ...
    def modified(self, path: str) -> datetime: ...
    def rm_file(self, path: str) -> object: ...
    def find(self, path: str, *, detail: bool) -> dict[str, dict[str, object]]: ...
    def invalidate_cache(self, path: str | None = None) -> object: ...


def far_place(url: str) -> "FarPlace | Path":
    """The place at a URL: a folder of this machine as a path, anything else as a FarPlace."""
    files, root = fsspec.core.url_to_fs(url)
    if "file" in ((files.protocol,) if isinstance(files.protocol, str) else files.protocol):
        return Path(root)
    return FarPlace(cast(_FileSystem, files), str(root).rstrip("/"))


class FarPlace:
    """Files by their hash at another machine."""

    def __init__(self, files: _FileSystem, root: str) -> None:
        self._files = files
        self._root = root

    def upload(self, path: Path, sha256: str) -> None:
        """Bring a file there, also where it is already: that makes it young again."""
        name = self._name(sha256)
        self._files.makedirs(name.rsplit("/", 1)[0], exist_ok=True)
        self._files.put_file(str(path), name)
        self._files.invalidate_cache()
        if self._files.size(name) != path.stat().st_size:
            self.delete(sha256)
            raise OSError(f"The far storage kept only a part of {sha256}.")

    def size_bytes(self, sha256: str) -> int:
        """Raises FileNotFoundError."""
        return self._files.size(self._name(sha256))

    def modified_at(self, sha256: str) -> datetime:
        """When it was uploaded last (aware UTC). Raises FileNotFoundError."""
        at = self._files.modified(self._name(sha256))
        return at if at.tzinfo else at.replace(tzinfo=UTC)

    def blocks(self, sha256: str, start: int, end: int, block_bytes: int) -> Iterator[bytes]:
        """A range of it, a request for each block."""
        for place in range(start, end, block_bytes):
            yield self._files.cat_file(self._name(sha256), place, min(place + block_bytes, end))

    def delete(self, sha256: str) -> None:
        """Remove it, if it is there."""
        try:
            self._files.rm_file(self._name(sha256))
        except FileNotFoundError:
            return

    def listed(self) -> Iterator[tuple[str, int]]:
        """Hash and size in bytes of each, in order; a 256th of them at a time is in memory."""
        self._files.invalidate_cache()
        for first in range(256):
            found = self._files.find(f"{self._root}/{first:02x}", detail=True)
            for path in sorted(found):
                name = path.rsplit("/", 1)[1]
                if re.fullmatch(r"[0-9a-f]{64}", name):
                    yield name, int(str(found[path]["size"]))

    def _name(self, sha256: str) -> str:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise FileNotFoundError(sha256)
        return f"{self._root}/{sha256[:2]}/{sha256[2:4]}/{sha256}"
