"""Representations: a kept thing as the api shows it, by its kind.

Called by the routers, and by api.routes where a write on an old revision is answered with what is there now.
"""

from collections.abc import Callable, Sequence
from typing import Any

from pydantic import BaseModel, JsonValue
from sqlalchemy.orm import object_session

from api.schemas.auth import StaffOut
from api.schemas.clients import BrandKitOut, ClientOut, ContactOut
from api.schemas.costs import BudgetOut
from api.schemas.endpoints import EndpointOut
from api.schemas.projects import ProjectOut
from api.schemas.settings import SettingsOut
from api.schemas.videos import SceneOut, TimelineOut, VideoOut, VideoRow
from api.services.shown_files import as_asset
from api.studio import Studio
from engine.core.models import (
    Asset,
    BrandKit,
    Budget,
    Client,
    Contact,
    Endpoint,
    Project,
    Scene,
    Staff,
    Timeline,
    Video,
)
from engine.core.studio_settings import StudioChoices
from engine.core.videos import scenes_of


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


def as_video(video: Video, scenes: Sequence[Scene]) -> VideoOut:
    """A video with its script and scenes."""
    row = VideoRow.model_validate(video)
    return VideoOut(
        **row.model_dump(), script=video.script, scenes=[SceneOut.model_validate(scene) for scene in scenes]
    )


def _as_changed_video(video: Video) -> VideoOut:
    session = object_session(video)
    return as_video(video, scenes_of(session, video.id) if session else [])


_SHOWN_AS: dict[type[Any], Callable[[Any], BaseModel]] = {
    Staff: as_staff,
    Client: ClientOut.model_validate,
    Contact: ContactOut.model_validate,
    BrandKit: BrandKitOut.model_validate,
    Video: _as_changed_video,
    Scene: SceneOut.model_validate,
    Timeline: TimelineOut.model_validate,
    Budget: BudgetOut.model_validate,
    Project: ProjectOut.model_validate,
    Endpoint: EndpointOut.model_validate,
    StudioChoices: SettingsOut.model_validate,
}


def represent(row: object, studio: Studio) -> JsonValue:
    """The row as its own GET shows it, or None for a kind that has no page of its own."""
    if isinstance(row, Asset):
        return as_asset(row, studio.secret, studio.clock()).model_dump(mode="json")
    shown_as = _SHOWN_AS.get(type(row))
    return None if shown_as is None else shown_as(row).model_dump(mode="json")
