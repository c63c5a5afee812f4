"""Videos: their scripts, scenes, takes, cut and exports."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.fields import Colour, Given, Id, JsonObject, Language, Name, Revision, Shown, Time
from api.schemas.jobs import JobOut

VideoSort = Literal["created_at", "-created_at", "updated_at", "-updated_at", "title", "-title"]
ExportSort = Literal["created_at", "-created_at"]
VideoStatus = Literal["scripting", "generating", "rendering", "ready", "delivered"]
VideoType = Literal["image_vo", "stock_vo", "raw_edit", "avatar_vo"]
TakeKind = Literal["image", "clip", "voice", "avatar"]
Format = Annotated[Literal["9:16", "1:1", "16:9"], Field(examples=["9:16"])]
Quality = Annotated[Literal["draft", "standard", "high"], Field(examples=["standard"])]
ExportStatus = Literal["queued", "rendering", "ready", "failed", "canceled"]
Script = Annotated[
    str,
    Field(
        max_length=100_000,
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$",
        description="Lines of --- part the scenes; without any, each sentence is one.",
        examples=["Elk merk heeft een verhaal.\n---\nWij laten het zien."],
    ),
]
CUT_SHIFT_MOST_MS = 10_000
CutShiftMs = Annotated[
    int,
    Field(
        ge=-CUT_SHIFT_MOST_MS,
        le=CUT_SHIFT_MOST_MS,
        description="The cut into this scene comes so much later (or earlier, below 0) than its words say.",
        examples=[-120],
    ),
]
Fraction = Annotated[float, Field(ge=0, le=1, examples=[0.5])]


class VideoIn(Given):
    """A new video."""

    project_id: Id
    title: Name
    type: VideoType = "image_vo"
    language: Language = "nl"
    script: Script = ""


class VideoChanges(Given):
    """What to change; what is absent stays. A new script re-splits the scenes; scenes whose words stayed keep all."""

    title: Name = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    script: Script = Field(default_factory=str)


class VideoMove(Given):
    """Where to move it."""

    to: VideoStatus


class VideoRow(Shown):
    """A video in a list, without its script."""

    id: Id
    project_id: Id
    client_id: Id
    title: str
    type: VideoType
    status: VideoStatus
    language: str
    voice_take_id: Id | None
    archived_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


ReviewState = Annotated[
    Literal["waiting", "deciding", "approved", "changes_requested", "replaced"],
    Field(
        description="waiting: for the client's word; deciding: the ten seconds in which it can be taken back; "
        "replaced: there is a newer version.",
        examples=["waiting"],
    ),
]


class VideoReview(Shown):
    """Where a video's newest version stands at its client."""

    version_id: Id
    version_number: int = Field(examples=[2])
    state: ReviewState
    since: Time = Field(description="When it was sent; once it is decided on, when that was.")


class VideoListed(VideoRow):
    """A video in a list, with a picture of it."""

    thumbnail_url: Url | None = Field(description="Of its last finished film, else of its first scene's picture.")
    review: VideoReview | None = Field(description="Empty where nothing was sent to the client.")


class Box(Given):
    """A rectangle in a picture, in fractions of its width and height."""

    x: Fraction
    y: Fraction
    width: Annotated[float, Field(gt=0, le=1)]
    height: Annotated[float, Field(gt=0, le=1)]


class Crop(Given):
    """What the canvas shows; without a place, around the focus."""

    zoom: Annotated[float, Field(ge=1, le=4)] = 1.0
    x: Fraction | None = None
    y: Fraction | None = None


class Motion(Given):
    """A slow move from one crop to another."""

    start: Crop = Field(default_factory=Crop)
    end: Crop = Field(default_factory=Crop)


class Transition(Given):
    """How a scene gives way to the next one. A cut has no frames."""

    kind: Literal["cut", "crossfade", "slide", "dip"] = "cut"
    duration_frames: Annotated[int, Field(ge=0, le=90)] = 0
    direction: Literal["left", "right", "up", "down"] = "left"
    colour: Colour | None = None


class TakeIn(Given):
    """A file of the library to use as a variant. Without a scene it is for the whole video, as a voice is."""

    asset_id: Id
    kind: TakeKind
    scene_id: Id | None = None
    choose: bool = Field(default=True, description="Show it at once.")


