"""Clients: companies, their contacts and brand kits."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import (
    Colour,
    Email,
    Given,
    Id,
    JsonObject,
    Language,
    Line,
    Name,
    Prose,
    Revision,
    Shown,
    Time,
    TimeZone,
)

ClientSort = Literal["name", "-name", "created_at", "-created_at"]
ContactSort = Literal["name", "-name"]


class ClientIn(Given):
    """A new client."""

    name: Name
    notes: Prose = ""
    language: Language = "nl"
    time_zone: TimeZone = "Europe/Amsterdam"


class ClientChanges(Given):
    """What to change; what is absent stays."""

    name: Name = Field(default_factory=str)
    notes: Prose = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    time_zone: TimeZone = Field(default_factory=str)


class ClientOut(Shown):
    """A client."""

    id: Id
    name: str = Field(examples=["O'Brien & Zn. B.V."])
    notes: str
    language: str
    time_zone: str
    is_demo: bool = Field(description="Made by `bom demo`.")
    archived_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


class ContactIn(Given):
    """A new contact; the address is theirs alone."""

    name: Name
    email: Email
    language: Language | None = Field(default=None, description="The client's, where it is absent.")


class ContactChanges(Given):
    """What to change; what is absent stays."""

    name: Name = Field(default_factory=str)
    email: Email = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    notification_wishes: JsonObject = Field(default_factory=dict)


class ContactOut(Shown):
    """A person at a client."""

    id: Id
    client_id: Id
    name: str
    email: str
    language: str
    notification_wishes: JsonObject
    invited_at: Time | None
    last_seen_at: Time | None
    disabled_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


class Colours(Given):
    """The brand's colours by role."""

    accent: Colour | None = None
    on_accent: Colour | None = None
    ground: Colour | None = None
    ink: Colour | None = None


class Fonts(Given):
    """Families by role."""

    display: Annotated[str | None, Field(max_length=80, examples=["Bricolage Grotesque"])] = None
    text: Annotated[str | None, Field(max_length=80, examples=["Inter"])] = None


class CaptionStyle(Given):
    """How captions look."""

    name: Literal["plain", "box", "highlight", "large"] = "highlight"
    position: Literal["bottom", "middle", "top"] = "bottom"
    scale: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    colour: Colour | None = None
    highlight: Colour | None = None
    uppercase: bool = False


class Cards(Given):
    """Intro and end card."""

    intro: Line | None = None
    end: Line | None = None


class Music(Given):
    """The music that a new video starts with: a file of the studio, or one of the engine's own beds."""

    asset_id: Id | None = None
    bed: Annotated[str | None, Field(max_length=40, examples=["calm"])] = None
    gain_db: Annotated[float, Field(ge=-60, le=24)] = -8.0


class Pronunciation(Given):
    """How a name is said."""

    word: Annotated[str, Field(min_length=1, max_length=80, examples=["BOM"])]
    say: Annotated[str, Field(min_length=1, max_length=80, examples=["bom"])]


class BrandKitChanges(Given):
    """What to change; what is absent stays."""

    logo_light_asset_id: Id | None = None
    logo_dark_asset_id: Id | None = None
    colours: Colours = Field(default_factory=Colours)
    fonts: Fonts = Field(default_factory=Fonts)
    caption_style: CaptionStyle = Field(default_factory=CaptionStyle)
    cards: Cards = Field(default_factory=Cards)
    music: Music = Field(default_factory=Music)
    picture_style: Annotated[str, Field(max_length=2000, examples=["Warm morning light, 35 mm."])] = Field(
        default_factory=str
    )
    pronunciations: Annotated[list[Pronunciation], Field(max_length=200)] = Field(default_factory=list)


class BrandKitOut(Shown):
    """How a client's videos look and sound; a new video starts from it."""

    client_id: Id
    logo_light_asset_id: Id | None
    logo_dark_asset_id: Id | None
    colours: JsonObject
    fonts: JsonObject
    caption_style: JsonObject
    cards: JsonObject
    music: JsonObject
    picture_style: str
    pronunciations: list[JsonObject]
    updated_at: Time
    revision: Revision
