"""Drafts: a small film of the cut as it is now, and any frame of it, within a moment.

Called by api.routers.drafts; runs beside the api as its companion “drafts”.
Law: nothing here holds a transaction while a picture is drawn. A draft is a stored file that no asset names, so it goes
by itself after two days; made again, it is the same bytes.
"""

import asyncio
import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import Session

from api.schemas.drafts import DraftOut
from api.services.cuts import cut_sha256
from api.services.downloads import signed_url
from api.studio import Studio
from automations.assembly import assembled_cut
from automations.cuts import INTRO_CARD_ID
from automations.draft_child import DraftMade, DraftOrder, DraftPlace
from automations.draft_room import DraftRefused, DraftRoom
from automations.timeline_files import hashes_in, with_places
from engine.core import videos
from engine.core.errors import NotFound
from engine.core.models import Asset, JsonObject, new_id
from engine.core.storage import StorageDamaged
from engine.render.film.code_version import picture_code_version
from engine.render.formats import DRAFT, FormatName
from engine.render.timeline import FPS, Scene, Timeline

REMEMBERED: Final = timedelta(hours=24)
"""Half of what a file that nothing names is kept for (automations.workflows.upkeep)."""
_MOST_REMEMBERED: Final = 200


@dataclass(frozen=True)
class _Plan:
    """A cut that is to be drawn, with its files."""

    video_id: str
    revision: int
    sha256: str
    timeline: Timeline
    document: JsonObject
    hashes: dict[str, str]
    """Asset id to sha256."""
    names: dict[str, str]
    """sha256 to what people call the file."""


@dataclass(frozen=True)
class _Draft:
    """A draft that lies in storage."""

    file_sha256: str
    reused_share: float
    made_at: datetime


