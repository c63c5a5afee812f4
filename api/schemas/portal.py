"""The portal on the wire: signing in by mail, who is signed in, and what a client sees of their work."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.auth import Code
from api.schemas.clients import NotificationWishes
from api.schemas.fields import Colour, Day, Given, Id, Language, PageOf, Revision, Shown, Time
from api.schemas.reviews import FilmFile, NewId, NoteOut, Sha256, Verdict, VersionRow
from api.schemas.videos import Format

ProjectStage = Annotated[
    Literal["making", "your_turn", "approved", "delivered"],
    Field(description="Where a project stands, in the client's words.", examples=["your_turn"]),
]
VideoState = Annotated[Literal["waiting", "deciding", "approved", "changes_requested"], Field(examples=["waiting"])]
PortalPath = Annotated[
    str,
    Field(
        max_length=300,
        pattern=r"^/[A-Za-z0-9/_-]*$",
        description="Where to go once signed in: a path of the portal, without its origin and without a query.",
        examples=["/videos/01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"],
    ),
]


class LinkWish(Given):
    """Who wants a link to sign in."""

    email: Annotated[str, Field(min_length=3, max_length=254, examples=["anna@bakkerij.example"])]
    next: PortalPath = "/"


class LinkAsked(Shown):
    """The same for every address, known or not."""

    lasts_s: int = Field(description="A link and its code work for so long.", examples=[600])
    code_digits: int = Field(examples=[6])


class TokenIn(Given):
    """The token of a link, from behind its #."""

    token: Annotated[str, Field(min_length=43, max_length=43, pattern=r"^[A-Za-z0-9_-]+$", examples=["A" * 43])]


class CodeIn(Given):
    """The code of a mail, for a mail program that opens another browser."""

    code: Code


class PortalMe(Shown):
    """Who is signed in, and how their portal looks."""

    contact_id: Id
    name: str = Field(examples=["Anna"])
    email: str = Field(examples=["anna@bakkerij.example"])
    language: Language
    notification_wishes: NotificationWishes
    revision: Revision
    client_name: str = Field(examples=["Bakkerij Anna"])
    time_zone: str = Field(examples=["Europe/Amsterdam"])
    accent: Colour | None = Field(description="The client's own colour; empty where the brand kit has none.")
    on_accent: Colour | None
    logo_light_url: Url | None
    logo_dark_url: Url | None
    studio_name: str = Field(examples=["BOM Studios"])
    waiting: int = Field(description="Videos that wait for the client's word.", examples=[1])
    unread_messages: int = Field(examples=[0])
    is_preview: bool = Field(
        description="Whether a member of staff looks as the client: everything can be read and nothing written.",
        examples=[False],
    )


class PreviewIn(Given):
    """The token of a link to a preview, from behind its #."""

    token: Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[A-Za-z0-9_.-]+$", examples=["eyJz.Zm9v"])]


class PortalMeChanges(Given):
    """What to change; what is absent stays."""

    language: Language = Field(default_factory=lambda: "nl")
    notification_wishes: NotificationWishes = Field(default_factory=NotificationWishes)


class PortalVideo(Shown):
    """A video as a card shows it, by its newest version."""

    id: Id
    title: str = Field(examples=["Oliebollen"])
    project_id: Id
    project_name: str = Field(examples=["Winter 2026"])
    version_id: Id
    version_number: int = Field(examples=[2])
    state: VideoState
    sent_at: Time
    decided_at: Time | None
    formats: list[Format]
    duration_ms: int | None
    poster_url: Url | None
    open_note_count: int = Field(examples=[1])
    to_answer_count: int = Field(description="Carried notes that nobody has answered yet.", examples=[0])


class PortalProject(Shown):
    """A project in the client's words."""

    id: Id
    name: str = Field(examples=["Winter 2026"])
    stage: ProjectStage
    due_on: Day | None
    video_count: int = Field(description="Videos that were sent.", examples=[3])
    waiting_count: int = Field(examples=[1])
    included_revision_rounds: int | None
    used_revision_rounds: int
    is_locked: bool = Field(description="Whether its films are fetched only once it is paid.", examples=[False])


class PortalProjectOut(PortalProject):
    """A project with its videos."""

    videos: list[PortalVideo]


class DashboardOut(Shown):
    """All that a client wants to know at a glance."""

    waiting: list[PortalVideo] = Field(description="For the client's word, the longest waiting first.")
    projects: list[PortalProject] = Field(description="Those at work, what waits for the client first.")
    approved: list[PortalVideo] = Field(description="The last approved first, with downloads.")
    coming: list[PortalProject] = Field(description="What is being made, the soonest due first.")
    unread_messages: int


