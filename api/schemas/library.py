"""The library: finished films, to find, see and hand out."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.fields import Given, Id, Name, Shown, Time
from api.schemas.videos import ExportStatus, Format, Quality, VideoReview, VideoType

FilmSort = Literal["created_at", "-created_at"]
MOST_ZIPPED = 100


class FilmOut(Shown):
    """A film of the library: an export, with the names by which people know it."""

    id: Id
    video_id: Id
    project_id: Id
    client_id: Id
    title: str = Field(description="The video's.", examples=["Oliebollen"])
    client_name: str = Field(examples=["O'Brien & Zn. B.V."])
    project_name: str = Field(examples=["Winter 2026"])
    video_type: VideoType
    format: Format
    quality: Quality
    status: ExportStatus
    problem: str = Field(description="Why it failed and what to do.")
    duration_ms: int | None
    size_bytes: int | None
    created_at: Time
    finished_at: Time | None
    archived_at: Time | None
    download_url: Url | None = Field(description="Once it is ready; works without a session for hours.")
    play_url: Url | None
    thumbnail_url: Url | None
    filmstrip_url: Url | None = Field(description="Twelve frames side by side, evenly over the film.")
    review: VideoReview | None = Field(
        description="Where it stands at its client; empty where it is not in the video's newest version."
    )


class ZipIn(Given):
    """Which films to hand out as one file."""

    export_ids: Annotated[list[Id], Field(min_length=1, max_length=MOST_ZIPPED)]


class ZipOut(Shown):
    """Where to fetch them, all in one; it is made while it is fetched."""

    url: Url
    expires_at: Time
    films: int
    size_bytes: int = Field(description="Of the films together.")


class DuplicateIn(Given):
    """What the new draft is called."""

    title: Name | None = Field(default=None, description="The same, where it is absent.")
