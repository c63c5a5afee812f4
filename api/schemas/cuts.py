"""Cuts on the wire: a video as it would be rendered now, and what is chosen for the whole film."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.brand_kits import CaptionStyle
from api.schemas.fields import Given, Id, Line, Revision, Shown
from api.schemas.videos import Format, Motion

Gain = Annotated[float, Field(ge=-60, le=24, description="Decibels.", examples=[-8.0])]
FadeMs = Annotated[int, Field(ge=0, le=20_000)]


class CaptionChoice(CaptionStyle):
    """How the words look; colours that are empty come from the brand."""


class MusicChoice(Given):
    """One of the engine's own beds, or a file of the library: one of the two."""

    bed: Annotated[str | None, Field(max_length=40, examples=["calm"])] = None
    asset_id: Id | None = None
    level_db: Gain = -8.0
    duck_db: Annotated[float, Field(ge=0, le=40, description="So much quieter while somebody speaks.")] = 12.0
    fade_in_ms: FadeMs = 400
    fade_out_ms: FadeMs = 1500


class LevelsChoice(Given):
    """Targets of the finished file (EBU R128)."""

    loudness_lufs: Annotated[float, Field(ge=-31, le=-8)] = -14.0
    true_peak_dbtp: Annotated[float, Field(ge=-9, le=-0.5)] = -1.0


class LogoChoice(Given):
    """Where the client's logo stands."""

    corner: Literal["top_left", "top_right", "bottom_left", "bottom_right"] = "top_right"
    width: Annotated[float, Field(ge=0.03, le=0.5, description="Of the picture's shorter side.")] = 0.13


class CutScene(Shown):
    """A scene at its place in the film."""

    scene_id: Id
    number: int = Field(description="1 is the first.", examples=[1])
    start_ms: int
    duration_ms: int
    cut_shift_ms: int = Field(description="As kept; what shows is held within the neighbours.", examples=[-120])
    text: str
    has_picture: bool = Field(description="Else it is a title card.")


class CaptionLine(Shown):
    """What subtitles show together, from when to when."""

    start_ms: int
    end_ms: int
    text: str = Field(description="One or two lines.")


CutProblem = Annotated[
    Literal["video_empty", "picture_missing", "voice_missing", "voice_outdated", "voice_unsure"],
    Field(
        description="video_empty: no scene yet. picture_missing: some scenes are title cards. voice_missing: silent. "
        "voice_outdated: the script was changed since the voice was recorded; the words are placed as well as can be, "
        "and an export is refused. voice_unsure: the words were not all found in the voice.",
    ),
]


class CutOut(Shown):
    """The film as it would be rendered now."""

    video_id: Id
    revision: Revision = Field(description="0 until something was chosen or rendered.")
    cut_sha256: str = Field(description="Changes with anything that is seen or heard; a draft tells which one it is.")
    duration_ms: int
    language: str
    captions: CaptionChoice | None = Field(description="Empty: none.")
    music: MusicChoice | None = Field(description="Empty: none.")
    voice_level_db: Gain
    levels: LevelsChoice
    logo: LogoChoice | None = Field(description="Empty: not shown, or the client has none.")
    progress_bar: bool
    intro_card: str | None = Field(description="What stands on the card before the film; empty: there is none.")
    end_card: str | None = Field(description="What stands on the card after it; empty: there is none.")
    scenes: list[CutScene]
    caption_lines: list[CaptionLine]
    problems: list[CutProblem]


class CutChanges(Given):
    """What to choose for the whole film; what is absent stays, and null is none. Each is given whole."""

    captions: CaptionChoice | None = None
    music: MusicChoice | None = None
    voice_level_db: Gain = 0.0
    levels: LevelsChoice = Field(default_factory=LevelsChoice)
    logo: LogoChoice | None = None
    progress_bar: bool = False
    intro_card: Line | None = None
    end_card: Line | None = None


class MotionOption(Shown):
    """A way in which a picture can move; without a motion it stands still."""

    name: str = Field(examples=["zoom_in"])
    motion: Motion | None


class TransitionOption(Shown):
    """A way in which a scene can give way to the next."""

    kind: str = Field(examples=["slide"])
    has_direction: bool
    has_colour: bool


class SafeZone(Shown):
    """The part of a picture that an app leaves free, in fractions of its width and height."""

    platform: str = Field(examples=["tiktok"])
    format: Format
    x: float
    y: float
    width: float
    height: float


class FormatOption(Shown):
    """A format with its sizes in pixels."""

    name: Format
    width: int
    height: int
    draft_width: int
    draft_height: int


class CutOptions(Shown):
    """All that can be chosen for a film."""

    fps: int
    caption_styles: list[str]
    caption_positions: list[str]
    transitions: list[TransitionOption]
    transition_directions: list[str]
    longest_transition_frames: int
    motions: list[MotionOption]
    music_beds: list[str]
    logo_corners: list[str]
    formats: list[FormatOption]
    qualities: list[str]
    safe_zones: list[SafeZone]
    most_cut_shift_ms: int = Field(description="A scene's cut is moved by so much at most, either way.")
