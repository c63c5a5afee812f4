"""Sendings: versions on their way to a client, while their films get a watermark.

Called by api.routers.reviews and automations.workflows.watermarks.
Law: see the package. A version is there once all its watermarked films are, or not at all; what was sent meanwhile is
never sent over.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.actors import Actor
from engine.core.errors import Conflict, NotFound
from engine.core.models import Client, JsonObject, Sending, SendingStatus, Version, Video, new_id
from engine.core.reviews.versions import (
    LONGEST_MESSAGE,
    Watermarked,
    current_version,
    films_to_send,
    hold_reviews,
    require_nothing_under_way,
    send_version,
)
from engine.core.reviews.watermarks import watermark_of
from engine.core.texts import clean_prose


def ask_sending(
    session: Session, video: Video, export_ids: Sequence[str], *, message: str, by: Actor, at: datetime
) -> Sending:
    """Films that go to the client once they have their watermark. The caller starts the job that makes it.

    Raises what send_version raises, now and not when the copies are made; Conflict (sending_under_way).
    """
    hold_reviews(session, video.id)
    require_nothing_under_way(session, video.id)
    films_to_send(session, video, export_ids)
    sending = Sending(
        id=new_id(),
        video_id=video.id,
        export_ids=list(dict.fromkeys(export_ids)),
        message=clean_prose(message, "message", longest=LONGEST_MESSAGE),
        watermark=watermark_of(session.get_one(Client, video.client_id), at=at),
        staff_id=by.id,
        copies={},
        status=SendingStatus.PREPARING,
        created_at=at,
    )
    session.add(sending)
    session.flush()
    return sending


def get_sending(session: Session, sending_id: str) -> Sending:
    """Raises NotFound."""
    sending = session.get(Sending, sending_id)
    if sending is None:
        raise NotFound("sending", sending_id)
    return sending


def last_sending(session: Session, video_id: str) -> Sending | None:
    """The one that is under way, or that went wrong and was not sent again since; None where there is neither."""
    sending = session.scalar(
        select(Sending)
        .where(Sending.video_id == video_id)
        .order_by(Sending.created_at.desc(), Sending.id.desc())
        .limit(1)
    )
    if sending is None or sending.status is SendingStatus.SENT or _is_overtaken(session, sending):
        return None
    return sending


def begin_sending(session: Session, sending_id: str, *, job_id: str) -> Sending:
    """Its job has begun, perhaps once more. Raises NotFound, Conflict (sending_overtaken, sending_under_way)."""
    sending = get_sending(session, sending_id)
    hold_reviews(session, sending.video_id)
    session.refresh(sending)
    if sending.job_id == job_id and sending.status in {SendingStatus.PREPARING, SendingStatus.SENT}:
        return sending
    if sending.status is SendingStatus.SENT or _is_overtaken(session, sending):
        raise Conflict("A version was sent since. This one stays here.", code="sending_overtaken")
    require_nothing_under_way(session, sending.video_id)
    sending.status, sending.problem, sending.job_id = SendingStatus.PREPARING, "", job_id
    session.flush()
    return sending


def keep_copy(session: Session, sending_id: str, export_id: str, files: JsonObject) -> Sending:
    """The watermarked copy of one film is stored. files: kind to asset id."""
    sending = session.get_one(Sending, sending_id, with_for_update=True, populate_existing=True)
    sending.copies = {**sending.copies, export_id: files}
    session.flush()
    return sending


def finish_sending(session: Session, sending_id: str, *, at: datetime) -> Version | None:
    """All copies are there: the version. None where it was sent already, or stopped meanwhile."""
    sending = get_sending(session, sending_id)
    hold_reviews(session, sending.video_id)
    session.refresh(sending)
    if sending.status is not SendingStatus.PREPARING:
        return None
    sending.status = SendingStatus.SENT  # first, since nothing is sent while something is under way
    session.flush()
    version = send_version(
        session,
        session.get_one(Video, sending.video_id),
        [str(id_) for id_ in sending.export_ids],
        message=sending.message,
        by=Actor("staff", sending.staff_id),
        at=at,
        watermarked=Watermarked(sending.watermark, sending.copies),
    )
    sending.version_id = version.id
    session.flush()
    return version


def end_sending(session: Session, sending_id: str, *, job_id: str, problem: str, canceled: bool) -> Sending | None:
    """Its job ended without sending it; `problem` says why, for a person. None where it ended before."""
    sending = session.get(Sending, sending_id, with_for_update=True, populate_existing=True)
    if sending is None or sending.status is not SendingStatus.PREPARING or sending.job_id != job_id:
        return None
    sending.status = SendingStatus.CANCELED if canceled else SendingStatus.FAILED
    sending.problem = problem
    session.flush()
    return sending


def _is_overtaken(session: Session, sending: Sending) -> bool:
    newest = current_version(session, sending.video_id)
    return newest is not None and newest.id > sending.id  # a UUIDv7: the later, the greater
