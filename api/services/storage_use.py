"""Storage use: how much the studio keeps, and how much room is left.

Called by api.routers.health.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from api.schemas.health import StorageOut
from api.studio import Studio
from engine.core.assets import kept_files


def storage_use(studio: Studio) -> StorageOut:
    """Look at it now. Walks the render cache, which has some thousand files."""
    settings = studio.settings
    with studio.database.reading() as session:
        files, kept_bytes = kept_files(session)
    place = urlsplit(settings.media)
    return StorageOut(
        files=files,
        kept_bytes=kept_bytes,
        cache_bytes=_bytes_in(settings.render_cache_dir),
        cache_limit_bytes=settings.cache_limit_bytes,
        free_bytes=shutil.disk_usage(settings.data_dir).free,
        place=place.path if place.scheme in {"", "file"} else f"{place.scheme}://{place.hostname}{place.path}",
    )


def _bytes_in(folder: Path) -> int:
    total = 0
    for root, _, names in os.walk(folder):
        for name in names:
            with suppress(FileNotFoundError):  # evicted just now
                total += (Path(root) / name).stat().st_size
    return total
