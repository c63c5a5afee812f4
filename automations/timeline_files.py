"""Timeline files: the assets that a kept cut names, and where their bytes lie on this machine.

Called by automations.workflows.render and api.services.drafts, just before something is rendered.
"""

from collections.abc import Iterator, Mapping

from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.core.errors import Conflict
from engine.core.models import Asset, JsonObject


class FilesMissing(Conflict):
    """The cut names files that the studio does not have any more."""

    code = "files_missing"

    def __init__(self, count: int) -> None:
        super().__init__(f"The cut names {count} files that are gone. Choose others in their place and try again.")


def hashes_in(session: Session, document: JsonObject) -> dict[str, str]:
    """Each asset that a timeline names, with its hash. Raises FilesMissing."""
    wanted = set(_paths_in(document))
    rows = session.execute(select(Asset.id, Asset.sha256).where(Asset.id.in_(wanted)))
    hashes = {row.id: row.sha256 for row in rows}
    if missing := wanted - hashes.keys():
        raise FilesMissing(len(missing))
    return hashes


def with_places(value: JsonValue, places: Mapping[str, str]) -> JsonValue:
    """The same timeline with the files themselves in place of their assets. places: by asset id."""
    if isinstance(value, dict):
        return {
            name: places[inner] if name == "path" and isinstance(inner, str) else with_places(inner, places)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [with_places(inner, places) for inner in value]
    return value


def _paths_in(value: JsonValue) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == "path" and isinstance(inner, str):
                yield inner
            else:
                yield from _paths_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _paths_in(inner)
