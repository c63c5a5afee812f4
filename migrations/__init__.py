"""Migrations: the database's shape through time, one history for SQLite and PostgreSQL.

Called by engine.cli (`bom migrate`, `bom serve`) and by the tests.
Law: a migration that fails leaves everything as it was. SQLite is migrated in a copy that takes the old file's place
only when it has been verified; PostgreSQL in one transaction.
"""

from migrations.runner import Migrated, MigrationFailed, is_current, is_empty, knows, migrate, newest_revision

__all__ = ["Migrated", "MigrationFailed", "is_current", "is_empty", "knows", "migrate", "newest_revision"]
