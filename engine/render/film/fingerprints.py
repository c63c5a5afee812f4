"""Fingerprints: the sha256 of a file's bytes, remembered while the file is not touched.

Called by engine.render.film and engine.render.export.
Law: a piece of film is named by what is in its sources, not by where they lie.
"""

import functools
import hashlib
import json
from pathlib import Path

from engine.render.film.cache import RenderCache

WORTH_REMEMBERING = 32 << 20
"""Smaller files are hashed in less time than a look-up's two system calls would be worth."""


def sha256_of(path: Path) -> str:
    """The hash of the whole file, in hex, read in pieces into one buffer: fresh ones took three times as long."""
    with path.open("rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(path: Path, cache: RenderCache) -> str:
    """The file's sha256; a large file's is kept in the cache under its place, size and times of change."""
    facts = path.stat()
    return _known(path.resolve(), facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_ino, cache.folder)


@functools.lru_cache(maxsize=4096)
def _known(path: Path, size: int, changed_ns: int, renamed_ns: int, inode: int, cache_folder: Path) -> str:
    if size < WORTH_REMEMBERING:
        return sha256_of(path)
    cache = RenderCache(cache_folder, 0)
    seen = [str(path), size, changed_ns, renamed_ns, inode]
    name = f"fingerprint-{hashlib.sha256(json.dumps(seen).encode()).hexdigest()}"
    if known := cache.find(name):
        return known.read_text()
    digest = sha256_of(path)
    with cache.writing(name) as unfinished:
        unfinished.write_text(digest)
    return digest
