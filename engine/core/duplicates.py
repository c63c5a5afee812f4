"""Duplicates: a new draft that begins as another video is.

Core: no HTTP, no clock. Called by api.routers.videos.
Law: takes and what they cost stay with the video that they were made for. The draft shows the same files, as files of
the library, for nothing; whatever is changed in one of the two leaves the other as it is.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from engine.core.errors import Conflict
from engine.core.models import Asset, Scene, Take, TakeSource, Video, VideoSearchWord, VideoStatus
from engine.core.projects import get_project
from engine.core.search import keep_words
from engine.core.takes import get_take, keep_take
from engine.core.texts import clean_name
from engine.core.videos import find_timeline, get_video, save_timeline, scenes_of


def duplicate_video(session: Session, video_id: str, *, title: str | None = None, at: datetime) -> Video:
    """A new video in the same project, with the same script, scenes, pictures, voice and choices, and no film yet.

    title: None for the same one; two may be called alike. Raises NotFound, Invalid, Conflict (project_archived).
    """
    original = get_video(session, video_id)
    project = get_project(session, original.project_id)
    if project.archived_at is not None:
        raise Conflict(f"“{project.name}” is archived. Restore the project first.", code="project_archived")
    draft = Video(
        project_id=original.project_id,
        client_id=original.client_id,
        title=clean_name(title or original.title, "title"),
        type=original.type,
        status=VideoStatus.SCRIPTING,
        language=original.language,
        script=original.script,
        created_at=at,
        updated_at=at,
    )
    session.add(draft)
    session.flush()
    keep_words(session, VideoSearchWord, draft.id, draft.title, draft.script)
    for scene in scenes_of(session, original.id):
        _copy_scene(session, scene, draft, at)
    if original.voice_take_id is not None:
        _copy_take(session, get_take(session, original.voice_take_id), draft, None, at)
    cut = find_timeline(session, original.id)
    if cut is not None:
        save_timeline(session, draft.id, cut.document, None, choices=cut.choices, at=at)
    session.flush()
    return draft


def _copy_scene(session: Session, scene: Scene, draft: Video, at: datetime) -> None:
    copy = Scene(
        video_id=draft.id,
        position=scene.position,
        text=scene.text,
        prompt=scene.prompt,
        focus=scene.focus,
        motion=scene.motion,
        transition=scene.transition,
        cut_shift_ms=scene.cut_shift_ms,
        created_at=at,
        updated_at=at,
    )
    session.add(copy)
    session.flush()
    if scene.chosen_take_id is not None:
        _copy_take(session, get_take(session, scene.chosen_take_id), draft, copy, at)


def _copy_take(session: Session, take: Take, draft: Video, scene: Scene | None, at: datetime) -> None:
    keep_take(
        session,
        video=draft,
        scene=scene,
        kind=take.kind,
        source=TakeSource.LIBRARY,
        asset=session.get_one(Asset, take.asset_id),
        prompt=take.prompt,
        facts=take.facts,
        at=at,
    )
