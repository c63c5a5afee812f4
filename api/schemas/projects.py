"""Projects: jobs for a client, and their moves."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import AssetOut
from api.schemas.fields import Day, Given, Id, Line, Micros, Name, Prose, Reason, Revision, Shown, Time

ProjectSort = Literal["created_at", "-created_at", "updated_at", "-updated_at", "due_on", "-due_on", "name", "-name"]
ProjectStatus = Literal["draft", "in_progress", "review", "approved", "delivered"]
Tier = Annotated[Line, Field(max_length=80, examples=["Groei"])]
Count = Annotated[int, Field(ge=0, le=10_000, examples=[4])]


class ProjectIn(Given):
    """A new project, a draft."""

    client_id: Id
    name: Name
    package_tier: Tier = ""
    included_videos: Count | None = None
    included_revision_rounds: Count | None = None
    price_micros: Micros | None = None
    due_on: Day | None = None
    notes: Prose = ""


class ProjectChanges(Given):
    """What to change; what is absent stays, and null empties."""

    name: Name = Field(default_factory=str)
    package_tier: Tier = Field(default_factory=str)
    included_videos: Count | None = None
    included_revision_rounds: Count | None = None
    price_micros: Micros | None = None
    due_on: Day | None = None
    notes: Prose = Field(default_factory=str)


class ProjectMove(Given):
    """Where to move it: draft → in_progress → review → approved → delivered, and back to in_progress."""

    to: ProjectStatus
    reason: Reason = ""


class ProjectRow(Shown):
    """A project as it is kept."""

    id: Id
    client_id: Id
    name: str
    status: ProjectStatus
    package_tier: str
    included_videos: int | None
    included_revision_rounds: int | None
    used_revision_rounds: int
    price_micros: int | None
    due_on: date | None
    notes: str
    archived_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


class ProjectOut(ProjectRow):
    """A project."""

    possible_moves: list[ProjectStatus] = Field(description="Where it can be moved from where it stands.")


class ProjectListed(ProjectOut):
    """A project in a list, with what one wants to know without opening it."""

    client_name: str = Field(examples=["O'Brien & Zn. B.V."])
    video_count: int = Field(description="Those that are not put away.", examples=[3])


class StatusChangeOut(Shown):
    """One move of a project or of one of its videos."""

    id: Id
    video_id: Id | None = Field(description="Empty where the project itself moved.")
    from_status: str = Field(examples=["draft"])
    to_status: str = Field(examples=["in_progress"])
    at: Time
    by: str = Field(examples=["staff:01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
    by_name: str = Field(description="Empty where the studio's own program did it.", examples=["Jeroen"])
    reason: str


class StatusChangesOut(Shown):
    """All moves, the oldest first."""

    items: list[StatusChangeOut]


class DeliveryOut(Shown):
    """A film that was put where somebody works from."""

    id: Id
    export_id: Id
    title: str = Field(description="The video's.", examples=["Oliebollen"])
    format: str = Field(examples=["9:16"])
    place: str = Field(
        description="From the deliveries' folder on.", examples=["Bakkerij Anna/Winter 2026/Oliebollen 9x16.mp4"]
    )
    at: Time
    by: str = Field(examples=["staff:01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
    by_name: str = Field(description="Empty where the studio's own program did it.", examples=["Jeroen"])


class DeliveriesOut(Shown):
    """Where a project's films were put, the newest first; the last two hundred."""

    items: list[DeliveryOut]


class ProjectFilesOut(Shown):
    """Files that a project's videos use or became, the newest first; the last two hundred."""

    items: list[AssetOut]
