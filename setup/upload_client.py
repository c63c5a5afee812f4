"""Copy the tus client that npm brought, for the page of large uploads. Run by `make setup`."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "design" / "node_modules" / "tus-js-client"
TARGET = ROOT / "engine" / "ui" / "scripts"


def copy_upload_client() -> None:
    """Copy the script for browsers and its licence."""
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PACKAGE / "dist" / "tus.min.js", TARGET / "tus.min.js")
    shutil.copyfile(PACKAGE / "LICENSE", TARGET / "tus-js-client.LICENSE.txt")


if __name__ == "__main__":
    copy_upload_client()
