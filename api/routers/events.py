"""Events: what happened, as a list and as a stream."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.deps import PageQuery, ReadSession, SignedInStaff, TheStudio, sorted_by
from api.routes import StudioRoute
from api.schemas.events import EventOut, EventSort
from api.schemas.fields import PageOf
from api.services import event_stream
from engine.core import events

router = APIRouter(prefix="/events", tags=["events"], route_class=StudioRoute)

IdFilter = Annotated[str | None, Query(max_length=36, pattern=r"^[0-9A-Za-z_-]*$")]


@router.get("", summary="What happened")
def list_events(
    session: ReadSession,
    wish: PageQuery,
    sort: EventSort = "-at",
    type: Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_.]*$", examples=["video.exported"])] = None,  # noqa: A002  # the field's own word
    project_id: IdFilter = None,
    client_id: IdFilter = None,
) -> PageOf[EventOut]:
    """Events, filtered."""
    page = events.list_events(session, sorted_by(wish, sort), type=type, project_id=project_id, client_id=client_id)
    return PageOf[EventOut].model_validate(page)


@router.get("/stream", summary="What happens", response_class=EventSourceResponse)
async def stream_events(
    studio: TheStudio,
    me: SignedInStaff,
    last_event_id: Annotated[
        str | None,
        Header(
            alias="Last-Event-ID",
            max_length=36,
            pattern=r"^[0-9a-f-]*$",
            description="The id of the last event that was received; browsers send it by themselves.",
        ),
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """Server-sent events: `event` with an event, `job` with a job whenever it moves. After a lost connection all since
    `Last-Event-ID` is told, some of it perhaps twice. Ends with the session."""
    async for told in event_stream.stream(studio, me, last_event_id or None):
        yield told
