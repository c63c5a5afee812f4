"""Pushing: a finished film is put into the folder of its client and project, for whoever works from there.

Started by api.routers.library through `ask_push`. The built-in target is a folder of this machine, which may be one
that another program carries elsewhere.
Law: a film lies there whole or not at all, under a name that says what it is. Nothing that lies there is overwritten:
another film of that name stays, and the new one is called `… (2)`; the same bytes are not put there twice.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from automations import jobs
from automations.runs import JobFailed, JobKind, Run
from engine.core.actors import Actor
from engine.core.deliveries import keep_delivery
from engine.core.errors import Conflict, NotFound
from engine.core.file_names import film_name, safe_name
from engine.core.jobs import get_job
from engine.core.library import FinishedFilm, finished_films
from engine.core.models import Job, JsonObject
from engine.core.studio_settings import get_choices

BLOCK_BYTES: Final = 4 * 1024 * 1024
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}
"""What file systems say that know no second name for a file (FAT, some shares)."""


def ask_push(session: Session, export_id: str, *, by: Actor, at: datetime) -> Job:
    """Have a film put into its folder. Raises NotFound, Conflict (export_unfinished)."""
    (film,) = finished_films(session, [export_id])
    export = film.export
    return jobs.enqueue(
        session,
        PUSH_EXPORT,
        export.id,
        at=at,
        asked_by=str(by),
        client_id=export.client_id,
        project_id=export.project_id,
        video_id=export.video_id,
    )


def folder_of(film: FinishedFilm, template: str, zone: ZoneInfo) -> PurePosixPath:
    """Where a film belongs, as the studio has chosen it; each part is a name that every disk takes."""
    made_at = (film.export.finished_at or film.export.created_at).astimezone(zone)
    filled = {"{client}": safe_name(film.client), "{project}": safe_name(film.project), "{year}": str(made_at.year)}

    def named(part: str) -> str:
        for name, value in filled.items():
            part = part.replace(name, value)
        return safe_name(part)

    return PurePosixPath(*(named(part) for part in template.split("/")))


def push_export(run: Run, export_id: str) -> JsonObject:
    """Copy the film to its folder; answers where it lies, from the deliveries' folder on."""
    shop = run.workshop
    if shop.deliveries_dir is None:
        raise JobFailed("No folder for deliveries is set. Set BOM_DELIVERIES_DIR and try again.", "no_target")
    try:
        with shop.database.reading() as session:
            (film,) = finished_films(session, [export_id])
            choices = get_choices(session)
    except (NotFound, Conflict) as gone:
        raise JobFailed(f"{gone.message} Nothing was copied.", gone.code) from gone
    folder = folder_of(film, choices.folder_template, ZoneInfo(choices.time_zone))
    name = film_name(film.title, film.export.format, film.asset.file_name.rpartition(".")[2])
    run.report("copying", 0.0)
    source = shop.storage.local_path(film.asset.sha256)
    try:
        placed = _placed(run, source, shop.deliveries_dir / folder, name, film.asset.sha256)
    except OSError as error:
        raise JobFailed(
            f"“{name}” could not be put into {folder}: {os.strerror(error.errno or errno.EIO)}. The film itself is "
            "safe in the library; free some room or mend the folder, and try again.",
            "folder_unwritable",
        ) from error
    with shop.database.writing() as session:
        asked_by = get_job(session, run.job_id).asked_by
        keep_delivery(session, film.export, place=str(folder / placed), by=asked_by, at=shop.now())
    return {"place": str(folder / placed)}


def _placed(run: Run, source: Path, folder: Path, name: str, sha256: str) -> str:
    """The name under which it lies there now. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f".{run.job_id.replace(':', '-')}.unfinished"  # a killed run's is written over
    is_copied = False
    try:
        for candidate in _names(name):
            place = folder / candidate
            if place.exists():
                if place.stat().st_size == source.stat().st_size and _sha256(place) == sha256:
                    return candidate
                continue
            if not is_copied:
                _copy(run, source, unfinished)
                is_copied = True
            if _given(unfinished, place):
                return candidate
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
    finally:
        with suppress(FileNotFoundError):
            unfinished.unlink()


def _copy(run: Run, source: Path, target: Path) -> None:
    whole, done = max(1, source.stat().st_size), 0
    with source.open("rb") as film, target.open("wb") as copy:
        while block := film.read(BLOCK_BYTES):
            copy.write(block)
            done += len(block)
            run.report("copying", done / whole)
        copy.flush()
        os.fsync(copy.fileno())


def _given(unfinished: Path, place: Path) -> bool:
    """Give the file its name, unless somebody took that meanwhile; whether it has it."""
    try:
        os.link(unfinished, place)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        unfinished.rename(place)
    return True


def _names(name: str) -> Iterator[str]:
    stem, point, ending = name.rpartition(".")
    yield name
    for number in range(2, 10_000):
        yield f"{stem} ({number}){point}{ending}"


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


PUSH_EXPORT: Final = JobKind("push_export", "deliver", push_export)
