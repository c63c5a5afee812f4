"""Notifications: lines under one's bell."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Given, Id, JsonObject, PageOf, Shown, Time

NotificationSort = Literal["created_at", "-created_at"]


class NotificationOut(Shown):
    """One line; screens translate `kind` and fill in `facts`."""

    id: Id
    kind: str = Field(examples=["endpoint_switched_off"])
    facts: JsonObject
    path: str = Field(description="Where a click goes.", examples=["/settings/endpoints/01a2"])
    created_at: Time
    read_at: Time | None


class NotificationsOut(PageOf[NotificationOut]):
    """Some lines, and how many were not read yet."""

    unread: int = Field(examples=[3])


class ReadIn(Given):
    """What was read."""

    ids: Annotated[list[Id] | None, Field(max_length=500, description="All, where it is absent.")] = None
