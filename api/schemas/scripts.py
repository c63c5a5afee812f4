"""Scripts on the wire: how a text would be split, before it is kept."""

from pydantic import Field

from api.schemas.fields import Given, Language, Shown
from api.schemas.videos import Script


class ScriptIn(Given):
    """A text as it is being written."""

    script: Script
    language: Language = "nl"


class SplitSceneOut(Shown):
    """One scene of the text."""

    text: str = Field(description="As spoken and shown.", examples=["Elke dag vers brood."])
    words: int = Field(examples=[4])
    reading_ms: int = Field(description="How long a calm voice takes to say it.", examples=[1900])


class ScriptSplitOut(Shown):
    """The scenes that the text makes; none where there is nothing to say."""

    scenes: list[SplitSceneOut]
    characters: int = Field(description="Spoken ones: without marks and stage directions.", examples=[20])
    words: int = Field(examples=[4])
    reading_ms: int = Field(examples=[1900])
