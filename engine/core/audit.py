"""Audit: who did what, to what, when, from where.

Called by every use case that signs in, refuses, decides, spends, deletes or lets somebody in.
Law: an entry is written in the transaction of what it tells of and is never changed; it holds no secret. What saves
itself while somebody works at it is gathered in one entry for a minute.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, TypedDict, Unpack

from pydantic import JsonValue
from sqlalchemy import ColumnElement, literal, select, tuple_
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.models import AuditEntry
from engine.core.paging import Page, PageWish, read_page

AREAS: Final[Mapping[str, tuple[str, ...]]] = {
    "access": (
        "sign_in",
        "sign_in_refused",
        "sign_in_blocked",
        "sign_out",
        "session_ended",
        "signed_out_everywhere",
        "password_changed",
        "password_refused",
        "totp_on",
        "totp_off",
        "portal_link_asked",
        "portal_sign_in",
        "portal_sign_in_refused",
        "portal_sign_in_blocked",
        "portal_previewed",
        "portal_sign_out",
        "portal_session_ended",
        "portal_signed_out_everywhere",
        "portal_passkey_added",
        "portal_passkey_removed",
        "webhook_refused",
        "owner_only_refused",
    ),
    "people": (
        "staff_added",
        "staff_changed",
        "staff_disabled",
        "staff_enabled",
        "contact_added",
        "contact_changed",
        "contact_invited",
        "contact_disabled",
        "contact_enabled",
        "unsubscribed",
    ),
    "clients": (
        "client_added",
        "client_changed",
        "client_archived",
        "client_restored",
        "clients_imported",
        "brand_kit_changed",
    ),
    "work": (
        "project_added",
        "project_changed",
        "project_access_changed",
        "project_archived",
        "project_restored",
        "video_archived",
        "video_restored",
        "video_duplicated",
        "file_archived",
        "file_restored",
        "job_canceled",
        "job_retried",
    ),
    "films": (
        "export_archived",
        "export_restored",
        "export_pushed",
        "films_zipped",
        "film_downloaded",
        "version_sent",
        "review_links_revoked",
        "video_approved",
        "video_changes_requested",
        "decision_withdrawn",
    ),
    "money": (
        "quote_accepted",
        "quote_declined",
        "question_answered",
        "refund_booked",
        "budget_set",
        "budget_lifted",
        "budget_lowered",
        "budget_refused",
        "price_added",
        "exchange_rate_added",
    ),
    "settings": (
        "settings_changed",
        "provider_key_entered",
        "provider_key_removed",
        "endpoint_added",
        "endpoint_changed",
        "endpoint_deleted",
        "endpoint_secret_rotated",
        "endpoint_enabled",
        "endpoint_disabled",
    ),
}
"""Every act that is written down, by what it is about; a test reads the code for others."""
OTHER: Final = "other"
_AREA_OF: Final = {action: area for area, actions in AREAS.items() for action in actions}
SORTS: Final = {"at": AuditEntry.at}
GATHERED_FOR: Final = timedelta(minutes=1)


class Filters(TypedDict, total=False):
    """Which entries are wanted. subject: its type and id; since is included, until is not."""

    actor: str
    action: str
    area: str
    subject: tuple[str, str]
    since: datetime
    until: datetime


def record(
    session: Session,
    action: str,
    *,
    by: Actor | str,
    at: datetime,
    subject: tuple[str, str] = ("", ""),
    address: str = "",
    **facts: JsonValue,
) -> None:
    """Write one entry. by: an actor, or what somebody unknown typed; subject: its type and id."""
    subject_type, subject_id = subject
    session.add(
        AuditEntry(
            at=at,
            actor=str(by)[:300],
            action=action,
            area=_AREA_OF.get(action, OTHER),
            subject_type=subject_type,
            subject_id=subject_id,
            facts=facts,
            address=address[:64],
        )
    )


def record_fields(
    session: Session, action: str, *, by: Actor, at: datetime, subject: tuple[str, str], fields: Iterable[str]
) -> None:
    """Write which fields were changed; within a minute into the entry that tells of the same person and subject."""
    entry = session.scalar(
        select(AuditEntry)
        .where(*_wanted({"actor": str(by), "action": action, "subject": subject, "since": at - GATHERED_FOR}))
        .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
        .limit(1)
    )
    if entry is None:
        record(session, action, by=by, at=at, subject=subject, fields=", ".join(sorted(fields)))
    else:
        together = {*str(entry.facts["fields"]).split(", "), *fields}
        entry.facts = {**entry.facts, "fields": ", ".join(sorted(together))}


def list_entries(session: Session, wish: PageWish, **filters: Unpack[Filters]) -> Page[AuditEntry]:
    """Entries by time; sort is at or -at. Raises Invalid."""
    return read_page(session, select(AuditEntry).where(*_wanted(filters)), wish, sorts=SORTS, unique=AuditEntry.id)


def entries_before(
    session: Session, seen: AuditEntry | None, *, limit: int, **filters: Unpack[Filters]
) -> Sequence[AuditEntry]:
    """Entries, the newest first. seen: the last one that was read; pages of separate moments make one whole list."""
    rows = select(AuditEntry).where(*_wanted(filters))
    if seen is not None:
        place = tuple_(literal(seen.at, AuditEntry.at.type), literal(seen.id))
        rows = rows.where(tuple_(AuditEntry.at, AuditEntry.id) < place)
    return session.scalars(rows.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit)).all()


def _wanted(filters: Filters) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if "actor" in filters:
        wanted.append(AuditEntry.actor == filters["actor"])
    if "action" in filters:
        wanted.append(AuditEntry.action == filters["action"])
    if "area" in filters:
        wanted.append(AuditEntry.area == filters["area"])
    if "subject" in filters:
        subject_type, subject_id = filters["subject"]
        wanted += [AuditEntry.subject_type == subject_type, AuditEntry.subject_id == subject_id]
    if "since" in filters:
        wanted.append(AuditEntry.at >= filters["since"])
    if "until" in filters:
        wanted.append(AuditEntry.at < filters["until"])
    return wanted
