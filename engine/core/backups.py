"""Backups: every row and every file of the studio in one tar, and back again.

Core: no HTTP, no vendor, no clock. Called by engine.cli.backup.
Law: what is written is one moment of the database; what is read back is checked, each file and each table by its hash,
before any of it counts. Rows are plain JSON, so a backup of SQLite can be restored into PostgreSQL.

The durable engine's own tables are not in it: a job that was under way comes back as failed, to be retried by hand, and
a paid call in it finds what it bought already.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Annotated, BinaryIO, Final, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Column, Connection, Date, Table, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from engine.core.errors import Conflict, Invalid
from engine.core.models import Asset, Base, Job, JobStatus
from engine.core.models.base import UtcTime
from engine.core.storage import Storage

FORMAT: Final = 1
ROWS_AT_ONCE: Final = 1000
_LEFT_OUT: Final = frozenset({"worker_leases", "idempotency_keys", "sign_in_attempts"})
"""What means nothing on another machine or an hour later."""


class BackupUnusable(Invalid):
    """The file is not a whole backup that this program can read; nothing was restored."""

    code = "backup_unusable"


class NotEmpty(Conflict):
    """There is a studio here already; a restore would mix two."""

    code = "not_empty"


class TableRows(BaseModel):
    """How many rows of a table follow, and the hash of the lines that hold them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    count: Annotated[int, Field(ge=0)]
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. It stands at the end of the tar: without it, the file is half a backup."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Annotated[int, Field(ge=1)] = FORMAT
    made_at: datetime
    revision: str
    """The database's shape (Alembic)."""
    rows: dict[str, TableRows]
    files: dict[str, int]
    """sha256 to size in bytes."""


def write_backup(
    connection: Connection,
    storage: Storage,
    out: IO[bytes],
    *,
    revision: str,
    at: datetime,
    on_progress: Callable[[float], None],
) -> Manifest:
    """Write all rows and files to `out`. connection: in one transaction, which shows one moment.

    Raises StorageDamaged or NotFound where a file that the database names is not what it should be.
    """
    rows: dict[str, TableRows] = {}
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for table in _tables():
            with TemporaryFile() as spool:
                rows[table.name] = _dump(connection, table, spool)
                _add(tar, f"rows/{table.name}.jsonl", spool)
        files = {sha256: storage.size_bytes(sha256) for sha256 in _named_files(connection)}
        whole = sum(files.values()) or 1
        done = 0
        for sha256, size_bytes in files.items():
            storage.verify(sha256)
            with storage.open(sha256) as file:
                info = tarfile.TarInfo(f"media/{sha256}")
                info.size = size_bytes
                tar.addfile(info, file)
            done += size_bytes
            on_progress(done / whole)
        manifest = Manifest(made_at=at, revision=revision, rows=rows, files=files)
        _add(tar, "manifest.json", io.BytesIO(manifest.model_dump_json(indent=1).encode()))
    return manifest


def read_manifest(backup: Path) -> Manifest:
    """What a backup holds. Raises BackupUnusable."""
    try:
        with tarfile.open(backup, "r:") as tar:
            member = tar.extractfile("manifest.json")
            assert member is not None, "a plain file"
            manifest = Manifest.model_validate_json(member.read())
    except (tarfile.TarError, KeyError, ValidationError, AssertionError, EOFError):
        raise BackupUnusable(f"“{backup.name}” is not a whole backup. Nothing was restored.") from None
    if manifest.format > FORMAT:
        raise BackupUnusable(f"“{backup.name}” was made by a newer program. Update this one, then try again.")
    return manifest


def restore_files(backup: Path, manifest: Manifest, storage: Storage, on_progress: Callable[[float], None]) -> None:
    """Put every file of a backup into storage. What a file is, its bytes say. Raises BackupUnusable."""
    missing = dict(manifest.files)
    whole = sum(missing.values()) or 1
    done = 0
    with tarfile.open(backup, "r:") as tar:
        for member in tar:
            sha256 = member.name.removeprefix("media/")
            if not member.name.startswith("media/") or not member.isfile():
                continue
            file = tar.extractfile(member)
            assert file is not None, "a plain file"
            stored = storage.put(cast(BinaryIO, file))
            if stored.sha256 != sha256 or sha256 not in missing:
                raise BackupUnusable(f"File {sha256[:12]}… in “{backup.name}” is damaged. The studio is still empty.")
            del missing[sha256]
            done += stored.size_bytes
            on_progress(done / whole)
    if missing:
        raise BackupUnusable(f"{len(missing)} files are missing in “{backup.name}”. The studio is still empty.")


