"""Audit: who did what, when, from where."""

from typing import Literal

from pydantic import Field

from api.schemas.fields import Id, JsonObject, Shown, Time

AuditSort = Literal["at", "-at"]


class AuditEntryOut(Shown):
    """One entry; it is never changed."""

    id: Id
    at: Time
    actor: str = Field(examples=["staff:01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
    action: str = Field(examples=["sign_in"])
    subject_type: str = Field(examples=["session"])
    subject_id: str
    facts: JsonObject
    address: str = Field(examples=["192.0.2.7"])
