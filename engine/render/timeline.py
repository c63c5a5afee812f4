"""The timeline: a film as plain data, the same for every format that it is rendered to.

Written by engine.cli and later by the Create wizard; read by every part of engine.render.
Law: durations are whole frames at FPS, word times whole milliseconds from the film's start, places are
fractions of the source picture (0 to 1 from its upper left), so nothing here knows a canvas.

Scene n shows from the sum of the durations before it; a transition of d frames into the next scene lies around
their border, d // 2 frames before it and the rest after it, and so never changes the film's length.
"""

import json
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

FPS = 30
SCHEMA_VERSION: Final = 1
MOST_SCENES: Final = 2000
MOST_SCENE_CHARACTERS: Final = 20_000
MOST_HEADING_CHARACTERS: Final = 600
LONGEST_WATERMARK: Final = 200
LONGEST_TRANSITION_FRAMES: Final = 90

TransitionKind = Literal["cut", "crossfade", "slide", "dip"]
Direction = Literal["left", "right", "up", "down"]
CaptionName = Literal["plain", "box", "highlight", "large"]
CaptionPosition = Literal["bottom", "middle", "top"]
Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

Fraction = Annotated[float, Field(ge=0, le=1)]
Gain = Annotated[float, Field(ge=-60, le=24)]
"""Decibels."""


def _checked_colour(value: str) -> str:
    digits = value.removeprefix("#")
    if not (value.startswith("#") and len(digits) == 6 and all(c in "0123456789abcdefABCDEF" for c in digits)):
        raise ValueError("is not a colour like #C2410C")
    return value.upper()


Colour = Annotated[str, AfterValidator(_checked_colour)]
"""sRGB as #RRGGBB."""


class TimelineInvalid(ValueError):
    """The timeline cannot be rendered; `problems` are sentences that name scene and field."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Box(_Part):
    """A rectangle in the source picture, in fractions of its width and height."""

    x: Fraction
    y: Fraction
    width: Annotated[float, Field(gt=0, le=1)]
    height: Annotated[float, Field(gt=0, le=1)]

    @model_validator(mode="after")
    def _inside(self) -> Self:
        if self.x + self.width > 1.000001 or self.y + self.height > 1.000001:
            raise ValueError("reaches outside the picture: x + width and y + height may be 1 at most")
        return self


class Crop(_Part):
    """What the canvas shows of the source: the largest crop of the canvas's shape, made `zoom` times tighter.

    x and y are the crop's centre; None is the centre of the scene's focus box, or of the picture.
    """

    zoom: Annotated[float, Field(ge=1, le=4)] = 1.0
    x: Fraction | None = None
    y: Fraction | None = None


class Motion(_Part):
    """Ken Burns: a slow move from one crop to another over the whole time that the scene is seen."""

    start: Crop = Crop()
    end: Crop = Crop()


class Transition(_Part):
    """How a scene gives way to the next one. A cut has no frames."""

    kind: TransitionKind = "cut"
    duration_frames: Annotated[int, Field(ge=0, le=LONGEST_TRANSITION_FRAMES)] = 0
    direction: Direction = "left"
    colour: Colour | None = None
    """Of a dip; None is the brand's ground."""

    @model_validator(mode="after")
    def _length_fits_kind(self) -> Self:
        if (self.kind == "cut") != (self.duration_frames == 0):
            raise ValueError("a cut has 0 frames and every other transition at least 1")
        return self


class ImageSource(_Part):
    """A still picture in a file."""

    kind: Literal["image"] = "image"
    path: Path


class ClipSource(_Part):
    """A piece of a moving picture. `trim_start_frames` counts frames of FPS from the clip's first picture."""

    kind: Literal["clip"] = "clip"
    path: Path
    trim_start_frames: Annotated[int, Field(ge=0)] = 0
    sound_db: Gain | None = None
    """How loud its own sound is in the mix; None leaves it out."""


class CardSource(_Part):
    """A title card drawn from the brand. The scene's text is set on it unless `heading` says another."""

    kind: Literal["card"] = "card"
    layout: Literal["statement", "split", "quote", "number", "outline", "end"] = "statement"
    heading: Annotated[str, Field(max_length=MOST_HEADING_CHARACTERS)] | None = None
    subline: Annotated[str, Field(max_length=300)] | None = None


