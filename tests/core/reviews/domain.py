"""A review in a test: verbs that make what was sent to a client. Used by tests.core and tests.api."""

from datetime import timedelta

from sqlalchemy.orm import Session

from engine.core import contacts, exports, videos
from engine.core.actors import SYSTEM, Actor
from engine.core.models import Contact, Export, Timeline, Version, Video
from engine.core.reviews import versions
from tests.core.domain import NOW, a_picture, a_producer, a_video

LATER = NOW + timedelta(hours=1)


def a_contact(session: Session, client_id: str, name: str = "Anna", email: str = "anna@bakkerij.example") -> Contact:
    """Somebody at the client."""
    return contacts.add_contact(session, client_id, name=name, email=email, at=NOW)


def an_asked_film(session: Session, video: Video, format_name: str = "9:16") -> Export:
    """An export that waits for its turn."""
    timeline = Timeline(video_id=video.id, document={"scenes": []}, revision=1, created_at=NOW, updated_at=NOW)
    return exports.ask_export(session, video, timeline, format=format_name, quality="standard", by=SYSTEM, at=NOW)


def a_film(session: Session, video: Video, format_name: str = "9:16") -> Export:
    """A finished export; its bytes are nowhere."""
    asked = an_asked_film(session, video, format_name)
    return exports.finish_export(session, asked.id, asset=a_picture(session), sidecars={}, duration_ms=30_000, at=NOW)


def a_version(session: Session, video: Video | None = None, *, by: Actor | None = None) -> Version:
    """A version of one film, sent by Jeroen."""
    video = video or a_video(session)
    film = a_film(session, video)
    return versions.send_version(
        session, video, [film.id], message="Kijk je mee?", by=by or a_producer(session), at=NOW
    )


def video_of(session: Session, version: Version) -> Video:
    """The video that a version is of."""
    return videos.get_video(session, version.video_id)


def actor_of(who: Contact | Version) -> Actor:
    """A contact as somebody who acts, or the member of staff who sent a version."""
    if isinstance(who, Contact):
        return Actor("contact", who.id)
    assert who.sent_by_staff_id is not None
    return Actor("staff", who.sent_by_staff_id)
