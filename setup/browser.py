"""See to it that Chromium is there for the browser tests, or say what to install. Run by `make test`."""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell first: it has no windows that could lie behind others and stop being drawn, and takes two thirds of the
time."""


def find_browser() -> str | None:
    """The path of a Chromium that plays H.264, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def install_browser() -> None:
    """Debian's package, where we are root and apt is there."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", NAMES[0]], env=quiet, check=False)


if __name__ == "__main__":
    if find_browser() is None:
        install_browser()
    if find_browser() is None:
        sys.exit(f"The browser tests need Chromium and it is not on PATH. On Debian: sudo apt-get install {NAMES[0]}")
