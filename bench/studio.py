"""A studio of a given size for the bench: clients, projects, videos, jobs, exports, events and a ledger, from a seed.

Used by bench.lists and bench.load.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from automations.jobs import migrate_durable_engine
from automations.known_prices import add_known_prices
from engine.core import passwords, staff
from engine.core.costs import totals
from engine.core.database import Database
from engine.core.models import (
    ApiUsage,
    Asset,
    AuditEntry,
    BrandKit,
    Client,
    Event,
    Export,
    Job,
    Notification,
    Project,
    ProjectSearchWord,
    Role,
    Scene,
    Staff,
    Video,
    VideoSearchWord,
    new_id,
)
from engine.core.search import words_of
from migrations import migrate

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
EMAIL, PASSWORD = "bench@studio.example", "vier woorden voor een bank"
_AT_ONCE = 5000
_STATUSES = ("draft", "in_progress", "review", "approved", "delivered")


def make_studio(folder: Path, *, videos: int, projects: int, ledger_lines: int) -> Database:
    """A migrated SQLite studio; a tenth of the projects is a client's."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{folder / 'bom.db'}"
    migrate(url, at=NOW)
    migrate_durable_engine(url)
    database = Database.at(url, pool_size=40)
    chance = random.Random(20261122)
    with database.writing() as session:
        add_known_prices(session, at=NOW)
        hashed = passwords.hash_password(PASSWORD)
        owner = staff.add_staff(session, email=EMAIL, role=Role.OWNER, password_hash=hashed, at=NOW)
        clients = _clients(session, max(2, projects // 10))
        owned = _projects(session, chance, clients, projects)
        made = _videos(session, chance, owned, videos)
        _around_videos(session, chance, made, owner)
        _many(session, ApiUsage, (_line(chance, owned) for _ in range(ledger_lines)))
        totals.rebuild_totals(session)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()
    return database


def _many(session: Session, model: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    some = []
    for row in rows:
        some.append(row)
        if len(some) == _AT_ONCE:
            session.execute(insert(model), some)
            some = []
    if some:
        session.execute(insert(model), some)


def _clients(session: Session, count: int) -> list[str]:
    ids = [new_id() for _ in range(count)]
    times = {"created_at": NOW, "updated_at": NOW}
    _many(session, Client, ({"id": id_, "name": f"Bakkerij {n:04}", **times} for n, id_ in enumerate(ids)))
    _many(session, BrandKit, ({"id": new_id(), "client_id": id_, **times} for id_ in ids))
    return ids


def _projects(session: Session, chance: random.Random, clients: list[str], count: int) -> list[tuple[str, str]]:
    owned = [(new_id(), chance.choice(clients)) for _ in range(count)]
    _many(
        session,
        Project,
        (
            {
                "id": project,
                "client_id": client,
                "name": f"Campagne {n:05}",
                "status": chance.choice(_STATUSES),
                "due_on": (NOW + timedelta(days=chance.randrange(-200, 200))).date(),
                "created_at": _sometime(chance),
                "updated_at": _sometime(chance),
            }
            for n, (project, client) in enumerate(owned)
        ),
    )
    words = (
        {"word": word, "subject_id": project}
        for n, (project, _) in enumerate(owned)
        for word in words_of(f"Campagne {n:05}")
    )
    _many(session, ProjectSearchWord, words)
    return owned


def _vocabulary(chance: random.Random) -> list[str]:
    """Some thousand words that could be Dutch; a script takes the first ones far more often than the last."""
    parts = (
        "ver",
        "be",
        "oliebol",
        "brood",
        "kerst",
        "dag",
        "vers",
        "zacht",
        "huis",
        "markt",
        "feest",
        "lijk",
        "en",
        "er",
    )
    return ["de", "een", "het", *("".join(chance.choices(parts, k=chance.randrange(1, 4))) for _ in range(4000))]


def _script(chance: random.Random, vocabulary: list[str]) -> str:
    """A film of half a minute: eighty words, in ten sentences."""
    places = [int(len(vocabulary) * chance.random() ** 4) for _ in range(80)]
    return " ".join(vocabulary[place] + ("." if number % 8 == 7 else "") for number, place in enumerate(places))


def _videos(
    session: Session, chance: random.Random, owned: list[tuple[str, str]], count: int
) -> list[tuple[str, str, str]]:
    made = [(new_id(), *chance.choice(owned)) for _ in range(count)]
    vocabulary = _vocabulary(chance)
    titles = {video: f"Film {chance.randrange(10**6):06}" for video, _, _ in made}
    scripts = {video: _script(chance, vocabulary) for video, _, _ in made}
    _many(
        session,
        Video,
        (
            {
                "id": video,
                "project_id": project,
                "client_id": client,
                "title": titles[video],
                "status": chance.choice(("scripting", "generating", "rendering", "ready", "delivered")),
                "script": scripts[video],
                "created_at": _sometime(chance),
                "updated_at": _sometime(chance),
            }
            for video, project, client in made
        ),
    )
    words = (
        {"word": word, "subject_id": video}
        for video, _, _ in made
        for word in {*words_of(titles[video]), *words_of(scripts[video])}
    )
    _many(session, VideoSearchWord, words)
    return made


def _around_videos(session: Session, chance: random.Random, made: list[tuple[str, str, str]], owner: Staff) -> None:
    """What hangs on videos: scenes, files, exports, jobs, events, notices and the record."""
    scenes = (
        {
            "id": new_id(),
            "video_id": video,
            "position": n,
            "text": "Verse oliebollen.",
            "created_at": NOW,
            "updated_at": NOW,
        }
        for video, _, _ in made
        for n in range(3)
    )
    _many(session, Scene, scenes)
    files = [(new_id(), *row) for row in made]
    _many(session, Asset, (_file(chance, asset, client) for asset, _, _, client in files))
    beside = {asset: (new_id(), new_id()) for asset, *_ in files}
    _many(session, Asset, (_picture(chance, one, row[3]) for row in files for one in beside[row[0]]))
    _many(session, Export, (_export(chance, beside[row[0]], *row) for row in files))
    _many(session, Job, (_job(chance, *row) for row in made))
    _many(session, Event, (_event(chance, *row) for row in made))
    _many(session, Notification, (_notice(chance, owner.id) for _ in range(len(made) // 10)))
    _many(session, AuditEntry, (_entry(chance, owner.id, video) for video, _, _ in made))


def _sometime(chance: random.Random) -> datetime:
    return NOW - timedelta(seconds=chance.randrange(0, 365 * 86_400))


def _line(chance: random.Random, owned: list[tuple[str, str]]) -> dict[str, Any]:
    project, client = chance.choice(owned)
    return {
        "id": new_id(),
        "at": _sometime(chance),
        "client_id": client,
        "project_id": project,
        "kind": "image",
        "provider": chance.choice(("replicate", "elevenlabs", "heygen")),
        "model": "black-forest-labs/flux-schnell",
        "unit": "image",
        "quantity": 1,
        "amount_micros": 2_700,
        "estimated_micros": 2_700,
    }


def _file(chance: random.Random, asset: str, client: str) -> dict[str, Any]:
    return {
        "id": asset,
        "sha256": asset.replace("-", "") * 2,
        "size_bytes": 10_000_000,
        "type": "clip",
        "media_type": "video/mp4",
        "file_name": f"film-{chance.randrange(10**6)}.mp4",
        "client_id": client,
        "created_at": _sometime(chance),
        "updated_at": NOW,
    }


def _picture(chance: random.Random, asset: str, client: str) -> dict[str, Any]:
    """A film's thumbnail or filmstrip."""
    return {**_file(chance, asset, client), "type": "image", "media_type": "image/jpeg", "file_name": "film.jpg"}


def _export(
    chance: random.Random, beside: tuple[str, str], asset: str, video: str, project: str, client: str
) -> dict[str, Any]:
    scene = {"id": "1", "source": {"kind": "image", "path": asset}, "duration_frames": 90, "text": "Verse oliebollen."}
    return {
        "id": new_id(),
        "video_id": video,
        "project_id": project,
        "client_id": client,
        "format": chance.choice(("9:16", "1:1", "16:9")),
        "status": "ready",
        "timeline_revision": 1,
        "timeline_document": {"scenes": [scene] * 20},
        "sidecars": {"thumbnail": beside[0], "filmstrip": beside[1]},
        "asset_id": asset,
        "video_type": "image_vo" if chance.random() < 0.97 else "avatar_vo",
        "duration_ms": chance.randrange(5_000, 120_000),
        "created_at": _sometime(chance),
        "updated_at": NOW,
    }


def _job(chance: random.Random, video: str, project: str, client: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "kind": "render_export",
        "queue": "render",
        "status": chance.choice(("succeeded", "succeeded", "failed")),
        "client_id": client,
        "project_id": project,
        "video_id": video,
        "arguments": [],
        "created_at": _sometime(chance),
        "updated_at": _sometime(chance),
    }


def _event(chance: random.Random, video: str, project: str, client: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "type": chance.choice(("project.created", "video.exported")),
        "at": _sometime(chance),
        "client_id": client,
        "project_id": project,
        "payload": {"video_id": video},
    }


def _notice(chance: random.Random, staff_id: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "staff_id": staff_id,
        "kind": "job_failed",
        "once_key": new_id(),
        "created_at": _sometime(chance),
    }


def _entry(chance: random.Random, staff_id: str, video: str) -> dict[str, Any]:
    return {
        "id": new_id(),
        "at": _sometime(chance),
        "actor": f"staff:{staff_id}",
        "action": chance.choice(("sign_in", "project_moved", "quote_accepted")),
        "subject_type": "video",
        "subject_id": video,
    }
