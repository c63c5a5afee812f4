"""Live: keeps a window's feed true, from the event stream.

Started by engine.app when a window connects, ended when it goes. Law: a lost connection is taken up again where it was
lost, for as long as the session lasts; until then the window says that what it shows may be old.
"""

import asyncio
from contextlib import suppress
from typing import Final

from pydantic import ValidationError

from api.schemas.jobs import JobOut
from engine.ui.client import ApiProblem, Told
from engine.ui.desk import Desk

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 15.0
LOOK_S: Final = 5.0
LOOK_WHILE_ARRIVING_S: Final = 1.0
RECENT_JOBS: Final = 10
RECENT_VIDEOS: Final = 50


async def follow(desk: Desk) -> None:
    """Follow the studio until cancelled, or until the session is over; then the window leaves."""
    last_event_id: str | None = None
    pause_s = FIRST_PAUSE_S
    while True:
        try:
            await _catch_up(desk)
            async with desk.api.told(last_event_id) as messages:
                desk.feed.is_live = True
                pause_s = FIRST_PAUSE_S
                async for told in messages:
                    last_event_id = told.id or last_event_id
                    await _take(desk, told)
        except ApiProblem as problem:
            if desk.meet(problem):
                return
            desk.feed.is_live = False
        await asyncio.sleep(pause_s)
        pause_s = min(LONGEST_PAUSE_S, pause_s * 2)


async def follow_uploads(desk: Desk) -> None:
    """Look how far one's own large files are: they come from a page of their own, and no event tells of each part."""
    while True:
        moved = False
        with suppress(ApiProblem):  # the stream notices too, and says so
            moved = desk.feed.take_uploads((await desk.api.uploads()).items)
        await asyncio.sleep(LOOK_WHILE_ARRIVING_S if moved else LOOK_S)


async def refresh_bell(desk: Desk) -> None:
    """Load the notifications again. Raises ApiProblem."""
    page = await desk.api.notifications()
    desk.feed.notices = tuple(page.items)
    desk.feed.unread = page.unread


async def _catch_up(desk: Desk) -> None:
    desk.feed.titles = {video.id: video.title for video in (await desk.api.videos(limit=RECENT_VIDEOS)).items}
    for job in reversed((await desk.api.jobs(limit=RECENT_JOBS)).items):
        desk.feed.take_job(job)
    await refresh_bell(desk)


async def _take(desk: Desk, told: Told) -> None:
    if told.kind == "job":
        try:
            job = JobOut.model_validate_json(told.data)
        except ValidationError:
            return  # a studio newer than this app: the next list of jobs says what it can
        if job.video_id is not None and job.video_id not in desk.feed.titles:
            video = await desk.api.video(job.video_id)
            desk.feed.titles = {**desk.feed.titles, video.id: video.title}
        before = desk.feed.jobs.get(job.id)
        desk.feed.take_job(job)
        if before is not None and before.status == job.status:
            return
    else:
        desk.feed.news += 1
    await refresh_bell(desk)
