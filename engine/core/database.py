"""The database: one engine for SQLite and one for PostgreSQL, with the cures that were measured.

Called by api, automations, migrations and engine.cli.
Law: a writing transaction on SQLite holds the write lock from its first statement (BEGIN IMMEDIATE), so that nobody
reads a number, thinks, and writes over somebody else's; a reading one never takes that lock and cannot write.

pysqlite's own transactions start at the first write only: four threads of 100 read-modify-writes left 104 of 400.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS = 30_000
"""How long a writer waits for the one before it; a request gives up earlier by its own time-out."""
_READ_ONLY = "read_only"


def create_database_engine(url: str, *, pool_size: int = 20) -> Engine:
    """An engine for a `sqlite:///file` or `postgresql+psycopg://…` URL; opens no connection yet.

    Its errors do not show what was written: that may be a script, a password's hash or an address, and ends in a log.
    """
    if make_url(url).get_backend_name() == "sqlite":
        engine = create_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=30, hide_parameters=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(
        url, pool_size=pool_size, max_overflow=0, pool_timeout=30, pool_pre_ping=True, hide_parameters=True
    )


def _prepare_sqlite(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # SQLAlchemy's begin event below starts transactions, not pysqlite
    for pragma in (
        f"busy_timeout={BUSY_TIMEOUT_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",  # a commit that was answered survives a power cut: money depends on it
        "foreign_keys=ON",
        "cache_size=-32000",
        "mmap_size=268435456",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    is_read_only = bool(connection.get_execution_options().get(_READ_ONLY))
    if connection.info.get(_READ_ONLY) is not is_read_only:  # the file's connection stays as it was set last
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_read_only else 'OFF'}")
        connection.info[_READ_ONLY] = is_read_only
    connection.exec_driver_sql("BEGIN DEFERRED" if is_read_only else "BEGIN IMMEDIATE")


class Database:
    """An engine with its two kinds of session."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        readers = engine.execution_options(**{_READ_ONLY: True, "postgresql_readonly": True})
        self._writing = sessionmaker(engine, expire_on_commit=False)
        self._reading = sessionmaker(readers, expire_on_commit=False, autoflush=False)

    @classmethod
    def at(cls, url: str, *, pool_size: int = 20) -> "Database":
        """The database at a URL."""
        return cls(create_database_engine(url, pool_size=pool_size))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is committed once, at the end; nothing of it stays where an error is raised."""
        with self._writing.begin() as session:
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment and cannot write."""
        with self._reading.begin() as session:
            yield session

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()
