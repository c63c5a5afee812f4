"""Videos: a script becomes scenes, scenes get takes, and the video moves towards delivery.

Core: no HTTP, no vendor, no clock. Called by api.routers.videos, automations.workflows and engine.cli.demo.
Law: a changed script keeps what it can. A scene whose words stayed keeps its takes, its picture and its prompt; a take
of a scene that is gone stays with the video.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import Final, TypedDict, Unpack

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from engine.core.actors import Actor
from engine.core.errors import Conflict, Invalid, NotFound
from engine.core.models import (
    JsonObject,
    Scene,
    StatusChange,
    Timeline,
    Video,
    VideoSearchWord,
    VideoStatus,
    VideoType,
)
from engine.core.paging import Page, PageWish, Sortable, read_page
from engine.core.projects import IllegalMove, get_project
from engine.core.revisions import require_revision
from engine.core.scripts import ScriptEmpty, split_script
from engine.core.search import keep_words
from engine.core.texts import clean_language, clean_name, clean_prose

MOVES: Final[Mapping[VideoStatus, frozenset[VideoStatus]]] = {
    VideoStatus.SCRIPTING: frozenset({VideoStatus.GENERATING, VideoStatus.RENDERING}),
    VideoStatus.GENERATING: frozenset({VideoStatus.SCRIPTING, VideoStatus.RENDERING}),
    VideoStatus.RENDERING: frozenset({VideoStatus.READY, VideoStatus.GENERATING, VideoStatus.SCRIPTING}),
    VideoStatus.READY: frozenset(
        {VideoStatus.DELIVERED, VideoStatus.RENDERING, VideoStatus.GENERATING, VideoStatus.SCRIPTING}
    ),
    VideoStatus.DELIVERED: frozenset({VideoStatus.SCRIPTING, VideoStatus.GENERATING, VideoStatus.RENDERING}),
}
LONGEST_SCRIPT: Final = 100_000


class VideoChanges(TypedDict, total=False):
    """What may be changed of a video; what is absent stays. A new script re-splits the scenes."""

    title: str
    language: str
    script: str


class SceneChanges(TypedDict, total=False):
    """What may be changed of a scene; what is absent stays. The shapes are checked where they come in."""

    prompt: str
    focus: JsonObject | None
    motion: JsonObject | None
    transition: JsonObject | None
    cut_shift_ms: int


def create_video(
    session: Session,
    *,
    project_id: str,
    title: str,
    type: VideoType = VideoType.IMAGE_VO,  # noqa: A002  # the domain's word
    language: str | None = None,
    script: str = "",
    at: datetime,
) -> Video:
    """A new video in a project, with its script split into scenes. Raises NotFound, Invalid, Conflict."""
    project = get_project(session, project_id)
    if project.archived_at is not None:
        raise Conflict(f"“{project.name}” is archived. Restore the project first.", code="project_archived")
    video = Video(
        project_id=project.id,
        client_id=project.client_id,
        title=clean_name(title, "title"),
        type=type,
        status=VideoStatus.SCRIPTING,
        language=clean_language(language or "nl"),
        script=clean_prose(script, "script", longest=LONGEST_SCRIPT),
        created_at=at,
        updated_at=at,
    )
    session.add(video)
    session.flush()
    keep_words(session, VideoSearchWord, video.id, video.title, video.script)
    _split_into_scenes(session, video, at)
    return video


def get_video(session: Session, video_id: str) -> Video:
    """Raises NotFound."""
    video = session.get(Video, video_id)
    if video is None:
        raise NotFound("video", video_id)
    return video


def change_video(
    session: Session, video_id: str, revision: int, *, at: datetime, **changes: Unpack[VideoChanges]
) -> Video:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    video = get_video(session, video_id)
    require_revision(video, revision, "video")
    if "title" in changes:
        video.title = clean_name(changes["title"], "title")
    if "language" in changes:
        video.language = clean_language(changes["language"])
    if "script" in changes:
        video.script = clean_prose(changes["script"], "script", longest=LONGEST_SCRIPT)
        _split_into_scenes(session, video, at)
    if "title" in changes or "script" in changes:
        keep_words(session, VideoSearchWord, video.id, video.title, video.script)
    video.updated_at = at
    session.flush()
    return video


def archive_video(session: Session, video_id: str, *, at: datetime) -> Video:
    """Put a video away; nothing of it is lost, and what is under way for it goes on. Raises NotFound."""
    video = get_video(session, video_id)
    if video.archived_at is None:
        video.archived_at = video.updated_at = at
        session.flush()
    return video


def restore_video(session: Session, video_id: str, *, at: datetime) -> Video:
    """Bring an archived video back. Raises NotFound."""
    video = get_video(session, video_id)
    if video.archived_at is not None:
        video.archived_at = None
        video.updated_at = at
        session.flush()
    return video


def move_video(session: Session, video: Video, to: VideoStatus, *, by: Actor, at: datetime) -> Video:
    """Move along MOVES and write it down; staying where it is changes nothing. Raises IllegalMove."""
    if video.status == to:
        return video
    if to not in MOVES[video.status]:
        raise IllegalMove("video", video.status, to, sorted(MOVES[video.status]))
    session.add(
        StatusChange(
            project_id=video.project_id,
            video_id=video.id,
            from_status=video.status,
            to_status=to,
            at=at,
            by=str(by),
        )
    )
    video.status = to
    video.updated_at = at
    session.flush()
    return video


def scenes_of(session: Session, video_id: str) -> Sequence[Scene]:
    """A video's scenes in their order."""
    return session.scalars(select(Scene).where(Scene.video_id == video_id).order_by(Scene.position)).all()


