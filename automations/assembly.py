"""Assembly: a video as it stands (its scenes, chosen takes, voice, the client's brand and what was chosen for the whole
film) becomes a timeline.

Called by api.services.timelines, api.services.cuts and engine.cli.demo. Reads the database and writes nothing.
Law: in a timeline that is kept, each path is an asset's id; what it points to is found when it is rendered, so that a
cut never depends on where a file lies today.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.cuts import INTRO_CARD_ID, FilmChoices, LogoPlace
from automations.storyboard import CARD_MOTION, LEAD_IN_MS, TRANSITION_FRAMES, SourceFile, silent_words, storyboard
from automations.voices import voice_facts, words_as_said, words_guessed
from engine.core.brand_kits import get_brand_kit
from engine.core.clients import get_client
from engine.core.errors import Conflict
from engine.core.models import Asset, BrandKit, JsonObject, Take, Video
from engine.core.models import Scene as SceneRow
from engine.core.sentences import Language
from engine.core.videos import find_timeline, scenes_of
from engine.render.sound.beds import BED_NAMES
from engine.render.timeline import (
    FPS,
    Box,
    Brand,
    BrandFonts,
    CaptionStyle,
    CardSource,
    Logo,
    Motion,
    Music,
    MusicBed,
    MusicFile,
    Scene,
    Timeline,
    Transition,
    Voice,
    Word,
)

INTRO_FRAMES = 60
"""How long an intro card is seen."""
LONGEST_BRAND_NAME = 120
"""engine.render.timeline.Brand has room for so much."""


class VoiceOutdated(Conflict):
    """The script was changed since the voice was made; nothing was changed."""

    code = "voice_outdated"

    def __init__(self, video: Video) -> None:
        super().__init__(
            f"The script of “{video.title}” was changed since its voice was recorded. "
            "Find its words in the recording again, or record a new one."
        )


CutProblem = Literal["picture_missing", "voice_missing", "voice_outdated", "voice_unsure"]
"""What a person may want to mend before the film is rendered."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """A cut, and what is not as it should be in it."""

    timeline: Timeline
    problems: tuple[CutProblem, ...]


def assembled_timeline(session: Session, video: Video) -> Timeline:
    """The cut as it is to be rendered. Raises Conflict (video_empty, voice_outdated)."""
    cut = assembled_cut(session, video)
    if "voice_outdated" in cut.problems:
        raise VoiceOutdated(video)
    return cut.timeline


def assembled_cut(session: Session, video: Video, choices: FilmChoices | None = None) -> Assembled:
    """The same to be looked at: where the script left its voice, words are placed as well as can be.

    choices: for the whole film; None are those that stand with the kept cut. Raises Conflict (video_empty).
    """
    language: Language = "en" if video.language == "en" else "nl"
    rows = scenes_of(session, video.id)
    if not rows:
        raise Conflict(f"“{video.title}” has no scenes yet. Write a script first.", code="video_empty")
    kit = get_brand_kit(session, video.client_id)
    choices = choices or choices_for(session, video.id)
    texts = [row.text for row in rows]
    spoken = _spoken(session, video, texts, language, choices.voice_gain_db)
    files = _chosen_files(session, video.id)
    board = storyboard(
        texts,
        spoken.words,
        [_source_of(files.get(row.id), is_spoken_over=spoken.voice is not None) for row in rows],
        language,
        spoken.end_ms,
        choices.end_card if choices.has_chosen("end_card") else _words_on_card(kit, "end"),
        cut_shifts_ms=[row.cut_shift_ms for row in rows],
    )
    scenes = [_as_chosen(scene, row) for scene, row in zip(board.scenes, rows, strict=False)]
    timeline = Timeline(
        title=video.title,
        language=language,
        scenes=_with_room_to_cross([*scenes, *board.scenes[len(rows) :]]),
        words=board.words,
        captions=choices.captions if choices.has_chosen("captions") else captions_of(kit),
        brand=brand_of(session, kit, choices),
        voice=spoken.voice,
        music=choices.music if choices.has_chosen("music") else _music_of(kit),
        levels=choices.levels,
        progress_bar=choices.progress_bar,
    )
    intro = choices.intro_card if choices.has_chosen("intro_card") else _words_on_card(kit, "intro")
    if intro is not None:
        timeline = with_intro(timeline, intro)
    missing: list[CutProblem] = ["picture_missing"] if len(files) < len(rows) else []
    return Assembled(timeline, (*missing, *spoken.problems))


def choices_for(session: Session, video_id: str) -> FilmChoices:
    """What was chosen for the whole film so far."""
    kept = find_timeline(session, video_id)
    return FilmChoices.model_validate(kept.choices if kept else {})


@dataclass(frozen=True, slots=True)
class _Spoken:
    """The voice, each scene's words in the film's time, and when it falls silent (0 without a voice)."""

    voice: Voice | None
    words: list[list[Word]]
    end_ms: int
    problems: tuple[CutProblem, ...]


def _spoken(session: Session, video: Video, texts: Sequence[str], language: Language, gain_db: float) -> _Spoken:
    if video.voice_take_id is None:
        return _Spoken(None, silent_words(texts, language), 0, ("voice_missing",))
    take = session.get_one(Take, video.voice_take_id)
    facts = voice_facts(take, session.get_one(Asset, take.asset_id))
    shift = LEAD_IN_MS - facts.speech_start_ms
    said = words_as_said(facts, texts)
    problems: tuple[CutProblem, ...] = ()
    if said is None:
        problems = ("voice_outdated",)
    elif facts.sync_quality in {"unsure", "spread"}:
        problems = ("voice_unsure",)
    words = [
        [
            word.model_copy(update={"start_ms": max(0, word.start_ms + shift), "end_ms": max(0, word.end_ms + shift)})
            for word in scene
        ]
        for scene in (words_guessed(facts, texts) if said is None else said)
    ]
    voice = Voice(
        path=Path(take.asset_id),
        start_ms=LEAD_IN_MS,
        gain_db=gain_db,
        trim_start_ms=facts.speech_start_ms,
        trim_end_ms=facts.speech_end_ms,
    )
    return _Spoken(voice, words, facts.speech_end_ms + shift, problems)


def _chosen_files(session: Session, video_id: str) -> dict[str, Asset]:
    """Scene id to the file that is seen in it."""
    chosen = session.execute(
        select(SceneRow.id, Asset)
        .join(Take, Take.id == SceneRow.chosen_take_id)
        .join(Asset, Asset.id == Take.asset_id)
        .where(SceneRow.video_id == video_id)
    )
    return {row.id: row.Asset for row in chosen}


def _source_of(asset: Asset | None, *, is_spoken_over: bool) -> SourceFile | None:
    if asset is None:
        return None
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


def _with_room_to_cross(scenes: Sequence[Scene]) -> tuple[Scene, ...]:
    """The same scenes; a transition that a person set and that does not fit any more is as long as there is room."""
    fitted = list(scenes)
    room = [scene.duration_frames for scene in scenes]
    for index, scene in enumerate(scenes[:-1]):
        wanted = scene.transition.duration_frames
        # Half of it, the smaller one, lies in this scene and the rest in the next.
        frames = min(wanted, 2 * room[index] + 1, 2 * room[index + 1] - 1)
        if frames < wanted:
            shorter = scene.transition.model_copy(update={"duration_frames": frames})
            fitted[index] = scene.model_copy(update={"transition": shorter if frames > 0 else Transition()})
        frames = max(frames, 0)
        room[index + 1] -= frames - frames // 2
    return tuple(fitted)


def with_intro(timeline: Timeline, heading: str) -> Timeline:
    """The same film after a card with this heading: all that is said and seen comes INTRO_FRAMES later."""
    later_ms = INTRO_FRAMES * 1000 // FPS
    first, voice = timeline.scenes[0], timeline.voice
    room = first.duration_frames - timeline.scenes[0].transition.duration_frames // 2
    frames = min(TRANSITION_FRAMES, first.duration_frames // 3, 2 * room - 1)
    card = Scene(
        id=INTRO_CARD_ID,
        source=CardSource(layout="statement", heading=heading),
        duration_frames=INTRO_FRAMES,
        motion=CARD_MOTION,
        transition=Transition(kind="crossfade", duration_frames=frames) if frames >= 4 else Transition(),
    )
    words = tuple(
        word.model_copy(update={"start_ms": word.start_ms + later_ms, "end_ms": word.end_ms + later_ms})
        for word in timeline.words
    )
    later = voice.model_copy(update={"start_ms": voice.start_ms + later_ms}) if voice else None
    return timeline.model_copy(update={"scenes": (card, *timeline.scenes), "words": words, "voice": later})


def _words_on_card(kit: BrandKit, card: str) -> str | None:
    words = kit.cards.get(card)
    return words if isinstance(words, str) and words else None


def captions_of(kit: BrandKit) -> CaptionStyle:
    """How the words of this brand look."""
    return CaptionStyle.model_validate(kit.caption_style)


def brand_of(session: Session, kit: BrandKit, choices: FilmChoices) -> Brand:
    """The brand as the renderer takes it. choices: of the film, for the logo's place."""
    logo_id = kit.logo_light_asset_id or kit.logo_dark_asset_id
    place = choices.logo if choices.has_chosen("logo") else LogoPlace()
    return Brand.model_validate(
        {
            **{role: colour for role, colour in kit.colours.items() if colour is not None},
            "name": get_client(session, kit.client_id).name[:LONGEST_BRAND_NAME],
            "logo": Logo(path=Path(logo_id), **place.model_dump()) if logo_id and place else None,
            "fonts": BrandFonts.model_validate(_fonts_of(kit)),
        }
    )


def _fonts_of(kit: BrandKit) -> JsonObject:
    """By role a family of ours, and before that the client's own file."""
    fonts: JsonObject = {}
    for role in ("display", "text"):
        if kit.fonts.get(role) is not None:
            fonts[role] = kit.fonts[role]
        if (asset_id := kit.fonts.get(f"{role}_asset_id")) is not None:
            fonts[f"{role}_file"] = {"path": asset_id}
    return fonts


def _music_of(kit: BrandKit) -> Music | None:
    """The client's own file, else the client's bed where it is one of ours."""
    asset_id, bed, gain_db = (kit.music.get(name) for name in ("asset_id", "bed", "gain_db"))
    source: MusicFile | MusicBed
    if isinstance(asset_id, str):
        source = MusicFile(path=Path(asset_id))
    elif isinstance(bed, str) and bed in BED_NAMES:
        source = MusicBed(name=bed)
    else:
        return None
    return Music(source=source, gain_db=gain_db) if isinstance(gain_db, int | float) else Music(source=source)
