"""Readiness: the database, the disk, and what runs beside the api, each by name.

Called by api.routers.health and, later, `bom doctor`. Law: says what to do, and no path, address or version.
"""

import os
import shutil
from typing import Final

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.schemas.health import PartReady, Readiness
from api.studio import Studio
from migrations import is_current

LITTLE_ROOM_BYTES: Final = 1_000_000_000


def look(studio: Studio) -> Readiness:
    """Look at everything now."""
    parts = [_part("database", _database_trouble(studio)), _part("disk", _disk_trouble(studio))]
    parts += [_part(companion.name, companion.trouble()) for companion in studio.companions]
    return Readiness(is_ready=all(part.is_ready for part in parts), parts=parts)


def _part(name: str, trouble: str | None) -> PartReady:
    return PartReady(name=name, is_ready=trouble is None, what_to_do=trouble or "")


def _database_trouble(studio: Studio) -> str | None:
    try:
        with studio.database.reading() as session:
            session.execute(text("SELECT 1"))
        if not is_current(studio.database.engine.url.render_as_string(hide_password=False)):
            return "The database has an older shape. Stop the studio and run `bom migrate`."
    except (SQLAlchemyError, OSError):
        return "The database does not answer. Check BOM_DATABASE_URL, and that its server runs or its disk has room."
    return None


def _disk_trouble(studio: Studio) -> str | None:
    folder = studio.settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
        free_bytes = shutil.disk_usage(folder).free
    except OSError:
        return "The data folder cannot be reached. Check BOM_DATA_DIR."
    if not os.access(folder, os.W_OK):
        return "The data folder cannot be written. Give the studio's user the right to."
    if free_bytes < LITTLE_ROOM_BYTES:
        return f"Only {free_bytes // 1_000_000} MB are free where the data lie. Make room."
    return None
