"""Voices on the wire: recordings and draft voices, and when each word is heard in them."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.assets import Url
from api.schemas.fields import Given, Id, Revision, Shown
from api.schemas.jobs import JobOut

SyncQuality = Annotated[
    Literal["exact", "found", "unsure", "spread", "by_hand"],
    Field(
        description="exact: the draft voice, which knows. found: every word was found. unsure: `sync_notes` says what "
        "was not. spread: the script is not heard in it, so its words lie evenly over what is. by_hand: a person moved "
        "them.",
        examples=["found"],
    ),
]
Moment = Annotated[int, Field(ge=0, le=86_400_000, description="In the file's own time.", examples=[1240])]


class VoiceIn(Given):
    """Where a voice comes from: said by this machine for nothing, or a file of the library (uploaded or recorded)."""

    source: Literal["draft", "upload"]
    asset_id: Id | None = Field(default=None, description="Of an upload: a sound, or a clip that has some.")


class VoiceAsked(Shown):
    """The job that makes the take. Its result names it as `take_id`."""

    job: JobOut


class VoiceWordOut(Shown):
    """A word and when it is heard."""

    text: str = Field(examples=["Elke"])
    start_ms: int = Field(examples=[1240])
    end_ms: int = Field(examples=[1480])
    scene_id: Id | None = Field(description="Empty where the script does not have this word any more.")
    confidence: float = Field(description="0 to 1; below 0.3 it is a guess.", examples=[0.9])


class SilenceOut(Shown):
    """A stretch in which nobody speaks."""

    start_ms: int
    end_ms: int


class VoiceOut(Shown):
    """A voice take with its words."""

    take_id: Id
    revision: Revision
    play_url: Url
    duration_ms: int = Field(description="Of the whole file.")
    speech_start_ms: int = Field(description="The film has the file from here …")
    speech_end_ms: int = Field(description="… to here.")
    words: list[VoiceWordOut] = Field(description="In order, each beginning after the one before it ends.")
    silences: list[SilenceOut] = Field(description="Of 0.2 s and more, in order.")
    peaks: list[int] = Field(
        description="The highest level in each of up to 2,000 equal parts of the file, 0 to 100; 100 is its loudest."
    )
    is_outdated: bool = Field(description="Whether the script was changed since: find its words again, or record anew.")
    sync_quality: SyncQuality
    sync_notes: list[str] = Field(description="What could not be found and where, in sentences.")


class VoiceWordIn(Given):
    """A word at its place."""

    text: Annotated[str, Field(min_length=1, max_length=200)]
    start_ms: Moment
    end_ms: Moment


class VoiceMarkers(Given):
    """Every word of the voice, in order, with its place; the words themselves are changed in the script."""

    words: Annotated[list[VoiceWordIn], Field(max_length=50_000)]
    speech_start_ms: Moment
    speech_end_ms: Moment
