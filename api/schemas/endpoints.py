"""Endpoints: addresses that are told of events."""

from typing import Annotated, Literal

from pydantic import Field

from api.schemas.fields import Given, Id, Line, Revision, Shown, Time

AttemptSort = Literal["at", "-at"]
Url = Annotated[
    str, Field(min_length=1, max_length=2000, pattern=r"^https?://[!-~]+$", examples=["https://n8n.example/webhook/1"])
]
EventTypes = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=60, examples=["video.exported"])]],
    Field(max_length=100, description="Empty: all."),
]
HeaderName = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9-]+$", examples=["X-Studio-Key"])]
HeaderValue = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[ -~]+$", examples=["a long random word"])]


class EndpointIn(Given):
    """A new address. A fixed header is for receivers that check one and no signature, such as n8n's webhook node."""

    url: Url
    description: Line = ""
    event_types: EventTypes = Field(default_factory=list)
    header_name: HeaderName | None = None
    header_value: HeaderValue | None = None


class EndpointChanges(Given):
    """What to change; what is absent stays."""

    url: Url = Field(default_factory=str)
    description: Line = Field(default_factory=str)
    event_types: EventTypes = Field(default_factory=list)
    header_name: HeaderName | None = None
    header_value: HeaderValue | None = None


class EndpointOut(Shown):
    """An address, without its secrets."""

    id: Id
    url: str
    description: str
    event_types: list[str]
    header_name: str | None
    failing_since: Time | None
    disabled_at: Time | None
    disabled_reason: str
    created_at: Time
    updated_at: Time
    revision: Revision


class EndpointWithSecret(EndpointOut):
    """An address with its signing secret, which is shown this once."""

    secret: str = Field(description="Standard Webhooks.", examples=["whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"])


class EndpointsOut(Shown):
    """All addresses, the oldest first."""

    items: list[EndpointOut]


class AttemptOut(Shown):
    """One try to tell an address of an event."""

    id: Id
    event_id: Id
    delivery_id: str
    number: int = Field(description="1 is the first of its delivery.", examples=[1])
    at: Time
    duration_ms: int
    status_code: int | None
    problem: str = Field(description="Empty where it went well.")
    next_at: Time | None


class ReplayIn(Given):
    """Which event to tell again."""

    event_id: Id


class Told(Shown):
    """A telling that is under way."""

    job_id: str
    event_id: Id
