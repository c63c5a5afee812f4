"""Audit: who did what, when, from where."""

from typing import Literal

from pydantic import Field

from api.schemas.fields import Id, JsonObject, Shown, Time

AuditSort = Literal["at", "-at"]
AuditArea = Literal["access", "people", "clients", "work", "films", "money", "settings", "other"]


class AuditEntryRow(Shown):
    """One entry as it is kept; it is never changed."""

    id: Id
    at: Time
    actor: str = Field(examples=["staff:01a20502-5d11-7f7c-9a51-3f0f5b2a9a11"])
    action: str = Field(examples=["sign_in"])
    area: AuditArea
    subject_type: str = Field(examples=["session"])
    subject_id: str
    facts: JsonObject
    address: str = Field(examples=["192.0.2.7"])


class AuditEntryOut(AuditEntryRow):
    """One entry, with what people know by name."""

    actor_name: str = Field(description="Of a person who is known; else empty.", examples=["Jeroen"])
    subject_name: str = Field(description="What it is called now; empty where it has no name, or is gone.")
    subject_path: str = Field(description="Where the app shows it; empty where it does not, or it is gone.")
