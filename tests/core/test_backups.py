import tarfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from engine.core import assets, takes, videos
from engine.core.backups import (
    BackupUnusable,
    Manifest,
    NotEmpty,
    read_manifest,
    require_empty,
    restore_files,
    restore_rows,
    write_backup,
)
from engine.core.database import Database
from engine.core.models import AssetType, Base, Client, Job, JobStatus, TakeKind, TakeSource
from engine.core.storage import Storage
from tests.core.domain import NOW, a_client, a_project, a_video, prices_are_known

LATER = NOW + timedelta(days=1)
PICTURE = b"a picture of an oliebol" * 1000


def a_studio(database: Database, storage: Storage) -> None:
    """One of each thing that is awkward to carry: a circle of keys, a file, a job under way, Arabic, a date."""
    stored = storage.put(BytesIO(PICTURE))
    with database.writing() as session:
        prices_are_known(session)
        a_client(session, "مخبز 'آنا' 🥐")
        video = a_video(session, a_project(session))
        asset = assets.keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.IMAGE,
            media_type="image/jpeg",
            file_name="oliebol.jpg",
            at=NOW,
        )
        takes.keep_take(
            session,
            video=video,
            scene=videos.scenes_of(session, video.id)[0],
            kind=TakeKind.IMAGE,
            source=TakeSource.UPLOADED,
            asset=asset,
            at=NOW,
        )
        session.add(
            Job(
                id="j",
                kind="k",
                queue="q",
                status=JobStatus.RUNNING,
                arguments=[],
                created_at=NOW,
                updated_at=NOW,
            )
        )


def backed_up(database: Database, storage: Storage, out: Path) -> Manifest:
    with out.open("wb") as file, database.engine.connect() as connection:
        return write_backup(connection, storage, file, revision="r", at=NOW, on_progress=lambda _: None)


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(f"file://{tmp_path / 'media'}", tmp_path / "cache")


@pytest.fixture
def empty(new_sqlite_url: str, tmp_path: Path) -> Iterator[Database]:
    """A second studio, on SQLite, whatever the first one is on."""
    file = tmp_path / "second.db"
    file.write_bytes((tmp_path / "bom.db").read_bytes())
    database = Database.at(f"sqlite:///{file}")
    yield database
    database.close()


def rows_of(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]
            for table in Base.metadata.sorted_tables
            if table.name != "jobs"
        }


def test_a_studio_comes_back_row_by_row_and_file_by_file(
    empty: Database, database: Database, storage: Storage, tmp_path: Path
) -> None:
    a_studio(database, storage)
    manifest = backed_up(database, storage, tmp_path / "b.tar")
    elsewhere = Storage(f"file://{tmp_path / 'elsewhere'}", tmp_path / "cache2")

    restore_files(tmp_path / "b.tar", manifest, elsewhere, lambda _: None)
    with empty.engine.begin() as connection:
        restore_rows(connection, tmp_path / "b.tar", read_manifest(tmp_path / "b.tar"), at=LATER)

    assert rows_of(empty) == rows_of(database)
    (sha256,) = manifest.files
    with elsewhere.open(sha256) as file:
        assert file.read() == PICTURE
    with empty.reading() as session:
        job = session.get_one(Job, "j")
        assert (job.status, job.problem_code, job.finished_at) == (JobStatus.FAILED, "restored", LATER)


def test_a_studio_is_not_restored_over_another(database: Database) -> None:
    with database.writing() as session:
        a_client(session)

    with database.engine.connect() as connection, pytest.raises(NotEmpty, match="not empty"):
        require_empty(connection)


def cut_short(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-20_000])


def changed_within(backup: Path) -> None:
    content = backup.read_bytes()
    assert content.count(b"Oliebollen") >= 1
    backup.write_bytes(content.replace(b"Oliebollen", b"Appelflap!"))


@pytest.mark.parametrize("damage", [cut_short, changed_within])
def test_a_damaged_backup_restores_nothing(
    database: Database, storage: Storage, tmp_path: Path, damage: Callable[[Path], None], empty: Database
) -> None:
    a_studio(database, storage)
    backup = tmp_path / "b.tar"
    manifest = backed_up(database, storage, backup)
    damage(backup)

    with pytest.raises(BackupUnusable), empty.engine.begin() as connection:
        read_manifest(backup)
        restore_rows(connection, backup, manifest, at=LATER)

    with empty.reading() as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 0


def test_a_file_that_is_not_what_its_name_says_is_not_restored(
    database: Database, storage: Storage, tmp_path: Path
) -> None:
    a_studio(database, storage)
    backup = tmp_path / "b.tar"
    manifest = backed_up(database, storage, backup)
    backup.write_bytes(backup.read_bytes().replace(PICTURE, PICTURE.upper()))

    with pytest.raises(BackupUnusable, match="damaged"):
        restore_files(backup, manifest, Storage(f"file://{tmp_path / 'e'}", tmp_path / "c"), lambda _: None)


def test_a_holiday_picture_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_bytes(b"\xff\xd8\xff" * 5000)

    with pytest.raises(BackupUnusable, match="not a whole backup"):
        read_manifest(tmp_path / "b.tar")


def test_a_backup_is_a_tar_that_anybody_can_open(database: Database, storage: Storage, tmp_path: Path) -> None:
    a_studio(database, storage)
    backed_up(database, storage, tmp_path / "b.tar")

    with tarfile.open(tmp_path / "b.tar") as tar:
        names = tar.getnames()

    assert names[-1] == "manifest.json"
    assert "rows/videos.jsonl" in names
    assert sum(name.startswith("media/") for name in names) == 1