class TakeOut(Shown):
    """One variant of a picture, clip or voice, with what it cost. Going back to it costs nothing."""

    id: Id
    video_id: Id
    scene_id: Id | None
    kind: TakeKind
    source: Literal["generated", "uploaded", "library", "offline"]
    asset_id: Id
    prompt: str
    provider: str
    model: str
    cost_micros: int = Field(description="Micro-euros.", examples=[2_700])
    facts: JsonObject = Field(description="What belongs to the variant; of a voice, GET …/voice tells more.")
    created_at: Time
    revision: Revision
    file_name: str = Field(examples=["oliebol.jpg"])
    media_type: str = Field(examples=["image/jpeg"])
    size_bytes: int = Field(examples=[482_113])
    width: int | None = Field(description="Of a picture or clip, in pixels.")
    height: int | None
    duration_ms: int | None = Field(description="Of a clip or voice.")
    thumbnail_url: Url | None = Field(description="A small picture of it; empty for sound.")
    file_url: Url = Field(description="The file itself, to show or play.")


class TakesOut(Shown):
    """Takes, the newest first."""

    items: list[TakeOut]


class SceneOut(Shown):
    """A part of the script with what is seen while it is said."""

    id: Id
    video_id: Id
    position: int = Field(description="0 is the first.", examples=[0])
    text: str
    prompt: str = Field(description="For its picture; where it is empty, the words are.")
    chosen_take_id: Id | None
    chosen_take: TakeOut | None = Field(description="What is seen; empty: a title card.")
    focus: JsonObject | None
    motion: JsonObject | None
    transition: JsonObject | None
    cut_shift_ms: CutShiftMs
    updated_at: Time
    revision: Revision


class SceneChanges(Given):
    """What to change; what is absent stays, and null empties."""

    prompt: Annotated[str, Field(max_length=4000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")] = Field(
        default_factory=str
    )
    focus: Box | None = None
    motion: Motion | None = None
    transition: Transition | None = None
    cut_shift_ms: CutShiftMs = 0
    chosen_take_id: Id | None = Field(
        None, description="The take that is seen, one of this scene's; null: a title card."
    )


class SceneOrder(Given):
    """Every scene of the video, once, in the new order."""

    scene_ids: Annotated[list[Id], Field(max_length=2000)]


class VideoOut(VideoRow):
    """A video with its script and scenes."""

    script: str
    scenes: list[SceneOut] = Field(description="In their order.")
    voice: TakeOut | None = Field(description="The take that is heard.")


class PicturesIn(Given):
    """For which scenes to draw title cards, for nothing."""

    scene_ids: Annotated[list[Id], Field(min_length=1, max_length=500)]
    aspect: Format = "9:16"


class TimelineIn(Given):
    """A cut. Where a timeline names a file, it is an asset's id."""

    document: JsonObject = Field(
        description="engine.render.timeline.Timeline: title, scenes, words, captions, brand, voice, music, levels.",
        examples=[
            {
                "title": "Elk merk",
                "scenes": [{"id": "1", "source": {"kind": "card"}, "duration_frames": 90, "text": "Elk merk."}],
            }
        ],
    )


class TimelineOut(Shown):
    """A video's saved cut."""

    video_id: Id
    document: JsonObject
    updated_at: Time
    revision: Revision


class ExportIn(Given):
    """What to render."""

    format: Format
    quality: Quality = "standard"


class ExportOut(Shown):
    """One finished, or not yet finished, file of a video in one format."""

    id: Id
    video_id: Id
    project_id: Id
    client_id: Id
    format: Format
    quality: Quality
    status: ExportStatus
    timeline_revision: int
    asset_id: Id | None = Field(description="The film, once it is ready.")
    sidecars: JsonObject = Field(description="Kind (srt, vtt, thumbnail …) to asset id.")
    duration_ms: int | None
    job_id: str | None
    problem: str = Field(description="Why it failed and what to do.")
    created_at: Time
    finished_at: Time | None
    revision: Revision
    download_url: Url | None = Field(default=None, description="Once it is ready; works without a session for hours.")
    play_url: Url | None = Field(default=None, description="For a player.")
    thumbnail_url: Url | None = None
    sidecar_urls: dict[str, Url] = Field(default={}, description="Kind (srt, vtt, filmstrip …) to its address.")


class ExportAsked(Shown):
    """An export and the job that makes it."""

    export: ExportOut
    job: JobOut
