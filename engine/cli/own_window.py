"""Own window: shows the app in a window of its own, without a browser's tabs and address bar.

Called by engine.cli.engine_app. A Chromium does it, which most machines have under one of its names.
Law: the app is a page with a session cookie that no script can read. Flet's own desktop client keeps no cookies, so
it is not used.
"""

import os
import shutil
import subprocess
import sys
import threading
import webbrowser
from pathlib import Path
from typing import Final

NAMES: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "brave-browser",
)
MAC_APPS: Final = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")


def open_window(url: str) -> str:
    """Open it beside this program, which goes on at once. A sentence about what was opened, or about what to do."""
    if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return f"There is no screen here for a window. Open {url} in a browser."
    browser = _find_chromium()
    if browser is None:
        is_open = webbrowser.open(url)
        where = "It is open in your browser instead." if is_open else f"Open {url} in your browser instead."
        return f"A window of its own needs Chromium, Chrome, Edge or Brave. {where}"
    threading.Thread(target=_run, args=([browser, f"--app={url}"],), daemon=True).start()
    return "It is open in a window of its own."


def _run(command: list[str]) -> None:
    """It lasts as long as the window, but where a browser that is open already takes the window over."""
    nowhere = subprocess.DEVNULL
    subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True, check=False)


def _find_chromium() -> str | None:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and sys.platform == "darwin":
        programs = (Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC_APPS)
        found = next((str(program) for program in programs if program.exists()), None)
    return found
