"""Staff: whom the owner lets in."""

from typing import Annotated

from pydantic import Field

from api.schemas.auth import Role, StaffOut
from api.schemas.fields import Email, Given, Language, Line, Name, Shown


class StaffIn(Given):
    """A new person, with a first password to change later."""

    email: Email
    name: Line = ""
    role: Role
    language: Language = "nl"
    password: Annotated[str, Field(min_length=12, max_length=256, examples=["paard batterij nietje juist"])]


class StaffChanges(Given):
    """What to change; what is absent stays."""

    name: Name = Field(default_factory=str)
    role: Role = Field(default_factory=lambda: "producer")
    language: Language = Field(default_factory=lambda: "nl")


class StaffListOut(Shown):
    """Everybody, in the order in which they came."""

    items: list[StaffOut]
