"""Preparing: the database has the shape that this program works with, and a new one what it begins with.

Called by engine.cli's studio commands before anything else touches the database.
"""

from datetime import UTC, datetime

from automations.jobs import migrate_durable_engine
from automations.known_prices import add_known_prices
from engine.cli.outcome import BadInput
from engine.core.database import Database
from engine.settings import Settings
from migrations import Migrated, is_current, is_empty, migrate


def prepare(settings: Settings) -> Migrated:
    """Make or migrate the database, a SQLite file after a backup of it. Raises MigrationFailed."""
    at = datetime.now(UTC)
    migrated = migrate(settings.database, at=at)
    migrate_durable_engine(settings.database)
    database = Database.at(settings.database)
    try:
        with database.writing() as session:
            add_known_prices(session, at=at)
    finally:
        database.close()
    return migrated


def require_prepared(settings: Settings) -> None:
    """A new studio is made on the spot; an older one is migrated only when its owner says so. Raises BadInput."""
    if is_empty(settings.database):
        prepare(settings)
    elif not is_current(settings.database):
        raise BadInput("The database has an older shape than this program. Run `bom migrate`, which backs it up first.")
