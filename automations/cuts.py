"""Cuts: what a person chose for a whole film, apart from what follows from its scenes, takes and voice.

Called by automations.assembly, and by api.services.cuts and api.services.timelines, which change it.
Law: what nobody chose is the brand's to say, today and when the brand changes. So a choice that was not made is absent,
and one that says "none" is there.
"""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from engine.core.models import JsonObject
from engine.render.timeline import CaptionStyle, CardSource, Corner, Gain, Levels, Music, Scene, Timeline

INTRO_CARD_ID = "intro"
END_CARD_ID = "end"
"""The ids of the scenes that these cards are."""


class LogoPlace(BaseModel):
    """Where the brand's logo stands, and how large (engine.render.timeline.Logo)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corner: Corner = "top_right"
    width: float = Field(default=0.13, ge=0.03, le=0.5)


class FilmChoices(BaseModel):
    """Timeline.choices. A field that was never set was not chosen; `music.source.path` is an asset's id."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    captions: CaptionStyle | None = None
    music: Music | None = None
    voice_gain_db: Gain = 0.0
    levels: Levels = Levels()
    logo: LogoPlace | None = None
    progress_bar: bool = False
    intro_card: str | None = Field(default=None, max_length=600)
    end_card: str | None = Field(default=None, max_length=600)

    def has_chosen(self, name: str) -> bool:
        """Whether somebody chose this."""
        return name in self.model_fields_set

    def with_changes(self, changes: Self) -> Self:
        """The same, but for what is chosen in `changes`."""
        return self.model_copy(update={name: getattr(changes, name) for name in changes.model_fields_set})

    def as_kept(self) -> JsonObject:
        """As JSON, with what was chosen and nothing else."""
        whole: JsonObject = self.model_dump(mode="json")
        return {name: value for name, value in whole.items() if self.has_chosen(name)}


def choices_of(timeline: Timeline) -> FilmChoices:
    """What a cut that somebody wrote by hand says of the whole film."""
    logo = timeline.brand.logo
    chosen: dict[str, object] = {
        "captions": timeline.captions,
        "music": timeline.music,
        "levels": timeline.levels,
        "logo": LogoPlace(corner=logo.corner, width=logo.width) if logo else None,
        "progress_bar": timeline.progress_bar,
        "intro_card": heading_of(timeline.scenes[0], INTRO_CARD_ID),
        "end_card": heading_of(timeline.scenes[-1], END_CARD_ID),
    }
    if timeline.voice is not None:
        chosen["voice_gain_db"] = timeline.voice.gain_db
    return FilmChoices.model_validate(chosen)


def heading_of(scene: Scene, card_id: str) -> str | None:
    """What stands on a scene that is this card; None where it is another scene."""
    return scene.source.heading if scene.id == card_id and isinstance(scene.source, CardSource) else None
