"""Work: projects, their videos with scenes and takes, the cut, the files and the finished exports.

Rules: engine.core.projects, engine.core.videos, engine.core.takes, engine.core.assets, engine.core.exports.
Law: a take is never overwritten and never deleted while its video lives; an export names the bytes it is.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.core.models.base import (
    Base,
    Created,
    Document,
    Id,
    Identified,
    JsonColumn,
    JsonObject,
    Micros,
    Name,
    Prose,
    Revised,
    Sha256,
    one_of,
)
from engine.core.models.people import Client


class ProjectStatus(StrEnum):
    """Where a project stands; the moves are in engine.core.projects."""

    DRAFT = "draft"
    IN_PROGRESS = "in_progress"
    REVIEW = "review"
    APPROVED = "approved"
    DELIVERED = "delivered"


class VideoStatus(StrEnum):
    """Where a video stands; the moves are in engine.core.videos."""

    SCRIPTING = "scripting"
    GENERATING = "generating"
    RENDERING = "rendering"
    READY = "ready"
    DELIVERED = "delivered"


class VideoType(StrEnum):
    """What a video is made of."""

    IMAGE_VO = "image_vo"
    STOCK_VO = "stock_vo"
    RAW_EDIT = "raw_edit"
    AVATAR_VO = "avatar_vo"


class AssetType(StrEnum):
    """What a stored file is."""

    IMAGE = "image"
    AUDIO = "audio"
    MUSIC = "music"
    CLIP = "clip"
    DOCUMENT = "document"
    FONT = "font"


class TakeKind(StrEnum):
    """What a take is a variant of."""

    IMAGE = "image"
    CLIP = "clip"
    VOICE = "voice"
    AVATAR = "avatar"


class TakeSource(StrEnum):
    """Where a take came from."""

    GENERATED = "generated"
    UPLOADED = "uploaded"
    LIBRARY = "library"
    OFFLINE = "offline"


class ExportStatus(StrEnum):
    """How far an export is."""

    QUEUED = "queued"
    RENDERING = "rendering"
    READY = "ready"
    FAILED = "failed"
    CANCELED = "canceled"


class Project(Identified, Created, Revised, Base):
    """A job for a client: some videos, a price, a date."""

    __tablename__ = "projects"

    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    name: Mapped[Name]
    status: Mapped[ProjectStatus] = mapped_column(one_of(ProjectStatus), default=ProjectStatus.DRAFT)
    package_tier: Mapped[str] = mapped_column(String(80), default="")
    included_videos: Mapped[int | None]
    included_revision_rounds: Mapped[int | None]
    used_revision_rounds: Mapped[int] = mapped_column(default=0)
    price_micros: Mapped[Micros | None]
    due_on: Mapped[date | None]
    notes: Mapped[Prose] = mapped_column(default="")
    opens_when_paid: Mapped[bool] = mapped_column(default=False)
    """Its films can be watched, and fetched only once it is paid."""
    paid_at: Mapped[datetime | None]
    watermarks_reviews: Mapped[bool] = mapped_column(default=False)
    """Whether the last version of it went to its client with a watermark, which the next one then does too."""
    archived_at: Mapped[datetime | None]

    client: Mapped[Client] = relationship(lazy="raise")

    __table_args__ = (
        Index(None, "client_id", "created_at", "id"),
        Index(None, "status", "due_on", "id"),
        Index(None, "due_on", "id"),
        Index(None, "name", "id"),
        Index(None, "created_at", "id"),
        Index(None, "updated_at", "id"),
    )


class StatusChange(Identified, Base):
    """One move of a project or a video: who, when, from, to."""

    __tablename__ = "status_changes"

    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    video_id: Mapped[Id | None] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    """Empty where the project itself moved."""
    from_status: Mapped[str] = mapped_column(String(32))
    to_status: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(300))
    """Who did it, as engine.core.actors writes it."""
    reason: Mapped[Prose] = mapped_column(default="")

    __table_args__ = (Index(None, "project_id", "at", "id"), Index(None, "video_id", "at", "id"))


class Video(Identified, Created, Revised, Base):
    """One video: a script, its scenes, its cut."""

    __tablename__ = "videos"

    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    """The project's client, kept here too, so that a list by client needs no join."""
    title: Mapped[Name]
    type: Mapped[VideoType] = mapped_column(one_of(VideoType), default=VideoType.IMAGE_VO)
    status: Mapped[VideoStatus] = mapped_column(one_of(VideoStatus), default=VideoStatus.SCRIPTING)
    language: Mapped[str] = mapped_column(String(8), default="nl")
    script: Mapped[Prose] = mapped_column(default="")
    voice_take_id: Mapped[Id | None] = mapped_column(
        ForeignKey("takes.id", name="fk_videos_voice_take_id_takes", use_alter=True)
    )
    archived_at: Mapped[datetime | None]

    scenes: Mapped[list["Scene"]] = relationship(
        back_populates="video", lazy="raise", order_by="Scene.position", passive_deletes=True
    )
    project: Mapped[Project] = relationship(lazy="raise")

    __table_args__ = (
        Index(None, "project_id", "created_at", "id"),
        Index(None, "client_id", "created_at", "id"),
        Index(None, "status", "updated_at", "id"),
        Index(None, "title", "id"),
        Index(None, "created_at", "id"),
        Index(None, "updated_at", "id"),
    )


