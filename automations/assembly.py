"""Assembly: a video as it stands (its scenes, chosen takes, voice and the client's brand) becomes a timeline.

Called by api.services.timelines and automations.workflows.render. Reads the database and writes nothing.
Law: in a timeline that is kept, each path is an asset's id; what it points to is found when it is rendered, so that a
cut never depends on where a file lies today.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy.orm import Session

from automations.storyboard import LEAD_IN_MS, SourceFile, silent_words, storyboard
from engine.core.clients import get_brand_kit, get_client
from engine.core.errors import Conflict
from engine.core.models import Asset, BrandKit, JsonObject, Take, Video
from engine.core.models import Scene as SceneRow
from engine.core.scripts import spoken_words
from engine.core.sentences import Language
from engine.core.videos import scenes_of
from engine.render.timeline import (
    FPS,
    Box,
    Brand,
    BrandFonts,
    CaptionStyle,
    Logo,
    Motion,
    Music,
    MusicBed,
    Scene,
    Timeline,
    Transition,
    Voice,
    Word,
)

LONGEST_BRAND_NAME = 120
"""engine.render.timeline.Brand has room for so much."""


class VoiceFacts(BaseModel):
    """What a voice take knows of itself (Take.facts): where the speech lies in its file, and each word of it."""

    model_config = ConfigDict(extra="forbid")

    speech_start_ms: Annotated[int, Field(ge=0)] = 0
    speech_end_ms: Annotated[int, Field(ge=0)]
    words: tuple[Word, ...]
    """In the file's own time, one for each of engine.core.scripts.spoken_words, in order."""


class VoiceOutdated(Conflict):
    """The script was changed since the voice was made; nothing was changed."""

    code = "voice_outdated"

    def __init__(self, video: Video) -> None:
        super().__init__(
            f"The script of “{video.title}” was changed since its voice was recorded. "
            "Find its words in the recording again, or record a new one."
        )


def assembled_timeline(session: Session, video: Video) -> Timeline:
    """The cut that a person would start from. Raises Conflict (video_empty, voice_outdated)."""
    language: Language = "en" if video.language == "en" else "nl"
    rows = scenes_of(session, video.id)
    if not rows:
        raise Conflict(f"“{video.title}” has no scenes yet. Write a script first.", code="video_empty")
    kit = get_brand_kit(session, video.client_id)
    texts = [row.text for row in rows]
    voice, words, voice_end_ms = _voice_of(session, video, texts, language)
    sources = [_source_of(session, row, is_spoken_over=voice is not None) for row in rows]
    board = storyboard(texts, words, sources, language, voice_end_ms)
    return Timeline(
        title=video.title,
        language=language,
        scenes=tuple(_as_chosen(scene, row) for scene, row in zip(board.scenes, rows, strict=True)),
        words=board.words,
        captions=_captions_of(kit),
        brand=_brand_of(session, kit),
        voice=voice,
        music=_music_of(kit),
    )


def _voice_of(
    session: Session, video: Video, texts: Sequence[str], language: Language
) -> tuple[Voice | None, list[list[Word]], int]:
    """The voice, each scene's words in the film's time, and when it falls silent."""
    if video.voice_take_id is None:
        return None, silent_words(texts, language), 0
    take = session.get_one(Take, video.voice_take_id)
    try:
        facts = VoiceFacts.model_validate(take.facts)
    except ValidationError:
        raise VoiceOutdated(video) from None
    counts = [len(spoken_words(text)) for text in texts]
    if sum(counts) != len(facts.words):
        raise VoiceOutdated(video)
    shift = LEAD_IN_MS - facts.speech_start_ms
    moved = [
        word.model_copy(update={"start_ms": max(0, word.start_ms + shift), "end_ms": max(0, word.end_ms + shift)})
        for word in facts.words
    ]
    words: list[list[Word]] = []
    for count in counts:
        words.append(moved[:count])
        moved = moved[count:]
    voice = Voice(
        path=Path(take.asset_id),
        start_ms=LEAD_IN_MS,
        trim_start_ms=facts.speech_start_ms,
        trim_end_ms=facts.speech_end_ms,
    )
    return voice, words, facts.speech_end_ms + shift


def _source_of(session: Session, row: SceneRow, *, is_spoken_over: bool) -> SourceFile | None:
    if row.chosen_take_id is None:
        return None
    asset = session.get_one(Asset, session.get_one(Take, row.chosen_take_id).asset_id)
    if asset.facts.get("kind") != "clip":
        return SourceFile(Path(asset.id), "image")
    duration_s = asset.facts.get("duration_s")
    frames = int(duration_s * FPS) if isinstance(duration_s, int | float) else 0
    is_heard = not is_spoken_over and asset.facts.get("audio_codec") is not None
    return SourceFile(Path(asset.id), "clip", frames, is_heard=is_heard)


def _as_chosen(scene: Scene, row: SceneRow) -> Scene:
    """The scene as the storyboard has it, but for what a person chose."""
    chosen: dict[str, object] = {"id": row.id}
    if row.focus is not None:
        chosen["focus"] = Box.model_validate(row.focus)
    if row.motion is not None:
        chosen["motion"] = Motion.model_validate(row.motion)
    if row.transition is not None:
        chosen["transition"] = Transition.model_validate(row.transition)
    return scene.model_copy(update=chosen)


def _captions_of(kit: BrandKit) -> CaptionStyle | None:
    if kit.caption_style.get("name") == "none":
        return None
    return CaptionStyle.model_validate(kit.caption_style)


def _brand_of(session: Session, kit: BrandKit) -> Brand:
    logo_id = kit.logo_light_asset_id or kit.logo_dark_asset_id
    return Brand.model_validate(
        {
            **kit.colours,
            "name": get_client(session, kit.client_id).name[:LONGEST_BRAND_NAME],
            "logo": Logo(path=Path(logo_id)) if logo_id else None,
            "fonts": BrandFonts.model_validate(_font_families(kit)),
        }
    )


def _font_families(kit: BrandKit) -> JsonObject:
    return {role: kit.fonts[role] for role in ("display", "text") if role in kit.fonts}


def _music_of(kit: BrandKit) -> Music | None:
    bed = kit.music.get("bed")
    return Music(source=MusicBed(name=bed)) if isinstance(bed, str) and bed else None
