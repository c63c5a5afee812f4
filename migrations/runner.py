"""Running the migrations: a backup first, the work apart from what is in use, a check, and only then the change.

Law: see the package. Row counts may grow and never shrink; every foreign key must hold afterwards.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError

from engine.core.database import create_database_engine
from engine.core.errors import Unavailable
from engine.core.models import Base

_ADVISORY_LOCK = 0x626F6D  # "bom": two workers that start at once migrate one after the other


class MigrationFailed(Unavailable):
    """The database is as it was before; the message says why and where the backup lies."""

    code = "migration_failed"


@dataclass(frozen=True)
class Migrated:
    """What was done: revisions are Alembic's, `backup` is the copy made before (SQLite only)."""

    from_revision: str | None
    to_revision: str
    backup: Path | None


def migrate(url: str, *, at: datetime, to: str | None = None) -> Migrated:
    """Bring the database at `url` to the newest shape; makes it where there is none.

    at: names the backup, `backups/<file>-<time>.db` beside the database. to: an older shape, for a restore.
    Raises MigrationFailed; everything is then as before.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return _migrate_sqlite(Path(make_url(url).database or ""), at, to or newest_revision())
    return _migrate_postgresql(url, to or newest_revision())


def is_current(url: str) -> bool:
    """Whether the database has the newest shape."""
    engine = create_database_engine(url)
    try:
        with engine.connect() as connection:
            return _revision(connection) == newest_revision()
    finally:
        engine.dispose()


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config


def is_empty(url: str) -> bool:
    """Whether there is no database of ours at `url` yet."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        file = Path(place.database or "")
        return not file.exists() or file.stat().st_size == 0
    engine = create_database_engine(url)
    try:
        with engine.connect() as connection:
            return _revision(connection) is None
    finally:
        engine.dispose()


def newest_revision() -> str:
    """The shape that this program works with."""
    newest = ScriptDirectory.from_config(_config()).get_current_head()
    assert newest is not None, "there is a first migration"
    return newest


def knows(revision: str) -> bool:
    """Whether this program has a shape of that name in its history."""
    return any(script.revision == revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _row_counts(connection: Connection) -> dict[str, int]:
    there = set(inspect(connection).get_table_names())
    quoted = connection.dialect.identifier_preparer.quote
    return {
        name: connection.scalar(text(f"SELECT count(*) FROM {quoted(name)}")) or 0  # noqa: S608  # our own table names
        for name in Base.metadata.tables
        if name in there
    }


def _upgrade(connection: Connection, to: str) -> None:
    before = _row_counts(connection)
    command.upgrade(_config(connection), to)
    after = _row_counts(connection)
    lost = {name: (count, after.get(name, 0)) for name, count in before.items() if after.get(name, 0) < count}
    if lost:
        raise MigrationFailed(
            "Rows would have been lost: "
            + "; ".join(f"{name} had {was} and would have {now}" for name, (was, now) in lost.items())
            + "."
        )


def _migrate_postgresql(url: str, to: str) -> Migrated:
    engine = create_database_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
            was = _revision(connection)
            if was != to:
                _upgrade(connection, to)
            return Migrated(was, to, backup=None)
    except MigrationFailed as problem:
        raise MigrationFailed(f"{problem} The database was left as it was.") from problem
    except Exception as problem:
        raise MigrationFailed(
            f"The database could not be migrated and was left as it was: {problem}. "
            "Restore the version of the program that you had, or send this message to its makers."
        ) from problem
    finally:
        engine.dispose()


def _migrate_sqlite(file: Path, at: datetime, to: str) -> Migrated:
    file.parent.mkdir(parents=True, exist_ok=True)
    is_new = not file.exists() or file.stat().st_size == 0
    was = None if is_new else _revision_of(file)
    if was == to:
        return Migrated(was, was, backup=None)
    if not is_new:
        _own_alone(file)
    backup = None
    if not is_new:
        backup = file.parent / "backups" / f"{file.stem}-{at:%Y-%m-%d-%H%M%S}-{was or 'unversioned'}.db"
        backup.parent.mkdir(exist_ok=True)
        _copy_to_disk(file, backup)
    work = file.with_name(f"{file.name}.migrating")
    try:
        work.unlink(missing_ok=True)
        if backup is not None:
            shutil.copyfile(backup, work)
        _upgrade_file(work, to)
        _flush(work)
        work.replace(file)
        _flush(file.parent)
    except Exception as problem:
        kept = f" A backup is in {backup}." if backup else ""
        raise MigrationFailed(f"The database was not migrated and was left as it was: {problem}{kept}") from problem
    finally:
        work.unlink(missing_ok=True)
    return Migrated(was, to, backup)


def _revision_of(file: Path) -> str | None:
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except DatabaseError as problem:
        raise MigrationFailed(
            f"{file} is not a database of this program ({problem.orig}). Nothing was changed."
        ) from problem
    finally:
        engine.dispose()


def _own_alone(file: Path) -> None:
    """See that nobody else has the file open, and fold its write-ahead log into it. Raises MigrationFailed."""
    try:
        with closing(sqlite3.connect(file, timeout=5)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
    except sqlite3.OperationalError as problem:
        raise MigrationFailed(
            f"{file} is in use, so it cannot be migrated now. Stop `bom serve` and all workers, then try again."
        ) from problem


def _upgrade_file(work: Path, to: str) -> None:
    engine = create_engine(f"sqlite:///{work}")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # batch mode rebuilds tables that others point to
            connection.commit()
            with connection.begin():
                _upgrade(connection, to)
            _verify_sqlite(connection)
    finally:
        engine.dispose()


def _verify_sqlite(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if dangling:
        tables = ", ".join(sorted({str(row[0]) for row in dangling}))
        raise MigrationFailed(f"{len(dangling)} rows would have pointed to nothing, in {tables}.")
    verdict = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    if verdict != "ok":
        raise MigrationFailed(f"The migrated file is damaged: {verdict}.")


def _copy_to_disk(source: Path, target: Path) -> None:
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    _flush(unfinished)
    unfinished.replace(target)
    _flush(target.parent)


def _flush(path: Path) -> None:
    """Wait until the file or folder is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