def get_scene(session: Session, scene_id: str) -> Scene:
    """Raises NotFound."""
    scene = session.get(Scene, scene_id)
    if scene is None:
        raise NotFound("scene", scene_id)
    return scene


def change_scene(
    session: Session, scene_id: str, revision: int, *, at: datetime, **changes: Unpack[SceneChanges]
) -> Scene:
    """Change what is given. Raises NotFound, RevisionOutdated, Invalid."""
    scene = get_scene(session, scene_id)
    require_revision(scene, revision, "scene")
    if "prompt" in changes:
        scene.prompt = clean_prose(changes["prompt"], "prompt", longest=4000)
    if "focus" in changes:
        scene.focus = changes["focus"]
    if "motion" in changes:
        scene.motion = changes["motion"]
    if "transition" in changes:
        scene.transition = changes["transition"]
    if "cut_shift_ms" in changes:
        scene.cut_shift_ms = changes["cut_shift_ms"]
    scene.updated_at = at
    session.flush()
    return scene


def order_scenes(session: Session, video_id: str, scene_ids: Sequence[str], revision: int, *, at: datetime) -> Video:
    """Put the scenes in a new order; the script follows, so that it still reads as the video does.

    scene_ids: every scene of the video, once. Raises NotFound, RevisionOutdated, Invalid.
    """
    video = get_video(session, video_id)
    require_revision(video, revision, "video")
    scenes = {scene.id: scene for scene in scenes_of(session, video_id)}
    if len(scene_ids) != len(scenes) or set(scene_ids) != set(scenes):
        raise Invalid("The new order must name each scene of this video once. Load the video again.", field="scene_ids")
    for position, scene_id in enumerate(scene_ids):
        scene = scenes[scene_id]
        if scene.position != position:
            scene.position = position
            scene.updated_at = at
    video.script = "\n---\n".join(scenes[scene_id].text for scene_id in scene_ids)
    video.updated_at = at
    session.flush()
    return video


def find_timeline(session: Session, video_id: str) -> Timeline | None:
    """The video's saved cut, or None where none was saved yet."""
    return session.scalar(select(Timeline).where(Timeline.video_id == video_id))


def get_timeline(session: Session, video_id: str) -> Timeline:
    """The video's saved cut. Raises NotFound where none was saved yet."""
    timeline = find_timeline(session, video_id)
    if timeline is None:
        raise NotFound("timeline of video", video_id)
    return timeline


def save_timeline(
    session: Session,
    video_id: str,
    document: JsonObject,
    revision: int | None,
    *,
    choices: JsonObject | None = None,
    at: datetime,
) -> Timeline:
    """Keep the cut. revision: of the cut that its author saw; None for the first.

    choices: for the whole film; None keeps those that were made. Both were checked where they came in.
    Raises NotFound, RevisionOutdated.
    """
    video = get_video(session, video_id)
    timeline = find_timeline(session, video.id)
    if timeline is None:
        timeline = Timeline(video_id=video.id, document=document, choices=choices or {}, created_at=at, updated_at=at)
        session.add(timeline)
    else:
        require_revision(timeline, revision or 0, "timeline")
        timeline.document = document
        timeline.choices = timeline.choices if choices is None else choices
        timeline.updated_at = at
    session.flush()
    return timeline


def _split_into_scenes(session: Session, video: Video, at: datetime) -> None:
    try:
        texts = [scene.text for scene in split_script(video.script, "en" if video.language == "en" else "nl")]
    except ScriptEmpty:
        texts = []
    old = list(scenes_of(session, video.id))
    kept = _matched([scene.text for scene in old], texts)
    for index, scene in enumerate(old):
        if index not in kept.values():
            session.delete(scene)
    session.flush()
    for position, text in enumerate(texts):
        if position not in kept:
            session.add(Scene(video_id=video.id, position=position, text=text, created_at=at, updated_at=at))
            continue
        scene = old[kept[position]]
        if (scene.position, scene.text) != (position, text):
            scene.position, scene.text = position, text
            scene.updated_at = at
    session.flush()


def _matched(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Which new place (key) takes over which old scene (value).

    Scenes with the same words first; between two of those, a reworded scene is the one at the same place in its run.
    """
    kept: dict[int, int] = {}
    for _, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        kept.update(zip(range(new_from, new_to), range(old_from, old_to), strict=False))
    return kept


VIDEO_SORTS: Final[Mapping[str, Sortable]] = {
    "created_at": Video.created_at,
    "updated_at": Video.updated_at,
    "title": Video.title,
}


def list_videos(
    session: Session,
    wish: PageWish,
    *,
    project_id: str | None = None,
    client_id: str | None = None,
    status: VideoStatus | None = None,
    archived: bool = False,
) -> Page[Video]:
    """Videos, filtered; without their scripts, which no list shows and which may be long. Raises Invalid."""
    rows = select(Video).options(defer(Video.script, raiseload=True))
    rows = rows.where(Video.archived_at.is_not(None) if archived else Video.archived_at.is_(None))
    if project_id is not None:
        rows = rows.where(Video.project_id == project_id)
    if client_id is not None:
        rows = rows.where(Video.client_id == client_id)
    if status is not None:
        rows = rows.where(Video.status == status)
    return read_page(session, rows, wish, sorts=VIDEO_SORTS, unique=Video.id)


def video_counts(session: Session, project_ids: Sequence[str]) -> Mapping[str, int]:
    """Project id to how many videos it has that are not put away; a project without any is absent."""
    rows = session.execute(
        select(Video.project_id, func.count().label("videos"))
        .where(Video.project_id.in_(project_ids), Video.archived_at.is_(None))
        .group_by(Video.project_id)
    )
    return {row.project_id: row.videos for row in rows}
