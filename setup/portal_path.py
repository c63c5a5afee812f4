"""The path that the portal is built for: that of BOM_PORTAL_URL, as the environment or .env has it.

Called by the Makefile with the file to keep it in. It writes only where the path has changed, so that the portal is
built anew then and at no other time.
"""

import sys
from pathlib import Path

from engine.settings import load_settings


def keep(file: Path) -> None:
    """Write the path into the file, where it says another."""
    path = load_settings().portal_path
    if not file.is_file() or file.read_text() != path:
        file.write_text(path)


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
