"""Shown audit: entries with who acted and what it was about, by the names that people know.

Called by api.routers.audit and api.services.audit_table. Law: as few queries for many as for one; what is gone has no
name and leads nowhere, and its entry stays.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from api.schemas.audit import AuditEntryOut, AuditEntryRow
from api.services.actor_names import actor_names
from engine.core.models import (
    Asset,
    AuditEntry,
    Budget,
    Client,
    Contact,
    Endpoint,
    ExchangeRate,
    Export,
    Price,
    Project,
    Quote,
    Staff,
    Version,
    Video,
)

Named = tuple[str, str]
"""What it is called, and where the app shows it."""
_NAMELESS: Final[Named] = ("", "")


def as_entries(session: Session, entries: Sequence[AuditEntry]) -> list[AuditEntryOut]:
    """The entries in their order."""
    actors = actor_names(session, {entry.actor for entry in entries})
    subjects = _subjects(session, entries)
    return [
        AuditEntryOut(
            **AuditEntryRow.model_validate(entry).model_dump(),
            actor_name=actors.get(entry.actor, ""),
            subject_name=subjects.get((entry.subject_type, entry.subject_id), _NAMELESS)[0],
            subject_path=subjects.get((entry.subject_type, entry.subject_id), _NAMELESS)[1],
        )
        for entry in entries
    ]


def _subjects(session: Session, entries: Sequence[AuditEntry]) -> Mapping[tuple[str, str], Named]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        if entry.subject_type in _KINDS:
            wanted.setdefault(entry.subject_type, set()).add(entry.subject_id)
    found: dict[tuple[str, str], Named] = {}
    for kind, ids in wanted.items():
        rows, key, told = _KINDS[kind]
        for row in session.execute(rows.where(key.in_(ids))):
            found[kind, row[0]] = told(row)
    return found


_KINDS: Final[
    Mapping[str, tuple[Select[*tuple[Any, ...]], InstrumentedAttribute[str], Callable[[Row[*tuple[Any, ...]]], Named]]]
] = {
    "client": (select(Client.id, Client.name), Client.id, lambda row: (row.name, f"/clients/{row.id}")),
    "contact": (
        select(Contact.id, Contact.name, Contact.email, Contact.client_id),
        Contact.id,
        lambda row: (row.name or row.email, f"/clients/{row.client_id}"),
    ),
    "staff": (
        select(Staff.id, Staff.name, Staff.email),
        Staff.id,
        lambda row: (row.name or row.email, "/settings/staff"),
    ),
    "project": (select(Project.id, Project.name), Project.id, lambda row: (row.name, f"/projects/{row.id}")),
    "video": (select(Video.id, Video.title), Video.id, lambda row: (row.title, f"/create/{row.id}")),
    "export": (
        select(Export.id, Export.format, Export.video_id, Video.title).join(Video, Video.id == Export.video_id),
        Export.id,
        lambda row: (f"{row.title} {row.format}", f"/create/{row.video_id}/export"),
    ),
    "version": (
        select(Version.id, Version.number, Video.title, Video.project_id).join(Video, Video.id == Version.video_id),
        Version.id,
        lambda row: (f"{row.title} v{row.number}", f"/projects/{row.project_id}"),
    ),
    "asset": (select(Asset.id, Asset.file_name), Asset.id, lambda row: (row.file_name, "")),
    "quote": (
        select(Quote.id, Quote.video_id, Video.title).join(Video, Video.id == Quote.video_id),
        Quote.id,
        lambda row: (row.title, f"/create/{row.video_id}/visuals"),
    ),
    "budget": (
        select(Budget.id, Budget.month, Client.name, Project.name)
        .outerjoin(Client, Client.id == Budget.scope_id)
        .outerjoin(Project, Project.id == Budget.scope_id),
        Budget.id,
        lambda row: (row[2] or row[3] or row[1], f"/costs?month={row[1]}" if row[1] else "/costs"),
    ),
    "price": (
        select(Price.id, Price.provider, Price.model),
        Price.id,
        lambda row: (f"{row.provider} {row.model}", "/settings/prices"),
    ),
    "exchange_rate": (
        select(ExchangeRate.id, ExchangeRate.currency),
        ExchangeRate.id,
        lambda row: (row.currency, "/settings/prices"),
    ),
    "endpoint": (select(Endpoint.id, Endpoint.url), Endpoint.id, lambda row: (row.url, "")),
}
"""What an entry can be about: how its name is found, and where the app shows it."""
