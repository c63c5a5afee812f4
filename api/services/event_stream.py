"""The event stream: what happens and how far jobs are, as server-sent events.

Called by api.routers.events.
Law: nothing is lost. An event gets its id when it is made and shows when its transaction commits, perhaps after a later
one: so each look goes back OVERLAP further than the last event seen, and what was sent already is left out. Who comes
back with Last-Event-ID gets all since then, some of it perhaps twice: ids tell.
"""

from collections import OrderedDict
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Final

import anyio
from fastapi.sse import ServerSentEvent
from sqlalchemy.orm import Session

from api.schemas.events import EventOut
from api.schemas.jobs import JobOut
from api.services.sign_in import SignedIn, is_still_signed_in
from api.studio import Studio, utc_now
from engine.core import events, jobs
from engine.core.errors import Unavailable
from engine.core.models import Event, Job

LOOK_EVERY_S: Final = 0.5
HEARTBEAT_S: Final = 15.0
"""Proxies close a silent connection after 30 to 60 s."""
RETRY_MS: Final = 2000
OVERLAP: Final = timedelta(seconds=30)
"""Longer than any transaction may take: a writer waits 20 s at most (api.studio)."""
_MOST_AT_ONCE = 500
_MOST_JOBS = 2000
_REMEMBERED = 20_000


async def stream(studio: Studio, signed_in: SignedIn, last_event_id: str | None) -> AsyncIterator[ServerSentEvent]:
    """Everything from now on, or since the event with that id; ends with the session or the server."""
    feed = _Feed(studio.clock(), last_event_id)
    yield ServerSentEvent(retry=RETRY_MS, comment="hello")
    spoke_at = anyio.current_time()
    while not studio.is_stopping and await is_still_signed_in(studio, signed_in):
        try:
            news = await studio.read(feed.news)
        except Unavailable:
            news = []  # the database is busy: the next look sees all that this one would have
        for told in news:
            yield told
            spoke_at = anyio.current_time()
        if anyio.current_time() - spoke_at >= HEARTBEAT_S:
            yield ServerSentEvent(comment="still here")
            spoke_at = anyio.current_time()
        await anyio.sleep(LOOK_EVERY_S)


class _Feed:
    """Where one listener is. Jobs that are not over are told at its start, since no event says how far they are."""

    def __init__(self, now: datetime, last_event_id: str | None) -> None:
        last_moment = _moment_of(last_event_id)
        self._events_after = _first_id(last_moment - OVERLAP if last_moment else utc_now())
        self._jobs_from = last_moment - OVERLAP if last_moment else now
        self._sent: OrderedDict[str, None] = OrderedDict()
        self._is_new(last_event_id or "")
        self._tells_unfinished = True

    def news(self, session: Session) -> list[ServerSentEvent]:
        """What was not told yet."""
        moved = list(jobs.jobs_changed_since(session, self._jobs_from, limit=_MOST_JOBS))
        if self._tells_unfinished:
            moved = [*jobs.unfinished_jobs(session), *moved]
            self._tells_unfinished = False
        happened = self._events(session)
        if moved:
            self._jobs_from = max(self._jobs_from, moved[-1].updated_at - OVERLAP)
        told = [
            ServerSentEvent(id=event.id, event="event", data=EventOut.model_validate(event))
            for event in happened
            if self._is_new(event.id)
        ]
        return told + [_told_job(job) for job in moved if self._is_new(_job_key(job))]

    def _events(self, session: Session) -> list[Event]:
        happened: list[Event] = []
        after_id = self._events_after
        while some := events.events_after(session, after_id, limit=_MOST_AT_ONCE):
            happened += some
            after_id = some[-1].id
        if happened and (last_moment := _moment_of(after_id)):
            self._events_after = max(self._events_after, _first_id(last_moment - OVERLAP))
        return happened

    def _is_new(self, key: str) -> bool:
        if key in self._sent:
            return False
        self._sent[key] = None
        if len(self._sent) > _REMEMBERED:
            self._sent.popitem(last=False)
        return True


def _told_job(job: Job) -> ServerSentEvent:
    """Without an id: a job is told anew after a lost connection, so there is nothing to resume from."""
    return ServerSentEvent(event="job", data=JobOut.model_validate(job))


def _job_key(job: Job) -> str:
    return f"{job.id} {job.updated_at.isoformat()} {job.status} {job.progress}"


def _first_id(moment: datetime) -> str:
    """The lowest UUIDv7 of a moment."""
    digits = f"{int(moment.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}-7000-8000-000000000000"


def _moment_of(event_id: str | None) -> datetime | None:
    """When a UUIDv7 was made; None for anything else, which then starts from now."""
    try:
        milliseconds = int((event_id or "").replace("-", "")[:12], 16)
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
