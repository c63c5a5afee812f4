import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from engine.core.database import Database
from engine.core.models import Base, Client
from migrations import MigrationFailed, is_current, migrate

AT = datetime(2026, 11, 22, 16, 53, 7, tzinfo=UTC)


def old_file(tmp_path: Path, new_sqlite_url: str) -> Path:
    """A database with a client in it, of before the first migration was written down."""
    file = tmp_path / "bom.db"
    database = Database.at(new_sqlite_url)
    with database.writing() as session:
        session.add(Client(name="Bakkerij 't Hoekje", created_at=AT, updated_at=AT))
        session.execute(text("UPDATE alembic_version SET version_num = 'before'"))
    database.close()
    return file


def test_the_tables_are_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        found = compare_metadata(
            MigrationContext.configure(
                connection,
                opts={
                    "compare_type": True,
                    "include_object": lambda _item, name, kind, *_: kind != "table" or name in Base.metadata.tables,
                },
            ),
            Base.metadata,
        )

    assert found == []


def test_a_scene_cannot_choose_a_take_that_does_not_exist(database: Database) -> None:
    with database.engine.connect() as connection:
        keys = {key["name"] for table in ("scenes", "videos") for key in inspect(connection).get_foreign_keys(table)}

    assert {"fk_scenes_chosen_take_id_takes", "fk_videos_voice_take_id_takes"} <= keys


def test_migrating_twice_changes_nothing(database_url: str) -> None:
    assert is_current(database_url)

    migrated = migrate(database_url, at=AT)

    assert migrated.from_revision == migrated.to_revision
    assert migrated.backup is None


def test_a_failed_migration_leaves_the_old_file_and_says_where_the_backup_is(
    tmp_path: Path, new_sqlite_url: str
) -> None:
    file = old_file(tmp_path, new_sqlite_url)

    with pytest.raises(MigrationFailed, match=r"left as it was.*backup is in"):
        migrate(f"sqlite:///{file}", at=AT)  # no history leads from "before"

    with sqlite3.connect(file) as kept:
        assert kept.execute("SELECT name FROM clients").fetchall() == [("Bakkerij 't Hoekje",)]
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [("before",)]
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == "bom-2026-11-22-165307-before.db"
    with sqlite3.connect(backup) as copy:
        assert copy.execute("SELECT count(*) FROM clients").fetchone() == (1,)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "bom.db"]


def test_a_database_in_use_is_not_migrated_under_its_users_feet(tmp_path: Path, new_sqlite_url: str) -> None:
    file = old_file(tmp_path, new_sqlite_url)
    database = Database.at(f"sqlite:///{file}")
    with database.reading() as session:
        session.scalar(text("SELECT count(*) FROM clients"))

        with pytest.raises(MigrationFailed, match="in use"):
            migrate(f"sqlite:///{file}", at=AT)
    database.close()


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "bom.db"
    file.write_bytes(b"holiday.jpg" * 500)

    with pytest.raises(MigrationFailed, match="not a database"):
        migrate(f"sqlite:///{file}", at=AT)

    assert file.read_bytes() == b"holiday.jpg" * 500
