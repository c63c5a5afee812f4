"""Ahead: what a command will need is started before the command itself is loaded, and so beside it.

Called by engine.cli.
"""

import sys

OPEN_MEDIA = ("make", "render", "sync", "probe", "demo")
"""The commands that look into files."""


def opens_media() -> bool:
    """Whether this process was started as a command that looks into files."""
    return bool(sys.argv[1:2]) and sys.argv[1] in OPEN_MEDIA


def prepare_children() -> None:
    """Start the process that media children come from where the command will need one: it loads beside the command."""
    if opens_media():
        from engine.render.media.children import prepare

        prepare()
