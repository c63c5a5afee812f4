"""Shown reviews: versions with their films, notes and decisions, as whoever asks may see them.

Called by api.routers.reviews (staff) and api.services.shown_portal (contacts): both see the same.
Law: as few queries for a page of versions as for one. Nobody's address is shown, only what people are called.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.schemas.reviews import (
    DecidedFile,
    DecisionOut,
    Drawing,
    FilmFile,
    NoteOut,
    SendingOut,
    VersionOut,
    VersionRow,
    VersionsOut,
)
from api.schemas.videos import ReviewState
from api.services.review_links import ReviewLinks
from engine.core.actors import Actor
from engine.core.models import Asset, Client, Contact, Decision, Note, Project, Staff, Verdict, Version, Video
from engine.core.reviews.notes import notes_of
from engine.core.reviews.sendings import last_sending
from engine.core.reviews.versions import files_of, versions_of
from engine.core.reviews.watermarks import is_open

FILMSTRIP_FRAMES: Final = 12
OWN_FPS: Final = 30.0
"""Of every film that the engine renders."""


@dataclass(frozen=True)
class Surroundings:
    """What a version stands in."""

    video: Video
    project: Project
    client: Client


def surroundings_of(session: Session, version: Version) -> Surroundings:
    """The video, the project and the client of a version."""
    row = session.execute(
        select(Video, Project, Client)
        .join(Project, Project.id == Video.project_id)
        .join(Client, Client.id == Video.client_id)
        .where(Video.id == version.video_id)
    ).one()
    return Surroundings(row[0], row[1], row[2])


def as_rows(session: Session, versions: Sequence[Version], viewer: Actor, at: datetime) -> list[VersionRow]:
    """Versions as a list shows them, in their order."""
    ids = [version.id for version in versions]
    decisions = {
        decision.version_id: decision
        for decision in session.scalars(
            select(Decision).where(Decision.version_id.in_(ids), Decision.withdrawn_at.is_(None))
        )
    }
    names = names_of(
        session,
        [
            *(version.sent_by_staff_id for version in versions),
            *(version.seen_by_contact_id for version in versions),
            *(decision.contact_id for decision in decisions.values()),
        ],
    )
    counted = session.execute(
        select(Note.version_id, Note.resolved_at.is_(None), func.count())
        .where(Note.version_id.in_(ids), Note.answers_note_id.is_(None))
        .group_by(Note.version_id, Note.resolved_at.is_(None))
    ).all()
    notes, still_open = Counter[str](), Counter[str]()
    for version_id, is_left, count in counted:
        notes[version_id] += count
        still_open[version_id] += count if is_left else 0
    return [
        VersionRow(
            id=version.id,
            video_id=version.video_id,
            number=version.number,
            message=version.message,
            sent_by_name=names.get(version.sent_by_staff_id or "", ""),
            sent_at=version.created_at,
            seen_at=version.seen_at,
            seen_by=names.get(version.seen_by_contact_id or ""),
            replaced_at=version.replaced_at,
            state=state_of(version, decisions.get(version.id), at),
            decision=_shown_decision(decisions[version.id], names, viewer) if version.id in decisions else None,
            note_count=notes[version.id],
            open_note_count=still_open[version.id],
        )
        for version in versions
    ]


def as_versions(session: Session, video: Video, viewer: Actor, at: datetime) -> VersionsOut:
    """All versions of a video, and the one that is on its way."""
    sending = last_sending(session, video.id)
    return VersionsOut(
        items=as_rows(session, versions_of(session, video.id), viewer, at),
        sending=SendingOut.model_validate(sending) if sending else None,
        watermarks_reviews=session.get_one(Project, video.project_id).watermarks_reviews,
    )


def state_of(version: Version, decision: Decision | None, at: datetime) -> ReviewState:
    """Where a version stands now."""
    if version.replaced_at is not None:
        return "replaced"
    if decision is None:
        return "waiting"
    if decision.effective_at is None and at < decision.takes_effect_at:
        return "deciding"
    return "approved" if decision.verdict is Verdict.APPROVED else "changes_requested"


def as_decision(session: Session, decision: Decision, viewer: Actor) -> DecisionOut:
    """One decision as it is shown."""
    return _shown_decision(decision, names_of(session, [decision.contact_id]), viewer)


def as_notes(session: Session, version_id: str, viewer: Actor) -> list[NoteOut]:
    """All notes of a version and their answers, by their moment."""
    return _shown_notes(session, notes_of(session, version_id), viewer)


def as_note(session: Session, note: Note, viewer: Actor) -> NoteOut:
    """One note as it is shown."""
    return _shown_notes(session, [note], viewer)[0]


def as_version(
    session: Session, version: Version, viewer: Actor, links: ReviewLinks, portal_address: str
) -> VersionOut:
    """A version with its films, its notes and all versions of its video, for staff."""
    around = surroundings_of(session, version)
    rows = as_rows(session, versions_of(session, version.video_id), viewer, links.at)
    row = next(row for row in rows if row.id == version.id)
    return VersionOut(
        **row.model_dump(),
        title=around.video.title,
        project_id=around.project.id,
        project_name=around.project.name,
        client_name=around.client.name,
        newest_version_id=rows[0].id,
        watermark=version.watermark,
        portal_url=f"{portal_address}/videos/{version.video_id}/{version.number}",
        films=as_films(session, version, around.video.title, links),
        versions=rows,
        notes=as_notes(session, version.id, viewer),
    )


def as_films(session: Session, version: Version, title: str, links: ReviewLinks) -> list[FilmFile]:
    """The films of a version, by format, with addresses to play them by: those with its watermark, while that is not
    approved. What is said of a film is always said of itself."""
    files = files_of(session, version.id)
    is_clean = is_open(session, version, at=links.at)
    wanted = {str(id_) for file in files for id_ in file.export.sidecars.values() if id_}
    assets = {asset.id: asset for asset in session.scalars(select(Asset).where(Asset.id.in_(wanted)))}
    shown = []
    for file in files:
        beside = {kind: assets.get(str(id_)) for kind, id_ in file.export.sidecars.items()}
        url = links.of(version, file.export, title, is_copy=not is_clean)
        shown.append(
            FilmFile(
                export_id=file.export.id,
                format=file.export.format,
                width=_whole(file.asset.facts.get("width")),
                height=_whole(file.asset.facts.get("height")),
                fps=_fps(file.asset.facts.get("fps")),
                duration_ms=file.export.duration_ms,
                size_bytes=file.asset.size_bytes,
                sha256=file.sha256,
                play_url=url("film"),
                poster_url=url("thumbnail") if beside.get("thumbnail") else None,
                filmstrip_url=url("filmstrip") if beside.get("filmstrip") else None,
                filmstrip_frames=FILMSTRIP_FRAMES,
                captions_url=url("vtt") if beside.get("vtt") else None,
            )
        )
    return shown


def names_of(session: Session, ids: Sequence[str | None]) -> Mapping[str, str]:
    """What contacts and members of staff are called, by their ids."""
    wanted = {id_ for id_ in ids if id_}
    if not wanted:
        return {}
    staff = session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(wanted)))
    contacts = session.execute(select(Contact.id, Contact.name).where(Contact.id.in_(wanted)))
    return {row.id: row.name for row in (*staff, *contacts)}


def _shown_decision(decision: Decision, names: Mapping[str, str], viewer: Actor) -> DecisionOut:
    return DecisionOut(
        id=decision.id,
        version_id=decision.version_id,
        verdict=decision.verdict.value,
        contact_name=names.get(decision.contact_id, ""),
        is_mine=decision.contact_id == viewer.id,
        agreed_text=decision.agreed_text,
        note=decision.note,
        files=[DecidedFile(format=name, sha256=str(sha256)) for name, sha256 in sorted(decision.files.items())],
        decided_at=decision.created_at,
        takes_effect_at=decision.takes_effect_at,
        effective_at=decision.effective_at,
        voided_at=decision.voided_at,
        voided_by_version_id=decision.voided_by_version_id,
    )


def _shown_notes(session: Session, notes: Sequence[Note], viewer: Actor) -> list[NoteOut]:
    settlers = {note.id: note.resolved_by.partition(":")[2] for note in notes if note.resolved_by}
    names = names_of(
        session,
        [*(note.contact_id for note in notes), *(note.staff_id for note in notes), *settlers.values()],
    )
    return [
        NoteOut(
            id=note.id,
            version_id=note.version_id,
            answers_note_id=note.answers_note_id,
            carried_from_note_id=note.carried_from_note_id,
            was_addressed=note.was_addressed,
            author_name=names.get(note.contact_id or note.staff_id or "", ""),
            is_studio=note.contact_id is None,
            is_mine=viewer.id in {note.contact_id, note.staff_id},
            start_ms=note.start_ms,
            end_ms=note.end_ms,
            text=note.text,
            drawing=Drawing.model_validate(note.drawing) if note.drawing else None,
            settled_at=note.resolved_at,
            settled_by_name=names.get(settlers.get(note.id, ""), ""),
            created_at=note.created_at,
            updated_at=note.updated_at,
            revision=note.revision,
        )
        for note in notes
    ]


def _whole(fact: object) -> int | None:
    return int(fact) if isinstance(fact, int | float) else None


def _fps(fact: object) -> float:
    return float(fact) if isinstance(fact, int | float) and fact > 0 else OWN_FPS