class Scene(Identified, Created, Revised, Base):
    """A part of a video's script with what is seen while it is said."""

    __tablename__ = "scenes"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    position: Mapped[int]
    """0 is the first; whole and without gaps within a video."""
    text: Mapped[Prose]
    prompt: Mapped[Prose] = mapped_column(default="")
    chosen_take_id: Mapped[Id | None] = mapped_column(
        ForeignKey("takes.id", name="fk_scenes_chosen_take_id_takes", use_alter=True)
    )
    focus: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    """The subject's box in fractions of the picture (engine.render.timeline.Box)."""
    motion: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    """engine.render.timeline.Motion."""
    transition: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    """engine.render.timeline.Transition."""
    cut_shift_ms: Mapped[int] = mapped_column(default=0)
    """The cut into this scene comes so much later (or earlier) than its words say."""

    video: Mapped[Video] = relationship(back_populates="scenes", lazy="raise")

    __table_args__ = (Index(None, "video_id", "position"),)


class Asset(Identified, Created, Revised, Base):
    """A stored file; its bytes lie in storage under the hash, and several assets may share them."""

    __tablename__ = "assets"

    sha256: Mapped[Sha256]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[AssetType] = mapped_column(one_of(AssetType))
    media_type: Mapped[str] = mapped_column(String(100))
    """As sniffed from the bytes, such as image/jpeg."""
    file_name: Mapped[Name]
    """As the person called it; only ever shown."""
    client_id: Mapped[Id | None] = mapped_column(ForeignKey("clients.id"))
    """Empty where it may be used for any client."""
    facts: Mapped[Document] = mapped_column(default=dict)
    """engine.render.media.probe.MediaFacts: width, height, duration …"""
    preview_sha256: Mapped[Sha256 | None]
    """A small WebP of a picture or clip, made by us: what browsers see in place of bytes that came from outside."""
    licence_note: Mapped[Prose] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "sha256"),
        Index(None, "preview_sha256"),
        Index(None, "type", "created_at", "id"),
        Index(None, "client_id", "created_at", "id"),
        Index(None, "created_at", "id"),
        Index(None, "file_name", "id"),
        CheckConstraint("size_bytes >= 0", name="size_not_negative"),
    )


class Take(Identified, Created, Revised, Base):
    """One variant of a picture, clip, voice or avatar, with what it cost. Going back to it costs nothing."""

    __tablename__ = "takes"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    scene_id: Mapped[Id | None] = mapped_column(ForeignKey("scenes.id", ondelete="SET NULL"))
    """Empty for a voice, which belongs to the whole video, and for a scene that is gone."""
    kind: Mapped[TakeKind] = mapped_column(one_of(TakeKind))
    source: Mapped[TakeSource] = mapped_column(one_of(TakeSource))
    asset_id: Mapped[Id] = mapped_column(ForeignKey("assets.id"))
    prompt: Mapped[Prose] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(String(40), default="")
    model: Mapped[str] = mapped_column(String(120), default="")
    cost_micros: Mapped[Micros] = mapped_column(default=0)
    paid_call_id: Mapped[str | None] = mapped_column(String(120), unique=True)
    """The call that bought it: one call is one take, however often its workflow runs again."""
    facts: Mapped[Document] = mapped_column(default=dict)
    """What belongs to the variant; of a voice its word times (automations.voices.VoiceFacts)."""

    __table_args__ = (Index(None, "video_id", "created_at", "id"), Index(None, "scene_id", "created_at", "id"))


