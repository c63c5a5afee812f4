"""Zips: several films as one file, made while it is fetched.

Called by api.routers.library. Law: however large the films are, only a block of one of them is in memory; nothing is
written to this machine's disk. The address is signed as those of single files are, and worth nothing once it expires.
"""

import base64
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from api.services.signed_links import LASTS, Expiring, opened_token, token_of
from engine.core.file_names import film_name, safe_name, told_apart
from engine.core.library import FinishedFilm, finished_films
from engine.core.storage import Storage

BLOCK_BYTES: Final = 1024 * 1024
_STUDIO_ZONE: Final = ZoneInfo("Europe/Amsterdam")
_ID_BYTES: Final = 16
ZIP: Final = b"zip"
"""What these addresses are signed for."""


class _Named(Expiring):
    z: str
    """The exports' ids, sixteen bytes each, as base64."""


@dataclass(frozen=True)
class Entry:
    """One film in a zip."""

    name: str
    sha256: str
    size_bytes: int
    made_at: datetime


def zip_url(secret: bytes, export_ids: Sequence[str], file_name: str, *, at: datetime) -> tuple[str, datetime]:
    """An address for these films as one file, and when it expires."""
    expires_at = at + LASTS
    ids = base64.b64encode(b"".join(UUID(id_).bytes for id_ in export_ids)).decode()
    named = _Named(z=ids, e=int(expires_at.timestamp()))
    return f"/media/zips/{token_of(secret, ZIP, named.model_dump())}/{quote(safe_name(file_name), safe='')}", expires_at


def opened_zip(secret: bytes, token: str, *, at: datetime) -> list[str]:
    """Which exports an address hands out. Raises LinkInvalid, LinkExpired."""
    named = opened_token(secret, ZIP, token, _Named, at=at)
    ids = base64.b64decode(named.z)
    return [str(UUID(bytes=ids[start : start + _ID_BYTES])) for start in range(0, len(ids), _ID_BYTES)]


def entries_of(session: Session, export_ids: Sequence[str]) -> list[Entry]:
    """What is in the zip: a folder for each client and project. Raises NotFound, Conflict (export_unfinished)."""
    films = finished_films(session, export_ids)
    names = told_apart(_place(film) for film in films)
    return [
        Entry(name, film.asset.sha256, film.asset.size_bytes, film.export.finished_at or film.export.created_at)
        for name, film in zip(names, films, strict=True)
    ]


def _place(film: FinishedFilm) -> str:
    ending = film.asset.file_name.rpartition(".")[2]
    return f"{safe_name(film.client)}/{safe_name(film.project)}/{film_name(film.title, film.export.format, ending)}"


def zip_blocks(entries: Sequence[Entry], storage: Storage) -> Iterator[bytes]:
    """The zip, a block at a time. Films are stored as they are: they are compressed already."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as made:  # type: ignore[call-overload]  # writes and tells no place
        for entry in entries:
            about = zipfile.ZipInfo(entry.name, entry.made_at.astimezone(_STUDIO_ZONE).timetuple()[:6])
            about.file_size = entry.size_bytes  # so that what is larger than 4 GB is written for that
            about.external_attr = 0o644 << 16
            with storage.local_path(entry.sha256).open("rb") as film, made.open(about, "w") as inside:
                while block := film.read(BLOCK_BYTES):
                    inside.write(block)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


class _Pipe:
    """What a zip is written to: it keeps no more than what was not taken yet."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """There is nothing behind it."""

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
