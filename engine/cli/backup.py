"""`bom backup` and `bom restore`: the whole studio in one file, and back onto an empty machine.

Called by engine.cli.studio_commands.
Law: the backup's file appears when it is whole. A restore refuses to mix two studios, and until all of it is checked,
the studio that it makes does not exist.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from engine.cli.outcome import BadInput
from engine.cli.progress import steps
from engine.core.backups import (
    BackupUnusable,
    Manifest,
    read_manifest,
    require_empty,
    restore_files,
    restore_rows,
    write_backup,
)
from engine.core.database import create_database_engine
from engine.core.storage import Storage
from engine.render.whole_files import written_whole
from engine.settings import Settings
from migrations import is_current, knows, migrate, newest_revision


@dataclass(frozen=True)
class Counted:
    """How much a backup holds."""

    rows: int
    files: int
    bytes: int

    @classmethod
    def of(cls, manifest: Manifest) -> "Counted":
        """Counted from its manifest."""
        return cls(
            sum(rows.count for rows in manifest.rows.values()), len(manifest.files), sum(manifest.files.values())
        )


def back_up(settings: Settings, out: Path) -> Counted:
    """Write the studio to `out`, also while it is at work. Raises BadInput, OSError, StorageDamaged."""
    if make_url(settings.database).get_backend_name() == "sqlite" and not _sqlite_file(settings.database).exists():
        raise BadInput(f"There is no studio in '{settings.data_dir}' yet, so there is nothing to back up.")
    if out.exists():
        raise BadInput(f"'{out}' exists already. Give another name; a backup never replaces one.")
    if not is_current(settings.database):
        raise BadInput("The database has an older shape. Run `bom migrate` first.")
    storage = Storage(settings.media, settings.media_cache_dir)
    engine = create_database_engine(settings.database)
    options: dict[str, object] = {"read_only": True}  # one moment already on SQLite
    if engine.dialect.name == "postgresql":
        options = {"postgresql_readonly": True, "isolation_level": "REPEATABLE READ"}
    try:
        with (
            steps() as bars,
            bars.step("Backup") as on_progress,
            written_whole(out) as unfinished,
            unfinished.open("wb") as file,
            engine.execution_options(**options).begin() as connection,
        ):
            manifest = write_backup(
                connection,
                storage,
                file,
                revision=newest_revision(),
                at=datetime.now(UTC),
                on_progress=on_progress,
            )
    finally:
        engine.dispose()
    return Counted.of(manifest)


def restore(settings: Settings, backup: Path) -> Counted:
    """Make a studio of a backup. Raises BadInput, BackupUnusable, NotEmpty, MigrationFailed."""
    if not backup.is_file():
        raise BadInput(f"'{backup}' does not exist.")
    manifest = read_manifest(backup)
    if not knows(manifest.revision):
        raise BackupUnusable(f"“{backup.name}” was made by a newer program. Update this one, then try again.")
    at = datetime.now(UTC)
    is_sqlite = make_url(settings.database).get_backend_name() == "sqlite"
    file = _sqlite_file(settings.database) if is_sqlite else None
    if file is not None and file.exists():
        _require_empty(settings.database)
    unfinished = file.with_name(f"{file.name}.restoring") if file else None
    url = f"sqlite:///{unfinished}" if unfinished else settings.database
    if unfinished is not None:
        unfinished.unlink(missing_ok=True)
    else:
        migrate(url, at=at)
        _require_empty(url)
    storage = Storage(settings.media, settings.media_cache_dir)
    try:
        with steps() as bars, bars.step("Restore") as on_progress:
            restore_files(backup, manifest, storage, on_progress)
            if unfinished is not None:
                migrate(url, at=at, to=manifest.revision)
            elif manifest.revision != newest_revision():
                raise BackupUnusable(
                    "This backup is of an older shape, which PostgreSQL cannot take directly. "
                    "Restore it to SQLite, make a new backup of that, and restore the new one."
                )
            _fill(url, backup, manifest, at)
            migrate(url, at=at)
        if unfinished is not None and file is not None:
            unfinished.replace(file)
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)
    return Counted.of(manifest)


def _fill(url: str, backup: Path, manifest: Manifest, at: datetime) -> None:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            restore_rows(connection, backup, manifest, at=at)
    finally:
        engine.dispose()


def _require_empty(url: str) -> None:
    if not is_current(url):
        raise BadInput("There is a database of an older shape here already. Restore onto an empty data folder.")
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            require_empty(connection)
    finally:
        engine.dispose()


def _sqlite_file(url: str) -> Path:
    return Path(make_url(url).database or "")
