"""Assets on the wire."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Given, Id, JsonObject, Name, Prose, Revision, Shown, Time

AssetType = Literal["image", "audio", "music", "clip", "document", "font"]
AssetSort = Literal["created_at", "-created_at", "file_name", "-file_name"]
Url = Annotated[
    str,
    Field(
        description="Works without a session until it expires; add nothing to it.",
        examples=["/media/eyJzIjoi…/oliebol.jpg"],
    ),
]


class AssetOut(Shown):
    """A stored file."""

    id: Id
    revision: Revision
    type: AssetType
    media_type: str = Field(description="As the bytes say.", examples=["image/jpeg"])
    file_name: Name
    size_bytes: int = Field(examples=[482_113])
    sha256: str = Field(examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"])
    client_id: Id | None
    facts: JsonObject = Field(description="Width, height, duration and more, by type.")
    licence_note: Prose
    created_at: Time
    archived_at: Time | None
    download_url: Url
    preview_url: Url | None = Field(description="A small picture that we drew, of pictures and clips.")
    play_url: Url | None = Field(description="For a player, of film and sound.")


class AssetChanges(Given):
    """What is absent stays."""

    file_name: Name | None = None
    licence_note: Prose | None = None
