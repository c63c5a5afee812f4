"""A finished film lies in its client's folder: whole, under its own name, and never over something else."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from sqlalchemy import select

from automations.runs import Workshop
from automations.workflows.push import PUSH_EXPORT, ask_push
from engine.core import studio_settings, videos
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.exports import ask_export, finish_export
from engine.core.models import AssetType, Delivery, Job, JobStatus
from tests.automations.conftest import ON_SQLITE, StartWorker
from tests.automations.waiting import now, wait_for_status
from tests.core.domain import a_client, a_project


def a_film(shop: Workshop, title: str, content: bytes) -> str:
    """A finished film of a new video of one client; its export's id."""
    stored = shop.storage.put(BytesIO(content))
    with shop.database.writing() as session:
        project = a_project(session, a_client(session, "O'Brien & Zn. B.V."), "Winter: 🎂")
        video = videos.create_video(session, project_id=project.id, title=title, script="Een.", at=now())
        cut = videos.save_timeline(session, video.id, {}, None, at=now())
        export = ask_export(session, video, cut, format="9:16", quality="standard", by=SYSTEM, at=now())
        film = keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.CLIP,
            media_type="video/mp4",
            file_name="film.mp4",
            at=now(),
        )
        return finish_export(session, export.id, asset=film, sidecars={}, duration_ms=1000, at=now()).id


def pushed(shop: Workshop, export_id: str) -> Job:
    """The job that puts it there, once it is over."""
    with shop.database.writing() as session:
        job = ask_push(session, export_id, by=SYSTEM, at=now())
    return wait_for_status(shop.database, job.id, JobStatus.SUCCEEDED, JobStatus.FAILED)


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@ON_SQLITE
def test_a_film_is_put_into_its_folder_and_nothing_that_lies_there_is_overwritten(
    workshop: Workshop, working: StartWorker, tmp_path: Path
) -> None:
    shop = replace(workshop, deliveries_dir=tmp_path / "deliveries")
    first, other = a_film(shop, "خبز", b"first"), a_film(shop, "خبز", b"other")
    with working([PUSH_EXPORT], shop=shop):
        jobs = [pushed(shop, export_id) for export_id in (first, other, first)]

    assert [job.status for job in jobs] == [JobStatus.SUCCEEDED] * 3
    folder = "O'Brien & Zn. B.V/Winter_ 🎂"
    assert files_in(tmp_path / "deliveries") == {
        f"{folder}/خبز 9x16.mp4": b"first",
        f"{folder}/خبز 9x16 (2).mp4": b"other",
    }
    with shop.database.reading() as session:
        kept = {(delivery.export_id, delivery.place, delivery.by) for delivery in session.scalars(select(Delivery))}
    assert kept == {
        (first, f"{folder}/خبز 9x16.mp4", "system"),
        (other, f"{folder}/خبز 9x16 (2).mp4", "system"),
    }
    assert [job.result for job in jobs] == [
        {"place": f"{folder}/خبز 9x16.mp4"},
        {"place": f"{folder}/خبز 9x16 (2).mp4"},
        {"place": f"{folder}/خبز 9x16.mp4"},
    ]


@ON_SQLITE
def test_a_folder_that_cannot_be_written_is_told_and_the_film_is_safe(
    workshop: Workshop, working: StartWorker, tmp_path: Path
) -> None:
    (tmp_path / "deliveries").write_bytes(b"a file where a folder should be")
    shop = replace(workshop, deliveries_dir=tmp_path / "deliveries")
    with workshop.database.writing() as session:
        studio_settings.change_choices(session, 0, {"folder_template": "{year}/{project}"}, at=now())
    film = a_film(shop, "Brood", b"film")
    with working([PUSH_EXPORT], shop=shop):
        job = pushed(shop, film)

    assert (job.status, job.problem_code) == (JobStatus.FAILED, "folder_unwritable")
    assert f"{now().year}/Winter_ 🎂" in job.problem
    assert "safe in the library" in job.problem
