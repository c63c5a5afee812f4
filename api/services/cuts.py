"""Cuts: a video as it would be rendered now, and what is chosen for the whole film.

Called by api.routers.cuts and api.services.drafts.
Law: the cut is made of the video at the moment it is asked for, so it is never older than its scenes; what is kept are
the choices.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from api.schemas.cuts import (
    CaptionChoice,
    CaptionLine,
    CutChanges,
    CutOut,
    CutProblem,
    CutScene,
    LevelsChoice,
    LogoChoice,
    MusicChoice,
)
from automations.assembly import Assembled, assembled_cut, choices_for
from automations.cuts import END_CARD_ID, INTRO_CARD_ID, FilmChoices, LogoPlace, heading_of
from engine.core import assets, videos
from engine.core.errors import Invalid, RevisionOutdated
from engine.core.models import AssetType, Scene, Video
from engine.render.sidecars.subtitles import cues
from engine.render.sound.beds import BED_NAMES
from engine.render.timeline import FPS, CaptionStyle, Levels, Music, MusicBed, MusicFile, Timeline

_EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()


def as_cut(session: Session, video: Video) -> CutOut:
    """The cut, and what is not as it should be in it."""
    scenes = videos.scenes_of(session, video.id)
    if not scenes:
        return _shown(video, _revision(session, video.id), None, scenes, choices_for(session, video.id))
    cut = assembled_cut(session, video)
    return _shown(video, _revision(session, video.id), cut, scenes, choices_for(session, video.id))


def change_cut(session: Session, video: Video, changes: CutChanges, revision: int, *, at: datetime) -> CutOut:
    """Choose for the whole film. Raises Invalid, Conflict (video_empty), RevisionOutdated."""
    current = _revision(session, video.id)
    if revision != current:
        raise RevisionOutdated("cut", as_cut(session, video), current, revision)
    chosen = choices_for(session, video.id).with_changes(_chosen(session, video, changes))
    document = assembled_cut(session, video, chosen).timeline.model_dump(mode="json")
    videos.save_timeline(session, video.id, document, revision, choices=chosen.as_kept(), at=at)
    return as_cut(session, video)


def cut_sha256(timeline: Timeline) -> str:
    """What is seen and heard of a film, as a name. A film that is only called otherwise is the same."""
    shown = timeline.model_dump(mode="json", exclude={"title"})
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()


def _revision(session: Session, video_id: str) -> int:
    kept = videos.find_timeline(session, video_id)
    return kept.revision if kept else 0


def _chosen(session: Session, video: Video, changes: CutChanges) -> FilmChoices:
    """The changes as the renderer takes them. Raises Invalid."""
    chosen: dict[str, object] = {}
    for name in changes.model_fields_set:
        match name:
            case "captions":
                style = changes.captions
                chosen[name] = CaptionStyle.model_validate(style.model_dump()) if style else None
            case "music":
                chosen[name] = _music(session, video, changes.music) if changes.music else None
            case "voice_level_db":
                chosen["voice_gain_db"] = changes.voice_level_db
            case "levels":
                chosen[name] = Levels.model_validate(changes.levels.model_dump())
            case "logo":
                chosen[name] = LogoPlace.model_validate(changes.logo.model_dump()) if changes.logo else None
            case "intro_card" | "end_card":
                chosen[name] = getattr(changes, name) or None
            case "progress_bar":
                chosen[name] = changes.progress_bar
    return FilmChoices.model_validate(chosen)


def _music(session: Session, video: Video, choice: MusicChoice) -> Music:
    if (choice.bed is None) == (choice.asset_id is None):
        raise Invalid("Music is one of the beds or a file of the library: name one of the two.", field="music")
    if choice.bed is not None and choice.bed not in BED_NAMES:
        raise Invalid(f"There is no music bed {choice.bed!r}. There are {', '.join(BED_NAMES)}.", field="music.bed")
    if choice.asset_id is not None:
        asset = assets.get_asset(session, choice.asset_id)
        if asset.client_id not in {None, video.client_id}:
            raise Invalid("That music is another client's. Pick one of this client.", field="music.asset_id")
        if asset.type not in {AssetType.MUSIC, AssetType.AUDIO}:
            raise Invalid(
                f"“{asset.file_name}” is {asset.type} and no music. Pick another file.",
                field="music.asset_id",
                code="wrong_file_type",
            )
    source = MusicBed(name=choice.bed) if choice.bed else MusicFile(path=Path(choice.asset_id or ""))
    return Music(
        source=source,
        gain_db=choice.level_db,
        duck_db=choice.duck_db,
        fade_in_ms=choice.fade_in_ms,
        fade_out_ms=choice.fade_out_ms,
    )


def _shown(video: Video, revision: int, cut: Assembled | None, scenes: Sequence[Scene], choices: FilmChoices) -> CutOut:
    film = cut.timeline if cut else None
    captions, music = (film.captions, film.music) if film else (choices.captions, choices.music)
    logo = film.brand.logo if film else choices.logo
    problems: list[CutProblem] = [*cut.problems] if cut else ["video_empty"]
    return CutOut(
        video_id=video.id,
        revision=revision,
        cut_sha256=cut_sha256(film) if film else _EMPTY_SHA256,
        duration_ms=_ms(film.duration_frames) if film else 0,
        language=video.language,
        captions=CaptionChoice.model_validate(captions.model_dump()) if captions else None,
        music=_shown_music(music) if music else None,
        voice_level_db=choices.voice_gain_db,
        levels=LevelsChoice.model_validate(choices.levels.model_dump()),
        logo=LogoChoice(corner=logo.corner, width=logo.width) if logo else None,
        progress_bar=choices.progress_bar,
        intro_card=heading_of(film.scenes[0], INTRO_CARD_ID) if film else choices.intro_card,
        end_card=heading_of(film.scenes[-1], END_CARD_ID) if film else choices.end_card,
        scenes=_shown_scenes(film, scenes) if film else [],
        caption_lines=[CaptionLine(start_ms=s, end_ms=e, text="\n".join(lines)) for s, e, lines in cues(film)]
        if film
        else [],
        problems=problems,
    )


def _shown_music(music: Music) -> MusicChoice:
    return MusicChoice(
        bed=music.source.name if isinstance(music.source, MusicBed) else None,
        asset_id=str(music.source.path) if isinstance(music.source, MusicFile) else None,
        level_db=music.gain_db,
        duck_db=music.duck_db,
        fade_in_ms=music.fade_in_ms,
        fade_out_ms=music.fade_out_ms,
    )


def _shown_scenes(film: Timeline, scenes: Sequence[Scene]) -> list[CutScene]:
    seen = [pair for pair in zip(film.scenes, film.scene_starts, strict=True) if pair[0].id != INTRO_CARD_ID]
    return [
        CutScene(
            scene_id=row.id,
            number=number,
            start_ms=_ms(start),
            duration_ms=_ms(start + scene.duration_frames) - _ms(start),
            cut_shift_ms=row.cut_shift_ms,
            text=row.text,
            has_picture=scene.source.kind != "card",
        )
        for number, (row, (scene, start)) in enumerate(zip(scenes, seen, strict=False), 1)
    ]


def _ms(frames: int) -> int:
    return round(frames * 1000 / FPS)
