"""Brand kits: how a client's videos look and sound."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Colour, Given, Id, JsonObject, Line, Revision, Shown, Time

BrandShot = Literal["picture", "card", "intro", "end"]


class Colours(Given):
    """The brand's colours by role."""

    accent: Colour | None = None
    on_accent: Colour | None = None
    ground: Colour | None = None
    ink: Colour | None = None


class Fonts(Given):
    """Typefaces by role: one of the studio's own families, or an uploaded file, which comes first."""

    display: Annotated[str | None, Field(max_length=80, examples=["Bricolage Grotesque"])] = None
    text: Annotated[str | None, Field(max_length=80, examples=["Inter"])] = None
    display_asset_id: Id | None = None
    text_asset_id: Id | None = None


class CaptionStyle(Given):
    """How captions look."""

    name: Literal["plain", "box", "highlight", "large"] = "highlight"
    position: Literal["bottom", "middle", "top"] = "bottom"
    scale: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    colour: Colour | None = None
    highlight: Colour | None = None
    uppercase: bool = False


class Cards(Given):
    """What stands on the cards before and after a film; empty: there is none."""

    intro: Line | None = None
    end: Line | None = None


class Music(Given):
    """The music that a new video starts with: a file of the studio, or one of the engine's own beds."""

    asset_id: Id | None = None
    bed: Annotated[str | None, Field(max_length=40, examples=["calm"])] = None
    gain_db: Annotated[float, Field(ge=-60, le=24)] = -8.0


class Pronunciation(Given):
    """How a name is said."""

    word: Annotated[str, Field(min_length=1, max_length=80, pattern=r"^\S+$", examples=["BOM"])]
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


class LogoColoursOut(Shown):
    """Colours that the logo is made of, the most seen first."""

    colours: list[Colour]


class BrandOptions(Shown):
    """What the studio brings along for every brand."""

    families: list[str] = Field(description="Typefaces.", examples=[["Bricolage Grotesque", "Inter"]])
