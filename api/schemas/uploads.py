"""Uploads on the wire."""

from typing import Literal

from pydantic import Field, JsonValue

from api.schemas.fields import Id, Name, Shown, Time


class UploadOut(Shown):
    """A file on its way in."""

    id: Id
    state: Literal["arriving", "checking", "ready", "refused"] = Field(
        description="arriving: bytes are missing; checking: all are there and are looked at; ready: `asset_id` is it."
    )
    file_name: Name
    length_bytes: int = Field(examples=[104_857_600])
    arrived_bytes: int = Field(examples=[52_428_800])
    asset_id: Id | None
    problem: str = Field(description="Why it cannot be used; empty while all is well.", examples=[""])
    problem_code: str = Field(description="The same for a program; empty while all is well.", examples=["file_damaged"])
    problem_facts: dict[str, JsonValue] = Field(
        description="What a sentence about it needs besides the code.", examples=[{"name": "Stem.wav"}]
    )
    expires_at: Time


class UploadsOut(Shown):
    """One's own uploads, the newest first."""

    items: list[UploadOut]
