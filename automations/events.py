"""The catalogue of domain events: what the studio tells the world, and in which words.

Called by api.routers and automations.workflows through `emit`; delivered by automations.workflows.hooks.
Law: an event is written in the transaction of the change that it tells of, so there is none without the change and no
change without it. A field is added, never renamed or removed: somebody's n8n reads it.

`python -m automations.events` writes the JSON Schema files of n8n_schemas anew; a test holds them to this module.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, ClassVar, Final, Self, TypedDict

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from automations.workflows import hooks
from engine.core import events
from engine.core.models import (
    Client,
    Contact,
    Decision,
    Endpoint,
    Event,
    Export,
    JsonObject,
    Message,
    Note,
    Project,
    Version,
    Video,
)

SCHEMAS: Final = Path(__file__).parent / "n8n_schemas"

Id = Annotated[str, Field(description="UUIDv7, the same in every event and in the api.")]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
StudioPath = Annotated[str, Field(description="Where it is in the engine app, from the studio's own address on.")]


class DomainEvent(BaseModel):
    """What an event tells. `type` is its name for receivers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str]
    client_id: Id


class ProjectEvent(DomainEvent):
    """Something that belongs to a project."""

    project_id: Id


class ProjectCreated(ProjectEvent):
    """A project was made."""

    type = "project.created"

    name: str
    client_name: str
    package_tier: str
    included_videos: int | None
    price_micros: Annotated[int | None, Field(description="Millionths of a euro.")]
    due_on: date | None
    path: StudioPath

    @classmethod
    def of(cls, project: Project, client: Client) -> "ProjectCreated":
        """What is told of a new project."""
        return cls(
            client_id=client.id,
            project_id=project.id,
            name=project.name,
            client_name=client.name,
            package_tier=project.package_tier,
            included_videos=project.included_videos,
            price_micros=project.price_micros,
            due_on=project.due_on,
            path=f"/projects/{project.id}",
        )


class VideoExported(ProjectEvent):
    """A video was rendered in one format, and its file is there."""

    type = "video.exported"

    video_id: Id
    export_id: Id
    title: str
    client_name: str
    project_name: str
    format: Annotated[str, Field(description="9:16, 1:1 or 16:9.")]
    duration_ms: int
    size_bytes: int
    sha256: Sha256
    path: StudioPath

    @classmethod
    def of(
        cls, export: Export, video: Video, project: Project, client: Client, *, sha256: str, size_bytes: int
    ) -> "VideoExported":
        """What is told of a finished export."""
        return cls(
            client_id=client.id,
            project_id=project.id,
            video_id=video.id,
            export_id=export.id,
            title=video.title,
            client_name=client.name,
            project_name=project.name,
            format=export.format,
            duration_ms=export.duration_ms or 0,
            size_bytes=size_bytes,
            sha256=sha256,
            path=f"/projects/{project.id}/videos/{video.id}",
        )


class ReviewEvent(ProjectEvent):
    """Something about a version that a client reviews."""

    video_id: Id
    version_id: Id
    version_number: int
    title: str
    client_name: str
    project_name: str
    path: StudioPath

    @staticmethod
    def _facts(version: Version, video: Video, project: Project, client: Client) -> "_ReviewFacts":
        return {
            "client_id": client.id,
            "project_id": project.id,
            "video_id": video.id,
            "version_id": version.id,
            "version_number": version.number,
            "title": video.title,
            "client_name": client.name,
            "project_name": project.name,
            "path": f"/projects/{project.id}/videos/{video.id}",
        }


class _ReviewFacts(TypedDict):
    client_id: str
    project_id: str
    video_id: str
    version_id: str
    version_number: int
    title: str
    client_name: str
    project_name: str
    path: str


class VersionSent(ReviewEvent):
    """A version was sent to the client for review."""

    type = "version.sent"

    message: str

    @classmethod
    def of(cls, version: Version, video: Video, project: Project, client: Client) -> "VersionSent":
        """What is told of a version."""
        return cls(**cls._facts(version, video, project, client), message=version.message)


class NoteAdded(ReviewEvent):
    """Somebody noted something on a version, or answered a note."""

    type = "note.added"

    note_id: Id
    answers_note_id: Id | None
    author_name: str
    is_studio: Annotated[bool, Field(description="Whether the studio wrote it.")]
    start_ms: Annotated[int | None, Field(description="Of the film; empty: about the whole of it.")]
    text: str

    @classmethod
    def of(
        cls, note: Note, version: Version, video: Video, project: Project, client: Client, *, author_name: str
    ) -> "NoteAdded":
        """What is told of a note."""
        return cls(
            **cls._facts(version, video, project, client),
            note_id=note.id,
            answers_note_id=note.answers_note_id,
            author_name=author_name,
            is_studio=note.contact_id is None,
            start_ms=note.start_ms,
            text=note.text,
        )


