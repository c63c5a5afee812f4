"""Timelines: a cut is checked by the renderer's own rules, and against the studio's files, before it is kept.

Called by api.routers.timelines and api.routers.scenes.
Law: where a timeline names a file it names an asset of the studio, of the right kind and not another client's; no path
of this machine ever gets into a render by this way.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from automations.assembly import assembled_timeline
from automations.cuts import choices_of
from engine.core import videos
from engine.core.errors import Invalid
from engine.core.models import Asset, AssetType, JsonObject, Video
from engine.core.models import Timeline as TimelineRow
from engine.render.timeline import (
    ClipSource,
    ImageSource,
    MusicFile,
    Timeline,
    TimelineInvalid,
    parse_timeline,
)

Part = TypeVar("Part", bound=BaseModel)
_MOST_PROBLEMS = 20


def assemble(session: Session, video: Video, *, revision: int, at: datetime) -> TimelineRow:
    """Make the cut of what the video has, and keep it. revision: of the cut that it replaces, 0 where there is none.

    Raises Conflict (video_empty, voice_outdated), RevisionOutdated.
    """
    document: JsonObject = assembled_timeline(session, video).model_dump(mode="json")
    return videos.save_timeline(session, video.id, document, revision, at=at)


def up_to_date(session: Session, video: Video, *, at: datetime) -> TimelineRow:
    """The kept cut, made anew where the video has changed since. Raises Conflict (video_empty, voice_outdated)."""
    document: JsonObject = assembled_timeline(session, video).model_dump(mode="json")
    kept = videos.find_timeline(session, video.id)
    if kept is not None and kept.document == document:
        return kept
    return videos.save_timeline(session, video.id, document, kept.revision if kept else None, at=at)


def save_checked(session: Session, video: Video, document: JsonObject, revision: int, *, at: datetime) -> TimelineRow:
    """Keep a cut that somebody wrote, and what it says of the whole film as chosen.

    Raises Invalid (timeline_invalid, timeline_file), RevisionOutdated.
    """
    try:
        timeline = parse_timeline(json.dumps(document))
    except TimelineInvalid as error:
        problems = error.problems[:_MOST_PROBLEMS]
        raise Invalid(
            f"{' '.join(problems)} The cut was not saved.",
            field="document",
            code="timeline_invalid",
            problems=list(problems),
        ) from None
    _require_files(session, video, timeline)
    return videos.save_timeline(
        session,
        video.id,
        timeline.model_dump(mode="json"),
        revision,
        choices=choices_of(timeline).as_kept(),
        at=at,
    )


def checked_part(kind: type[Part], given: JsonObject | None, field: str) -> JsonObject | None:
    """A scene's focus, motion or transition as the renderer takes it. Raises Invalid."""
    if given is None:
        return None
    try:
        part: JsonObject = kind.model_validate(given).model_dump(mode="json")
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise Invalid(f"The {field} cannot be used: {reason}.", field=field) from None
    return part


def _require_files(session: Session, video: Video, timeline: Timeline) -> None:
    named = list(_files(timeline))
    ids = sorted({asset_id for _, asset_id, _ in named})
    assets: dict[str, Asset] = {}
    for start in range(0, len(ids), 500):
        rows = session.scalars(select(Asset).where(Asset.id.in_(ids[start : start + 500])))
        assets |= {asset.id: asset for asset in rows}
    for place, asset_id, kinds in named:
        asset = assets.get(asset_id)
        if asset is None or asset.client_id not in {None, video.client_id}:
            raise Invalid(
                f"{place} names a file that is not in the library of this client. Pick one that is.",
                field="document",
                code="timeline_file",
            )
        if asset.type not in kinds:
            raise Invalid(
                f"{place} names “{asset.file_name}”, which is {asset.type} and cannot be used there. Pick another.",
                field="document",
                code="timeline_file",
            )


def _files(timeline: Timeline) -> Iterator[tuple[str, str, set[AssetType]]]:
    for number, scene in enumerate(timeline.scenes, 1):
        if isinstance(scene.source, ImageSource):
            yield f"Scene {number}", str(scene.source.path), {AssetType.IMAGE}
        elif isinstance(scene.source, ClipSource):
            yield f"Scene {number}", str(scene.source.path), {AssetType.CLIP}
    if timeline.voice is not None:
        yield "The voice", str(timeline.voice.path), {AssetType.AUDIO, AssetType.CLIP}
    if timeline.music is not None and isinstance(timeline.music.source, MusicFile):
        yield "The music", str(timeline.music.source.path), {AssetType.MUSIC, AssetType.AUDIO}
    if timeline.brand.logo is not None:
        yield "The logo", str(timeline.brand.logo.path), {AssetType.IMAGE}
