"""Fields: the kinds of values that many bodies share, with their limits and an example each.

Law: a limit here is never wider than the rule in engine.core, so that what the description allows is taken.
"""

import re
from datetime import date, datetime
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

_YEAR_AND_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}-")
_NO_CONTROL = r"^[^\x00-\x1f\x7f-\x9f]*$"
_NO_CONTROL_BUT_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"

Id = Annotated[
    str,
    Field(min_length=1, max_length=36, pattern=r"^[0-9A-Za-z_-]+$", examples=["01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"]),
]
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=_NO_CONTROL, examples=["O'Brien & Zn. B.V."])]
Line = Annotated[str, Field(max_length=300, pattern=_NO_CONTROL, examples=["Bakkerij Anna"])]
Prose = Annotated[
    str, Field(max_length=100_000, pattern=_NO_CONTROL_BUT_LINES, examples=["Likes short films.\nNo music on Sundays."])
]
Reason = Annotated[str, Field(max_length=2000, pattern=_NO_CONTROL_BUT_LINES, examples=["Asked for on the phone."])]
Email = Annotated[
    str,
    Field(
        min_length=5,
        max_length=254,
        pattern=r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,60}(\.[A-Za-z0-9-]{1,60}){0,5}\.[A-Za-z]{2,63}$",
        examples=["anna@bakkerij.example"],
    ),
]
Language = Annotated[Literal["nl", "en"], Field(description="nl or en.", examples=["nl"])]
TimeZone = Annotated[
    str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+/-]+$", examples=["Europe/Amsterdam"])
]
Micros = Annotated[
    int, Field(description="Micro-euros: 1,000,000 is € 1.00.", ge=0, le=10**15, examples=[1_500_000_000])
]
Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$", examples=["#C2410C"])]
Time = Annotated[datetime, Field(description="UTC.", examples=["2026-11-22T09:00:00Z"])]
Revision = Annotated[int, Field(description="Rises with each change; the ETag holds it.", examples=[1])]
Search = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=200,
        pattern=_NO_CONTROL,
        description="Words, or how they begin; each must be found. Accents and capitals make no difference.",
        examples=["oliebol"],
    ),
]
JsonObject = dict[str, JsonValue]

T = TypeVar("T")


class Given(BaseModel):
    """A body that is sent: a field that nobody knows is refused, not dropped."""

    model_config = ConfigDict(extra="forbid")


class Shown(BaseModel):
    """A body that is answered, read from a kept row."""

    model_config = ConfigDict(from_attributes=True)


class PageOf(BaseModel, Generic[T]):
    """Some items of a list."""

    model_config = ConfigDict(from_attributes=True)

    items: list[T]
    next_cursor: str | None = Field(description="Give it back as `cursor` for the next page; empty at the end.")


AnyDate = TypeVar("AnyDate", bound=date)


def _written_out(value: object) -> object:
    """pydantic would take 0.5 for half a second after 1970 began."""
    if isinstance(value, date) or (isinstance(value, str) and _YEAR_AND_MONTH.match(value)):
        return value
    raise ValueError("is written like 2026-11-22 or 2026-11-22T09:00:00Z")


def _in_our_time(value: AnyDate) -> AnyDate:
    if not 1970 <= value.year <= 2200:
        raise ValueError("lies outside the years 1970 to 2200")
    return value


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_written_out),
    AfterValidator(_in_our_time),
    Field(description="With its zone; from 1970 to 2200.", examples=["2026-11-22T09:00:00Z"]),
]

Day = Annotated[
    date,
    BeforeValidator(_written_out),
    AfterValidator(_in_our_time),
    Field(description="Local; from 1970 to 2200.", examples=["2026-12-24"]),
]