class NoteSettled(ReviewEvent):
    """Somebody said that a note is done, or that it is not after all."""

    type = "note.settled"

    note_id: Id
    is_settled: bool
    settled_by_name: Annotated[str, Field(description="Who said so.")]
    is_studio: Annotated[bool, Field(description="Whether the studio said so.")]
    start_ms: Annotated[int | None, Field(description="Of the film; empty: about the whole of it.")]
    text: str

    @classmethod
    def of(
        cls,
        note: Note,
        version: Version,
        video: Video,
        project: Project,
        client: Client,
        *,
        by_name: str,
        is_studio: bool,
    ) -> "NoteSettled":
        """What is told of a note as it is now."""
        return cls(
            **cls._facts(version, video, project, client),
            note_id=note.id,
            is_settled=note.resolved_at is not None,
            settled_by_name=by_name,
            is_studio=is_studio,
            start_ms=note.start_ms,
            text=note.text,
        )


class MessageWritten(DomainEvent):
    """A client's contact wrote to the studio, or the studio to a client."""

    type = "message.written"

    message_id: Id
    client_name: str
    author_name: str
    is_studio: Annotated[bool, Field(description="Whether the studio wrote it.")]
    text: str
    path: StudioPath

    @classmethod
    def of(cls, message: Message, client: Client, *, author_name: str) -> "MessageWritten":
        """What is told of a message."""
        return cls(
            client_id=client.id,
            message_id=message.id,
            client_name=client.name,
            author_name=author_name,
            is_studio=message.contact_id is None,
            text=message.text,
            path=f"/clients/{client.id}",
        )


class _Decided(ReviewEvent):
    decision_id: Id
    contact_name: str
    note: str
    files: Annotated[dict[str, Sha256], Field(description="By format, the bytes that were decided on.")]
    used_revision_rounds: int

    @classmethod
    def of(
        cls, decision: Decision, version: Version, video: Video, project: Project, client: Client, contact: Contact
    ) -> Self:
        """What is told of a decision, once it can be taken back no more."""
        return cls(
            **cls._facts(version, video, project, client),
            decision_id=decision.id,
            contact_name=contact.name,
            note=decision.note,
            files={name: str(sha256) for name, sha256 in decision.files.items()},
            used_revision_rounds=project.used_revision_rounds,
        )


class VideoApproved(_Decided):
    """A client approved a version."""

    type = "video.approved"


class VideoChangesRequested(_Decided):
    """A client asked for changes to a version."""

    type = "video.changes_requested"


class EndpointTested(BaseModel):
    """Somebody pressed “test” at an endpoint; it is told to that endpoint only."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ClassVar[str] = "endpoint.tested"
    endpoint_id: Id


CATALOGUE: Final[Mapping[str, type[DomainEvent]]] = {
    event.type: event
    for event in (
        ProjectCreated,
        VideoExported,
        VersionSent,
        NoteAdded,
        NoteSettled,
        MessageWritten,
        VideoApproved,
        VideoChangesRequested,
    )
}
"""What an endpoint can ask to be told of."""


def emit(session: Session, told: DomainEvent, *, at: datetime) -> Event:
    """Write down that it happened and have every endpoint that wants to know told, once the caller has committed."""
    event = events.keep_event(
        session,
        type=told.type,
        payload=told.model_dump(mode="json"),
        at=at,
        client_id=told.client_id,
        project_id=told.project_id if isinstance(told, ProjectEvent) else None,
    )
    for endpoint in events.endpoints_to_tell(session, told.type):
        hooks.tell(session, event, endpoint, at=at)
    return event


def emit_test(session: Session, endpoint: Endpoint, *, at: datetime) -> Event:
    """Tell one endpoint that somebody tests it."""
    told = EndpointTested(endpoint_id=endpoint.id)
    payload = told.model_dump(mode="json")
    event = events.keep_event(session, type=told.type, payload=payload, at=at, client_id=None, project_id=None)
    hooks.tell(session, event, endpoint, at=at)
    return event


def schema_of(event: type[DomainEvent | EndpointTested]) -> JsonObject:
    """The JSON Schema of an event's body."""
    data = event.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{event.type}.json",
        "title": event.type,
        "description": (event.__doc__ or "").strip(),
        "type": "object",
        "additionalProperties": False,
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"const": event.type},
            "timestamp": {"type": "string", "format": "date-time", "description": "When it happened, UTC."},
            "data": data,
        },
    }


def written_schema(event: type[DomainEvent | EndpointTested]) -> str:
    """The schema as its file holds it."""
    return json.dumps(schema_of(event), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    every: tuple[type[DomainEvent | EndpointTested], ...] = (*CATALOGUE.values(), EndpointTested)
    for known in every:
        (SCHEMAS / f"{known.type}.json").write_text(written_schema(known), "utf-8")
