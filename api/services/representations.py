"""Representations: a kept thing as the api shows it, by its kind.

Called by the routers, and by api.routes where a write on an old revision is answered with what is there now.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import BaseModel, JsonValue
from sqlalchemy.orm import Session, object_session

from api.schemas.auth import StaffOut
from api.schemas.brand_kits import BrandKitOut
from api.schemas.clients import ClientOut, ContactOut
from api.schemas.costs import BudgetOut
from api.schemas.endpoints import EndpointOut
from api.schemas.settings import SettingsOut
from api.schemas.videos import TimelineOut
from api.services.shown_files import as_asset
from api.services.shown_projects import as_project
from api.services.shown_reviews import as_note
from api.services.shown_videos import as_scene, as_video
from api.services.voices import as_voice
from api.studio import Studio
from engine.core.actors import Actor
from engine.core.models import (
    Asset,
    BrandKit,
    Budget,
    Client,
    Contact,
    Endpoint,
    Note,
    Project,
    Scene,
    Staff,
    Take,
    Timeline,
    Video,
)
from engine.core.studio_settings import StudioChoices


def as_staff(staff: Staff) -> StaffOut:
    """A person, without what signs them in."""
    return StaffOut(
        id=staff.id,
        email=staff.email,
        name=staff.name,
        role=staff.role.value,
        language="en" if staff.language == "en" else "nl",
        has_totp=staff.totp_confirmed_at is not None,
        disabled_at=staff.disabled_at,
        created_at=staff.created_at,
        updated_at=staff.updated_at,
        revision=staff.revision,
    )


_SHOWN_AS: dict[type[Any], Callable[[Any], BaseModel]] = {
    Staff: as_staff,
    Client: ClientOut.model_validate,
    Contact: ContactOut.model_validate,
    BrandKit: BrandKitOut.model_validate,
    Timeline: TimelineOut.model_validate,
    Budget: BudgetOut.model_validate,
    Project: as_project,
    Endpoint: EndpointOut.model_validate,
    StudioChoices: SettingsOut.model_validate,
}


def represent(row: object, studio: Studio) -> JsonValue:
    """The row as its own GET shows it, or None for a kind that has no page of its own."""
    if isinstance(row, BaseModel):  # a cut, which is made of many rows
        return row.model_dump(mode="json")
    if isinstance(row, Asset):
        return as_asset(row, studio.secret, studio.clock()).model_dump(mode="json")
    session = object_session(row)
    if isinstance(row, Note) and session is not None:  # only its author writes, so it is shown as to them
        author = Actor("contact", row.contact_id) if row.contact_id else Actor("staff", row.staff_id or "")
        return as_note(session, row, author).model_dump(mode="json")
    if isinstance(row, Video | Scene | Take) and session is not None:
        return _with_files(session, row, studio.secret, studio.clock()).model_dump(mode="json")
    shown_as = _SHOWN_AS.get(type(row))
    return None if shown_as is None else shown_as(row).model_dump(mode="json")


def _with_files(session: Session, row: Video | Scene | Take, secret: bytes, at: datetime) -> BaseModel:
    match row:
        case Video():
            return as_video(session, row, secret, at)
        case Scene():
            return as_scene(session, row, secret, at)
        case Take():
            return as_voice(session, row, secret, at)  # the only takes that are edited
