"""`bom demo`: a small studio to look around in, and its removal.

Called by engine.cli.studio and `make up`.
Law: all that it makes hangs on clients that are marked as demo, so that one command takes it away again; asked again,
it makes nothing new.
"""

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.assembly import assembled_timeline
from automations.events import ProjectCreated, emit
from automations.leases import WorkerRunning
from automations.voices import draft_voice
from automations.workflows.render import ask_render
from engine.cli.background import worker_of, workshop_of
from engine.cli.outcome import BadInput, print_result, say
from engine.cli.prepare import prepare
from engine.cli.progress import steps
from engine.core import brand_kits, clients, contacts, passwords, projects, staff, videos
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.costs.budgets import STUDIO_ZONE
from engine.core.database import Database
from engine.core.demo_clients import EMAIL, find_demo_clients, remove_demo_clients
from engine.core.exports import FORMATS, video_exports
from engine.core.models import (
    Asset,
    AssetType,
    ExportStatus,
    Job,
    JobStatus,
    ProjectStatus,
    Role,
    TakeKind,
    TakeSource,
    Video,
)
from engine.core.reviews import versions
from engine.core.storage import Storage
from engine.core.takes import keep_take
from engine.render.formats import format_named, slug_of
from engine.render.media.probe import probe
from engine.settings import Settings

SIGN_IN_FILE: Final = "demo-sign-in.txt"
SCRIPT: Final = """\
Elke ochtend om vier uur gaat bij ons het licht aan.
---
Deeg dat een nacht mag rusten, geeft brood dat een week lekker blijft.
---
En in december bakken we 12.000 oliebollen. Met de hand.
---
Kom langs, of bestel vóór 28 december.
---
Bakkerij Anna. Vers is een keuze. 🥐
"""
CONTACT: Final = "anna@bakkerij.example"
"""Who can sign in to the demo client's portal."""
COLOURS: Final = {"accent": "#9A3412", "on_accent": "#FFFFFF", "ground": "#FBF6EE", "ink": "#1C1410"}


@dataclass(frozen=True)
class _Workplace:
    settings: Settings
    database: Database
    storage: Storage


def make_demo(settings: Settings, as_json: bool) -> None:
    """Make the demo studio, render its video and say where everything is."""
    prepare(settings)
    with _workplace(settings) as place:
        with place.database.reading() as session:
            is_there = bool(find_demo_clients(session))
        if is_there:
            say("The demo studio is there already. `bom demo --remove` takes it away.")
        else:
            _make_sign_in(place)
            _make_work(place)
        _render(place)
        _send(place)
        films = _films(place)
    say("\nThe demo studio is ready: two clients, one project, one video. It is made-up data.")
    for film in films:
        say(f"  {film}")
    sign_in = settings.data_dir / SIGN_IN_FILE
    if sign_in.exists():
        say(f"Sign in as {EMAIL}; the password is in {sign_in}.")
    say(f"The portal lets {CONTACT} in; where no mail provider is set, the link lies in Settings, Outbox.")
    say("`bom demo --remove` takes all of it away again.")
    if as_json:
        print_result({"films": [str(film) for film in films], "email": EMAIL, "sign_in_file": str(sign_in)})


def remove_demo(settings: Settings, as_json: bool) -> None:
    """Take the demo studio away. Raises DomainError (demo_in_use)."""
    prepare(settings)
    with _workplace(settings) as place, place.database.writing() as session:
        removed = remove_demo_clients(session)
    (settings.data_dir / SIGN_IN_FILE).unlink(missing_ok=True)
    folder = settings.data_dir / "demo"
    for film in folder.glob("*.mp4"):
        film.unlink()
    say("The demo studio is gone." if removed else "There was no demo studio.")
    if as_json:
        print_result({"clients_removed": removed})


@contextmanager
def _workplace(settings: Settings) -> Iterator[_Workplace]:
    database = Database.at(settings.database)
    try:
        yield _Workplace(settings, database, Storage(settings.media, settings.media_cache_dir))
    finally:
        database.close()


def _make_sign_in(place: _Workplace) -> None:
    """A sign-in with a password that only this machine's user can read."""
    password = "-".join(secrets.token_hex(3) for _ in range(4))
    password_hash = passwords.hash_password(password)
    with place.database.writing() as session:
        if staff.find_staff(session, EMAIL) is None:
            staff.add_staff(
                session, email=EMAIL, role=Role.OWNER, password_hash=password_hash, name="Demo", at=datetime.now(UTC)
            )
    file = place.settings.data_dir / SIGN_IN_FILE
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
        made.write(f"{EMAIL}\n{password}\n")


def _make_work(place: _Workplace) -> None:
    """Two clients, a project in progress, and a video with a voice; its scenes are cards in the client's colours."""
    at = datetime.now(UTC)
    with place.database.writing() as session:
        bakery = clients.create_client(session, name="Bakkerij Anna (demo)", at=at)
        cycles = clients.create_client(session, name="Fietsen van O'Brien & Zn. (demo)", at=at)
        bakery.is_demo = cycles.is_demo = True
        contacts.add_contact(session, bakery.id, name="Anna", email=CONTACT, at=at)
        kit = brand_kits.get_brand_kit(session, bakery.id)
        brand_kits.change_brand_kit(session, bakery.id, kit.revision, colours={**COLOURS}, music={"bed": "warm"}, at=at)
        project = projects.create_project(
            session,
            client_id=bakery.id,
            name="Winter 2026",
            package_tier="Basis",
            included_videos=4,
            included_revision_rounds=2,
            price_micros=1_450_000_000,
            due_on=(at.astimezone(STUDIO_ZONE) + timedelta(weeks=3)).date(),
            at=at,
        )
        emit(session, ProjectCreated.of(project, bakery), at=at)
        projects.move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=SYSTEM, at=at)
        video = videos.create_video(
            session, project_id=project.id, title="Oliebollen", language="nl", script=SCRIPT, at=at
        )
        texts = [scene.text for scene in videos.scenes_of(session, video.id)]
    with steps() as bars, bars.step("Voice"):
        _add_voice(place, video.id, texts)


