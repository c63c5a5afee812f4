"""Typefaces: a brand's own fonts in files, made known to the renderer under names of their contents.

Called by engine.render.export and engine.render.frame_picture, before anything is drawn.
Law: a family's name says which bytes it is, so that whatever is kept under it (a segment, a card) is drawn with those.
The files were written by engine.render.media.typefaces; a stranger's font is never opened here.
"""

import hashlib

from engine.render.picture.text import register_typeface
from engine.render.timeline import BrandFonts, FontFile, Timeline


class TypefaceUnusable(ValueError):
    """A file cannot be drawn with; the message says which."""

    def __init__(self, file: FontFile) -> None:
        super().__init__(
            f"'{file.path.name}' is not a typeface that can be drawn with. Choose another in the brand kit."
        )


def with_own_typefaces(timeline: Timeline) -> Timeline:
    """The same film; where its brand has a font in a file, that is a family now. Raises TypefaceUnusable, OSError."""
    fonts = timeline.brand.fonts
    if fonts.display_file is None and fonts.text_file is None:
        return timeline
    families = BrandFonts(
        display=_family(fonts.display_file) if fonts.display_file else fonts.display,
        text=_family(fonts.text_file) if fonts.text_file else fonts.text,
    )
    return timeline.model_copy(update={"brand": timeline.brand.model_copy(update={"fonts": families})})


def _family(file: FontFile) -> str:
    content = file.path.read_bytes()
    name = f"file {hashlib.sha256(content).hexdigest()}"
    if not register_typeface(name, content):
        raise TypefaceUnusable(file)
    return name
