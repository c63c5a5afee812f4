"""Decisions: a client approves a version or asks for changes, on record.

Law: see the package. A decision counts once its ten seconds to take it back are over; until then nothing follows from
it. What was decided names the very bytes: the SHA-256 of every file that the contact saw.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.errors import Conflict, Invalid, NotFound, Refused
from engine.core.models import Contact, Decision, Note, Project, ProjectStatus, Verdict, Version, Video, new_id
from engine.core.projects import move_project
from engine.core.reviews.versions import files_of, hold_reviews
from engine.core.texts import clean_prose

TAKES_EFFECT_AFTER: Final = timedelta(seconds=10)
LONGEST_NOTE: Final = 10_000


@dataclass(frozen=True)
class Effect:
    """What followed from a decision."""

    decision: Decision
    version: Version
    video: Video
    project: Project
    is_first: bool
    """False where this was asked before: then it is told to nobody again."""


def decide(
    session: Session, version: Version, contact: Contact, verdict: Verdict, *, agreed_text: str, note: str, at: datetime
) -> Decision:
    """Write a decision down. agreed_text: the sentence that the contact confirmed, as it was shown.

    Changes are asked for with words: in `note`, or in an open note on the version. Raises Conflict (version_replaced,
    version_decided), Invalid.
    """
    hold_reviews(session, version.video_id)
    session.refresh(version)
    if version.replaced_at is not None:
        raise Conflict("There is a newer version. Look at that one before you decide.", code="version_replaced")
    if (standing := standing_decision(session, version.id)) is not None:
        raise Conflict("This version was decided on already.", code="version_decided", verdict=standing.verdict.value)
    words = clean_prose(note, "note", longest=LONGEST_NOTE).strip()
    if verdict is Verdict.CHANGES_REQUESTED and not words and not _has_open_note(session, version.id):
        raise Invalid("Say what should change, here or in a note on the film.", field="note")
    decision = Decision(
        id=new_id(),
        version_id=version.id,
        contact_id=contact.id,
        verdict=verdict,
        agreed_text=clean_prose(agreed_text, "agreed_text", longest=2_000),
        note=words,
        files={file.export.format: file.sha256 for file in files_of(session, version.id)},
        takes_effect_at=at + TAKES_EFFECT_AFTER,
        created_at=at,
    )
    session.add(decision)
    session.flush()
    return decision


def withdraw_decision(session: Session, decision: Decision, *, by: Contact, at: datetime) -> Decision:
    """Take it back while nothing has followed from it. Asked twice, the first time counts.

    Raises Refused (another's), Conflict (decision_counts).
    """
    if decision.contact_id != by.id:
        raise Refused("Only who decided takes it back.", code="not_your_decision")
    if decision.withdrawn_at is not None:
        return decision
    if decision.effective_at is not None or at >= decision.takes_effect_at:
        raise Conflict("This decision counts already. Write to us, and we send a new version.", code="decision_counts")
    decision.withdrawn_at = at
    session.flush()
    return decision


def take_effect(session: Session, decision_id: str, *, at: datetime) -> Effect | None:
    """What follows from a decision whose time is over: the project moves, a revision round counts. Once, however often
    it is asked; None where it was withdrawn or voided meanwhile. Raises NotFound."""
    decision = get_decision(session, decision_id)
    version = session.get_one(Version, decision.version_id)
    hold_reviews(session, version.video_id)
    session.refresh(decision)
    if decision.withdrawn_at is not None or decision.voided_at is not None:
        return None
    video = session.get_one(Video, version.video_id)
    project = session.get_one(Project, video.project_id)
    is_first = decision.effective_at is None
    if is_first:
        decision.effective_at = at
        _move(session, decision, video, project, at)
        session.flush()
    return Effect(decision, version, video, project, is_first)


def get_decision(session: Session, decision_id: str) -> Decision:
    """Raises NotFound."""
    decision = session.get(Decision, decision_id)
    if decision is None:
        raise NotFound("decision", decision_id)
    return decision


def standing_decision(session: Session, version_id: str) -> Decision | None:
    """The decision on a version that was not withdrawn; one that was voided is still told."""
    return session.scalar(
        select(Decision).where(Decision.version_id == version_id, Decision.withdrawn_at.is_(None)).limit(1)
    )


def _has_open_note(session: Session, version_id: str) -> bool:
    rows = select(Note.id).where(
        Note.version_id == version_id,
        Note.answers_note_id.is_(None),
        Note.resolved_at.is_(None),
        Note.contact_id.is_not(None),
    )
    return session.scalar(rows.limit(1)) is not None


def _move(session: Session, decision: Decision, video: Video, project: Project, at: datetime) -> None:
    by = Actor("contact", decision.contact_id)
    if decision.verdict is Verdict.CHANGES_REQUESTED:
        project.used_revision_rounds += 1
        project.updated_at = at
        if project.status in {ProjectStatus.REVIEW, ProjectStatus.APPROVED}:
            move_project(session, project.id, ProjectStatus.IN_PROGRESS, by=by, at=at, reason=video.title)
    elif project.status is ProjectStatus.REVIEW and _all_are_approved(session, project.id):
        move_project(session, project.id, ProjectStatus.APPROVED, by=by, at=at, reason=video.title)


def _all_are_approved(session: Session, project_id: str) -> bool:
    """Whether each video of the project that was sent has its newest version approved."""
    waiting = (
        select(Version.id)
        .join(Video, Video.id == Version.video_id)
        .outerjoin(
            Decision,
            (Decision.version_id == Version.id)
            & (Decision.verdict == Verdict.APPROVED)
            & Decision.effective_at.is_not(None)
            & Decision.voided_at.is_(None),
        )
        .where(Video.project_id == project_id, Version.replaced_at.is_(None), Decision.id.is_(None))
    )
    return session.scalar(waiting.limit(1)) is None
