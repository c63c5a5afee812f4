"""Automation: background jobs, what happened, who is told of it, and the record of who did what.

Rules: engine.core.jobs, engine.core.events, engine.core.endpoints, engine.core.notifications, engine.core.audit.
Law: an event is written in the transaction of the change that it tells of; an audit entry is never changed.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
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
    Name,
    Prose,
    Revised,
    one_of,
)


class JobStatus(StrEnum):
    """How far a background job is."""

    QUEUED = "queued"
    RUNNING = "running"
    WAITING = "waiting"
    """For a person's answer."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELED = "canceled"


BUYS_PICTURES: Final = "generate_pictures"
BRINGS_IN_PICTURES: Final = "collect_pictures"
"""Kinds of jobs that work on a quote, which is settled when they end."""
DRAWS_CARDS: Final = "draw_pictures"
"""The kind of job that draws title cards, for nothing."""


class Job(Created, Base):
    """One piece of background work as people see it; the durable engine keeps its own record under the same id."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    """The durable workflows of its runs are called `<id>~<run>`."""
    kind: Mapped[str] = mapped_column(String(40))
    """generate_pictures, render_export …"""
    queue: Mapped[str] = mapped_column(String(40))
    priority: Mapped[int] = mapped_column(default=10)
    """1 goes first."""
    status: Mapped[JobStatus] = mapped_column(one_of(JobStatus), default=JobStatus.QUEUED)
    stage: Mapped[str] = mapped_column(String(80), default="")
    """What it is doing now, as a code that screens translate."""
    progress: Mapped[float] = mapped_column(default=0.0)
    """0 to 1."""
    client_id: Mapped[Id | None] = mapped_column(ForeignKey("clients.id", ondelete="CASCADE"))
    project_id: Mapped[Id | None] = mapped_column(ForeignKey("projects.id", ondelete="CASCADE"))
    video_id: Mapped[Id | None] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    export_id: Mapped[Id | None] = mapped_column(ForeignKey("exports.id", ondelete="CASCADE"))
    arguments: Mapped[JsonList]
    """What the workflow was started with, to retry it by hand."""
    run: Mapped[int] = mapped_column(default=1, server_default="1")
    """Which of its durable runs is the current one: a job that waits ends its run and is continued by the next."""
    retries_job_id: Mapped[str | None] = mapped_column(String(120))
    """The failed job that this one does again."""
    result: Mapped[JsonObject | None] = mapped_column(JsonColumn)
    problem_code: Mapped[str] = mapped_column(String(60), default="")
    problem: Mapped[Prose] = mapped_column(default="")
    """Why it failed and what to do, for a person."""
    asked_by: Mapped[str] = mapped_column(String(300), default="")
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]

    @property
    def scene_ids(self) -> list[str]:
        """The scenes that it draws title cards for. For which ones pictures are bought, their quote says."""
        scene_ids = self.arguments[1] if self.kind == DRAWS_CARDS else []
        return [str(scene_id) for scene_id in scene_ids] if isinstance(scene_ids, list) else []

    @property
    def can_retry(self) -> bool:
        """Whether it can be done again as it is. What buys needs a new quote instead: its money is given back."""
        has_failed = self.status in {JobStatus.FAILED, JobStatus.CANCELED}
        return has_failed and self.kind not in {BUYS_PICTURES, BRINGS_IN_PICTURES}

    __table_args__ = (
        Index(None, "status", "created_at", "id"),
        Index(None, "created_at", "id"),
        Index(None, "updated_at", "id"),
        Index(None, "video_id", "created_at", "id"),
        Index(None, "project_id", "created_at", "id"),
        CheckConstraint("progress >= 0 AND progress <= 1", name="progress_fraction"),
    )


class WorkerLease(Base):
    """A worker process that is alive: it renews its lease, and who does not is taken over."""

    __tablename__ = "worker_leases"

    executor_id: Mapped[str] = mapped_column(String(120), primary_key=True)
    host: Mapped[str] = mapped_column(String(255))
    process_id: Mapped[int]
    queues: Mapped[JsonList]
    started_at: Mapped[datetime]
    renewed_at_epoch_s: Mapped[float]
    """By the database's clock, which all workers share."""


class Event(Identified, Base):
    """Something that happened, as others may want to hear of it (automations.events)."""

    __tablename__ = "events"

    type: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime]
    client_id: Mapped[Id | None] = mapped_column(ForeignKey("clients.id", ondelete="SET NULL"))
    project_id: Mapped[Id | None] = mapped_column(ForeignKey("projects.id", ondelete="SET NULL"))
    payload: Mapped[Document]
    """Checked against automations/n8n_schemas/<type>.json."""

    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "type", "at", "id"),
        Index(None, "project_id", "at", "id"),
        Index(None, "client_id", "at", "id"),
    )