def require_empty(connection: Connection) -> None:
    """Raises NotEmpty where any table has a row (prices and rates, which a new studio has, aside)."""
    for table in _tables():
        if table.name in {"prices", "exchange_rates", "settings"}:
            continue
        if connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None:
            raise NotEmpty(
                f"There is a studio here already (its {table.name} are not empty). Nothing was changed. "
                "Restore onto an empty data folder: bom restore FILE --data NEW_FOLDER."
            )


def restore_rows(connection: Connection, backup: Path, manifest: Manifest, *, at: datetime) -> None:
    """Put every row of a backup into an empty database of its shape; commits nothing. Raises BackupUnusable."""
    set_later: list[tuple[Column[object], dict[str, object]]] = []
    try:
        with tarfile.open(backup, "r:") as tar:
            for table in _tables():
                connection.execute(table.delete())
                set_later += _restore_table(connection, table, tar, manifest.rows[table.name])
    except (KeyError, ValueError, tarfile.TarError, EOFError, SQLAlchemyError) as problem:
        raise BackupUnusable(f"“{backup.name}” is damaged. Nothing was restored.") from problem
    for column, places in set_later:
        for row_id, value in places.items():
            connection.execute(update(column.table).where(column.table.c.id == row_id).values({column: value}))
    _end_jobs_under_way(connection, at)


def _restore_table(
    connection: Connection, table: Table, tar: tarfile.TarFile, expected: TableRows
) -> list[tuple[Column[object], dict[str, object]]]:
    """Put in a table's rows; answers which keys are to be set once all tables are there. Raises ValueError."""
    pointing_ahead = _columns_pointing_ahead(table)
    set_later: list[tuple[Column[object], dict[str, object]]] = [(column, {}) for column in pointing_ahead]
    lines = tar.extractfile(f"rows/{table.name}.jsonl")
    if lines is None:
        raise ValueError(f"{table.name} is no file")
    seen = hashlib.sha256()
    count = 0
    for some in _batches(_read(table, lines, seen)):
        for column, places in set_later:
            places.update({str(row["id"]): row[column.name] for row in some if row[column.name] is not None})
            for row in some:
                row[column.name] = None
        connection.execute(insert(table), some)
        count += len(some)
    if (count, seen.hexdigest()) != (expected.count, expected.sha256):
        raise ValueError(f"{table.name} is not what was written")
    return set_later


def _end_jobs_under_way(connection: Connection, at: datetime) -> None:
    connection.execute(
        update(Job)
        .where(Job.status.in_([JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.WAITING]))
        .values(
            status=JobStatus.FAILED,
            problem_code="restored",
            problem="The studio was restored from a backup while this was under way. Try it again.",
            finished_at=at,
            updated_at=at,
        )
    )


def _tables() -> Iterator[Table]:
    return (table for table in Base.metadata.sorted_tables if table.name not in _LEFT_OUT)


def _columns_pointing_ahead(table: Table) -> list[Column[object]]:
    """Keys to rows that are restored later: those that would make a circle."""
    return [next(iter(key.columns)) for key in table.foreign_key_constraints if key.use_alter]


def _dump(connection: Connection, table: Table, spool: IO[bytes]) -> TableRows:
    count = 0
    written = hashlib.sha256()
    every = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=ROWS_AT_ONCE)
    for row in connection.execute(every).mappings():
        line = json.dumps({name: _plain(value) for name, value in row.items()}, ensure_ascii=False).encode() + b"\n"
        written.update(line)
        spool.write(line)
        count += 1
    return TableRows(count=count, sha256=written.hexdigest())


def _named_files(connection: Connection) -> list[str]:
    """Every stored file that an asset names."""
    named = select(Asset.sha256).union(select(Asset.preview_sha256).where(Asset.preview_sha256.is_not(None)))
    return sorted(connection.scalars(named))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _read(table: Table, lines: Iterable[bytes], seen: "hashlib._Hash") -> Iterator[dict[str, object]]:
    for line in lines:
        seen.update(line)
        row = json.loads(line)
        for column in table.columns:
            value = row.get(column.name)
            if value is not None and isinstance(column.type, UtcTime):
                row[column.name] = datetime.fromisoformat(value)
            elif value is not None and isinstance(column.type, Date):
                row[column.name] = date.fromisoformat(value)
        yield row


def _batches(rows: Iterator[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    some: list[dict[str, object]] = []
    for row in rows:
        some.append(row)
        if len(some) == ROWS_AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes]) -> None:
    file.seek(0, io.SEEK_END)
    info = tarfile.TarInfo(name)
    info.size = file.tell()
    file.seek(0)
    tar.addfile(info, file)
