"""Ahead: what a film will need is loaded while something else is waited for.

Called by engine.cli and by the commands that make films.
"""

import importlib
import sys
import threading

OPEN_MEDIA = ("make", "render", "sync", "probe", "demo")
"""The commands that look into files."""


def prepare_children() -> None:
    """Start the process that media children come from where the command will need one: it loads beside the command."""
    if sys.argv[1:2] and sys.argv[1] in OPEN_MEDIA:
        from engine.render.media.children import prepare

        prepare()


def load_export() -> None:
    """Load the libraries of picture and sound in a thread, while this one waits for files to be probed."""
    threading.Thread(target=importlib.import_module, args=("engine.render.export",), name="loading").start()
