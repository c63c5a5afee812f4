from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core import exports, takes, videos
from engine.core.actors import SYSTEM
from engine.core.database import Database
from engine.core.errors import Invalid, RevisionOutdated
from engine.core.models import ExportStatus, Scene, StatusChange, Take, TakeKind, TakeSource, Video, VideoStatus
from engine.core.projects import IllegalMove
from tests.core.domain import NOW, a_picture, a_video

LATER = NOW + timedelta(minutes=5)


def with_picture(session: Session, video: Video, scene: Scene) -> Take:
    return takes.keep_take(
        session,
        video=video,
        scene=scene,
        kind=TakeKind.IMAGE,
        source=TakeSource.UPLOADED,
        asset=a_picture(session),
        at=NOW,
    )


def test_a_script_becomes_scenes(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Welkom bij 't Hoekje.\n---\nVerse oliebollen, elke dag.")

        assert [scene.text for scene in videos.scenes_of(session, video.id)] == [
            "Welkom bij 't Hoekje.",
            "Verse oliebollen, elke dag.",
        ]


def test_a_scene_keeps_its_picture_when_another_is_put_before_it(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Eén.\n---\nTwee.")
        two = videos.scenes_of(session, video.id)[1]
        take = with_picture(session, video, two)

        videos.change_video(session, video.id, video.revision, script="Nul.\n---\nEén.\n---\nTwee.", at=LATER)

        after = videos.scenes_of(session, video.id)
        assert [scene.text for scene in after] == ["Nul.", "Eén.", "Twee."]
        assert after[2].id == two.id
        assert after[2].chosen_take_id == take.id


def test_a_reworded_scene_keeps_its_picture(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Eén.\n---\nTwee.\n---\nDrie.")
        take = with_picture(session, video, videos.scenes_of(session, video.id)[1])

        videos.change_video(session, video.id, video.revision, script="Eén.\n---\nTwee, anders.\n---\nDrie.", at=LATER)

        assert videos.scenes_of(session, video.id)[1].chosen_take_id == take.id


def test_the_take_of_a_scene_that_is_gone_stays_with_the_video(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Eén.\n---\nTwee.")
        take_id = with_picture(session, video, videos.scenes_of(session, video.id)[1]).id
        videos.change_video(session, video.id, video.revision, script="Eén.", at=LATER)

    with database.reading() as session:
        (take,) = takes.takes_of_video(session, video.id)
        assert (take.id, take.scene_id) == (take_id, None)


def test_an_empty_script_leaves_no_scene_and_no_error(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)

        videos.change_video(session, video.id, video.revision, script="  \n", at=LATER)

        assert videos.scenes_of(session, video.id) == []


def test_scenes_in_a_new_order_are_read_in_that_order(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session, script="Eén.\n---\nTwee.\n---\nDrie.")
        one, two, three = (scene.id for scene in videos.scenes_of(session, video.id))

        videos.order_scenes(session, video.id, [three, one, two], video.revision, at=LATER)

        assert [scene.id for scene in videos.scenes_of(session, video.id)] == [three, one, two]
        assert video.script == "Drie.\n---\nEén.\n---\nTwee."
        with pytest.raises(Invalid):
            videos.order_scenes(session, video.id, [one, two], video.revision, at=LATER)


def test_going_back_to_an_earlier_take_costs_nothing_and_loses_nothing(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        scene = videos.scenes_of(session, video.id)[0]
        first, second = with_picture(session, video, scene), with_picture(session, video, scene)
        assert scene.chosen_take_id == second.id

        takes.choose_take(session, first, at=LATER)

        assert scene.chosen_take_id == first.id
        assert {take.id for take in takes.takes_of_scene(session, scene.id)} == {first.id, second.id}


def test_a_workflow_that_runs_again_keeps_one_take_of_a_paid_call(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        scene = videos.scenes_of(session, video.id)[0]
        asset = a_picture(session)
        kept = [
            takes.keep_take(
                session,
                video=video,
                scene=scene,
                kind=TakeKind.IMAGE,
                source=TakeSource.GENERATED,
                asset=asset,
                paid_call_id="quote:scene",
                cost_micros=2580,
                at=NOW,
            )
            for _ in range(2)
        ]

        assert kept[0].id == kept[1].id
        assert len(takes.takes_of_video(session, video.id)) == 1


def test_the_second_of_two_tabs_does_not_overwrite_the_first(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
    with database.writing() as session:
        videos.change_video(session, video.id, 1, title="Eerste tab", at=LATER)

    with database.writing() as session, pytest.raises(RevisionOutdated) as refused:
        videos.change_video(session, video.id, 1, title="Tweede tab", at=LATER)

    assert isinstance(refused.value.current, Video)
    assert refused.value.current.title == "Eerste tab"


@pytest.mark.parametrize("start", list(VideoStatus))
def test_a_video_moves_along_the_table_only(database: Database, start: VideoStatus) -> None:
    with database.writing() as session:
        video = a_video(session)
        for to in VideoStatus:
            video.status = start
            session.flush()
            if to == start or to in videos.MOVES[start]:
                videos.move_video(session, video, to, by=SYSTEM, at=LATER)
                assert video.status == to
            else:
                with pytest.raises(IllegalMove, match=f"{start} cannot become {to}"):
                    videos.move_video(session, video, to, by=SYSTEM, at=LATER)

        written = session.scalars(select(StatusChange).where(StatusChange.video_id == video.id)).all()
        assert {change.to_status for change in written} == {str(to) for to in videos.MOVES[start]}


def test_a_video_is_ready_when_the_last_of_its_exports_is(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        timeline = videos.save_timeline(session, video.id, {"scenes": []}, None, at=NOW)
        tall, wide = (
            exports.ask_export(session, video, timeline, format=name, quality="standard", by=SYSTEM, at=NOW)
            for name in ("9:16", "16:9")
        )
        assert video.status == "rendering"
        file = a_picture(session)

        exports.finish_export(session, tall.id, asset=file, sidecars={}, duration_ms=30_000, at=LATER)
        assert video.status == "rendering"
        exports.fail_export(session, wide.id, problem="The disk is full.", at=LATER)

        assert video.status == "ready"
        assert (tall.status, wide.status) == (ExportStatus.READY, ExportStatus.FAILED)


def test_a_finished_export_stays_finished(database: Database) -> None:
    with database.writing() as session:
        video = a_video(session)
        timeline = videos.save_timeline(session, video.id, {"scenes": []}, None, at=NOW)
        export = exports.ask_export(session, video, timeline, format="1:1", quality="standard", by=SYSTEM, at=NOW)
        file = a_picture(session)
        exports.finish_export(session, export.id, asset=file, sidecars={}, duration_ms=30_000, at=NOW)

        exports.fail_export(session, export.id, problem="too late", at=LATER)

        assert (export.status, export.asset_id, export.problem) == (ExportStatus.READY, file.id, "")
