"""Reviews on the wire: versions with their films, notes and decisions, as staff and contacts see them alike."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.fields import Given, Id, Revision, Shown, Time
from api.schemas.videos import Format, ReviewState

Verdict = Annotated[Literal["approved", "changes_requested"], Field(examples=["approved"])]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["a" * 64])]
NewId = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        description="A UUID that the sender chooses, so that what was sent twice is kept once.",
        examples=["01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"],
    ),
]
NoteText = Annotated[
    str,
    Field(
        max_length=10_000,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
        description="May be empty where something is drawn.",
        examples=["Kan het logo iets groter?"],
    ),
]
Millis = Annotated[int, Field(ge=0, le=86_400_000, description="Milliseconds of the film.", examples=[12_400])]


class Point(Given):
    """A place in the frame, in fractions of its width and height."""

    x: Annotated[float, Field(ge=0, le=1, examples=[0.25])]
    y: Annotated[float, Field(ge=0, le=1, examples=[0.75])]


class Stroke(Given):
    """One line that was drawn without lifting the finger."""

    points: Annotated[list[Point], Field(min_length=1, max_length=2_000)]


class Drawing(Given):
    """What was drawn on the frame."""

    strokes: Annotated[list[Stroke], Field(min_length=1, max_length=200)]


class NoteIn(Given):
    """A new note, or an answer to one."""

    id: NewId | None = None
    text: NoteText = ""
    start_ms: Millis | None = Field(default=None, description="Empty: about the whole film.")
    end_ms: Millis | None = Field(default=None, description="Of a range; not before `start_ms`.")
    drawing: Drawing | None = None
    answers_note_id: Id | None = None


class NoteChanges(Given):
    """What to change; what is absent stays, and null empties."""

    text: NoteText = ""
    start_ms: Millis | None = None
    end_ms: Millis | None = None
    drawing: Drawing | None = None


class SettleIn(Given):
    """Whether it is done."""

    is_settled: bool


class AddressedIn(Given):
    """Whether what was noted on the version before is right in this one."""

    was_addressed: bool


class NoteOut(Shown):
    """What somebody said of a moment of a version."""

    id: Id
    version_id: Id
    answers_note_id: Id | None
    carried_from_note_id: Id | None = Field(description="The note on the version before that this one asks about.")
    was_addressed: bool | None = Field(description="Of a carried note: what the client answered; empty until then.")
    author_name: str = Field(examples=["Anna"])
    is_studio: bool = Field(description="Whether the studio wrote it.")
    is_mine: bool = Field(description="Whether the caller wrote it, and so may change it.")
    start_ms: Millis | None
    end_ms: Millis | None
    text: str
    drawing: Drawing | None
    settled_at: Time | None
    settled_by_name: str
    created_at: Time
    updated_at: Time
    revision: Revision


class NotesOut(Shown):
    """All notes of a version and their answers, by their moment; those on the whole film first."""

    items: list[NoteOut]


class FilmFile(Shown):
    """One film of a version."""

    export_id: Id
    format: Format
    width: int | None
    height: int | None
    fps: float = Field(examples=[30.0])
    duration_ms: int | None
    size_bytes: int
    sha256: Sha256
    play_url: Url
    poster_url: Url | None
    filmstrip_url: Url | None
    filmstrip_frames: int = Field(description="So many frames side by side, evenly over the film.", examples=[12])
    captions_url: Url | None = Field(description="WebVTT.")


class DecidedFile(Shown):
    """The bytes that were decided on, in one format."""

    format: str = Field(examples=["9:16"])
    sha256: Sha256


class DecisionOut(Shown):
    """What a contact decided."""

    id: Id
    version_id: Id
    verdict: Verdict
    contact_name: str = Field(examples=["Anna"])
    is_mine: bool
    agreed_text: str = Field(description="The sentence that was confirmed.")
    note: str
    files: list[DecidedFile]
    decided_at: Time
    takes_effect_at: Time = Field(description="Until then it can be taken back.")
    effective_at: Time | None
    voided_at: Time | None = Field(description="When a newer version took its place.")
    voided_by_version_id: Id | None


class VersionRow(Shown):
    """A version in a list."""

    id: Id
    video_id: Id
    number: int = Field(examples=[2])
    message: str
    sent_by_name: str = Field(examples=["Jeroen"])
    sent_at: Time
    seen_at: Time | None = Field(description="When somebody of the client first opened it in the portal.")
    seen_by: str | None = Field(description="Who that was.", examples=["Anna"])
    replaced_at: Time | None
    state: ReviewState
    decision: DecisionOut | None = Field(description="The one that stands, also where a newer version voided it.")
    note_count: int = Field(description="Without answers.", examples=[4])
    open_note_count: int = Field(examples=[1])


class SendingOut(Shown):
    """A version on its way: it is there, and the client hears of it, once its films have their watermark."""

    id: Id
    video_id: Id
    export_ids: list[Id]
    message: str
    watermark: str = Field(examples=["Bakkerij Anna · ter beoordeling · 23 november 2026"])
    status: Literal["preparing", "sent", "failed", "canceled"] = Field(examples=["preparing"])
    problem: str = Field(description="Why it was not sent; empty otherwise.")
    job_id: str | None = Field(description="The job that makes the copies: how far it is, and how it is stopped.")
    version_id: Id | None = Field(description="Once it is sent.")
    created_at: Time


class VersionsOut(Shown):
    """All versions of a video, the newest first."""

    items: list[VersionRow]
    sending: SendingOut | None = Field(
        description="One that is on its way, or that went wrong and was not sent again since."
    )
    watermarks_reviews: bool = Field(
        description="Whether the project's last version had a watermark, so that the next one is offered with one."
    )


class VersionOut(VersionRow):
    """A version with its films."""

    title: str = Field(description="The video's.", examples=["Oliebollen"])
    project_id: Id
    project_name: str = Field(examples=["Winter 2026"])
    client_name: str = Field(examples=["Bakkerij Anna"])
    newest_version_id: Id = Field(description="This one's own where it is the newest.")
    watermark: str = Field(
        description="What stands across its films until the client approves them; empty: nothing.", examples=[""]
    )
    portal_url: str = Field(
        description="Where its client sees it; they have to be signed in there.",
        examples=["http://localhost:3000/videos/01a20502-5d11-7f7c-9a51-3f0f5b2a9a11/2"],
    )
    films: list[FilmFile]
    versions: list[VersionRow] = Field(description="All of this video, the newest first.")
    notes: list[NoteOut]


class PreviewOut(Shown):
    """Where a version is looked at as its client sees it."""

    url: str = Field(
        description="Of the portal; works for a minute, for ten minutes of looking.",
        examples=["http://localhost:3000/login/preview#eyJz.Zm9v&next=/videos/01a20502-5d11-7f7c-9a51-3f0f5b2a9a11/2"],
    )
    expires_at: Time


class VersionIn(Given):
    """What to send to the client."""

    export_ids: Annotated[list[Id], Field(min_length=1, max_length=20, description="One finished film per format.")]
    message: Annotated[
        str, Field(max_length=5_000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$", examples=["Kijk je mee?"])
    ] = ""


class AccessIn(Given):
    """When a project's films can be fetched; what is absent stays."""

    opens_when_paid: bool = False
    is_paid: bool = False


class AccessOut(Shown):
    """When a project's films can be fetched."""

    opens_when_paid: bool = Field(description="Until it is paid they can be watched only.")
    paid_at: Time | None
    revision: Revision