def _add_voice(place: _Workplace, video_id: str, texts: list[str]) -> None:
    """A draft voice, as the take that the video is heard with."""
    with tempfile.TemporaryDirectory(dir=place.settings.data_dir) as folder:
        path = Path(folder) / "voice.wav"
        said = draft_voice(texts, "nl", path)
        stored, facts = place.storage.put(path), probe(path)
    at = datetime.now(UTC)
    with place.database.writing() as session:
        video = videos.get_video(session, video_id)
        asset = keep_asset(
            session,
            sha256=stored.sha256,
            size_bytes=stored.size_bytes,
            type=AssetType.AUDIO,
            media_type="audio/wav",
            file_name="Draft voice.wav",
            client_id=video.client_id,
            facts=facts.model_dump(mode="json", exclude_none=True),
            at=at,
        )
        keep_take(
            session,
            video=video,
            scene=None,
            kind=TakeKind.VOICE,
            source=TakeSource.OFFLINE,
            asset=asset,
            provider="offline",
            model="espeak-ng",
            facts=said.model_dump(mode="json"),
            at=at,
        )


def _render(place: _Workplace) -> None:
    """Render what is not rendered yet: by a worker of our own, or by the one that is at work already."""
    with place.database.writing() as session:
        wanted = _ask_for_films(session)
    if not wanted:
        return
    worker = worker_of(place.settings, workshop_of(place.settings, place.database))
    is_ours = True
    try:
        worker.start()
    except WorkerRunning:
        is_ours = False
    try:
        with steps() as bars:
            for format_name, job_id in wanted.items():
                with bars.step(f"Film {format_name}") as on_progress:
                    _wait_for(place.database, job_id, on_progress)
    finally:
        if is_ours:
            worker.stop()


def _send(place: _Workplace) -> None:
    """The finished films as the first version, for the demo client to look at; no mail is sent of it."""
    at = datetime.now(UTC)
    with place.database.writing() as session:
        for video in _demo_videos(session):
            ready = [film.id for film in video_exports(session, video.id) if film.status is ExportStatus.READY]
            if ready and versions.current_version(session, video.id) is None:
                versions.send_version(
                    session, video, ready, message="Dit is de eerste versie. Kijk je mee?", by=SYSTEM, at=at
                )


def _ask_for_films(session: Session) -> dict[str, str]:
    """Have every format rendered that is not ready; answers format to job id."""
    at = datetime.now(UTC)
    wanted = {}
    for video in _demo_videos(session):
        there = {
            export.format: export.job_id
            for export in video_exports(session, video.id)
            if export.status in {ExportStatus.READY, ExportStatus.QUEUED, ExportStatus.RENDERING}
        }
        ready = {export.format for export in video_exports(session, video.id) if export.status is ExportStatus.READY}
        timeline = videos.find_timeline(session, video.id)
        if timeline is None:
            document = assembled_timeline(session, video).model_dump(mode="json")
            timeline = videos.save_timeline(session, video.id, document, None, at=at)
        for name in FORMATS:
            if name not in there:
                _, job = ask_render(session, video, timeline, format=name, quality="standard", by=SYSTEM, at=at)
                wanted[name] = job.id
            elif name not in ready and there[name]:
                wanted[name] = str(there[name])
    return wanted


def _wait_for(database: Database, job_id: str, on_progress: Callable[[float], None]) -> None:
    """Until the job has ended. Raises BadInput with the job's own words where it failed."""
    while True:
        with database.reading() as session:
            job = session.get_one(Job, job_id)
        on_progress(job.progress)
        if job.status is JobStatus.SUCCEEDED:
            return
        if job.finished_at is not None:
            raise BadInput(f"The demo film could not be made: {job.problem}")
        time.sleep(0.2)


def _films(place: _Workplace) -> list[Path]:
    """The finished films under names that people can open: in storage a file is named by its hash."""
    folder = (place.settings.data_dir / "demo").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    films = []
    with place.database.reading() as session:
        for video in _demo_videos(session):
            for export in video_exports(session, video.id):
                if export.asset_id is None:
                    continue
                stored = place.storage.local_path(session.get_one(Asset, export.asset_id).sha256)
                film = folder / f"{video.title.lower()}-{slug_of(format_named(export.format))}.mp4"
                film.unlink(missing_ok=True)
                try:
                    film.hardlink_to(stored)
                except OSError:  # another file system
                    shutil.copyfile(stored, film)
                films.append(film)
    return sorted(films)


def _demo_videos(session: Session) -> Sequence[Video]:
    demo = [client.id for client in find_demo_clients(session)]
    return session.scalars(select(Video).where(Video.client_id.in_(demo)).order_by(Video.id)).all()
