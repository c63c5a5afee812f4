"""Review: what was sent to a client, what they said of it and what they decided.

Rules: engine.core.reviews.
Law: what a decision says is written once and never changed; one that is taken back in time, or voided by a new version,
is kept and says so.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.core.models.base import (
    Base,
    Created,
    Document,
    Id,
    Identified,
    JsonColumn,
    JsonList,
    JsonObject,
    Prose,
    Revised,
    Sha256,
    one_of,
)


class Verdict(StrEnum):
    """What a client decided."""

    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


class SendingStatus(StrEnum):
    """What became of films that go to a client with a watermark."""

    PREPARING = "preparing"
    SENT = "sent"
    FAILED = "failed"
    CANCELED = "canceled"


class Sending(Identified, Created, Base):
    """A version that is on its way: it is there, and its client hears of it, once its films have their watermark."""

    __tablename__ = "sendings"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    export_ids: Mapped[JsonList]
    message: Mapped[Prose] = mapped_column(default="")
    watermark: Mapped[Prose]
    """As it is burnt into the films."""
    staff_id: Mapped[Id] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    copies: Mapped[Document] = mapped_column(default=dict)
    """Export id to the files of its watermarked copy, as they are made (VersionExport.review_copy)."""
    status: Mapped[SendingStatus] = mapped_column(one_of(SendingStatus), default=SendingStatus.PREPARING)
    problem: Mapped[Prose] = mapped_column(default="")
    """Why it was not sent, for a person."""
    job_id: Mapped[str | None] = mapped_column(String(120))
    """The one that makes the copies, or that made them last."""
    version_id: Mapped[Id | None] = mapped_column(ForeignKey("versions.id", ondelete="SET NULL"))

    __table_args__ = (Index(None, "video_id", "created_at", "id"),)


class Version(Identified, Created, Base):
    """A numbered set of exports of one video, sent for review."""

    __tablename__ = "versions"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    number: Mapped[int]
    message: Mapped[Prose] = mapped_column(default="")
    sent_by_staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    replaced_at: Mapped[datetime | None]
    link_generation: Mapped[int] = mapped_column(default=1)
    """Addresses of its files name it, and die when it rises."""
    watermark: Mapped[Prose] = mapped_column(default="")
    """What stands across its films until they are approved; empty: nothing."""
    seen_at: Mapped[datetime | None]
    """When somebody of the client first opened it in the portal."""
    seen_by_contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))

    __table_args__ = (UniqueConstraint("video_id", "number"), Index(None, "client_id", "created_at", "id"))


class VersionExport(Base):
    """One file of a version, with the hash that the client saw."""

    __tablename__ = "version_exports"

    version_id: Mapped[Id] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    export_id: Mapped[Id] = mapped_column(ForeignKey("exports.id"), primary_key=True)
    sha256: Mapped[Sha256]
    review_copy: Mapped[Document] = mapped_column(default=dict)
    """Kind (film, thumbnail, filmstrip) to the asset that is seen in its place until the version is approved; empty:
    the file itself is seen."""


class Note(Identified, Created, Revised, Base):
    """A remark at a moment of a version, or an answer to one."""

    __tablename__ = "notes"

    version_id: Mapped[Id] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"))
    answers_note_id: Mapped[Id | None] = mapped_column(ForeignKey("notes.id", ondelete="CASCADE"))
    carried_from_note_id: Mapped[Id | None] = mapped_column(ForeignKey("notes.id", ondelete="SET NULL"))
    """The note on the version before that this one asks about: was it addressed?"""
    contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="SET NULL"))
    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="SET NULL"))
    was_addressed: Mapped[bool | None]
    """Of a carried note: what a contact answered. Empty until then."""
    start_ms: Mapped[int | None]
    """Empty: about the whole video."""
    end_ms: Mapped[int | None]
    text: Mapped[Prose]
    drawing: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    """Strokes in fractions of the frame."""
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[Prose] = mapped_column(default="")

    __table_args__ = (
        Index(None, "version_id", "start_ms", "id"),
        Index(None, "answers_note_id"),
        CheckConstraint("end_ms IS NULL OR end_ms >= start_ms", name="range_forward"),
    )


class Decision(Identified, Created, Base):
    """Who approved which bytes (or asked for changes), when, on what text."""

    __tablename__ = "decisions"

    version_id: Mapped[Id] = mapped_column(ForeignKey("versions.id"))
    contact_id: Mapped[Id] = mapped_column(ForeignKey("contacts.id"))
    verdict: Mapped[Verdict] = mapped_column(one_of(Verdict))
    agreed_text: Mapped[Prose]
    note: Mapped[Prose] = mapped_column(default="")
    files: Mapped[Document]
    """Format to sha256, as the contact saw them."""
    takes_effect_at: Mapped[datetime]
    """Until then its contact may take it back."""
    effective_at: Mapped[datetime | None]
    """When what follows from it was done."""
    withdrawn_at: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]
    voided_by_version_id: Mapped[Id | None] = mapped_column(ForeignKey("versions.id"))

    __table_args__ = (
        Index(
            "uq_decisions_version_id",
            "version_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index(None, "contact_id", "created_at"),
        Index(None, "takes_effect_at"),
    )