class Timeline(Identified, Created, Revised, Base):
    """A video's cut: engine.render.timeline.Timeline as JSON, where each path is an asset's id."""

    __tablename__ = "timelines"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"), unique=True)
    document: Mapped[Document]
    choices: Mapped[Document] = mapped_column(default=dict)
    """automations.cuts.FilmChoices: what a person chose for the whole film; the rest of the document follows from the
    video, and is made anew with it."""


_LIBRARY_FILTERS: Final = ("archived_at", "format", "video_type", "duration_ms", "video_id")
"""Whatever the library is filtered by stands in the index that it is sorted by: a rare kind of film is found without
reading the cuts of all the others."""


class Export(Identified, Created, Revised, Base):
    """One finished (or not yet finished) file of a video in one format."""

    __tablename__ = "exports"

    video_id: Mapped[Id] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    client_id: Mapped[Id] = mapped_column(ForeignKey("clients.id"))
    video_type: Mapped[VideoType] = mapped_column(one_of(VideoType), default=VideoType.IMAGE_VO)
    """The video's, which never changes, kept here too, so that the library needs no join to filter by it."""
    format: Mapped[str] = mapped_column(String(16))
    """9:16, 1:1 or 16:9 (engine.render.formats)."""
    quality: Mapped[str] = mapped_column(String(16), default="standard")
    status: Mapped[ExportStatus] = mapped_column(one_of(ExportStatus), default=ExportStatus.QUEUED)
    timeline_revision: Mapped[int]
    timeline_document: Mapped[Document]
    """The cut as it was when the export was asked for; later edits do not change it."""
    asset_id: Mapped[Id | None] = mapped_column(ForeignKey("assets.id"))
    sidecars: Mapped[Document] = mapped_column(default=dict)
    """Kind (srt, vtt, thumbnail, filmstrip, waveform, otio) to asset id."""
    duration_ms: Mapped[int | None]
    job_id: Mapped[str | None] = mapped_column(String(120))
    finished_at: Mapped[datetime | None]
    problem: Mapped[Prose] = mapped_column(default="")
    """Why it failed, for a person."""
    archived_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "video_id", "created_at", "id"),
        Index(None, "client_id", "created_at", "id"),
        Index(None, "project_id", "created_at", "id"),
        Index("ix_exports_library_by_status", "status", "created_at", "id", *_LIBRARY_FILTERS),
        Index("ix_exports_library", "created_at", "id", "status", *_LIBRARY_FILTERS),
        CheckConstraint("status <> 'ready' OR asset_id IS NOT NULL", name="ready_has_file"),
    )


class Delivery(Identified, Base):
    """A film that was put where somebody works from. What lies there later is nobody's promise."""

    __tablename__ = "deliveries"

    export_id: Mapped[Id] = mapped_column(ForeignKey("exports.id", ondelete="CASCADE"))
    project_id: Mapped[Id] = mapped_column(ForeignKey("projects.id"))
    place: Mapped[Prose]
    """From the deliveries' folder on, as it was called then."""
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(300))
    """staff:<id>, contact:<id> or system."""

    __table_args__ = (UniqueConstraint("export_id", "place"), Index(None, "project_id", "at", "id"))


class Upload(Identified, Created, Base):
    """A file on its way in (tus): invisible to all but its sender until it is whole."""

    __tablename__ = "uploads"

    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    """Its sender; empty for a file that was put into the inbox folder."""
    client_id: Mapped[Id | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    length_bytes: Mapped[int] = mapped_column(BigInteger)
    file_name: Mapped[Name]
    asset_type: Mapped[AssetType | None] = mapped_column(one_of(AssetType))
    """What the sender says that it is for; the bytes decide whether it can be."""
    asset_id: Mapped[Id | None] = mapped_column(ForeignKey("assets.id"))
    """Set when it is whole, probed and stored."""
    problem: Mapped[Prose] = mapped_column(default="")
    """Why it cannot be used, for a person; empty while all is well."""
    problem_code: Mapped[str] = mapped_column(String(60), default="")
    problem_facts: Mapped[Document] = mapped_column(default=dict)
    """The same for a program, as api.errors has it."""
    expires_at: Mapped[datetime]

    __table_args__ = (Index(None, "expires_at"), Index(None, "staff_id", "created_at", "id"))
