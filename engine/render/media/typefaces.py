"""Typefaces: a font in a file of unknown origin is looked at and written anew, in the sandbox.

Called by api.services.intake. The child's half is typeface_task.py.
Law: the renderer opens only fonts that were written here: of known tables, without programs, of one fixed weight.
"""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from engine.render.media.sandbox import Limits, MediaChild

MOST_BYTES = 30_000_000
_LIMITS = Limits(memory_mib=1536, cpu_s=60, written_mib=64)
_MAGIC = (b"\x00\x01\x00\x00", b"true", b"OTTO", b"wOF2", b"wOFF", b"ttcf")


class TypefaceFacts(BaseModel):
    """What a typeface says of itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    family: str
    style: str
    weight: int
    """100 to 900; 400 is regular."""
    glyphs: int
    may_be_embedded: bool
    """False where the file itself forbids it; the licence decides."""


def is_typeface(path: Path) -> bool:
    """Whether a file begins as fonts do."""
    with path.open("rb") as file:
        return file.read(4) in _MAGIC


def rewritten_typeface(path: Path) -> tuple[bytes, TypefaceFacts]:
    """The font as TTF or OTF, and what it is. Raises MediaRefused."""
    with MediaChild("typeface", {"path": path}, _LIMITS) as child:
        font = child.stream.read(MOST_BYTES)
        facts = TypefaceFacts.model_validate(child.answer())
    return font, facts
