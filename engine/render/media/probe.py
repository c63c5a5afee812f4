"""Probing: what a media file is, before anything is done with it.

Called by engine.cli, engine.render.film and whoever takes in files; the file is opened in a child (probe_task.py).
Law: facts are read from the file's own bytes, and at least one picture or sound of it was really decoded.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from engine.render.media.sandbox import Limits, MediaChild, MediaRefused, ask


class MediaFacts(BaseModel):
    """What is known of a file. Fields that do not apply to its kind are None."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["image", "clip", "audio"]
    container: str
    """As engine.render.media.containers names it: mp4, webm, wav, jpeg …"""
    size_bytes: int
    duration_s: float | None = None
    """Of a clip's pictures, or of a sound."""
    width: int | None = None
    height: int | None = None
    """In pixels as displayed: turned upright, with square pixels."""
    rotation_deg: Literal[0, 90, 180, 270] | None = None
    """Clockwise, from the stored picture to the displayed one."""
    fps: float | None = None
    """Average over the first pictures."""
    variable_frame_rate: bool | None = None
    video_codec: str | None = None
    pixel_format: str | None = None
    hdr: Literal["hlg", "pq"] | None = None
    interlaced: bool | None = None
    audio_codec: str | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None


# Reading the packets of an hour of film that does not say how long it is takes some seconds of processor time.
_LIMITS = Limits(memory_mib=1536, cpu_s=60, written_mib=1)


def probe(path: Path) -> MediaFacts:
    """The facts of one file. Raises MediaRefused for everything that cannot be shown or heard."""
    return MediaFacts.model_validate(ask("probe", {"path": str(path)}, _LIMITS))


def probe_all(paths: Sequence[Path]) -> list[MediaFacts]:
    """The facts of several files, from one child: starting it takes longer than reading a photo's header.

    Raises MediaRefused for the first that cannot be used.
    """
    with MediaChild("probes", {"paths": [str(path) for path in paths]}, _LIMITS) as child:
        facts = [MediaFacts.model_validate_json(line) for line in child.stream]
        try:
            child.answer()
        except MediaRefused:
            probe(paths[len(facts)])  # asked alone, it is named in the sentence
            raise
    return facts
