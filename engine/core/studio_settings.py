"""Studio settings: choices that staff make on a screen, not on the command line.

Core: no HTTP, no clock. Called by api.routers.settings and whoever needs one of them.
Law: a setting has a name and a default here, and one revision for all, so that two people do not undo each other.
"""

from datetime import datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, JsonValue
from sqlalchemy.orm import Session

from engine.core.errors import Invalid, RevisionOutdated
from engine.core.models import Setting
from engine.core.models.base import JsonObject
from engine.core.texts import clean_language, clean_name, clean_time_zone

_NAME: Final = "studio"


class StudioChoices(BaseModel):
    """All of them. revision 0: nothing was chosen yet."""

    model_config = ConfigDict(frozen=True)

    studio_name: str = "BOM Studios"
    language: str = "nl"
    time_zone: str = "Europe/Amsterdam"
    folder_template: str = "{client}/{project}"
    """Where a delivery lies; {client}, {project} and {year} are filled in."""
    revision: int = 0
    updated_at: datetime | None = None


def get_choices(session: Session) -> StudioChoices:
    """What was chosen, with the defaults for the rest."""
    row = session.get(Setting, _NAME)
    if row is None:
        return StudioChoices()
    return StudioChoices.model_validate({**row.value, "revision": row.revision, "updated_at": row.updated_at})


def change_choices(session: Session, revision: int, changes: dict[str, str], *, at: datetime) -> StudioChoices:
    """Change what is given. Raises RevisionOutdated, Invalid."""
    row = session.get(Setting, _NAME, with_for_update=True)
    present = get_choices(session)
    if present.revision != revision:
        raise RevisionOutdated("setting", present, present.revision, revision)
    value: JsonObject = {name: _cleaned(name, given) for name, given in changes.items()}
    if row is None:
        session.add(Setting(name=_NAME, value=value, revision=1, updated_at=at))
    else:
        row.value = {**row.value, **value}
        row.revision += 1
        row.updated_at = at
    session.flush()
    return get_choices(session)


def _cleaned(name: str, given: str) -> JsonValue:
    match name:
        case "studio_name":
            return clean_name(given, name)
        case "language":
            return clean_language(given)
        case "time_zone":
            return clean_time_zone(given).key
        case "folder_template":
            return _folder_template(given)
    raise Invalid(f"There is no setting {name[:40]!r}.", field=name)


def _folder_template(given: str) -> str:
    template = clean_name(given, "folder_template", longest=200)
    rest = template.replace("{client}", "").replace("{project}", "").replace("{year}", "")
    parts = template.split("/")
    if (
        "{project}" not in template
        or any(sign in rest for sign in '{}\\:*?"<>|')
        or not all(part.strip(" .") for part in parts)
    ):
        raise Invalid(
            "A folder is written like {client}/{project}, with {project} in it and no signs that disks refuse.",
            field="folder_template",
        )
    return template
