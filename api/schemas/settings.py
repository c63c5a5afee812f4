"""Settings: choices of the studio."""

from typing import Annotated

from pydantic import Field

from api.schemas.fields import Given, Language, Name, Revision, Shown, Time, TimeZone

FolderTemplate = Annotated[
    str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\\:*?\"<>|]*$", examples=["{client}/{project}"])
]


class SettingsOut(Shown):
    """All choices."""

    studio_name: str = Field(examples=["BOM Studios"])
    language: str
    time_zone: str
    folder_template: str = Field(description="Where a delivery lies.", examples=["{client}/{project}"])
    revision: Revision
    updated_at: Time | None


class ClientLoginOut(Shown):
    """Where clients find their portal."""

    portal_url: str = Field(examples=["https://studio.example/portal"])
    is_only_here: bool = Field(description="Whether only the studio's own machine reaches it.", examples=[False])


class SettingsChanges(Given):
    """What to change; what is absent stays."""

    studio_name: Name = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    time_zone: TimeZone = Field(default_factory=str)
    folder_template: FolderTemplate = Field(default_factory=str)
