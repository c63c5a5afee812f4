"""Ahead: what a command will need is started before the command itself is loaded, and so beside it.

Called by engine.cli.
"""

import sys

OPEN_MEDIA = ("make", "render", "sync", "probe", "demo")
"""The commands that look into files."""


def prepare_children() -> None:
    """Start the process that media children come from where the command will need one: it loads beside the command."""
    if sys.argv[1:2] and sys.argv[1] in OPEN_MEDIA:
        from engine.render.media.children import prepare

        prepare()