class PortalVideoOut(PortalVideo):
    """A video with all its versions."""

    versions: list[VersionRow]


class Agreements(Shown):
    """The sentences that a client confirms, in the language of the one who asks; sent back as `agreed_text`."""

    approve: str = Field(examples=["Ik keur versie 2 van “Oliebollen” goed."])
    request_changes: str = Field(examples=["Ik vraag wijzigingen op versie 2 van “Oliebollen”."])


class PortalVersionOut(VersionRow):
    """A version as the client sees it."""

    title: str = Field(description="The video's.", examples=["Oliebollen"])
    project_id: Id
    project_name: str = Field(examples=["Winter 2026"])
    newest_version_id: Id = Field(description="This one's own where it is the newest.")
    films: list[FilmFile]
    notes: list[NoteOut] = Field(description="With answers; those that were carried along are a checklist.")
    versions: list[VersionRow] = Field(description="All of this video, the newest first.")
    agreements: Agreements
    can_decide: bool = Field(description="Newest version, nothing decided.")
    undo_s: int = Field(description="For so long a decision can be taken back.", examples=[10])
    included_revision_rounds: int | None
    used_revision_rounds: int
    is_locked: bool = Field(description="Whether its films are fetched only once the project is paid.")
    is_watermarked: bool = Field(
        description="Whether its films have a watermark, and are fetched only once this version is approved.",
        examples=[False],
    )


class SeenFile(Given):
    """The bytes that the contact saw, in one format."""

    format: Format
    sha256: Sha256


class DecideIn(Given):
    """What a contact decides, on what they saw."""

    verdict: Verdict
    agreed_text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=2_000,
            description="The sentence of `agreements` that was confirmed, as it was shown.",
            examples=["Ik keur versie 2 van “Oliebollen” goed."],
        ),
    ]
    files: Annotated[list[SeenFile], Field(min_length=1, max_length=20, description="All films of the version.")]
    note: Annotated[
        str,
        Field(
            max_length=10_000,
            pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
            description="Needed to request changes, where no note on the film is open.",
            examples=["Muziek graag zachter."],
        ),
    ] = ""


class CertificateFile(Shown):
    """The bytes that a certificate is of, in one format."""

    format: str = Field(examples=["9:16"])
    file_name: str = Field(examples=["Oliebollen 9x16.mp4"])
    size_bytes: int
    duration_ms: int | None
    sha256: Sha256


class CertificateOut(Shown):
    """Who decided what, when, on which bytes and on what text."""

    decision_id: Id
    verdict: Verdict
    contact_name: str
    contact_email: str
    client_name: str
    project_name: str
    video_title: str
    version_id: Id
    version_number: int
    agreed_text: str
    note: str
    files: list[CertificateFile]
    watermark: str = Field(
        description="What stood across the films that were watched; the files of this certificate are without it. "
        "Empty: nothing.",
        examples=[""],
    )
    decided_at: Time
    effective_at: Time | None = Field(description="Empty while it can still be taken back.")
    voided_at: Time | None
    voided_by_version_number: int | None
    studio_name: str


class VerifyIn(Given):
    """A file's SHA-256, as the browser computed it; the file itself stays where it is."""

    sha256: Sha256


class VerifiedOut(Shown):
    """Whether a file is one that was decided on."""

    is_match: bool
    format: str | None = Field(examples=["9:16"])
    is_voided: bool = Field(description="A newer version took the place of what this certificate is of.")


DownloadKind = Literal["film", "srt", "thumbnail"]


class DownloadOut(Shown):
    """A file to save."""

    format: Format
    kind: DownloadKind
    file_name: str = Field(examples=["Oliebollen 9x16.mp4"])
    size_bytes: int
    url: Url


class DownloadsOut(Shown):
    """What can be saved of a version; every address works without a session until it expires or is revoked."""

    items: list[DownloadOut]
    zip_url: Url
    expires_at: Time


class MessageIn(Given):
    """Something to write."""

    id: NewId | None = None
    text: Annotated[
        str,
        Field(
            min_length=1,
            max_length=10_000,
            pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
            examples=["Wanneer komt versie 2?"],
        ),
    ]


class MessageOut(Shown):
    """Something that was written."""

    id: Id
    text: str
    author_name: str = Field(examples=["Jeroen"])
    is_studio: bool
    is_mine: bool
    sent_at: Time


class MessagesOut(PageOf[MessageOut]):
    """A client's thread, the last one first."""

    unread: int = Field(description="Of others, not read by the caller yet; 99 at most.", examples=[2])
