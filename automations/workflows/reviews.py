"""Reviews: what follows from a version, a note, a decision and a message, for people and for programs.

Called by api.routers.reviews, api.routers.portal_reviews and the routers of messages, in the transaction of what
happened; a decision's effect is a job that starts when its ten seconds are over.
Law: who did it is not told of it. What follows from a decision follows once, also when this machine was down meanwhile.
"""

from datetime import datetime
from typing import Final

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations import jobs
from automations.events import (
    MessageWritten,
    NoteAdded,
    NoteSettled,
    VersionSent,
    VideoApproved,
    VideoChangesRequested,
    emit,
)
from automations.runs import JobKind, Later, Run
from automations.workflows.mail import tell_contacts, tell_staff
from engine.core import notifications
from engine.core.actors import Actor
from engine.core.models import (
    Client,
    Contact,
    Decision,
    JsonObject,
    Message,
    Note,
    Project,
    Staff,
    Verdict,
    Version,
    Video,
)
from engine.core.reviews import decisions
from engine.core.studio_settings import get_choices

_GRACE_S: Final = 0.5
"""After the ten seconds, so that a clock that is a little behind does not come too early."""


def version_was_sent(session: Session, version: Version, *, at: datetime) -> None:
    """Tell the client's people, and whoever listens, that a version waits."""
    video, project, client = _around(session, version)
    facts: JsonObject = {"title": video.title, "number": version.number, "texts": _texts(version.message)}
    tell_contacts(
        session,
        client.id,
        kind="new_version",
        facts=facts,
        path=f"/videos/{video.id}",
        once_key=f"version:{version.id}",
        at=at,
    )
    emit(session, VersionSent.of(version, video, project, client), at=at)


def note_was_added(session: Session, note: Note, version: Version, *, at: datetime) -> None:
    """Tell the other side of a note or an answer, and whoever listens."""
    video, project, client = _around(session, version)
    author = _author_name(session, note.contact_id, note.staff_id)
    emit(session, NoteAdded.of(note, version, video, project, client, author_name=author), at=at)
    if note.contact_id is not None:
        notifications.notify_everybody(
            session,
            kind="note_added",
            facts={"title": video.title, "number": version.number, "contact": author, "client": client.name},
            path=studio_path(video),
            # Somebody who notes ten things in a row rings the bell once an hour.
            once_key=f"notes:{version.id}:{note.contact_id}:{at:%Y%m%d%H}",
            at=at,
        )
    elif note.answers_note_id is not None:
        asked = session.get_one(Note, note.answers_note_id)
        if asked.contact_id is None:
            return
        tell_contacts(
            session,
            client.id,
            kind="reply",
            facts={"title": video.title, "from_name": author, "texts": [note.text]},
            path=f"/videos/{video.id}",
            once_key=f"reply:{note.id}",
            at=at,
            only=asked.contact_id,
        )


def note_was_settled(
    session: Session, note: Note, version: Version, *, was_settled: bool, by: Actor, at: datetime
) -> None:
    """Tell whoever listens that a note is done or open again; nothing where it was so before."""
    if (note.resolved_at is not None) is was_settled:
        return
    video, project, client = _around(session, version)
    name = _author_name(session, by.id if by.kind == "contact" else None, by.staff_id)
    told = NoteSettled.of(note, version, video, project, client, by_name=name, is_studio=by.kind != "contact")
    emit(session, told, at=at)


def decision_was_made(session: Session, decision: Decision, version: Version, *, at: datetime) -> None:
    """Have its effect follow once its ten seconds are over."""
    delay_s = (decision.takes_effect_at - at).total_seconds() + _GRACE_S
    _enqueue(session, decision, version, at, delay_s, f"decision:{decision.id}")


