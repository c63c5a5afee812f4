"""Versions: numbered sets of a video's exports, sent to its client.

Law: see the package. What was sent is never changed; the version before it is replaced, its decision voided, and what
was noted on it and not resolved is asked about again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session, defer

from engine.core.actors import Actor
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.locks import hold_lock
from engine.core.models import (
    Asset,
    Decision,
    Export,
    ExportStatus,
    JsonObject,
    Note,
    ProjectStatus,
    Sending,
    SendingStatus,
    Version,
    VersionExport,
    Video,
    new_id,
)
from engine.core.projects import get_project, move_project
from engine.core.texts import clean_prose

LONGEST_MESSAGE = 5_000
_WAY_TO_REVIEW = {
    ProjectStatus.DRAFT: (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW),
    ProjectStatus.IN_PROGRESS: (ProjectStatus.REVIEW,),
    ProjectStatus.APPROVED: (ProjectStatus.IN_PROGRESS, ProjectStatus.REVIEW),
}
"""A project that is in review stays there; one that is delivered stays delivered, though a film of it is seen again."""


@dataclass(frozen=True)
class VersionFile:
    """One film of a version: the export, and its bytes as they were sent."""

    export: Export
    asset: Asset
    sha256: str
    review_copy: JsonObject
    """Kind to the asset that is seen in its place until the version is approved; empty: it is seen itself."""


@dataclass(frozen=True)
class Watermarked:
    """What stands across the films of a version until they are approved, and the copies that have it."""

    text: str
    copies: JsonObject
    """Export id to the files of its copy (VersionExport.review_copy)."""


def send_version(
    session: Session,
    video: Video,
    export_ids: Sequence[str],
    *,
    message: str,
    by: Actor,
    at: datetime,
    watermarked: Watermarked | None = None,
) -> Version:
    """The video's next version, of one finished export for each format.

    The version before is replaced and its decision voided; its open notes go along as a checklist. The project goes to
    review, and remembers whether there is a watermark. Raises NotFound (an export that is not this video's), Conflict
    (export_unfinished, sending_under_way), Invalid.
    """
    hold_reviews(session, video.id)
    require_nothing_under_way(session, video.id)
    files = films_to_send(session, video, export_ids)
    before = current_version(session, video.id)
    version = Version(
        id=new_id(),
        video_id=video.id,
        client_id=video.client_id,
        number=before.number + 1 if before else 1,
        message=clean_prose(message, "message", longest=LONGEST_MESSAGE),
        watermark=watermarked.text if watermarked else "",
        sent_by_staff_id=by.staff_id,
        created_at=at,
    )
    session.add(version)
    session.flush()
    session.add_all(
        VersionExport(
            version_id=version.id,
            export_id=export.id,
            sha256=asset.sha256,
            review_copy=watermarked.copies[export.id] if watermarked else {},
        )
        for export, asset in files
    )
    if before is not None:
        _replace(session, before, version, at)
    project = get_project(session, video.project_id)
    project.watermarks_reviews = watermarked is not None
    for status in _WAY_TO_REVIEW.get(project.status, ()):
        move_project(session, project.id, status, by=by, at=at, reason=f"{video.title}: version {version.number}")
    session.flush()
    return version


def hold_reviews(session: Session, video_id: str) -> None:
    """To the end of this transaction nobody else sends a version of this video or decides on one."""
    hold_lock(session, f"reviews:{video_id}")


def require_nothing_under_way(session: Session, video_id: str) -> None:
    """Raises Conflict (sending_under_way) while films of this video get their watermark."""
    under_way = select(Sending.id).where(Sending.video_id == video_id, Sending.status == SendingStatus.PREPARING)
    if session.scalar(under_way.limit(1)) is not None:
        raise Conflict(
            "A version of this video is on its way: its films get their watermark. Wait for it, or stop it first.",
            code="sending_under_way",
        )


def current_version(session: Session, video_id: str) -> Version | None:
    """The newest version of a video; None where none was sent."""
    return session.scalar(select(Version).where(Version.video_id == video_id).order_by(Version.number.desc()).limit(1))


def versions_of(session: Session, video_id: str) -> Sequence[Version]:
    """All versions of a video, the newest first."""
    return session.scalars(select(Version).where(Version.video_id == video_id).order_by(Version.number.desc())).all()


def get_version(session: Session, version_id: str, *, client_id: str | None = None) -> Version:
    """Raises NotFound, also where it is another client's than the one who asks."""
    version = session.get(Version, version_id)
    if version is None or client_id not in (None, version.client_id):
        raise NotFound("version", version_id)
    return version


def mark_seen(session: Session, version: Version, contact_id: str, *, at: datetime) -> None:
    """Somebody of the client has it open; who came first, and when, stays."""
    session.execute(
        update(Version)
        .where(Version.id == version.id, Version.seen_at.is_(None))
        .values(seen_at=at, seen_by_contact_id=contact_id)
    )


def revoke_links(session: Session, version: Version) -> Version:
    """Every address of its files that was handed out is dead from now on."""
    session.refresh(version, with_for_update=True)
    version.link_generation += 1
    session.flush()
    return version


def files_of(session: Session, version_id: str) -> list[VersionFile]:
    """The films of a version, by format."""
    rows = session.execute(
        select(Export, Asset, VersionExport.sha256, VersionExport.review_copy)
        .options(defer(Export.timeline_document, raiseload=True))
        .join(VersionExport, VersionExport.export_id == Export.id)
        .join(Asset, Asset.id == Export.asset_id)
        .where(VersionExport.version_id == version_id)
        .order_by(Export.format)
    ).all()
    return [VersionFile(export, asset, sha256, copy) for export, asset, sha256, copy in rows]


def films_to_send(session: Session, video: Video, export_ids: Sequence[str]) -> list[tuple[Export, Asset]]:
    """Finished films by their ids, one for each format. Raises NotFound, Conflict (export_unfinished), Invalid."""
    if not export_ids:
        raise Invalid("There is no film in this version. Pick one for each format.", field="export_ids")
    rows = session.execute(
        select(Export, Asset)
        .options(defer(Export.timeline_document, raiseload=True))
        .outerjoin(Asset, Asset.id == Export.asset_id)
        .where(Export.id.in_(export_ids), Export.video_id == video.id)
    ).all()
    found = {export.id: (export, asset) for export, asset in rows}
    formats: set[str] = set()
    files: list[tuple[Export, Asset]] = []
    for id_ in dict.fromkeys(export_ids):
        if id_ not in found:
            raise NotFound("export", id_)
        export, asset = found[id_]
        if export.status is not ExportStatus.READY or asset is None:
            raise Conflict(f"The film in {export.format} is not finished yet.", code="export_unfinished")
        if export.format in formats:
            raise Invalid(f"Two films are in {export.format}. Pick one of them.", field="export_ids")
        formats.add(export.format)
        files.append((export, asset))
    return files


def _replace(session: Session, before: Version, version: Version, at: datetime) -> None:
    before.replaced_at = at
    session.execute(
        update(Decision)
        .where(Decision.version_id == before.id, Decision.voided_at.is_(None), Decision.withdrawn_at.is_(None))
        .values(voided_at=at, voided_by_version_id=version.id)
    )
    open_notes = session.scalars(
        select(Note)
        .where(Note.version_id == before.id, Note.answers_note_id.is_(None), Note.resolved_at.is_(None))
        .order_by(Note.start_ms, Note.id)
    )
    session.add_all(
        Note(
            version_id=version.id,
            carried_from_note_id=note.id,
            contact_id=note.contact_id,
            staff_id=note.staff_id,
            start_ms=note.start_ms,
            end_ms=note.end_ms,
            text=note.text,
            drawing=note.drawing,
            created_at=at,
            updated_at=at,
        )
        for note in open_notes
    )
