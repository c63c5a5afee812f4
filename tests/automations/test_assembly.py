from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from automations.assembly import VoiceOutdated, assembled_timeline
from automations.voices import VoiceFacts
from engine.core import assets, brand_kits, takes, videos
from engine.core.database import Database
from engine.core.errors import Conflict
from engine.core.models import Asset, AssetType, TakeKind, TakeSource, Video
from engine.core.scripts import spoken_words
from engine.render.timeline import CardSource, ClipSource, Crop, ImageSource, Timeline, Word
from tests.automations.conftest import ON_SQLITE
from tests.core.domain import NOW, a_picture, a_video

pytestmark = ON_SQLITE


def an_asset(session: Session, type: AssetType, **facts: object) -> Asset:  # noqa: A002
    asset = a_picture(session)
    asset.type = type
    asset.facts = dict(facts)  # type: ignore[arg-type]
    return asset


def with_voice(session: Session, video: Video, *, starts_ms: int = 200) -> Asset:
    """A voice that says each word of the script in 300 ms, after a silence."""
    tokens = [token for scene in videos.scenes_of(session, video.id) for token in spoken_words(scene.text)]
    words = tuple(
        Word(text=token, start_ms=starts_ms + 300 * at, end_ms=starts_ms + 300 * at + 250)
        for at, token in enumerate(tokens)
    )
    asset = an_asset(session, AssetType.AUDIO)
    facts = VoiceFacts(speech_start_ms=starts_ms, speech_end_ms=starts_ms + 300 * len(tokens), words=words)
    takes.keep_take(
        session,
        video=video,
        scene=None,
        kind=TakeKind.VOICE,
        source=TakeSource.UPLOADED,
        asset=asset,
        facts=facts.model_dump(mode="json"),
        at=NOW,
    )
    return asset


def choose(session: Session, video: Video, position: int, asset: Asset, kind: TakeKind) -> None:
    scene = videos.scenes_of(session, video.id)[position]
    takes.keep_take(session, video=video, scene=scene, kind=kind, source=TakeSource.UPLOADED, asset=asset, at=NOW)


def test_a_video_becomes_a_film_of_what_was_chosen_for_it(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        voice = with_voice(session, video)
        picture = an_asset(session, AssetType.IMAGE, kind="image")
        clip = an_asset(session, AssetType.CLIP, kind="clip", duration_s=12.5, audio_codec="aac")
        choose(session, video, 0, picture, TakeKind.IMAGE)
        choose(session, video, 1, clip, TakeKind.CLIP)
        one = videos.scenes_of(session, video.id)[0]
        videos.change_scene(
            session, one.id, one.revision, focus={"x": 0.1, "y": 0.2, "width": 0.3, "height": 0.4}, at=NOW
        )

        film = assembled_timeline(session, video)

        first, second, third = film.scenes
        assert isinstance(first.source, ImageSource)
        assert first.source.path == Path(picture.id)
        assert first.focus is not None
        assert first.focus.x == 0.1
        assert isinstance(second.source, ClipSource)
        assert second.source.sound_db is None  # the voice speaks over it
        assert isinstance(third.source, CardSource)
        assert film.voice is not None
        assert film.voice.path == Path(voice.id)
        assert [word.text for word in film.words] == ["Eén.", "Twee.", "Drie."]
        assert film.words[0].start_ms == film.voice.start_ms
        assert Timeline.model_validate(film.model_dump(mode="json")) == film


def test_a_video_without_a_voice_is_as_long_as_it_takes_to_read(database: Database) -> None:
    with database.writing() as session:
        film = assembled_timeline(session, a_video(session))

        assert film.voice is None
        assert all(scene.duration_frames >= 30 for scene in film.scenes)


def test_a_script_that_changed_under_its_voice_is_told_and_not_guessed(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        with_voice(session, video)
        videos.change_video(session, video.id, video.revision, script="Eén.\n---\nTwee woorden meer.", at=NOW)

        with pytest.raises(VoiceOutdated, match="changed since its voice"):
            assembled_timeline(session, video)


def test_a_video_without_a_script_is_told_so(database: Database) -> None:
    with database.writing() as session, pytest.raises(Conflict, match="Write a script first"):
        assembled_timeline(session, a_video(session, script=""))


def test_a_film_has_its_clients_name_colours_music_and_logo(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        logo = a_picture(session)
        brand_kits.change_brand_kit(
            session,
            video.client_id,
            1,
            colours={"accent": "#2F7D4F"},
            music={"bed": "warm"},
            caption_style={"name": "large"},
            logo_light_asset_id=logo.id,
            at=NOW,
        )

        film = assembled_timeline(session, video)

        assert (film.brand.name, film.brand.accent) == ("Bakkerij 't Hoekje", "#2F7D4F")
        assert film.brand.logo is not None
        assert film.brand.logo.path == Path(logo.id)
        assert film.captions is not None
        assert film.captions.name == "large"
        assert film.music is not None


def test_a_motion_that_a_person_set_stays(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        scene = videos.scenes_of(session, video.id)[0]
        videos.change_scene(session, scene.id, 1, motion={"start": {"zoom": 2}, "end": {"zoom": 1}}, at=NOW)

        motion = assembled_timeline(session, video).scenes[0].motion

        assert motion is not None
        assert (motion.start, motion.end) == (Crop(zoom=2), Crop(zoom=1))


def test_files_that_a_film_needs_are_kept_by_name(database: Database) -> None:
    with database.writing() as session:
        picture = a_picture(session)

        assert assets.referred_hashes(session, [picture.sha256, "0" * 64]) == {picture.sha256}