def message_was_written(session: Session, message: Message, *, at: datetime) -> None:
    """Tell the other side of a client's thread, and whoever listens."""
    client = session.get_one(Client, message.client_id)
    author = _author_name(session, message.contact_id, message.staff_id)
    emit(session, MessageWritten.of(message, client, author_name=author), at=at)
    facts: JsonObject = {"from_name": author, "client": client.name, "texts": [message.text]}
    once_key = f"message:{message.id}"
    if message.staff_id is not None:
        tell_contacts(session, client.id, kind="message", facts=facts, path="/messages", once_key=once_key, at=at)
        return
    tell_staff(session, kind="message", facts=facts, path=f"/clients/{client.id}", once_key=once_key, at=at)
    tell_contacts(  # a colleague at the same client reads the same thread
        session,
        client.id,
        kind="message",
        facts=facts,
        path="/messages",
        once_key=once_key,
        at=at,
        but=message.contact_id,
    )


def take_effect(run: Run, decision_id: str) -> JsonObject:
    """What follows from a decision: the project moves, staff and programs are told."""
    at = run.workshop.now()
    with run.workshop.database.writing() as session:
        decision = session.get_one(Decision, decision_id)
        if at < decision.takes_effect_at:
            raise Later((decision.takes_effect_at - at).total_seconds() + _GRACE_S, stage="undo")
        effect = decisions.take_effect(session, decision_id, at=at)
        if effect is None:
            return {"took_effect": False}
        if effect.is_first:
            _tell_of(session, effect, at)
    return {"took_effect": True}


TAKE_EFFECT: Final = JobKind("take_effect", "clients", take_effect, unforeseen_retry_s=60.0)


def take_up_lost_decisions(session: Session, *, at: datetime) -> int:
    """Start what should have followed from decisions and did not; answers how many. Called every night."""
    lost = session.execute(
        select(Decision, Version)
        .join(Version, Version.id == Decision.version_id)
        .where(
            Decision.takes_effect_at < at,
            Decision.effective_at.is_(None),
            Decision.withdrawn_at.is_(None),
            Decision.voided_at.is_(None),
        )
        .limit(500)
    ).all()
    for decision, version in lost:
        _enqueue(session, decision, version, at, 0.0, f"decision:{decision.id}:{at:%Y%m%d}")
    return len(lost)


def studio_path(video: Video) -> str:
    """Where a video's review is in the engine app."""
    return f"/projects/{video.project_id}/videos/{video.id}"


def _enqueue(session: Session, decision: Decision, version: Version, at: datetime, delay_s: float, job_id: str) -> None:
    jobs.enqueue(
        session,
        TAKE_EFFECT,
        decision.id,
        at=at,
        job_id=job_id,
        asked_by=str(Actor("contact", decision.contact_id)),
        client_id=version.client_id,
        video_id=version.video_id,
        delay_s=delay_s,
    )


def _tell_of(session: Session, effect: decisions.Effect, at: datetime) -> None:
    decision, version, video, project = effect.decision, effect.version, effect.video, effect.project
    client = session.get_one(Client, project.client_id)
    contact = session.get_one(Contact, decision.contact_id)
    told = VideoApproved if decision.verdict is Verdict.APPROVED else VideoChangesRequested
    emit(session, told.of(decision, version, video, project, client, contact), at=at)
    facts: JsonObject = {
        "verdict": decision.verdict.value,
        "title": video.title,
        "number": version.number,
        "client": client.name,
        "contact": contact.name,
        "round": project.used_revision_rounds,
        "texts": _texts(decision.note),
    }
    tell_staff(
        session, kind="decision", facts=facts, path=studio_path(video), once_key=f"decision:{decision.id}", at=at
    )


def _around(session: Session, version: Version) -> tuple[Video, Project, Client]:
    row = session.execute(
        select(Video, Project, Client)
        .join(Project, Project.id == Video.project_id)
        .join(Client, Client.id == Project.client_id)
        .where(Video.id == version.video_id)
    ).one()
    return row[0], row[1], row[2]


def _author_name(session: Session, contact_id: str | None, staff_id: str | None) -> str:
    person = session.get(Contact, contact_id) if contact_id else session.get(Staff, staff_id or "")
    return (person.name if person else "") or get_choices(session).studio_name


def _texts(text: str) -> list[JsonValue]:
    return [text] if text.strip() else []
