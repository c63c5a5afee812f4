"""Clients: companies and their contacts."""

from typing import Literal

from pydantic import Field

from api.schemas.fields import (
    Email,
    Given,
    Id,
    Language,
    Name,
    Prose,
    Revision,
    Shown,
    Time,
    TimeZone,
)

ClientSort = Literal["name", "-name", "created_at", "-created_at"]
ContactSort = Literal["name", "-name"]


class ClientIn(Given):
    """A new client."""

    name: Name
    notes: Prose = ""
    language: Language = "nl"
    time_zone: TimeZone = "Europe/Amsterdam"


class ClientChanges(Given):
    """What to change; what is absent stays."""

    name: Name = Field(default_factory=str)
    notes: Prose = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    time_zone: TimeZone = Field(default_factory=str)


class ClientOut(Shown):
    """A client."""

    id: Id
    name: str = Field(examples=["O'Brien & Zn. B.V."])
    notes: str
    language: str
    time_zone: str
    is_demo: bool = Field(description="Made by `bom demo`.")
    archived_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision


class NotificationWishes(Shown):
    """What a contact gets a mail about. What is absent is wanted."""

    review: bool = Field(default=True, description="A version waits for their word.")
    reply: bool = Field(default=True, description="The studio answered a note of theirs.")
    message: bool = Field(default=True, description="The studio wrote to them.")
    reminder: bool = Field(default=True, description="It still waits.")
    delivery: bool = Field(default=True, description="Files are ready to be fetched.")
    invoice: bool = Field(default=True, description="There is a bill.")
    digest: bool = Field(default=False, description="One mail a day about all of it, in place of one each.")


class ContactIn(Given):
    """A new contact; the address is theirs alone."""

    name: Name
    email: Email
    language: Language | None = Field(default=None, description="The client's, where it is absent.")
    notification_wishes: NotificationWishes = Field(default_factory=NotificationWishes)


class ContactChanges(Given):
    """What to change; what is absent stays."""

    name: Name = Field(default_factory=str)
    email: Email = Field(default_factory=str)
    language: Language = Field(default_factory=lambda: "nl")
    notification_wishes: NotificationWishes = Field(default_factory=NotificationWishes)


class ContactOut(Shown):
    """A person at a client."""

    id: Id
    client_id: Id
    name: str
    email: str
    language: str
    notification_wishes: NotificationWishes
    invited_at: Time | None
    last_seen_at: Time | None
    disabled_at: Time | None
    created_at: Time
    updated_at: Time
    revision: Revision
