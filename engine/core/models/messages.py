"""Messages: what a client and the studio write to each other, and the mails that tell people of what happened.

Rules: engine.core.messages, engine.core.mails.
Law: a mail's words are made when it is sent; its row holds what they are made from, and never what signs anybody in.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from engine.core.models.base import Base, Created, Document, Id, Identified, Name, Prose, one_of


class Message(Identified, Created, Base):
    """Something that a contact wrote to the studio, or the studio to a client. Each client has one thread."""

    __tablename__ = "messages"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    text: Mapped[Prose]

    __table_args__ = (Index(None, "client_id", "created_at", "id"),)


class ThreadRead(Base):
    """Until when somebody has read a client's thread."""

    __tablename__ = "threads_read"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[Id] = mapped_column(primary_key=True)
    """A contact's, or that of a member of staff."""
    read_until: Mapped[datetime]


class MailStatus(StrEnum):
    """What became of a mail."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    """In the outbox: no mail provider is set, so that it went nowhere."""
    FAILED = "failed"
    DROPPED = "dropped"
    """Nothing to tell was left when its turn came."""


class Mail(Identified, Created, Base):
    """One mail to one person."""

    __tablename__ = "mails"

    kind: Mapped[str] = mapped_column(String(40))
    """sign_in, invitation, new_version, reply, message, decision or digest; engine.core.mail_words has the words."""
    contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    to_email: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[Name] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(8), default="nl")
    facts: Mapped[Document] = mapped_column(default=dict)
    path: Mapped[str] = mapped_column(String(500), default="")
    """Where its button leads: in the portal for a contact, in the engine app for staff."""
    once_key: Mapped[str] = mapped_column(String(200), unique=True)
    """What it tells of and to whom, so that it is told once."""
    status: Mapped[MailStatus] = mapped_column(one_of(MailStatus), default=MailStatus.WAITING)
    provider: Mapped[str] = mapped_column(String(20), default="")
    subject: Mapped[Name] = mapped_column(default="")
    """As it was sent."""
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[Prose] = mapped_column(default="")
    """Why it was not sent, for a person."""
    sent_at: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        Index(None, "created_at", "id"),
        Index(None, "status", "created_at", "id"),
        Index(None, "contact_id", "created_at", "id"),
    )
