"""The library: films found by what they are, and a video that is made anew from another."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import library, videos
from engine.core.actors import SYSTEM
from engine.core.assets import keep_asset
from engine.core.database import Database
from engine.core.duplicates import duplicate_video
from engine.core.errors import Conflict, NotFound
from engine.core.exports import ask_export, finish_export
from engine.core.models import AssetType, Export, ExportStatus, Scene, Take, TakeKind, TakeSource, Video, VideoType
from engine.core.paging import PageWish
from engine.core.projects import archive_project
from engine.core.takes import keep_take
from tests.core.domain import NOW, a_picture, a_video

NEWEST = PageWish("-created_at")


def a_film(
    session: Session, video: Video, *, shape: str = "9:16", at: datetime = NOW, duration_ms: int = 30_000
) -> Export:
    """A finished film of this video."""
    timeline = videos.find_timeline(session, video.id) or videos.save_timeline(session, video.id, {}, None, at=at)
    export = ask_export(session, video, timeline, format=shape, quality="standard", by=SYSTEM, at=at)
    file = keep_asset(
        session,
        sha256="f" * 64,
        size_bytes=10,
        type=AssetType.CLIP,
        media_type="video/mp4",
        file_name="film.mp4",
        client_id=video.client_id,
        at=at,
    )
    return finish_export(session, export.id, asset=file, sidecars={}, duration_ms=duration_ms, at=at)


def test_a_film_is_found_by_each_thing_that_it_is(database: Database) -> None:
    with database.writing() as session:
        mine, other = a_video(session), a_video(session)
        other.type = VideoType.RAW_EDIT
        videos.change_video(session, other.id, other.revision, title="Open dag", script="Kom kijken.", at=NOW)
        film = a_film(session, mine)
        square = a_film(session, other, shape="1:1", at=NOW - timedelta(days=3), duration_ms=12_000)

        def found(**wanted: object) -> list[str]:
            return [one.id for one in library.list_films(session, NEWEST, **wanted).items]  # type: ignore[arg-type]

        assert found() == [film.id, square.id]
        assert found(client_id=mine.client_id) == found(project_id=mine.project_id) == [film.id]
        assert found(format="1:1") == found(video_type=VideoType.RAW_EDIT) == [square.id]
        assert found(since=NOW) == [film.id]
        assert found(until=NOW) == [square.id]
        assert found(longest_ms=15_000) == [square.id]
        assert found(shortest_ms=30_000, longest_ms=30_000) == [film.id]
        assert found(search="kijken dag") == [square.id]
        assert found(search="kijken", format="9:16") == []
        assert found(status=ExportStatus.FAILED) == []


def test_a_film_that_is_put_away_is_found_among_those_only_and_keeps_its_file(database: Database) -> None:
    with database.writing() as session:
        film = a_film(session, a_video(session))
        library.archive_export(session, film.id, at=NOW)

        assert library.list_films(session, NEWEST).items == []
        assert [one.id for one in library.list_films(session, NEWEST, archived=True).items] == [film.id]
        assert library.restore_export(session, film.id, at=NOW).archived_at is None
        assert film.asset_id is not None


def test_a_film_in_the_making_is_not_put_away_under_its_maker(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        timeline = videos.save_timeline(session, video.id, {}, None, at=NOW)
        export = ask_export(session, video, timeline, format="9:16", quality="draft", by=SYSTEM, at=NOW)

        with pytest.raises(Conflict, match="still being made"):
            library.archive_export(session, export.id, at=NOW)
        with pytest.raises(Conflict, match="not finished"):
            library.finished_films(session, [export.id])
        with pytest.raises(NotFound):
            library.finished_films(session, ["nowhere"])


def test_a_duplicate_shows_the_same_for_nothing_and_leaves_the_first_as_it_was(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        scene = videos.scenes_of(session, video.id)[0]
        picture = a_picture(session)
        bought = keep_take(
            session,
            video=video,
            scene=scene,
            kind=TakeKind.IMAGE,
            source=TakeSource.GENERATED,
            asset=picture,
            prompt="Brood",
            cost_micros=2_700,
            at=NOW,
        )
        videos.save_timeline(session, video.id, {"a": 1}, None, choices={"progress_bar": True}, at=NOW)
        a_film(session, video)

        copy = duplicate_video(session, video.id, title="Oliebollen (kopie)", at=NOW)

        assert (copy.status, copy.script, copy.title) == ("scripting", video.script, "Oliebollen (kopie)")
        shown = videos.scenes_of(session, copy.id)
        assert [one.text for one in shown] == [one.text for one in videos.scenes_of(session, video.id)]
        take = session.get_one(Take, shown[0].chosen_take_id)
        assert (take.asset_id, take.cost_micros, take.source, take.id != bought.id) == (picture.id, 0, "library", True)
        assert session.get_one(Scene, scene.id).chosen_take_id == bought.id
        assert videos.get_timeline(session, copy.id).choices == {"progress_bar": True}
        assert session.scalars(select(Export).where(Export.video_id == copy.id)).all() == []
        archive_project(session, video.project_id, at=NOW)
        with pytest.raises(Conflict, match="archived"):
            duplicate_video(session, video.id, at=NOW)