class Drafts:
    """The drafts of one api process."""

    name = "drafts"

    def __init__(self, studio: Studio) -> None:
        settings = studio.settings
        self._studio = studio
        place = DraftPlace(cache_dir=settings.render_cache_dir.absolute(), cache_limit_bytes=settings.cache_limit_bytes)
        self.room = DraftRoom(settings.data_dir / "drafts" / str(os.getpid()), place)
        self._made: OrderedDict[tuple[str, FormatName], _Draft] = OrderedDict()
        self._making: dict[tuple[str, FormatName], asyncio.Future[_Draft]] = {}

    def start(self) -> None:
        """Open the room."""
        self.room.start()

    def stop(self) -> None:
        """End the child; a draft that is being made is given up."""
        self.room.stop()

    def trouble(self) -> str | None:
        """Whether nobody makes drafts any more."""
        return None if self.room.is_open else "No drafts can be made. Restart the api."

    def expect(self) -> None:
        """Somebody looks at a cut, and so will want a draft of it: be warm by then."""
        self.room.expect()

    async def make(self, video_id: str, format: FormatName, *, at: datetime) -> DraftOut:  # noqa: A002
        """A draft of the video as it is now. Raises NotFound, Conflict, Unavailable."""
        plan = await self._studio.read(lambda session: _planned(session, video_id))
        made = self._made.get((plan.sha256, format))
        if made is None or made.made_at < at - REMEMBERED:
            made = await self._draft_once(plan, format, at)
        url, _ = signed_url(
            self._studio.secret,
            sha256=made.file_sha256,
            media_type="video/mp4",
            file_name="draft.mp4",
            is_attachment=False,
            at=at,
        )
        return DraftOut(
            url=url,
            format=format,
            width=DRAFT[format].width,
            height=DRAFT[format].height,
            fps=FPS,
            frames=plan.timeline.duration_frames,
            duration_ms=round(plan.timeline.duration_frames * 1000 / FPS),
            revision=plan.revision,
            cut_sha256=plan.sha256,
            reused_share=made.reused_share,
        )

    async def frame(
        self,
        video_id: str,
        format: FormatName,  # noqa: A002
        at_ms: int,
        known_tags: str,
    ) -> tuple[str, bytes | None]:
        """The frame that is seen then (the last one, after the end) as a JPEG, and its ETag.

        No JPEG where the tag is among those that the caller knows. Raises NotFound, Conflict, Unavailable.
        """
        plan = await self._studio.read(lambda session: _planned(session, video_id))
        return await self._frame(plan, format, at_ms, known_tags)

    async def frame_of(
        self,
        timeline_in: Callable[[Session], Timeline],
        format: FormatName,  # noqa: A002
        at_ms: int,
        known_tags: str,
    ) -> tuple[str, bytes | None]:
        """The same of a film that belongs to no video. timeline_in: finds it; its paths are assets' ids."""
        plan = await self._studio.read(lambda session: _plan(session, timeline_in(session)))
        return await self._frame(plan, format, at_ms, known_tags)

    async def _frame(
        self,
        plan: _Plan,
        format: FormatName,  # noqa: A002
        at_ms: int,
        known_tags: str,
    ) -> tuple[str, bytes | None]:
        number = min(at_ms * FPS // 1000, plan.timeline.duration_frames - 1)
        named = f"{plan.sha256} {format} {number} {picture_code_version()}"
        tag = f'"{hashlib.sha256(named.encode()).hexdigest()[:32]}"'
        if tag in known_tags:
            return tag, None
        order = await self._ordered(plan, format, number)
        try:
            await self._done(order, plan, about=None)
            return tag, await run_sync(order.out.read_bytes)
        finally:
            await run_sync(lambda: order.out.unlink(missing_ok=True))

    async def _draft_once(self, plan: _Plan, format: FormatName, at: datetime) -> _Draft:  # noqa: A002
        """The draft of this cut; who asks for one that is being made waits for that one."""
        key = (plan.sha256, format)
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.ensure_future(self._draft(plan, format, at))
            making.add_done_callback(lambda _: self._making.pop(key))
        made = self._made[key] = await asyncio.shield(making)  # a second caller may still wait when the first has gone
        while len(self._made) > _MOST_REMEMBERED:
            self._made.popitem(last=False)
        return made

    async def _draft(self, plan: _Plan, format: FormatName, at: datetime) -> _Draft:  # noqa: A002
        order = await self._ordered(plan, format, None)
        try:
            made = await self._done(order, plan, about=plan.video_id)
            stored = await run_sync(self._studio.storage.put, order.out)
        finally:
            await run_sync(lambda: order.out.unlink(missing_ok=True))
        segments = made.segments_reused + made.segments_rendered
        return _Draft(stored.sha256, made.segments_reused / max(1, segments), at)

    async def _ordered(self, plan: _Plan, format: FormatName, frame: int | None) -> DraftOrder:  # noqa: A002
        places = await run_sync(self._places, plan)
        id_ = new_id()
        return DraftOrder.model_validate(
            {
                "id": id_,
                "timeline": with_places(plan.document, places),
                "format": format,
                "frame": frame,
                "out": self.room.folder / f"{id_}.{'mp4' if frame is None else 'jpg'}",
            }
        )

    def _places(self, plan: _Plan) -> dict[str, str]:
        """Asset id to file. Raises DraftRefused where one is gone."""
        places = {}
        for asset_id, sha256 in plan.hashes.items():
            try:
                places[asset_id] = str(self._studio.storage.local_path(sha256).absolute())
            except (NotFound, StorageDamaged):
                where, scene_id = _place_of(plan.timeline.scenes, {asset_id})
                raise DraftRefused(
                    f"{where}“{plan.names[sha256]}” is gone from the studio's storage, or damaged. Choose another file "
                    "in its place; all else is kept.",
                    scene_id=scene_id,
                ) from None
        return places

    async def _done(self, order: DraftOrder, plan: _Plan, *, about: str | None) -> DraftMade:
        """What the room answers; a refusal names the scene and the file as people know them."""
        try:
            return await asyncio.wrap_future(self.room.ask(order, about=about))
        except DraftRefused as refused:
            raise _in_words(refused, plan) from None


def _planned(session: Session, video_id: str) -> _Plan:
    video = videos.get_video(session, video_id)
    kept = videos.find_timeline(session, video_id)
    plan = _plan(session, assembled_cut(session, video).timeline)
    return replace(plan, video_id=video_id, revision=kept.revision if kept else 0)


def _plan(session: Session, timeline: Timeline) -> _Plan:
    document: JsonObject = timeline.model_dump(mode="json")
    hashes = hashes_in(session, document)
    rows = session.execute(select(Asset.sha256, Asset.file_name).where(Asset.id.in_(hashes)))
    return _Plan(
        video_id="",
        revision=0,
        sha256=cut_sha256(timeline),
        timeline=timeline,
        document=document,
        hashes=hashes,
        names={row.sha256: row.file_name for row in rows},
    )


def _in_words(refused: DraftRefused, plan: _Plan) -> DraftRefused:
    """The renderer knows a file by its hash and a scene by its id; people know a name and a number."""
    message = refused.message
    blamed = {asset_id for asset_id, sha256 in plan.hashes.items() if sha256 in message}
    where, scene_id = _place_of(plan.timeline.scenes, blamed)
    for sha256, name in plan.names.items():
        message = message.replace(sha256, name)
    for told, (number, scene) in enumerate(_numbered(plan.timeline.scenes), 1):
        message = message.replace(f"Scene {told} ({scene.id})", f"Scene {number}")
    if where and not message.startswith("Scene "):
        message = f"{where}{message}"
    return DraftRefused(message, scene_id=scene_id)


def _place_of(scenes: Sequence[Scene], asset_ids: set[str]) -> tuple[str, str | None]:
    """Words for the first scene that shows one of these files, and its id."""
    for number, scene in _numbered(scenes):
        if scene.source.kind != "card" and str(scene.source.path) in asset_ids:
            return f"Scene {number}: ", scene.id
    return "", None


def _numbered(scenes: Sequence[Scene]) -> Iterator[tuple[int, Scene]]:
    """The scenes as people count them: a card before the film is none of them."""
    return enumerate(scenes, 0 if scenes[0].id == INTRO_CARD_ID else 1)
