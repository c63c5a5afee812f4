"""Events: what happened."""

from typing import Literal

from pydantic import Field

from api.schemas.fields import Id, JsonObject, Shown, Time

EventSort = Literal["at", "-at"]


class EventOut(Shown):
    """Something that happened."""

    id: Id
    type: str = Field(examples=["video.exported"])
    at: Time
    client_id: Id | None
    project_id: Id | None
    payload: JsonObject