class Endpoint(Identified, Created, Revised, Base):
    """An address that is told of events."""

    __tablename__ = "endpoints"

    url: Mapped[str] = mapped_column(String(2000))
    description: Mapped[Name] = mapped_column(default="")
    event_types: Mapped[JsonList]
    """Empty: all."""
    secret: Mapped[str] = mapped_column(String(120))
    """Standard Webhooks, whsec_…; shown once."""
    header_name: Mapped[str | None] = mapped_column(String(100))
    header_value: Mapped[str | None] = mapped_column(String(500))
    """A fixed header, for receivers such as n8n's webhook node that check one and no signature."""
    failing_since: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    disabled_reason: Mapped[Prose] = mapped_column(default="")


class Attempt(Identified, Base):
    """One try to tell an endpoint of an event."""

    __tablename__ = "attempts"

    endpoint_id: Mapped[Id] = mapped_column(ForeignKey("endpoints.id", ondelete="CASCADE"))
    event_id: Mapped[Id] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    delivery_id: Mapped[str] = mapped_column(String(120))
    """The durable workflow: one for the first delivery, one more for each replay."""
    number: Mapped[int]
    """1 is the first of its delivery."""
    at: Mapped[datetime]
    duration_ms: Mapped[int]
    status_code: Mapped[int | None]
    problem: Mapped[Prose] = mapped_column(default="")
    next_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("delivery_id", "number"),
        Index(None, "endpoint_id", "at", "id"),
        Index(None, "event_id", "at", "id"),
    )


class Notification(Identified, Created, Base):
    """A line under somebody's bell. The durable engine has a table of the name that this one would have."""

    __tablename__ = "notices"

    staff_id: Mapped[Id | None] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"))
    contact_id: Mapped[Id | None] = mapped_column(ForeignKey("contacts.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(60))
    """Screens translate it, with `facts` filled in."""
    facts: Mapped[Document] = mapped_column(default=dict)
    path: Mapped[str] = mapped_column(String(500), default="")
    """Where a click goes."""
    once_key: Mapped[str] = mapped_column(String(200), unique=True)
    """What it tells of and to whom, so that a workflow that runs twice tells once."""
    read_at: Mapped[datetime | None]
    mailed_at: Mapped[datetime | None]
    """When it went into a mail; a digest gathers those that did not."""

    __table_args__ = (
        CheckConstraint("(staff_id IS NULL) <> (contact_id IS NULL)", name="one_person"),
        Index(None, "staff_id", "read_at", "created_at", "id"),
        Index(None, "contact_id", "read_at", "created_at", "id"),
    )


class AuditEntry(Identified, Base):
    """Who did what, to what, when, from where."""

    __tablename__ = "audit_entries"

    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(300))
    """staff:<id>, contact:<id>, system, or the address of somebody unknown."""
    action: Mapped[str] = mapped_column(String(60))
    """sign_in, sign_in_refused, quote_accepted, project_archived …"""
    area: Mapped[str] = mapped_column(String(20), default="other")
    """What kind of act that is: access, people, work, money, settings … (engine.core.audit.AREAS)."""
    subject_type: Mapped[str] = mapped_column(String(40), default="")
    subject_id: Mapped[str] = mapped_column(String(120), default="")
    facts: Mapped[Document] = mapped_column(default=dict)
    address: Mapped[str] = mapped_column(String(64), default="")

    __table_args__ = (
        Index(None, "at", "id"),
        Index(None, "actor", "at", "id"),
        Index(None, "action", "at", "id"),
        Index(None, "area", "at", "id"),
        Index(None, "actor", "area", "at", "id"),
        Index(None, "subject_type", "subject_id", "at", "id"),
    )


class IdempotencyKey(Created, Base):
    """What a creating request answered, so that sending it again answers the same and makes nothing new."""

    __tablename__ = "idempotency_keys"

    caller: Mapped[str] = mapped_column(String(300), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    route: Mapped[str] = mapped_column(String(300))
    request_sha256: Mapped[str] = mapped_column(String(64))
    status_code: Mapped[int]
    headers: Mapped[Document]
    body: Mapped[Prose]

    __table_args__ = (Index(None, "created_at"),)


class Setting(Base):
    """A choice of the studio that staff make on a screen, not on the command line."""

    __tablename__ = "settings"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Document]
    """{"value": …}"""
    revision: Mapped[int] = mapped_column(default=1)
    updated_at: Mapped[datetime]