Source = Annotated[ImageSource | ClipSource | CardSource, Field(discriminator="kind")]


class Scene(_Part):
    """One shot: what is seen, for how long, how it moves, and the words that belong to it."""

    id: Annotated[str, Field(min_length=1, max_length=80)]
    source: Source
    duration_frames: Annotated[int, Field(ge=1, le=FPS * 3600 * 2)]
    text: Annotated[str, Field(max_length=MOST_SCENE_CHARACTERS)] = ""
    fit: Literal["fill", "blur"] = "fill"
    """fill crops to the canvas around the focus; blur shows the whole picture between blurred sides."""
    focus: Box | None = None
    motion: Motion | None = None
    transition: Transition = Transition()


class Word(_Part):
    """A word of the voice-over with the time at which it is heard."""

    text: Annotated[str, Field(min_length=1, max_length=200)]
    start_ms: Annotated[int, Field(ge=0)]
    end_ms: Annotated[int, Field(ge=0)]
    confidence: Fraction = 1.0

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.end_ms < self.start_ms:
            raise ValueError("ends before it starts")
        if len(self.text.splitlines()) > 1:
            raise ValueError("holds a line break, which a caption's line cannot")
        return self


class CaptionStyle(_Part):
    """How the words look. Colours that are None come from the brand or the style's own rule."""

    name: CaptionName = "highlight"
    position: CaptionPosition = "bottom"
    scale: Annotated[float, Field(ge=0.5, le=2)] = 1.0
    colour: Colour | None = None
    highlight: Colour | None = None
    uppercase: bool = False


class Logo(_Part):
    """The brand's mark, laid over every frame."""

    path: Path
    corner: Corner = "top_right"
    width: Annotated[float, Field(ge=0.03, le=0.5)] = 0.13
    """Fraction of the canvas's shorter side."""


class FontFile(_Part):
    """A typeface in a file, as engine.render.media.typefaces writes it."""

    path: Path


class BrandFonts(_Part):
    """Families by name; a family that is not there falls back to the bundled ones. A file comes before its family."""

    display: Annotated[str, Field(min_length=1, max_length=80)] = "Bricolage Grotesque"
    text: Annotated[str, Field(min_length=1, max_length=80)] = "Inter"
    display_file: FontFile | None = None
    text_file: FontFile | None = None


class Brand(_Part):
    """What makes a film a client's own. The defaults are the studio's, from design/tokens.json."""

    name: Annotated[str, Field(max_length=120)] = "BOM Studios"
    accent: Colour = "#C2410C"
    on_accent: Colour = "#FFFFFF"
    ground: Colour = "#FAF8F4"
    ink: Colour = "#14161A"
    logo: Logo | None = None
    fonts: BrandFonts = BrandFonts()


class Voice(_Part):
    """A voice-over in a file, laid from `start_ms` of the film."""

    path: Path
    start_ms: Annotated[int, Field(ge=0)] = 0
    gain_db: Gain = 0.0
    trim_start_ms: Annotated[int, Field(ge=0)] = 0
    """Left out of the file's beginning (silence), before it is laid."""
    trim_end_ms: Annotated[int, Field(ge=0)] | None = None
    """Place in the file where it ends; None is its own end."""


class MusicFile(_Part):
    """Music in a file."""

    kind: Literal["file"] = "file"
    path: Path


class MusicBed(_Part):
    """One of the beds that the engine synthesises itself."""

    kind: Literal["bed"] = "bed"
    name: Annotated[str, Field(min_length=1, max_length=40)]


class Music(_Part):
    """Music under the film: looped to its length, faded in and out, ducked under speech."""

    source: Annotated[MusicFile | MusicBed, Field(discriminator="kind")]
    gain_db: Gain = -8.0
    duck_db: Annotated[float, Field(ge=0, le=40)] = 12.0
    """How much quieter the music is while somebody speaks."""
    fade_in_ms: Annotated[int, Field(ge=0, le=20_000)] = 400
    fade_out_ms: Annotated[int, Field(ge=0, le=20_000)] = 1500


class Levels(_Part):
    """Targets of the finished file (EBU R128): integrated loudness and true peak."""

    loudness_lufs: Annotated[float, Field(ge=-31, le=-8)] = -14.0
    true_peak_dbtp: Annotated[float, Field(ge=-9, le=-0.5)] = -1.0


class Timeline(_Part):
    """A whole film. Ends where its last scene ends; the last scene's transition is not used."""

    schema_version: Literal[1] = SCHEMA_VERSION
    title: Annotated[str, Field(min_length=1, max_length=300)]
    language: Literal["nl", "en"] = "nl"
    scenes: Annotated[tuple[Scene, ...], Field(min_length=1, max_length=MOST_SCENES)]
    words: tuple[Word, ...] = ()
    captions: CaptionStyle | None = CaptionStyle()
    brand: Brand = Brand()
    voice: Voice | None = None
    music: Music | None = None
    levels: Levels = Levels()
    progress_bar: bool = False
    watermark: Annotated[str, Field(min_length=1, max_length=LONGEST_WATERMARK)] | None = None
    """A line across every picture, on films that are only to be judged."""

    @property
    def duration_frames(self) -> int:
        """The film's length."""
        return sum(scene.duration_frames for scene in self.scenes)

    @property
    def scene_starts(self) -> tuple[int, ...]:
        """The frame at which each scene's own time begins."""
        return tuple(accumulate((scene.duration_frames for scene in self.scenes[:-1]), initial=0))

    @model_validator(mode="after")
    def _scenes_and_words_fit(self) -> Self:
        problems = [*_doubled_ids(self.scenes), *_crowded_transitions(self.scenes), *_words_out_of_order(self.words)]
        if problems:
            raise ValueError(" ".join(problems))
        return self


def _doubled_ids(scenes: tuple[Scene, ...]) -> Iterable[str]:
    seen: set[str] = set()
    for number, scene in enumerate(scenes, 1):
        if scene.id in seen:
            yield f"Scene {number}: id '{scene.id}' is used by an earlier scene too."
        seen.add(scene.id)


def _crowded_transitions(scenes: tuple[Scene, ...]) -> Iterable[str]:
    before = 0
    for number, scene in enumerate(scenes, 1):
        leaving = scene.transition.duration_frames if number < len(scenes) else 0
        needed = (before - before // 2) + leaving // 2
        if needed > scene.duration_frames:
            yield (
                f"Scene {number} ({scene.id}): duration_frames is {scene.duration_frames}, "
                f"but its transitions need {needed}."
            )
        before = leaving


def _words_out_of_order(words: tuple[Word, ...]) -> Iterable[str]:
    for number, (word, following) in enumerate(pairwise(words), 2):
        if following.start_ms < word.start_ms:
            yield f"Word {number} ('{following.text}'): starts at {following.start_ms} ms, before the word ahead of it."
            return


def parse_timeline(text: str) -> Timeline:
    """The timeline that a JSON text describes. Raises TimelineInvalid with sentences that name scene and field."""
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise TimelineInvalid([f"This is not JSON: {error.msg} at line {error.lineno}."]) from None
    if isinstance(raw, dict) and isinstance(version := raw.get("schema_version"), int) and version > SCHEMA_VERSION:
        raise TimelineInvalid(
            [f"The timeline has schema version {version}; this engine knows up to {SCHEMA_VERSION}. Update the engine."]
        )
    try:
        return Timeline.model_validate_json(text)
    except ValidationError as error:
        raise TimelineInvalid(_sentence(raw, detail["loc"], detail["msg"]) for detail in error.errors()) from None


def _sentence(raw: object, place: tuple[int | str, ...], message: str) -> str:
    """One validation error in words: "Scene 2 (intro): duration_frames: Input should be …"."""
    message = message.removeprefix("Value error, ")
    if not place:
        return message if message.endswith(".") else f"A timeline is a JSON object: {message}."
    match place:
        case ("scenes", int(index), *rest):
            scenes = raw.get("scenes") if isinstance(raw, dict) else None
            scene = scenes[index] if isinstance(scenes, list) and index < len(scenes) else None
            name = scene.get("id") if isinstance(scene, dict) else None
            thing = f"Scene {index + 1} ({name})" if name else f"Scene {index + 1}"
        case ("words", int(index), *rest):
            thing = f"Word {index + 1}"
        case _:
            thing, rest = "Timeline", list(place)
    field = ".".join(str(part) for part in rest)
    return f"{thing}: {field}: {message}." if field else f"{thing}: {message}."
